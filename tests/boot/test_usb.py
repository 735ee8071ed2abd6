# SPDX-License-Identifier: MIT
"""Tests USB keyboards on virtual PCs whose only keyboards they are."""
import re

import pytest
from baby import started, wait_tube
from pc import COUNTED, KERNEL, PC
from test_console import type_july
from test_panel import panel
from test_slices import pass_time
from test_system_info import below, fact
from usb_redir import (BABBLE, CAPS_LOCK, CONFIGURATION, DEVICE, Device,
                       GET_DESCRIPTOR, HIGH, Interface, LOW, MOUSE,
                       SET_IDLE, SET_PROTOCOL, SET_REPORT, VENDOR, keys)

NO_8042 = "q35,i8042=off"
KEYBOARD = ("-device", "usb-kbd,id=keys")
XHCI = ("-device", "qemu-xhci,id=x")
TWO_HUBS = (*XHCI, "-device", "usb-hub,bus=x.0,port=2",
            "-device", "usb-hub,bus=x.0,port=2.8")
BEHIND_TWO = {"bus": "x.0", "port": "2.8.3"}
STICK = ("-drive", f"if=none,id=stick,format=raw,readonly=on,file={KERNEL}",
         "-device", "usb-storage,bus=x.0,port=1,drive=stick")

LONG = pytest.mark.long
A, BACKSPACE = 4, 0x2A  # usages of keys

LONGEST = 1000  # microseconds that a call of the driver may take
REPEAT_PERIOD = 91.743  # ms, of a key that is held
TURN = 10  # ms, at most, from one turn of the main loop to the next


def usb(*arguments, **more):
    """A PC that has only these keyboards."""
    return PC(*arguments, machine=NO_8042, **more)


def found(pc):
    """Waits until the screen says where the first keyboard is."""
    pc.wait_for("USB keyboard at port")
    return started(pc)


def notice(pc):
    """What the message says of USB, or None."""
    for line in pc.text():
        if match := re.search(r"USB (keyboard|device) at .*", line):
            return match[0]


def plugged_again(pc):
    pc.wait(lambda _: "unplugged" not in (notice(pc) or "unplugged"),
            "the keyboard again")


def entry_is(pc, text):
    """Waits until TEXT, and no more, is in the line being typed."""
    pc.wait(lambda lines: any(re.search(rf"{text}(  |$)", l) for l in lines),
            text)


def types(pc, word="abba", **to):
    """Types a word with the editor's keys, and removes it again."""
    pc.type(word, **to)
    entry_is(pc, word)
    pc.key("esc", **to)
    pc.wait(lambda lines: not any(word in l for l in lines), "an empty entry")


def presses(pc):
    """Presses a key on any page."""
    before = pc.perf_counters()[1]
    pc.key("right")
    assert pc.perf_counters()[1] >= before + 2


def behind(*hubs):
    """Arguments for a keyboard behind hubs at these ports of each other."""
    ports = [".".join(hubs[:i + 1]) for i in range(len(hubs))]
    devices = [f"usb-hub,bus=x.0,port={port}" for port in ports]
    devices.append(f"usb-kbd,bus=x.0,port={ports[-1]}.5")
    return [*XHCI] + [a for d in devices for a in ("-device", d)]


# ---------------------------------------------------------------- typing ---

def test_july_typed_by_hand():
    with usb(*XHCI, *KEYBOARD) as pc:
        type_july(found(pc))
        below(pc)
        assert re.fullmatch(r"USB keyboard at port \d", fact(pc, "keyboard"))


@pytest.mark.parametrize("arguments, append, place", [
    pytest.param(("-device", "nec-usb-xhci", *KEYBOARD), "", r"port \d+",
                 id="nec"),
    pytest.param(behind("3"), "", "port 5 behind a hub", id="hub",
                 marks=LONG),
    pytest.param(behind("2", "8"), "", "port 5 behind 2 hubs", id="hubs"),
    pytest.param(behind("2", "8", "1", "1", "1"), "",
                 "port 5 behind 5 hubs", id="deepest", marks=LONG),
    pytest.param((*XHCI, *STICK, "-device", "usb-mouse,bus=x.0,port=2",
                  *KEYBOARD), "", r"port \d", id="others"),
    pytest.param((*XHCI, *KEYBOARD, "-m", "4"), "", r"port \d+", id="4-mb"),
    pytest.param((*XHCI, *KEYBOARD, "-m", "6G"), "", r"port \d+", id="6-gb",
                 marks=LONG),
    pytest.param((*XHCI, *KEYBOARD, "-smp", "4"), "", r"port \d+", id="smp",
                 marks=LONG),
    pytest.param((*XHCI, *KEYBOARD), "noirq", r"port \d+", id="noirq"),
    pytest.param((*XHCI, *KEYBOARD, "-cpu", "486"), "", r"port \d+",
                 id="486", marks=LONG),
    pytest.param((*XHCI, "-device", "nec-usb-xhci,id=y", "-device",
                  "usb-kbd,bus=y.0"), "", r"port \d+", id="controllers"),
])
def test_types(arguments, append, place):
    with usb(*arguments, append=append) as pc:
        assert re.fullmatch(f"USB keyboard at {place}", notice(found(pc)))
        types(pc)


@pytest.mark.parametrize("machine, append, more, last, text", [
    (NO_8042, "", ("-device", "usb-kbd,bus=x.0,port=2"),
     "port 6 (2 in use)", "USB keyboard at port 5, 1 more"),
    ("q35", "usb=on", (), "port 5", "8042; USB keyboard at port 5"),
], ids=["usb", "8042"])
def test_two_keyboards(machine, append, more, last, text):
    """QEMU sends a key to the keyboard that belongs to a display, or else to
    any other.  LAST: the place of the one found last."""
    with PC("-vga", "none", "-device", "VGA,id=screen", *XHCI, "-device",
            "usb-kbd,display=screen,bus=x.0,port=1", *more, machine=machine,
            append=append) as pc:
        pc.wait_for("USB keyboard at " + last)
        types(pc, "abba", device="screen")
        types(pc, "deed")
        below(pc)
        assert fact(pc, "keyboard") == text


def test_not_used():
    """With an 8042, to which QEMU sends the keys here; and by the user's
    wish."""
    with PC("-vga", "none", "-device", "VGA,id=screen", *XHCI, "-device",
            "usb-kbd,display=screen") as pc:
        below(pc)
        assert fact(pc, "keyboard") == "8042"
        assert notice(pc) is None
    with usb(*XHCI, *KEYBOARD, append="usb=off") as pc:
        pc.wait_for("No keyboard was found")
        pc.key("spc", taken=False)
        pass_time(pc, 100)
        assert pc.perf_counters()[1] == 0


def test_repeats_and_stops():
    """A key that is held repeats until it is released.  Each repeat may be a
    turn of the main loop late, at most 10 ms.  Instructions are counted, so
    the kernel is never later than that."""
    with usb(*COUNTED, *XHCI, *KEYBOARD) as pc:
        found(pc)
        pc.key("right", up=False)
        pc.until(lambda: pc.perf_counters()[1] > 2, "repeats")
        _, first, _, start, *_ = pc.perf_counters()
        pass_time(pc, 3000)
        _, last, _, end, *_ = pc.perf_counters()
        most = (end - start) / REPEAT_PERIOD + 1
        least = (end - start) / (REPEAT_PERIOD + TURN) - 1
        assert least <= last - first <= most
        pc.key("right", down=False, taken=False)
        pass_time(pc, 100)
        released = pc.perf_counters()[1]
        pass_time(pc, 1000)
        assert pc.perf_counters()[1] == released


def test_power_off_fails():
    """The controller is stopped before, and then started again."""
    with usb("-cpu", "max,-hypervisor", *XHCI, *KEYBOARD,
             append="acpi=off") as pc:
        found(pc)
        pc.key("f10")
        pc.wait_for("Reboot the PC")
        pc.key("q")
        pc.wait_for("Power off the PC?")
        pc.key("y", up=False, taken=False)
        pc.wait_for("This PC cannot switch itself off")
        plugged_again(pc)
        pc.key("y", down=False, taken=False)
        types(pc)


# ------------------------------------------------------------- unplugging ---

def test_plugged_in_later():
    with usb(*COUNTED, *XHCI) as pc:
        pc.wait_for("No keyboard was found")
        pass_time(pc, 5000)
        pc.plug("usb-kbd", id="keys")
        pc.wait_for("USB keyboard at port")
        pc.key("spc")
        pc.wait_for("What would you like to do?")
        pc.key("3")
        types(started(pc))


def test_unplugged_and_plugged_twenty_times():
    """It works each time."""
    with usb(*COUNTED, *XHCI, *KEYBOARD) as pc:
        found(pc)
        for _ in range(20):
            types(pc)
            pc.unplug("keys")
            pc.wait_for("was unplugged")
            pc.plug("usb-kbd", id="keys")
            plugged_again(pc)
        below(pc)
        assert fact(pc, "keyboard").startswith("USB keyboard at port")


def test_hub_unplugged_and_plugged():
    """With it go the hub and the keyboard behind it."""
    with usb(*COUNTED, *XHCI) as pc:
        pc.wait_for("No keyboard was found")
        for _ in range(2):
            pc.plug("usb-hub", id="hub", bus="x.0", port="2")
            pc.plug("usb-hub", bus="x.0", port="2.8", id="inner")
            pc.plug("usb-kbd", id="keys", **BEHIND_TWO)
            plugged_again(pc)
            assert notice(pc) == "USB keyboard at port 3 behind 2 hubs"
            presses(pc)
            pc.unplug("hub")
            pc.wait_for("was unplugged")


def test_held_key_is_released_when_unplugged():
    """While a button of the panel is held, the machine writes its digit; as
    one is still held when the store is cleared, it would write it again."""
    with usb(*XHCI, *KEYBOARD, append="run",
             modules=["tests/data/standing.asm"]) as pc:
        pc.wait_for("USB keyboard at port")
        panel(pc)
        pc.key("comma", up=False)  # digit 31
        wait_tube(pc, [1 << 31] * 2 + [0] * 30)
        pc.unplug("keys")
        pc.wait_for("was unplugged")
        pc.plug("usb-kbd", id="keys")
        plugged_again(pc)
        pc.key("equal")
        wait_tube(pc, [0] * 32)
        pass_time(pc, 500)
        wait_tube(pc, [0] * 32)


# ----------------------------------------------------- devices of our own ---

def beside_keyboard(device):
    """A PC for DEVICE, which the BIOS must not see, at port 5, and a usual
    keyboard."""
    return usb(*XHCI, "-device", "usb-kbd,bus=x.0,port=2",
               *device.arguments(bus="x.0", port=1))


def connect(device, pc):
    """Plugs DEVICE in beside a keyboard."""
    found(pc)
    device.connect()


def types_by(device, pc, endpoint=1):
    """Like types(), by a device that a test plays."""
    device.type(pc, "abba", endpoint)
    entry_is(pc, "abba")
    for _ in range(4):
        device.press(pc, BACKSPACE, endpoint)
    pc.wait(lambda lines: not any("abba" in l for l in lines),
            "an empty entry")


@pytest.mark.parametrize("device, endpoint", [
    pytest.param({"speed": LOW}, 1, id="low"),
    pytest.param({"packet_size": 8}, 1, id="full-8", marks=LONG),
    pytest.param({"packet_size": 64}, 1, id="full-64"),
    pytest.param({"speed": HIGH, "packet_size": 64}, 1, id="high"),
    pytest.param({"interfaces": [MOUSE, Interface()]}, 1, id="after-mouse",
                 marks=LONG),
    pytest.param({"interfaces": [VENDOR, Interface(endpoint=3)]}, 3,
                 id="after-vendor"),
    pytest.param({"stalls": [SET_IDLE, SET_PROTOCOL, SET_REPORT]}, 1,
                 id="stalls"),
])
def test_kinds_of_keyboard(device, endpoint):
    """Speeds, packet sizes of the control endpoint, the keyboard as the second
    interface, and one that supports no request that it need not support.
    Caps Lock is not supported by this console, but its light is."""
    with Device(**device, plugged=False) as device, \
            beside_keyboard(device) as pc:
        connect(device, pc)
        pc.wait_for("USB keyboard at port 5")
        types_by(device, pc, endpoint)
        for light in b"\x02", b"\x00":
            device.report(keys(CAPS_LOCK), endpoint)
            device.report(keys(), endpoint)
            device.until(lambda: device.asked(SET_REPORT)[-1:] == [light],
                         f"light {light}")
        types_by(device, pc, endpoint)
        number = len(device.interfaces) - 1
        assert [(value, index) for kind, value, index, _ in device.requests
                if kind == SET_PROTOCOL] == [(0, number)]


WRONG = {  # descriptors, and what the device is said not to do
    "device-type": ({DEVICE: b"\x12\x05\0\x02\0\0\0\x08"},
                    "device descriptor"),
    "packet-size": ({DEVICE: b"\x12\x01\0\x02\0\0\0\x07"},
                    "device descriptor"),
    "no-device": ({DEVICE: b""}, "device descriptor"),
    "type": ({CONFIGURATION: b"\x09\x04\x09\0\1\1\0\xA0\x32"},
             "configuration descriptor"),
    "too-short": ({CONFIGURATION: b"\x09\x02\x04\0"},
                  "configuration descriptor"),
    "no-configuration": ({CONFIGURATION: b""}, "configuration descriptor"),
}


@pytest.mark.parametrize("descriptors, what", [
    pytest.param(*row, id=name, marks=[] if name == "packet-size" else LONG)
    for name, row in WRONG.items()])
def test_wrong_descriptors(descriptors, what):
    """The screen names the device, and another keyboard types."""
    with Device(plugged=False) as device, beside_keyboard(device) as pc:
        device.descriptors |= descriptors
        connect(device, pc)
        pc.wait_for(f"USB device at port 5 failed: {what}")
        types(pc)


FAILS, IGNORED, USED = "configuration descriptor", None, "keyboard"


@pytest.mark.long
@pytest.mark.parametrize("length, end", [
    (0, FAILS), (8, FAILS), (9, IGNORED), (17, IGNORED), (18, IGNORED),
    (19, IGNORED), (26, IGNORED), (33, IGNORED), (34, USED), (35, USED),
    (255, USED), (1023, USED), (1024, USED), (1025, USED), (65535, USED)])
def test_wrong_total_length(length, end):
    """The configuration, of 34 bytes, is said to be shorter or longer."""
    with Device(plugged=False) as device, beside_keyboard(device) as pc:
        whole = device.descriptors[CONFIGURATION]
        assert len(whole) == 34
        device.descriptors[CONFIGURATION] = (
            whole[:2] + length.to_bytes(2, "little") + whole[4:])
        connect(device, pc)
        if end == FAILS:
            pc.wait_for(f"USB device at port 5 failed: {end}")
        elif end == USED:
            pc.wait_for("USB keyboard at port 5")
            types_by(device, pc)
        else:
            device.until(lambda: len(device.asked(GET_DESCRIPTOR)) >= 3,
                         "descriptors")
            pass_time(pc, 500)
            assert notice(pc) == "USB keyboard at port 6"
        types(pc)


@pytest.mark.parametrize("silent, what", [
    pytest.param(GET_DESCRIPTOR, "device descriptor", id="descriptor"),
    pytest.param(SET_IDLE, "idle rate", id="idle", marks=LONG),
])
def test_device_that_does_not_answer(silent, what):
    """It is given up after three tries, and another keyboard types
    meanwhile."""
    with Device(plugged=False, silent=[silent]) as device, \
            beside_keyboard(device) as pc:
        connect(device, pc)
        device.until(lambda: device.asked(silent), "a request")
        types(pc)
        pc.wait_for(f"USB device at port 5 failed: {what}")
        assert len(device.asked(silent)) == 3
        types(pc)


def test_wrong_reports():
    """Reports that are too short, an error, and packets that are too long or
    reported as too long: no key comes of them, and the keyboard works on."""
    with Device() as device, usb(*XHCI, *device.arguments()) as pc:
        found(pc)
        starts = len(device.asked(SET_PROTOCOL))
        device.report(keys(A)[:3])
        device.report(keys(*[1] * 6))
        types_by(device, pc)
        for _ in range(5):
            device.err(keys(A) + b"\0" * 8)
            device.err(b"", BABBLE)
            types_by(device, pc)
        assert pc.perf_counters()[1] == 6 * 16
        assert len(device.asked(SET_PROTOCOL)) == starts, "not set up again"


def test_keyboard_that_only_errs():
    """After each four errors it is set up again, at most three times.  When it
    has been unplugged and plugged in again, it works."""
    with Device(plugged=False) as device, beside_keyboard(device) as pc:
        connect(device, pc)
        for tries in range(1, 4):
            device.until(lambda: device.receiving, "reports to be read")
            assert len(device.asked(SET_PROTOCOL)) == tries
            for _ in range(4 if tries < 3 else 3):
                device.err(b"", BABBLE)
        device.report(b"", status=BABBLE)
        pc.wait_for("USB device at port 5 failed: endpoint")
        device.disconnect()
        device.connect()
        pc.wait_for("USB keyboard at port 5")
        types_by(device, pc)
        assert len(device.asked(SET_PROTOCOL)) == 4


# ------------------------------------------------------------------ slices ---

def test_slices():
    """No call of the driver lasts long, in time of instructions."""
    with usb(*COUNTED, *TWO_HUBS) as pc:
        pc.wait_for("No keyboard was found")
        for _ in range(2):
            pc.plug("usb-kbd", id="keys", **BEHIND_TWO)
            plugged_again(pc)
            for _ in range(50):
                pc.key("right")
            pc.unplug("keys")
            pc.wait_for("was unplugged")
        assert 0 < pc.perf_counters()[5] < LONGEST
