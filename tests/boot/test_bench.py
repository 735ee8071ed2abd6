# SPDX-License-Identifier: MIT
"""Tests `bench`, the table of engine speeds, in the booted kernel: that there
are figures, not which."""
import re

import bench
from pc import PC

EXIT = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"]
SUCCESS = 0x10 << 1 | 1
PROGRAMS = ["july", "loop", "mix", "rewrite"]
CONTENDERS = ["reference", "switch", "threaded", "predecoded", "translator",
              "limit"]
EVERYTHING = [(p, c) for p in PROGRAMS for c in CONTENDERS]


def test_lines_for_scripts():
    with PC(*EXIT, append="bench qemu-exit video=none") as pc:
        assert pc.wait_exit() == SUCCESS
        said = pc.serial()
    rows = re.findall(r"^baby: bench program=(\w+) engine=(\w+) rate=(\d+) "
                      r"cycles=(\d+) switch=(\d+\.\d\d) limit=(\d+\.\d\d)"
                      r"(?: form=\w+)?\r?$", said, re.M)
    assert [(program, engine) for program, engine, *_ in rows] == EVERYTHING
    for program, engine, rate, cycles, switch, limit in rows:
        assert int(rate) > 0 and int(cycles) > 0
        assert engine != "switch" or switch == "1.00"
        assert engine != "limit" or limit == "1.00"


def test_table_on_the_screen():
    with PC(append="bench") as pc:
        lines = pc.wait_for("The 52 minutes of July 1948 take")
        found = [tuple(m.groups()) for line in lines if (m := re.match(
            r" +(\w+) +(\w+)(?:: \w+)?(?: +>?[\d.]+){2}(?: +[\d.>-]+){2}$",
            line))]
        assert found == EVERYTHING
        pc.wait_for("Any key opens the console")
        pc.key("ret")
        pc.wait_for("Esc Menu")


def test_counted_instructions():
    """`make bench` with counted instructions, for hosts that execute no i386
    programs, always gives the same figures."""
    table = bench.counted()
    assert table == bench.counted()
    assert re.search(r"^july +translator +\d+\.\d\d +\d+\.\d\d", table, re.M)
