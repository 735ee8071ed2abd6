# SPDX-License-Identifier: MIT
"""Compares the reader of source texts with the assembler in assembler.py."""
import os
import pathlib
import subprocess
import types

import pytest
from assembler import Refused, assemble
from sources import Source

DRIVER = "build/assembler/driver"
COUNT = int(os.environ.get("BABY_SOURCES", 1000))
FIRST = int(os.environ.get("BABY_SEED", 0))
FEW = 1000

# Faults to inject into assembler.py: text to replace, and its replacement.
FAULTS = [
    ("line - 1 & MASK", "line - 2 & MASK"),                 # EJA
    ('"JMR": 1', '"JMR": 0'),
    ('"DATA", "DW"', '"DATA"'),
    ("least[1][::-1]", "least[1]"),                         # L0b
    ("int(text[::-1], 2)", "int(text, 2)"),                 # BINS
    ("<= value < 2**32", "<= value < 2**31"),
    ("row.at - 1 & 31 if", "row.at & 31 if"),
    ("if row.plain and", "if"),                             # line 0
    ("and word != 0", ""),                                  # JMP 0
    ("row.at, alone.at = alone.line, None", "row.at = following"),
    ("waiting, following = [], row.at + 1", "following = row.at + 1"),
    ("name = named.name.upper()", "name = named.name"),
    ("line != row.at or", ""),                              # doubled names
    ("len(name) > 31", "len(name) > 32"),
    ("line > 31", "line > 32"),
    ("|--)", ")"),                                          # comments
    ("rows[1:] if", "rows if"),                             # the count
    ("*first.get(row.at, \"\").split(),", ""),              # names in notes
]

DIGITS = "00011000000000100000000000000000"  # LDN 24
GROUPS = "00011000 00000010 00000000 00000000"

# Sources in which the grammar is easily misread.
DIRECTED = [
    f"STP\n{DIGITS}", "STP\n-3",              # words without a number
    "STP\n0001 1000 0000 0010 0000 0000 0000 0000",
    f"STP\nA: {GROUPS}",
    f"STP\nA: {DIGITS} LDN 4",                # a listing with names
    f"A: STP\n3 {DIGITS} LDN A",
    "STP\n3 10", "STP\n3 A: 10", "STP\nA: 10",  # one, ten and ten
    "STP\nA: CMP A",
    "STP\n9: START:\nLDN 3",                  # control starts at line 10
    "STP\nSTART\nA: LDN 3",                   # the note of line 1
    "STP\nA: START\nLDN 3", "STP\n9 END",     # refused
    "STP\nSTART\nLDN 3\nSTART\nLDN 4",       # the last one counts
    "00:\nLDN 3", "LDN 3\n0 STP",            # line 0 has a number
    "STOP :\nSTOP :", "STOP:\nLDN STOP",      # two Stops, and a name
    f"STP\nA:\n3 {DIGITS}",                   # the note of line 3
    "3 A: STP\n3 A: LDN 4",                   # accepted: the same line
    "A: STP\nB: STP\nA: STP",
    f"1\n1:{DIGITS}\n8\nSTP",                # one program
]


def result(source, by=assemble, refused=Refused):
    """The output expected of the driver for SOURCE."""
    try:
        store, ci, names = by(source)
    except refused as row:
        return f"refused {row}"
    return " ".join(["store", *(f"{word:x}" for word in [*store, ci]),
                     *(f"{line}={name}" for line, name in names.items())])


def read(sources):
    """What the reader makes of SOURCES."""
    rows = subprocess.run([DRIVER], input="".join(s + "\0" for s in sources),
                          encoding="ascii", stdout=subprocess.PIPE,
                          check=True).stdout.splitlines()
    assert len(rows) == len(sources)
    return rows


def test_same_result():
    sources = [Source(FIRST + i).text for i in range(COUNT)]
    for seed, (source, row) in enumerate(zip(sources, read(sources)), FIRST):
        if row != result(source):
            pytest.fail(f"source {seed}:\n{source}\nthe reader: {row}\n"
                        f"assembler.py: {result(source)}\n"
                        f"again: BABY_SEED={seed} BABY_SOURCES=1", False)


@pytest.mark.parametrize("source", DIRECTED)
def test_same_result_of_directed_sources(source):
    assert read([source]) == [result(source)]


@pytest.fixture(scope="module")
def few():
    """Pairs of a source and what the reader makes of it."""
    sources = [Source(seed).text for seed in range(FEW)]
    return list(zip(sources, read(sources)))


def test_sources_are_of_all_kinds(few):
    refused = sum(row.startswith("refused") for _, row in few)
    named = sum(":" in row for _, row in few)
    assert FEW / 10 < refused < FEW / 3
    assert named > FEW / 3


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0])
def test_fault_is_found(few, fault):
    old, new = fault
    code = pathlib.Path(__file__).with_name("assembler.py").read_text("ascii")
    assert code.count(old) == 1, "it does not fit the source"
    faulty = types.ModuleType("faulty")
    exec(code.replace(old, new), faulty.__dict__)
    assert any(row != result(source, faulty.assemble, faulty.Refused)
               for source, row in few)
