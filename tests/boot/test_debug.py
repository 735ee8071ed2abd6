# SPDX-License-Identifier: MIT
"""Tests the debugger on a virtual PC: long seeks, breakpoints under each
engine, the trace on COM1."""
import re

import pytest
from baby import model, registers, shipped, started, wait_tube
from pc import PC

ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]


def obeyed(name, count):
    """A built-in program after COUNT instructions."""
    baby = model.Baby(shipped(name))
    baby.run(count)
    return baby


def next_line(baby):
    """The line of the next prepulse."""
    return (baby.ci + (2 if baby.test else 1)) % 32


def grouped(number):
    return f"{number:,}".replace(",", " ")


def debug(pc):
    started(pc)
    pc.key("ctrl", "b")
    pc.wait_for("After instruction")


def go(pc, number):
    pc.type(f"{number}g")
    pc.wait(lambda lines: re.match(f" After instruction {grouped(number)}( |$)",
                                   lines[1]), f"instruction {number}")


def settled(pc):
    """The screen once two looks at it are alike: the number of instructions is
    drawn before the rows below it."""
    looks = [pc.text()]
    pc.wait(lambda lines: looks.append(list(lines)) or looks[-1] == looks[-2],
            "a screen that is drawn completely")
    return looks[-1]


def check(pc, baby):
    """Compares the machine with the Python MODEL's."""
    pc.key("tab")
    pc.wait_for("Tab Panel")
    wait_tube(pc, baby.store)
    assert registers(pc) == [baby.a, baby.ci, baby.pi]
    pc.key("ctrl", "b")
    pc.wait_for("After instruction")


@pytest.mark.parametrize("memory", [
    "4", pytest.param("64", marks=pytest.mark.long)])
def test_there_and_back(memory):
    """With little memory for history and with much."""
    with PC("-m", memory, append="program=july1948 engine=translator") as pc:
        debug(pc)
        go(pc, 2_000_000)
        for number in (1_999_999, 1_234_567, 1_000, 1_500_000, 2_000_000):
            go(pc, number)
            check(pc, obeyed("july1948", number))
        go(pc, 1_500_000)
        pc.key("f7")
        pc.wait_for("1 499 999 of 2 000 000")
        check(pc, obeyed("july1948", 1_499_999))


def test_far():
    """Helix never ends: a hundred million forward, and back."""
    with PC(append="program=helix engine=translator speed=max") as pc:
        debug(pc)
        go(pc, 30_000_000)
        before = settled(pc)
        pc.key("f5")
        pc.wait(lambda lines: re.match(r" After instruction [1-9]\d{2} ",
                                       lines[1]), "a hundred million")
        pc.key("f5")
        pc.wait_for("STOPPED")
        go(pc, 30_000_000)
        pc.wait_for("PAST")
        now = settled(pc)
        assert [r[:33].rstrip() for r in now[5:37]] == [
            r[:33].rstrip() for r in before[5:37]]
        last = next(r[33:] for r in before if "  30000000 " in r)
        assert last in [r[33:] for r in now]


@pytest.mark.parametrize("engine", ENGINES)
def test_breakpoints(engine):
    """Stops at each of the first passes of July's line 5, and goes back to the
    fourth."""
    baby = model.Baby(shipped("july1948"))
    passes = []
    while len(passes) < 5:
        if next_line(baby) == 5:
            passes.append(baby.instructions)
        baby.step()
    with PC(append=f"program=july1948 engine={engine} speed=max") as pc:
        debug(pc)
        for _ in range(4):
            pc.key("down")
        pc.type("o")
        pc.wait_for("Break: before 5")
        for number in passes:
            pc.key("f5")
            pc.wait_for(f" After instruction {number} ")
            pc.wait_for("Breakpoint before line 5")
        pc.type("b")
        pc.wait_for(f" After instruction {passes[3]} of {passes[4]} ")
        check(pc, obeyed("july1948", passes[3]))


def rows(text):
    """The trace's rows: number, line, rest of the row."""
    return [re.fullmatch(r" *(\d+) (\d\d) (.*)", r) for r in text.split("\r\n")
            if r and not r.startswith("     after")]


def test_trace():
    """Each instruction is traced on COM1, and S sends the last 1,000."""
    with PC(append="program=hcf speed=max run trace") as pc:
        pc.wait_for("the machine has stopped at line 16")
        pc.wait(lambda _: "STP" in pc.serial(), "the Stop on COM1")
        found = rows(pc.serial())
        assert all(found)
        baby = model.Baby(shipped("hcf"))
        for i, row in enumerate(found):
            assert int(row[1]) == i + 1
            assert int(row[2]) == next_line(baby)
            baby.step()
            if made := re.search(r" A (-?\d+)$", row[3]):
                assert int(made[1]) == model.signed(baby.a)
        assert len(found) == baby.instructions == 417
        pc.key("ctrl", "b")
        pc.wait_for("After instruction")
        before = pc.serial()
        pc.type("t")
        pc.wait_for("The trace to COM1 has ended")
        pc.type("s")
        pc.wait_for("Sending the last 417 steps to COM1")
        pc.wait(lambda _: pc.serial().count("STP") == 2, "all of them")
        again = pc.serial()[len(before):].rstrip("\r\n")
        assert again == before.rstrip("\r\n")
