# SPDX-License-Identifier: MIT
"""Tests saved states, between virtual PCs and from files."""
import struct

import pytest
from baby import (batch, model, registers, reports, shipped, started, table,
                  wait_tube)
from pc import PC
from states import parse, save, state_of
from test_serial import receive, source

MILLION = 1_000_000
SUCCESS, FAILURE = 0x10 << 1 | 1, 0x11 << 1 | 1
JULY = next(row for row in table() if row[0] == "july1948")


def obeyed(name, count):
    """A built-in program after COUNT instructions."""
    baby = model.Baby(shipped(name))
    assert baby.run(count) == "limit"
    return baby


def restore(pc, text):
    """Sends a state to a PC that receives it."""
    receive(pc)
    pc.send(text)
    pc.wait_for("Restored from COM1: ")


def end_of_july(pc):
    """Runs at full speed to the Stop; returns the state."""
    pc.key("esc")
    pc.wait_for("Menu:")
    pc.key("m")
    pc.key("f5")
    pc.wait_for("the machine has stopped at line 13")
    pc.key("f3")
    pc.wait_for("Esc: back")
    return save(pc, "t").decode()


@pytest.fixture(scope="module")
def uninterrupted():
    """The state at the end of July's program, run without interruption."""
    with PC(append="program=july1948", com1="wire") as pc:
        started(pc)
        return end_of_july(pc)


def check_end(text, uninterrupted):
    """Compares all but the machine time, which depends on the speeds."""
    state, expected = parse(text), parse(uninterrupted)
    assert state["INSTRUCTIONS"] == state["PREPULSES"] == JULY[1] == 2_097_154
    assert state["store"][27] == 131072
    assert state["NEON"] == 1
    for name in expected:
        if name not in ("MICROSECONDS", "head", "notes", "NUMBERS"):
            assert state[name] == expected[name], name


def test_migration(uninterrupted):
    """Saved in one PC after 1,000,000 instructions and finished in another:
    same end, same count."""
    with PC(append="program=july1948", com1="wire") as pc:
        started(pc)
        pc.key("ctrl", "b")
        pc.wait_for("After instruction")
        pc.type(f"{MILLION}g")
        pc.wait_for("Stopped after instruction 1 000 000")
        pc.key("f3")
        pc.wait_for("Esc: back")
        text = save(pc, "t").decode()
        assert save(pc, "t").decode() == text
        half = parse(text)
        assert half["INSTRUCTIONS"] == MILLION
    baby = obeyed("july1948", MILLION)
    assert (half["store"], half["A"], half["CI"], half["PI"], half["TEST"]) == (
        baby.store, model.signed(baby.a), baby.ci, baby.pi, baby.test)
    assert half["PREPULSES"] == half["INSTRUCTIONS"]
    with PC(append="program=ducks", com1="wire") as pc:
        restore(pc, text.encode())
        wait_tube(pc, half["store"])
        assert registers(pc) == [baby.a, baby.ci, baby.pi]
        assert source("july1948").split("\n")[0][2:] in pc.text()[0]
        # The text is the same again.
        pc.key("f3")
        pc.wait_for("Esc: back")
        assert save(pc, "t").decode() == text
        pc.key("esc")
        pc.wait_for("Esc Menu")
        end = end_of_july(pc)
    check_end(end, uninterrupted)
    for name in ("head", "notes", "NUMBERS"):
        assert parse(end)[name] == parse(uninterrupted)[name]


def test_from_a_million(uninterrupted):
    """A state written by another program, at exactly 1,000,000."""
    text = state_of(obeyed("july1948", MILLION))
    with PC(append="program=ducks speed=max", com1="wire") as pc:
        restore(pc, text.encode())
        pc.wait_for("1 000 000 instructions")
        check_end(end_of_july(pc), uninterrupted)


def test_lamp_and_switches():
    """A stopped machine, in Man, with L and F switches up."""
    baby = model.Baby(shipped("hcf"))
    assert baby.run(1000) == "stop"
    text = state_of(baby, MAN=1, ERASE=1, L="10110", F="010", PREPULSES=500)
    with PC(com1="wire") as pc:
        restore(pc, text.replace("\n", "\r\n").encode())
        wait_tube(pc, baby.store)
        pc.wait_for("the machine has stopped at line 16")
        pc.key("f3")
        pc.wait_for("Esc: back")
        again = parse(save(pc, "t").decode())
        assert (again["L"], again["F"]) == ("10110", "010")
        assert (again["MAN"], again["ERASE"], again["NEON"]) == (1, 1, 1)
        assert (again["INSTRUCTIONS"], again["PREPULSES"]) == (417, 500)


def test_wrong_state_changes_nothing():
    text = state_of(obeyed("hcf", 100)).replace("\nA ", "\nAC ")
    with PC(append="program=ducks", com1="wire") as pc:
        receive(pc)
        pc.send(text.encode())
        pc.wait_for('COM1:2: a state has no field called "AC"')
        pc.key("esc")
        pc.wait_for("Esc Menu")
        wait_tube(pc, shipped("ducks"))


def test_module(tmp_path, uninterrupted):
    """A state can be a module of the console or of a batch."""
    baby = obeyed("july1948", MILLION)
    path = tmp_path / "million.state"
    path.write_text(state_of(baby))
    with PC(append="program=million", modules=[str(path)]) as pc:
        pc.wait_for("1 000 000 instructions")
        wait_tube(pc, baby.store)
    for limit, end, count in (("0", "stop", JULY[1]),
                              ("1000005", "limit", 1000005)):
        out, status = batch("limit=" + limit, modules=[str(path)])
        assert status == SUCCESS, out
        [report] = reports(out)
        assert report["name"] == "million.state"
        assert (report["end"], report["instructions"]) == (end, count)
        if end == "stop":
            assert report["store"] == parse(uninterrupted)["store"]


def test_batch_has_no_switches(tmp_path):
    path = tmp_path / "man"
    path.write_text(state_of(obeyed("hcf", 5), MAN=1))
    out, status = batch(modules=[str(path)])
    assert status == FAILURE
    assert out.startswith("baby: error man:0: batch needs the switches")


def test_simh(tmp_path):
    """SIMH's DUMP of hcf while it runs: A, CI and the store, without PI."""
    baby = obeyed("hcf", 200)
    path = tmp_path / "hcf.st"
    path.write_bytes(struct.pack("<34I", baby.a, baby.ci, *baby.store))
    whole = model.Baby(shipped("hcf"))
    whole.run(1000)
    assert path.stat().st_size == 136
    with PC(append="program=hcf.st", modules=[str(path)], com1="wire") as pc:
        started(pc)
        wait_tube(pc, baby.store)
        assert registers(pc) == [baby.a, baby.ci, 0]
        receive(pc)
        pc.send(path.read_bytes())
        pc.wait_for("Loaded from COM1: 136 bytes")
    longer = tmp_path / "longer.st"
    longer.write_bytes(path.read_bytes() + b"\0")
    out, status = batch(modules=[str(path), str(longer)])
    assert status == FAILURE
    [report] = reports(out)
    assert (report["name"], report["end"]) == ("hcf.st", "stop")
    assert (report["a"], report["ci"]) == (model.signed(whole.a), whole.ci)
    assert report["store"] == whole.store
    assert "baby: error longer.st:1: " in out
