# SPDX-License-Identifier: MIT
"""Tests the lab on a PC, with the translator."""
import re

import pytest
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


# The jump in line 3 leads to lines 5 and 11 in turn.
TWO_TARGETS = """14
0 NUM 0
1 LDN 7
2 STO 31
3 JMP 31
4 STP
5 LDN 8
6 JMP 9
7 NUM -4
8 NUM -10
9 NUM 1
10 STP
11 LDN 13
12 JMP 9
13 NUM -4
"""
# Line 4 is LDN 7 and LDN 8 in turn.
TWO_WORDS = """8
0 NUM 0
1 LDN 4
2 SUB 6
3 STO 4
4 LDN 7
5 JMP 0
6 NUM -32783
7 NUM 1
8 NUM 2
"""


@pytest.mark.parametrize("rows", [50, 25])
@pytest.mark.parametrize("program,line,table", [
    (TWO_TARGETS, 3, [r"if \[31\] is +go to +hits", r" 4 +line 5 +{count}",
                      r" 10 +line 11 +{count}", r"else, missed map table +\d"]),
    (TWO_WORDS, 3, [r"if \[4\] is +go to +hits", r" LDN [78] +line 4 +{count}",
                    r"else, missed map table +\d"]),
], ids=["jump", "rewritten"])
def test_hit_table(program, line, table, rows, tmp_path):
    """The prediction under the cursor, with large counts."""
    path = tmp_path / "program.asm"
    path.write_text(program)
    options = "" if rows == 50 else "video=text25 "
    with PC(modules=[str(path)], rows=rows,
            append=options + "engine=translator speed=max run") as pc:
        in_lab(pc)
        if rows == 25:
            pc.key("v")
        for _ in range(line - 1):
            pc.key("down")
        for row in table:
            row = row.format(count=r"[\d.]+( [kMG])?")
            pc.wait(lambda lines: any(re.search(row, text) for text in lines),
                    row)
        lines = pc.text()
        assert all(len(text) <= 80 for text in lines)
        assert any(re.search(r"predicted: [\d.]+ [MG] hit, \d+ missed", text)
                   for text in lines)


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


# Line 6 becomes another word in each pass, in digits that are not decoded.
NEW_WORDS = """25
0 NUM 0
1 LDN 20
2 SUB 21
3 STO 6
4 LDN 6
5 STO 20
6 LDN 25
7 JMP 23
20 NUM -16409
21 NUM -65536
23 NUM 0
"""


def test_versions():
    """A line with a few words in turn has a block for each."""
    with PC(append="program=ducks engine=translator speed=max run") as pc:
        in_lab(pc)
        pc.wait(lambda lines: any(re.search(r"\d+ versions", line)
                                  for line in lines), "versions")


def test_rewriting_program(tmp_path):
    """A program that makes ever new words loses its blocks, and the translator
    rests."""
    path = tmp_path / "program.asm"
    path.write_text(NEW_WORDS)
    with PC(modules=[str(path)],
            append="engine=translator speed=max run") as pc:
        in_lab(pc)
        rests = lambda lines: [m for line in lines
                               if (m := re.search(r" rests +([1-9]\d*)", line))]
        pc.wait(rests, "a rest")
        lost = lambda lines: [m for line in lines
                              if (m := re.search(r" lost +([1-9]\d*)", line))]
        pc.wait(lost, "a lost block")


def arrow(pc, name):
    """The count at the arrow NAME of the emulation manager."""
    for line in pc.text():
        if match := re.search(rf" {name} +(\d+)", line[43:]):
            return int(match[1])
    raise AssertionError(f"no arrow {name}")


@pytest.mark.parametrize("rows, options", [(50, ""), (25, "video=text25 ")])
def test_slow_motion(rows, options):
    """A follows the July program from box to box: interpreted until a line is
    hot, translated, and then only from block to block."""
    with PC(rows=rows, append=options + "engine=predecoded") as pc:
        in_lab(pc)
        pc.key("a")
        pc.wait_for("Only the translator has an emulation manager")
        pc.key("5")
        for said in ("The map table has no block", "too rarely",
                     "One instruction is done"):
            pc.key("a")
            pc.wait_for(said)
        assert (arrow(pc, "calls"), arrow(pc, "miss")) == (1, 1)
        count = 0
        while arrow(pc, "chained") < 3:
            pc.key("a")
            count += 1
            assert count < 500
        pc.wait_for("past the manager")
        assert arrow(pc, "calls") == arrow(pc, "to manager") == 1
        assert arrow(pc, "yes") == arrow(pc, "done") == 2
        left = arrow(pc, "miss")
        assert left == arrow(pc, "yes") + arrow(pc, "no")
        for _ in range(20):
            pc.key("a")
        assert arrow(pc, "miss") == left
        for key in "f12", "f12", "f12", "f5":
            pc.key(key)
        pc.wait(lambda _: arrow(pc, "chained") > 1000, "chained jumps")
