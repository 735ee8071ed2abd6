# SPDX-License-Identifier: MIT
"""Tests reboot and power off on PCs with different ways to do so."""
import pytest
from baby import started, tube
from pc import PC

# Pretends to be no virtual PC, so that only its ACPI tables count.
PLAIN = ("-cpu", "max,-hypervisor")
OLD = ("-cpu", "486", "-m", "8")


def leave(pc, key, question):
    """F10 and yes; the kernel may not see the last key's release."""
    started(pc)
    pc.key("f10")
    pc.wait_for("Reboot the PC")
    pc.key(key)
    pc.wait_for(question)
    pc.key("y", up=False, taken=False)


@pytest.mark.parametrize("machine, more", [
    ("pc", ()), ("pc", PLAIN), ("q35", PLAIN), ("isapc", OLD),
])
def test_reboot(machine, more):
    with PC(*more, machine=machine) as pc:
        leave(pc, "b", "Reboot the PC?")
        assert pc.wait_shutdown() == "guest-reset"


@pytest.mark.parametrize("machine, more", [
    ("pc", ()), ("pc", PLAIN), ("q35", ()), ("q35", PLAIN),
])
def test_power_off(machine, more):
    with PC(*more, machine=machine) as pc:
        leave(pc, "q", "Power off the PC?")
        assert pc.wait_shutdown() == "guest-shutdown"


@pytest.mark.parametrize("machine", ["q35,i8042=off", "pc,i8042=off"])
def test_power_off_without_keyboard(machine):
    with PC(*PLAIN, machine=machine, append="program=hcf batch") as pc:
        assert pc.wait_shutdown() == "guest-shutdown"


def test_ctrl_alt_del_asks():
    """With both Del keys, on any page; no cancels."""
    with PC(append="program=hcf") as pc:
        started(pc)
        before = tube(pc)
        for page, delete in (None, "delete"), ("f1", "kp_decimal"):
            if page:
                pc.key(page)
                pc.wait_for("Help 1 of")
            pc.key("ctrl", "alt", delete)
            pc.wait_for("Reboot the PC?")
            pc.key("n")
            pc.wait(lambda lines: not any("Reboot the PC?" in l
                                          for l in lines), "no question")
        pc.key("esc")
        started(pc)
        assert tube(pc) == before
        pc.key("ctrl", "alt", "delete")
        pc.wait_for("Reboot the PC?")
        pc.key("y", up=False, taken=False)
        assert pc.wait_shutdown() == "guest-reset"


def test_ctrl_alt_del_in_a_kiosk_does_nothing():
    with PC(append="kiosk=600 program=hcf") as pc:
        pc.wait_for("Press any key")
        # Ctrl is a key, too; Ctrl-Alt-Del must change nothing else.
        pc.key("ctrl", "alt", "delete")
        pc.wait_for("What would you like to do?")
        pc.key("ctrl", "alt", "delete")
        pc.key("3")
        started(pc)
        before = tube(pc)
        pc.key("ctrl", "alt", "delete")
        pc.key("f1")
        lines = pc.wait_for("Help 1 of")
        assert not any("Alt-Del" in line for line in lines)
        pc.key("esc")
        started(pc)
        assert tube(pc) == before


def powered_off(pc):
    assert pc.wait_shutdown() == "guest-shutdown"


@pytest.mark.parametrize("machine", ["pc", "q35"])
def test_power_button_asks(machine):
    with PC(machine=machine) as pc:
        started(pc)
        pc.execute("system_powerdown")
        pc.wait_for("Power off the PC?")
        pc.key("n")
        started(pc)
        pc.execute("system_powerdown")
        pc.wait_for("Power off the PC?")
        pc.key("y", up=False, taken=False)
        powered_off(pc)


def test_power_button_in_a_kiosk():
    with PC(append="kiosk=600") as pc:
        pc.wait_for("Press any key")
        pc.execute("system_powerdown")
        powered_off(pc)


def test_pin_ends_the_kiosk():
    with PC(append="kiosk=600 pin=1948") as pc:
        pc.wait_for("Press any key")
        pc.key("f10")
        pc.wait_for("For the staff")
        pc.type("1948\n")
        pc.wait_for("The kiosk has ended")
        pc.key("ctrl", "p")
        pc.wait_for("kiosk=600 pin=****")
        pc.key("esc")
        leave(pc, "q", "Power off the PC?")
        powered_off(pc)


def test_alt_and_windows_type_nothing():
    """With scancodes of a real keyboard controller; AltGr types."""
    with PC(append="program=hcf") as pc:
        started(pc)
        before = tube(pc)
        for modifier in "alt", "meta_l", "meta_r":
            for key in "delete", "a", "3", "spc", "f5", "ret", "insert":
                pc.key(modifier, key)
        pc.key("alt_r", "delete")
        pc.key("alt_r", "a")
        pc.key("b")
        pc.wait(lambda lines: any(" ab" in l for l in lines), "ab typed")
        assert tube(pc) == before


def test_power_off_impossible():
    """The ports of virtual PCs are not written to on other PCs."""
    with PC(*OLD, machine="isapc") as pc:
        leave(pc, "q", "Power off the PC?")
        pc.wait_for("This PC cannot switch itself off")
        pc.key("f5")
        pc.wait_for("RUNNING")
