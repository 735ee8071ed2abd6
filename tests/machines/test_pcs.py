# SPDX-License-Identifier: MIT
"""Tests kinds of PC: on each the console starts on some output, the July
program gives its answer, and the PC powers off if it can."""
import re
import struct
from typing import NamedTuple

import media
import pytest
from baby import reports, started, tube
from pc import PC, QEMU
from terminal import Terminal

COUNT = 2097154  # instructions of the July program
RESET, OFF, STAYS = "guest-reset", "guest-shutdown", None


def by_screen(pc, leave):
    """By the PC's own screen and keyboard."""
    started(pc)
    pc.key("f5")
    pc.wait_for("RUNNING")
    pc.key("esc")
    pc.wait_for("Menu:")
    pc.key("m")
    lines = pc.wait_for("the machine has stopped at line 13")
    assert any("2 097 154 instructions" in line for line in lines)
    pc.wait(lambda _: tube(pc)[27] == 131072, "131072 in line 27")
    if leave:
        pc.key("f10")
        pc.wait_for("Reboot")
        pc.key("b" if leave == RESET else "q")
        pc.wait_for("Reboot the PC?" if leave == RESET
                    else "Power off the PC?")
        pc.key("y", up=False, taken=False)  # nothing reads its release
        assert pc.wait_shutdown() == leave


def by_usb(pc, leave):
    """By the PC's own screen and a USB keyboard, which needs a moment."""
    pc.wait_for("USB keyboard at port")
    by_screen(pc, leave)


def by_terminal(pc, leave):
    """By a terminal at COM1, which the console finds itself."""
    operate(pc, Terminal(pc.wire.fileno()), leave)


def operate(pc, terminal, leave):
    terminal.wait_for("STOPPED")
    terminal.key("f5")
    terminal.wait_for("RUNNING")
    terminal.key("esc")
    terminal.wait_for("Menu:")
    terminal.type("m")
    terminal.wait_for("the machine has stopped at line 13")
    terminal.wait_for("2 097 154 instructions")
    terminal.wait(lambda lines: re.search(r" 27 +131072\b", "\n".join(lines)),
                  "131072 in line 27")
    terminal.key("f10")
    terminal.wait_for("Reboot")
    terminal.type("b" if leave == RESET else "q")
    terminal.wait_for("Reboot the PC?" if leave == RESET
                      else "Power off the PC?")
    terminal.type("y")
    assert pc.wait_shutdown() == leave


def without_keys(pc, leave):
    """The demonstration runs until the terminal asks for the editor."""
    terminal = Terminal(pc.wire.fileno())
    terminal.wait_for("Press any key")
    terminal.type(" ")
    terminal.wait_for("What would you like to do?")
    terminal.type("3")
    operate(pc, terminal, leave)


def without_keyboard(pc, leave):
    """The screen says what is missing."""
    pc.wait_for("No keyboard was found: its USB controllers (UHCI) are not")
    without_keys(pc, leave)


def keys_elsewhere(pc, leave):
    """A keyboard that worked under UEFI only: the screen says so after 20
    s."""
    started(pc)
    pc.wait_for("No key was pressed: its USB controllers (EHCI) are not")
    without_keys(pc, leave)


def by_com1(pc, leave):
    """By a batch from the boot line."""
    assert pc.wait_shutdown() == leave
    # Output of firmware and GRUB may precede it, with other line ends.
    [report] = reports(pc.serial().replace("\r", ""))
    assert (report["name"], report["end"]) == ("july1948", "stop")
    assert (report["instructions"], report["store"][27]) == (COUNT, 131072)


WIRED = by_terminal, without_keys, without_keyboard, keys_elsewhere
OPTIONS = {by_com1: "batch program=july1948"}


NO_8042 = "q35,i8042=off"
XHCI = "-device qemu-xhci,id=x "
KEYS = XHCI + "-device usb-kbd "
HUB = XHCI + ("-device usb-hub,bus=x.0,port=1 "
              "-device usb-kbd,bus=x.0,port=1.2 ")
HUBS = XHCI + ("-device usb-hub,bus=x.0,port=1 "
               "-device usb-hub,bus=x.0,port=1.3 "
               "-device usb-kbd,bus=x.0,port=1.3.2 ")


class Row(NamedTuple):
    name: str
    machine: str
    arguments: str
    medium: object
    output: object
    leave: object
    uefi: int = 0
    short: bool = False


ROWS = [
    Row("kernel", "pc", "", media.kernel, by_screen, OFF),
    Row("pc-cd", "pc", "", media.cd, by_screen, RESET),
    Row("pc-disk", "pc", "", media.disk, by_screen, OFF),
    Row("pc-usb2", "pc", "", media.usb2, by_screen, RESET),
    Row("pc-usb3", "pc", "", media.usb3, by_screen, RESET),
    Row("pc-4mb-cd", "pc", "-m 4", media.cd, by_screen, RESET),
    Row("pc-floppy", "pc", "", media.floppy, by_screen, RESET),
    Row("q35-cd", "q35", "", media.cd, by_screen, RESET),
    Row("q35-usb3", "q35", "", media.usb3, by_screen, OFF),
    Row("486-4mb-floppy", "isapc", "-cpu 486 -m 4", media.floppy, by_screen,
        RESET, short=True),
    Row("486-8mb-floppy", "isapc", "-cpu 486 -m 8", media.floppy, by_screen,
        RESET),
    Row("486-4mb-cd", "isapc", "-cpu 486 -m 4", media.cd, by_screen, RESET),
    Row("486-8mb-cd", "isapc", "-cpu 486 -m 8", media.cd, by_screen, RESET),
    Row("no-vga", "pc", "-vga none", media.cd, by_terminal, OFF),
    Row("no-vga-kernel", "q35", "-vga none", media.kernel, by_com1, OFF),
    Row("no-keyboard", NO_8042, "-device piix3-usb-uhci -device usb-kbd",
        media.cd, without_keyboard, RESET),
    Row("com1-only", NO_8042, "-vga none", media.usb2, without_keys,
        RESET, short=True),
    Row("cirrus", "pc", "-vga cirrus", media.cd, by_screen, RESET),
    Row("vmware", "pc", "-vga vmware", media.cd, by_screen, RESET),
    Row("qxl", "pc", "-vga qxl", media.cd, by_screen, RESET),
    Row("virtio", "pc", "-vga virtio", media.cd, by_screen, RESET),
    Row("uefi64-cd", "q35", "", media.cd, by_screen, RESET, uefi=64),
    Row("uefi64-usb2", "q35", "", media.usb2, by_screen, OFF, uefi=64),
    Row("uefi64-usb3", "q35", "", media.usb3, by_screen, OFF, uefi=64,
        short=True),
    Row("uefi64-copied", "q35", "", media.copied, by_screen, RESET, uefi=64),
    Row("uefi64-ehci-keyboard", "q35", "-device usb-ehci -device usb-kbd",
        media.cd, keys_elsewhere, RESET, uefi=64),
    Row("uefi64-no-vga", "q35", "-vga none", media.cd, by_terminal, OFF,
        uefi=64),
    Row("uefi64-out-of-reach", "q35", "-vga none -device virtio-gpu-pci",
        media.cd, by_terminal, OFF, uefi=64),
    Row("uefi32-cd", "q35,smm=on", "", media.cd, by_screen, RESET, uefi=32),
    Row("uefi32-usb3", "q35,smm=on", "", media.usb3, by_screen, OFF, uefi=32),
]

# Keys come from USB only.
USB_ROWS = [
    Row("usb-cd", NO_8042, KEYS, media.cd, by_usb, RESET),
    Row("usb-usb3", NO_8042, "", media.usb3_and_keys, by_usb, OFF),
    Row("usb-pc", "pc,i8042=off", KEYS, media.cd, by_usb, OFF),
    Row("usb-nec-cd", NO_8042, "-device nec-usb-xhci -device usb-kbd",
        media.cd, by_usb, OFF),
    Row("usb-hub-cd", NO_8042, HUB, media.cd, by_usb, RESET),
    Row("usb-hubs-cd", NO_8042, HUBS, media.cd, by_usb, OFF),
    Row("usb-4mb-cd", "pc,i8042=off", KEYS + "-m 4", media.cd, by_usb, RESET),
    Row("usb-5mb-cd", NO_8042, KEYS + "-m 5", media.cd, by_usb, RESET),
    Row("usb-4mb-floppy", "pc,i8042=off", KEYS + "-m 4", media.floppy,
        by_usb, RESET),
    Row("usb-6gb-cd", NO_8042, KEYS + "-m 6G", media.cd, by_usb, OFF),
    Row("usb-smp-cd", NO_8042, KEYS + "-smp 4", media.cd, by_usb, OFF),
    Row("uefi64-usb-keyboard", "q35", KEYS, media.cd, by_usb, RESET, uefi=64),
    Row("uefi64-usb-cd", NO_8042, KEYS, media.cd, by_usb, OFF, uefi=64),
    Row("uefi64-usb-usb3", NO_8042, "", media.usb3_and_keys, by_usb, RESET,
        uefi=64),
    Row("uefi64-usb-nec", NO_8042, "-device nec-usb-xhci -device usb-kbd",
        media.cd, by_usb, RESET, uefi=64),
    Row("uefi64-usb-hubs", NO_8042, HUBS, media.cd, by_usb, RESET, uefi=64),
    Row("uefi64-usb-6gb", NO_8042, KEYS + "-m 6G -smp 4", media.cd, by_usb,
        OFF, uefi=64),
    Row("uefi32-usb-cd", NO_8042 + ",smm=on", KEYS, media.cd, by_usb, RESET,
        uefi=32),
    Row("uefi32-usb-usb3", NO_8042 + ",smm=on", "", media.usb3_and_keys,
        by_usb, OFF, uefi=32),
]


def test_uefi_with_the_data_of_a_bios(tmp_path):
    """It counts as UEFI, as no BIOS puts a USB keyboard behind the 8042."""
    arguments = media.uefi(64) + media.imitating_a_bios(tmp_path)
    with PC(*arguments, machine="q35", loader=False, pixels=32,
            emulator=media.QEMU_64) as pc:
        started(pc)
        assert struct.unpack("<H", pc.memory(0x413, 2)) == (640,)
        pc.key("ctrl", "p")
        pc.wait_for("started by  UEFI, GRUB")


def run(row, folder, options):
    arguments = media.uefi(row.uefi) if row.uefi else []
    arguments += row.arguments.split()
    arguments += row.medium(folder, f"{OPTIONS.get(row.output, '')}{options}")
    with PC(*arguments, machine=row.machine, loader=False,
            pixels=32 if row.uefi else 0,
            com1="wire" if row.output in WIRED else "file",
            emulator=media.QEMU_64 if row.uefi else QEMU) as pc:
        row.output(pc, row.leave)


@pytest.mark.parametrize("row", [
    pytest.param(row, id=row.name,
                 marks=[pytest.mark.short] if row.short else [])
    for row in ROWS + USB_ROWS])
def test_pc(row, tmp_path):
    run(row, tmp_path, "")


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS])
def test_pc_with_usb(row, tmp_path):
    """Each works as before if USB controllers are used, too."""
    run(row, tmp_path, " usb=on")
