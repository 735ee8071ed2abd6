# SPDX-License-Identifier: MIT
"""Tests PCs with a device that does not work or must not be used."""
import struct

import pytest
from baby import started, tube
from pc import COUNTED, PC, symbol

OLD = ("-cpu", "486", "-m", "8")


def word(pc, address):
    return struct.unpack("<I", pc.memory(address, 4))[0]


def ticks(pc):
    return word(pc, symbol("ticks"))


def source(pc):
    """The counter that provides the time."""
    name = word(pc, symbol("clock_source"))
    return pc.memory(name, 16).split(b"\0")[0].decode()


def works(pc):
    """Keys work, a program runs to its end, and time advances."""
    started(pc)
    pc.key("f5")
    pc.wait_for("the machine has stopped at line 16")
    pc.wait(lambda _: tube(pc)[30] == 3, "3 in line 30")
    before = pc.perf_counters()
    pc.key("f1")
    pc.wait_for("Help 1 of")
    pc.wait(lambda _: pc.perf_counters()[3] > before[3] + 50, "50 ms more")


@pytest.mark.parametrize("machine, more, options, counter", [
    ("pc", (), "", "ACPI timer"),
    ("q35", (), "", "ACPI timer"),
    ("pc", (), "acpi=off", "PIT"),
    ("isapc", OLD, "", "PIT"),
    ("isapc", OLD, "cpu=386", "PIT"),
    ("pc", (), "noirq", "ACPI timer"),
    ("pc", (), "acpi=off noirq notsc", "PIT"),
    ("pc", (), "acpi=off noirq cpu=386", "PIT"),
    ("isapc", OLD, "noirq cpu=386", "PIT"),
    ("pc", (), "keyboard=raw", "ACPI timer"),
    ("pc", (), "keyboard=raw noirq", "ACPI timer"),
])
def test_options(machine, more, options, counter):
    """Instructions are counted, as a busy host loses ticks."""
    with PC(*COUNTED, *more, machine=machine,
            append="program=hcf speed=max " + options) as pc:
        works(pc)
        assert source(pc) == counter
        assert (ticks(pc) == 0) == ("noirq" in options)


def test_tsc_without_ticks():
    """On a loaded host the rate of the TSC may not be found; then the PIT is
    used."""
    with PC(append="program=hcf speed=max acpi=off noirq") as pc:
        works(pc)
        assert source(pc) in ("TSC", "PIT")


def test_ticks_stop():
    """Masks IRQ 0 behind the kernel's back: the kernel may sleep until a key
    wakes it, and then no longer sleeps."""
    with PC(append="program=hcf speed=max") as pc:
        started(pc)
        pc.wait(lambda _: ticks(pc) >= 2, "ticks")
        pc.execute("human-monitor-command",
                   **{"command-line": "o /b 0x21 0xE9"})
        seen, before = ticks(pc), pc.perf_counters()[3]

        def is_awake(_):
            pc.key("shift", taken=False)
            return pc.perf_counters()[3] > before + 100

        pc.wait(is_awake, "100 ms more")
        works(pc)
        before = pc.perf_counters()[3]
        pc.wait(lambda _: pc.perf_counters()[3] > before + 300, "300 ms more")
        assert ticks(pc) <= seen + 1


def test_keyboard_off():
    """The demonstration starts, as on a PC without a keyboard."""
    with PC(append="keyboard=off") as pc:
        pc.wait_for("Press any key")
        pc.key("f1", taken=False)
        frames = pc.perf_counters()[0]
        pc.wait(lambda _: pc.perf_counters()[0] > frames + 10, "ten frames")
        assert pc.perf_counters()[1] == 0


def test_no_acpi_no_power_off():
    with PC("-cpu", "max,-hypervisor", append="acpi=off") as pc:
        started(pc)
        pc.key("f10")
        pc.wait_for("Reboot the PC")
        pc.key("q")
        pc.wait_for("Power off the PC?")
        pc.key("y", taken=False)
        pc.wait_for("This PC cannot switch itself off")
