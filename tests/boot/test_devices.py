# SPDX-License-Identifier: MIT
"""Tests devices that fail at run time: the console continues or reports what
is missing.  QEMU's monitor writes to their ports."""
import re

import pytest
from baby import started
from pc import COUNTED, PC
from test_system_info import fact

NEW = ("-cpu", "max")
SLOW = [word.replace("shift=3", "shift=7") for word in COUNTED]

SECOND_MASK = 0xA1  # of the second interrupt controller
PIT_0, PIT_CONTROL = 0x40, 0x43
RTC_INDEX, RTC_DATA = 0x70, 0x71
KEYBOARD_DATA, KEYBOARD_COMMAND = 0x60, 0x64


def port(pc, number, *values):
    for value in values:
        pc.execute("human-monitor-command",
                   **{"command-line": f"o /b {number:#x} {value:#x}"})


def running(*arguments, append="", **more):
    return PC(*arguments, append="program=ducks speed=x10 run " + append,
              **more)


def count(pc):
    for line in pc.text():
        if match := re.search(r"^ ([\d ]+) instructions", line):
            return int(match[1].replace(" ", ""))
    return 0


def goes_on(pc):
    """The machine runs, and keys work."""
    pc.wait_for("RUNNING")
    before = count(pc)
    pc.until(lambda: count(pc) > before + 20, "instructions")
    pc.key("f1")
    pc.wait_for("Esc")
    pc.key("esc")
    pc.wait_for("Esc Menu")


def interrupts(pc):
    pc.key("ctrl", "p")
    pc.wait_for("System information")
    text = fact(pc, "interrupts")
    pc.key("esc")
    pc.wait_for("Esc Menu")
    return text


@pytest.mark.parametrize("cpu", [("-cpu", "486"), NEW])
def test_the_timer_stops(cpu):
    """Mode 0 without a count never ends."""
    with running(*cpu) as pc:
        started(pc)
        goes_on(pc)
        port(pc, PIT_CONTROL, 0x30)
        goes_on(pc)


@pytest.mark.parametrize("arguments", [COUNTED, SLOW])
def test_tick_storm(arguments):
    """With a tick every 2 us, more than can be handled, the kernel resets the
    timer's rate, on a PC of 8 MIPS as well.  Instructions are counted, as QEMU
    might otherwise have no time for its monitor."""
    with running(*arguments) as pc:
        started(pc)
        port(pc, PIT_CONTROL, 0x34)
        port(pc, PIT_0, 2, 0)
        goes_on(pc)


@pytest.mark.parametrize("speed", ["max", "x10"])
def test_late_ticks_together(speed):
    """Ten ticks or more at a time, as a host delivers late ones: the loop runs
    less often, but runs."""
    with running(*COUNTED, append="speed=" + speed) as pc:
        started(pc)
        port(pc, PIT_CONTROL, 0x34)
        port(pc, PIT_0, 12, 0)
        before = pc.perf_counters()[3]
        pc.until(lambda: pc.perf_counters()[3] > before + 3000, "three seconds")
        goes_on(pc)


def test_unexpected_interrupts():
    """All interrupts of the real-time clock; none is masked."""
    with running() as pc:
        started(pc)
        port(pc, RTC_INDEX, 0x0B)
        port(pc, RTC_DATA, 0x72)
        port(pc, SECOND_MASK, 0)
        goes_on(pc)
        assert int(interrupts(pc).split()[-1]) == 0


def test_keyboard_unplugged_and_plugged():
    """The controller does not report it; the keyboard is off, then on."""
    with running() as pc:
        started(pc)
        port(pc, KEYBOARD_COMMAND, 0xAD)
        before = count(pc)
        pc.until(lambda: count(pc) > before + 20, "instructions")
        port(pc, KEYBOARD_COMMAND, 0xAE)
        goes_on(pc)


def test_invalid_keyboard_bytes():
    """The bytes of a keyboard being plugged in, and invalid ones."""
    with running() as pc:
        started(pc)
        for byte in (0xAA, 0xFA, 0xFE, 0x00, 0xFF, 0xE0, 0xE1, 0xEE):
            port(pc, KEYBOARD_COMMAND, 0xD2)
            port(pc, KEYBOARD_DATA, byte)
        # An incomplete Pause swallows the next bytes.
        for _ in range(3):
            pc.key("home", taken=False)
        goes_on(pc)


def test_serial_flood():
    """Unexpected bytes at the full rate."""
    with running(com1="wire") as pc:
        started(pc)
        pc.wire.setblocking(False)
        sent = 0
        for _ in range(200):
            try:
                sent += pc.wire.send(bytes(range(256)) * 64)
            except BlockingIOError:
                pass
            pc.cells()
        assert sent > 1000
        goes_on(pc)


def test_real_time_clock_dead():
    """With no other clock time stops; otherwise it is not needed."""
    with running() as pc:
        started(pc)
        port(pc, RTC_INDEX, 0x0A)
        port(pc, RTC_DATA, 0x70)  # holds its divider
        goes_on(pc)


def test_usb_keyboard_unplugged():
    with running("-device", "piix3-usb-uhci", "-device",
                 "usb-kbd,id=keys") as pc:
        started(pc)
        pc.execute("device_del", id="keys")
        wait = count(pc)
        pc.until(lambda: count(pc) > wait + 20, "instructions")
