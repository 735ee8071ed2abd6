# SPDX-License-Identifier: MIT
"""Reboot and power off, on PCs that have different ways of it."""
import pytest
from baby import started
from pc import PC

# As a PC that is no virtual one, so that only what its tables say is done.
PLAIN = ("-cpu", "max,-hypervisor")
OLD = ("-cpu", "486", "-m", "8")


def leave(pc, key, question):
    """F10, and yes; nobody may be there for the last key to come up."""
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
        leave(pc, "o", "Switch the PC off?")
        assert pc.wait_shutdown() == "guest-shutdown"


@pytest.mark.parametrize("machine", ["q35,i8042=off", "pc,i8042=off"])
def test_power_off_without_keyboard(machine):
    with PC(*PLAIN, machine=machine, append="program=hcf batch") as pc:
        assert pc.wait_shutdown() == "guest-shutdown"


def test_what_cannot_switch_itself_off_says_so():
    """Nor are the ports of virtual PCs written to, as there is no sign of
    one."""
    with PC(*OLD, machine="isapc") as pc:
        leave(pc, "o", "Switch the PC off?")
        pc.wait_for("It is now safe to switch this PC off")
        pc.key("f5")
        pc.wait_for("RUNNING")
