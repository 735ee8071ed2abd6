# SPDX-License-Identifier: MIT
"""Tests the system information page on virtual PCs."""
import re
import struct
import subprocess

import pytest
from baby import started
from pc import COUNTED, KERNEL, PC, symbol

MEGABYTE = 1 << 20


def below(pc):
    started(pc)
    pc.key("ctrl", "p")
    pc.wait_for("System information")
    return fact(pc, "power") and pc


def fact(pc, name):
    """The value of row NAME, or None."""
    for line in pc.text():
        if match := re.match(rf"[ │]+{name} +(.*?) *│?$", line):
            return match[1]
    return None


@pytest.mark.parametrize("rows, append", [(50, ""), (24, "video=text25")])
def test_this_pc(rows, append):
    with PC("-cpu", "max", append="program=hcf run " + append,
            rows=rows) as pc:
        below(pc)
        assert fact(pc, "title").startswith("Highest common factor")
        assert fact(pc, "processor").startswith("QEMU TCG CPU")
        assert fact(pc, "hypervisor") == "TCGTCGTCGTCG"
        assert fact(pc, "started by") == "BIOS, qemu"
        assert fact(pc, "boot line").endswith(
            ("program=hcf run " + append).strip())
        assert re.fullmatch(r"\d+ ranges \(free or in use\); "
                            r"12[5-8] MB free below 4 GB",
                            fact(pc, "memory map"))
        assert fact(pc, "screen") == "VGA text"
        assert fact(pc, "keyboard") == "8042"
        assert fact(pc, "PCI, USB") == "5 functions; no USB controller"
        assert fact(pc, "serial") == "COM1"
        assert fact(pc, "clock") == "ACPI timer, 3579545 Hz"
        assert fact(pc, "power").startswith("ACPI 1: can power off")


@pytest.mark.parametrize("arguments, append, facts", [
    (("-cpu", "486"), "", {"processor": "GenuineIntel, family 4, model 8"}),
    (("-cpu", "486"), "cpu=386", {"processor": "386 without CPUID"}),
    (("-cpu", "max,-hypervisor"), "", {"hypervisor": None}),
    ((), "acpi=off", {"power": "no ACPI: power-off may not work"}),
])
def test_other_pcs(arguments, append, facts):
    with PC(*arguments, append=append) as pc:
        below(pc)
        for name, text in facts.items():
            assert fact(pc, name) == text


EHCI_AND_UHCI = (
    "-device", "ich9-usb-ehci1,id=e,addr=1d.7,multifunction=on",
    "-device", "ich9-usb-uhci1,masterbus=e.0,addr=1d.0,multifunction=on",
    "-device", "ich9-usb-uhci2,masterbus=e.0,addr=1d.1,firstport=2",
    "-device", "ich9-usb-uhci3,masterbus=e.0,addr=1d.2,firstport=4")


@pytest.mark.parametrize("machine, arguments, controllers", [
    ("pc", ("-device", "qemu-xhci,addr=4"), "6 functions; xHCI 00:04.0"),
    ("pc", ("-device", "nec-usb-xhci,addr=1f"), "6 functions; xHCI 00:1f.0"),
    ("pc", ("-device", "piix3-usb-uhci,addr=1.2"),
     "6 functions; UHCI 00:01.2"),
    ("pc", ("-device", "pci-ohci,addr=5", "-device", "usb-ehci,addr=6"),
     "7 functions; EHCI 00:06.0, OHCI 00:05.0"),
    ("pc", ("-device", "pci-bridge,id=b,chassis_nr=1,addr=9",
            "-device", "qemu-xhci,bus=b,addr=3"),
     "7 functions; xHCI 01:03.0"),
    ("q35", (), "5 functions; no USB controller"),
    ("q35", ("-device", "qemu-xhci,addr=4"), "6 functions; xHCI 00:04.0"),
    ("q35", ("-device", "pcie-root-port,id=r,chassis=1,addr=5",
             "-device", "qemu-xhci,bus=r"), "7 functions; xHCI 01:00.0"),
    ("q35", ("-device", "qemu-xhci,addr=2", *EHCI_AND_UHCI),
     "10 functions; xHCI 00:02.0, EHCI 00:1d.7, UHCI 00:1d.0, 2 more"),
    ("isapc", ("-cpu", "486", "-m", "8"), "no PCI bus found"),
])
def test_usb_controllers(machine, arguments, controllers):
    with PC(*arguments, machine=machine) as pc:
        below(pc)
        assert fact(pc, "PCI, USB") == controllers


def test_no_keyboard():
    """From a terminal, which has 24 rows until it reports more."""
    with PC(append="keyboard=off console=ttyS0", com1="wire", rows=24) as pc:
        pc.wait_for("No keyboard was found")
        pc.send(b"\x10")  # Ctrl-P
        pc.wait_for("System information")
        assert fact(pc, "keyboard") == "none found"
        assert fact(pc, "screen") == "VGA text"


def test_counters_increase():
    """Keys and ticks are counted, and the PC sleeps most of the time."""
    with PC(*COUNTED) as pc:
        below(pc)
        count = lambda what: int(re.search(rf"{what} (\d+)",
                                           fact(pc, "interrupts"))[1])
        ticks, keys = count("timer"), count("keyboard")
        pc.key("down")
        pc.wait(lambda _: count("timer") > ticks + 50, "fifty ticks")
        assert count("keyboard") > keys
        assert float(fact(pc, "idle").split()[0]) > 20
        pc.key("esc")
        pc.wait_for("instr.")


def test_build():
    """The build number is that of the linker."""
    notes = subprocess.run(["readelf", "-n", KERNEL], check=True, text=True,
                           capture_output=True).stdout
    build = re.search(r"Build ID: (\w+)", notes)[1]
    with PC() as pc:
        below(pc)
        assert pc.text()[0].endswith(f"version 0.6, build {build[:8]}")


def test_memory():
    with PC() as pc:
        below(pc)
        start, end = struct.unpack("<2I", pc.memory(symbol("history_memory"),
                                                    8))
        kernel, history, at = re.match(
            r"kernel (\d+) KB; history (\d+) KB at (\w+); "
            r"engine in ring 3$",
            fact(pc, "memory")).groups()
        assert (int(history), int(at, 16)) == (end - start >> 10, start)
        assert int(kernel) == symbol("kernel_end") - MEGABYTE >> 10
        assert int(kernel) < 1650
