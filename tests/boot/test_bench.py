# SPDX-License-Identifier: MIT
"""Tests `bench`, the table of engine speeds, in the booted kernel: that there
are figures, not which; and that nothing is faster than a floor."""
import re

import bench
import bench_guests
import pytest
from pc import COUNTED, PC

EXIT = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"]
SUCCESS = 0x10 << 1 | 1
PROGRAMS = ["july", "loop", "mix", "rewrite"]
INTERPRETERS = ["reference", "switch", "threaded", "predecoded", "lecture"]
CONTENDERS = ["reference", "switch", "threaded", "predecoded", "translator",
              "lecture", "hand", "floor", "dispatch"]
# "loop" stores nothing, so it has no floor.
EVERYTHING = [(p, c) for p in PROGRAMS for c in CONTENDERS
              if (p, c) != ("loop", "floor")]
NOISE = 1.02


def rows(said):
    """The lines for scripts in SAID, each as a dictionary."""
    return [dict(field.split("=") for field in line.split()) for line in
            re.findall(r"^baby: bench (program=.*?)\r?$", said, re.M)]


def test_lines_for_scripts():
    with PC(*EXIT, append="bench qemu-exit video=none") as pc:
        assert pc.wait_exit() == SUCCESS
        said = rows(pc.serial())
    assert [(row["program"], row["engine"]) for row in said] == EVERYTHING
    for row in said:
        assert 0 < int(row["min"]) <= int(row["rate"]) <= int(row["max"])
        floor = row["engine"] in ("floor", "dispatch")
        assert (int(row["cycles"]) > 0) is not floor
        assert row["engine"] != "switch" or row["switch"] == "1.00"
        assert row["engine"] != "hand" or row["hand"] == "1.00"
        assert row["engine"] != "floor" or row["floor"] == "1.00"
        assert ("form" in row) is (floor or row["engine"] == "hand")


def test_nothing_below_the_floors():
    """With counted instructions, as time would judge by the host's load."""
    with PC(*COUNTED, *EXIT, append="bench qemu-exit video=none") as pc:
        assert pc.wait_exit() == SUCCESS
        rates = {(row["program"], row["engine"]): int(row["rate"])
                 for row in rows(pc.serial())}
    for (program, engine), rate in rates.items():
        if program != "loop":
            assert rate < NOISE * rates[program, "floor"], (program, engine)
        if engine in INTERPRETERS:
            assert rate < NOISE * rates[program, "dispatch"], (program, engine)


def test_table_on_the_screen():
    with PC(append="bench") as pc:
        lines = pc.wait_for("The 52 minutes of July 1948 take")
        found = [tuple(m.groups()) for line in lines if (m := re.match(
            r" +(\w+) +(\w+)(?:: \w+)?(?: +>?[\d.]+){3}(?: +[\d.>-]+){4}$",
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


@pytest.mark.parametrize("engine", [
    engine if engine == "translator" else
    pytest.param(engine, marks=pytest.mark.long)
    for engine in bench_guests.ENGINES])
def test_ring_3_costs_little(engine):
    kernel, user = (bench_guests.single(engine, ring) for ring in (0, 3))
    assert user >= 0.97 * kernel


@pytest.mark.long
@pytest.mark.parametrize("engine", ["predecoded", "translator"])
def test_many_machines_cost_little(engine):
    """64 machines together do nearly the work of four."""
    four, many = (bench_guests.counted_of(count, engine) for count in (4, 64))
    assert many >= 0.9 * four
