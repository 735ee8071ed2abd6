# SPDX-License-Identifier: MIT
"""Runs the drivers for PCI and xHCI, compiled for this host, on QEMU's devices.

Unlike the fakes of the unit tests, the devices were written by others.  The
virtual PC's processor is stopped, and no firmware runs."""
import os
import socket
import subprocess

import pytest

QEMU = os.environ.get("QEMU", "qemu-system-i386")
DRIVER = "build/devices/driver"
LOW, HIGH = "e0000000", "e000000000"


def run(machine, *devices, address=LOW):
    """Returns the rows that the driver prints."""
    ours, theirs = socket.socketpair()
    qemu = subprocess.Popen(
        [QEMU, "-machine", machine, "-S", "-display", "none", "-nodefaults",
         "-vga", "std", *devices,
         "-chardev", f"socket,id=qtest,fd={theirs.fileno()}",
         "-qtest", "chardev:qtest", "-qtest-log", "none"],
        pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    theirs.close()
    try:
        return subprocess.run(
            [DRIVER, str(ours.fileno()), address], check=True, timeout=300,
            pass_fds=[ours.fileno()], capture_output=True,
            text=True).stdout.splitlines()
    finally:
        qemu.kill()
        qemu.wait()
        ours.close()


PC = """\
function 0 8086:1237 060000
function 8 8086:7000 060100
function 9 8086:7010 010180
bar 9.4 ports 10
function b 8086:7113 068000
function 10 1234:1111 030000
bar 10.0 memory 1000000
bar 10.2 memory 1000
""".splitlines()

REGISTERS = """\
capabilities 100 64 8 0 32
protocol 2 5 4
protocol 3 1 4
handoff done
""".splitlines()

CONTROLLERS = {
    "qemu-xhci": """\
function 20 1b36:000d 0c0330
bar 20.0 memory 4000
""",
    "nec-usb-xhci": """\
function 20 1033:0194 0c0330
bar 20.0 memory 4000
""",
}


def test_no_controller():
    assert run("pc") == PC + ["xhci absent 0 0"]


def test_no_pci():
    assert run("isapc") == ["xhci absent 0 0"]


@pytest.mark.parametrize("address, presence", [
    (LOW, "reachable"), (HIGH, "high")])
@pytest.mark.parametrize("name", CONTROLLERS)
def test_xhci(name, address, presence):
    rows = run("pc", "-device", f"{name},addr=4", address=address)
    assert rows == PC + CONTROLLERS[name].splitlines() + [
        "xhci unassigned 0 0", f"xhci {presence} {address} 4000"] + REGISTERS


@pytest.mark.parametrize("ports", [1, 4, 15])
def test_ports(ports):
    rows = run("q35", "-device", f"qemu-xhci,addr=4,p2={ports},p3={ports}")
    assert rows[-4:-1] == [
        f"capabilities 100 64 {2 * ports} 0 32",
        f"protocol 2 {ports + 1} {ports}", f"protocol 3 1 {ports}"]
