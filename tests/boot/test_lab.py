# SPDX-License-Identifier: MIT
"""Tests the lab on a PC, with the translator."""
import re

from pc import PC

ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]


def in_lab(pc):
    pc.wait_for("F1 Help")
    pc.key("f4")
    pc.wait_for("V-state")


def figures(lines):
    """The rows of the table whose figures are complete."""
    return [m for line in lines if (m := re.match(
        r" (\d) (\w+) +([\d.]+) [kMGTP]?/s +([\d.]+(?: [kMGT])?|-) +"
        r"([\d.]+) (?:ns|us|ms|s|ks) +x([\d.]+)", line))]


def test_every_engine_is_measured():
    with PC() as pc:
        in_lab(pc)
        lines = pc.wait(lambda lines: len(figures(lines)) == len(ENGINES),
                        "all figures")
        assert [m[2] for m in figures(lines)] == ENGINES
        pc.wait_for("Under QEMU (TCG)")


def test_blocks():
    """The inner loop of July 1948 step by step: interpreted, hot, translated,
    and executed as a block."""
    with PC(append="engine=translator") as pc:
        in_lab(pc)
        for _ in range(6):
            pc.key("down")
        pc.wait_for("no block contains line 7")
        pc.wait_for("0 blocks")
        pc.key("up")
        for _ in range(150):
            pc.key("b")
        pc.wait_for("line 6 block")
        lines = pc.wait_for(" JRP 20 sub edx, 3")
        text = "\n".join(lines)
        assert re.search(r"06 +SUB 27 +obeyed +block at \d+", text)
        assert "exit 0 chain to 6, chained" in text
        assert "06 SUB 27 sub eax, [line 27]" in text
        assert "07 CMP    js +" in text
        assert "jge line 6" in text


def test_lockstep_and_changes_of_engine():
    """The July program to its end, with the engine changed in turn and
    compared with the reference."""
    with PC(append="program=july1948-989") as pc:
        in_lab(pc)
        pc.key("l")
        pc.wait_for("Lockstep is on:")
        pc.key("f5")
        for engine in ENGINES * 2:
            pc.key(str(ENGINES.index(engine) + 1))
            pc.wait_for(f"The machine runs under the {engine} engine")
        for speed in "8.5 us digits", "10x", "100x", "1000x":
            pc.key("f12")
            pc.wait_for(speed)
        lines = pc.wait(
            lambda lines: "STOP " in lines[0] and any(
                re.match(" 20 439 instructions", line) for line in lines),
            "its end")
        text = "\n".join(lines)
        assert "differ" not in text
        assert re.search(r"27 +43 +data", text)


def test_rewriting_program():
    """A program that rewrites itself loses its blocks, and the translator
    rests."""
    with PC(append="program=ducks engine=translator speed=max run") as pc:
        in_lab(pc)
        rests = lambda lines: [m for line in lines
                               if (m := re.search(r" rests +([1-9]\d*)", line))]
        pc.wait(rests, "a rest")
        lost = lambda lines: [m for line in lines
                              if (m := re.search(r" lost +([1-9]\d*)", line))]
        pc.wait(lost, "a lost block")
