# SPDX-License-Identifier: MIT
"""Tests `selftest` of every engine in the booted kernel."""
import re

from pc import PC

EXIT = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"]
SUCCESS = 0x10 << 1 | 1
ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]
CHECKS = ["known ends", "instructions", "random programs", "engine changes"]


def check_report(lines):
    """Checks the rows of the table, and their sum in the last row."""
    assert lines[0].split() == ["engine", "check", "passed", "failed"]
    found = []
    passed = 0
    for line in lines[1:-2]:
        row = re.fullmatch(r"(\w+) +(\w+(?: \w+)*) +(\d+) +(\d+)", line)
        assert row, line
        found.append((row[1], row[2]))
        assert int(row[3]) > 0 and int(row[4]) == 0, line
        passed += int(row[3])
    assert found == [("reference", "known ends")] + [
        (engine, check) for engine in ENGINES[1:] for check in CHECKS]
    assert lines[-2:] == ["", f"{passed} passed, 0 failed"]


def test_by_com1_alone():
    with PC(*EXIT, append="selftest qemu-exit video=none") as pc:
        assert pc.wait_exit() == SUCCESS
        lines = pc.serial().replace("\r\n", "\n").splitlines()
    assert lines[0].startswith("Found: screen none, ")
    check_report(lines[1:])


def test_screen_and_com1_say_the_same():
    with PC(append="selftest hot=few") as pc:
        pc.wait_for(" passed, ")
        pc.wait_for("Any key opens the console")
        screen = [line.strip() for line in pc.text()]
        said = pc.serial().replace("\r\n", "\n").splitlines()
        warning = 'boot option "hot=few" has an invalid value'
        assert said[0] == f"baby: warning boot:0: {warning}"
        check_report(said[1:])
        assert [line for line in screen[1:-1] if line] == \
            [line for line in said[1:] if line] + [warning]
        pc.key("ret")
        pc.wait_for("Esc Menu")


def test_esc_ends_it():
    with PC(append="selftest") as pc:
        pc.wait_for("reference    known ends")
        pc.key("esc")
        pc.wait_for("Cancelled before completion")
        assert " passed, " not in pc.serial()
