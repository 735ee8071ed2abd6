# SPDX-License-Identifier: MIT
"""Boot media for a virtual PC, with options added as a user would, and
UEFI."""
import os
import shutil
import subprocess

import pytest
from pc import FLOPPY, ISO, KERNEL, QEMU

QEMU_64 = QEMU.replace("i386", "x86_64")

# Files of the image that UEFI reads; missing if GRUB has no UEFI.
LOADERS = {64: "BOOTX64.EFI", 32: "BOOTIA32.EFI"}

# Firmware and its variables on Debian, Fedora and Arch.
UEFI = {
    64: [("/usr/share/OVMF/OVMF_CODE_4M.fd",
          "/usr/share/OVMF/OVMF_VARS_4M.fd"),
         ("/usr/share/edk2/ovmf/OVMF_CODE.fd",
          "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
         ("/usr/share/edk2/x64/OVMF_CODE.4m.fd",
          "/usr/share/edk2/x64/OVMF_VARS.4m.fd")],
    32: [("/usr/share/OVMF/OVMF32_CODE_4M.secboot.fd",
          "/usr/share/OVMF/OVMF32_VARS_4M.fd"),
         ("/usr/share/edk2/ovmf-ia32/OVMF_CODE.fd",
          "/usr/share/edk2/ovmf-ia32/OVMF_VARS.fd"),
         ("/usr/share/edk2/ia32/OVMF_CODE.4m.fd",
          "/usr/share/edk2/ia32/OVMF_VARS.4m.fd")],
}


def uefi(bits):
    """QEMU's arguments for a PC with UEFI.  Its variables are copied, so that
    each boot is like the first."""
    if not os.path.exists(f"{ISO}.d/files/EFI/BOOT/{LOADERS[bits]}"):
        pytest.skip(f"no UEFI of {bits} bits in {ISO} (make deps)")
    for code, variables in UEFI[bits]:
        if os.path.exists(code):
            break
    else:
        pytest.skip(f"no UEFI of {bits} bits for QEMU (make deps)")
    return ["-m", "256",
            "-global", "driver=cfi.pflash01,property=secure,value=on",
            "-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + code,
            "-drive", "if=pflash,unit=1,format=raw,snapshot=on,file="
            + variables]


def options_file(folder, options):
    file = folder / "options.cfg"
    file.write_text(f'set timeout=0\nset options="{options}"\n')
    return file


def image(folder, options):
    """The image, with OPTIONS added to each menu entry, if any."""
    if not options:
        return ISO
    mine = str(folder / "mine.iso")
    shutil.copy(ISO, mine)
    subprocess.run(
        ["xorriso", "-boot_image", "any", "keep", "-dev", mine, "-map",
         str(options_file(folder, options)), "/boot/options.cfg"],
        check=True, capture_output=True)
    return mine


def usb_stick(controller, file):
    return ["-drive", "if=none,id=stick,format=raw,snapshot=on,file=" + file,
            "-device", controller,
            "-device", "usb-storage,drive=stick,bootindex=0"]


def kernel(_, options):
    return ["-kernel", KERNEL, "-append", options]


def imitating_a_bios(folder):
    """A CD whose GRUB leaves a BIOS's data in memory, as a CSM does."""
    module = "/usr/lib/grub/x86_64-efi/memrw.mod"
    if not os.path.exists(module):
        pytest.skip(f"no {module} (make deps)")
    file, mine = folder / "options.cfg", str(folder / "mine.iso")
    file.write_text("set timeout=0\ninsmod memrw\nwrite_word 0x413 640\n")
    shutil.copy(ISO, mine)
    subprocess.run(
        ["xorriso", "-boot_image", "any", "keep", "-dev", mine,
         "-map", str(file), "/boot/options.cfg",
         "-map", module, "/boot/grub/x86_64-efi/memrw.mod"],
        check=True, capture_output=True)
    return ["-cdrom", mine, "-boot", "d"]


def cd(folder, options):
    return ["-cdrom", image(folder, options), "-boot", "d"]


def disk(folder, options):
    return ["-drive", "format=raw,snapshot=on,file=" + image(folder, options)]


def usb2(folder, options):
    return usb_stick("usb-ehci", image(folder, options))


def usb3(folder, options):
    return usb_stick("qemu-xhci", image(folder, options))


def usb3_and_keys(folder, options):
    """A keyboard beside the stick."""
    return usb3(folder, options) + ["-device", "usb-kbd"]


def copied(folder, options):
    """A FAT stick with the files of the image."""
    files, stick = folder / "files", str(folder / "stick")
    subprocess.run(["xorriso", "-osirrox", "on", "-indev", ISO, "-extract",
                    "/", files], check=True, capture_output=True)
    subprocess.run(["truncate", "-s", "64M", stick], check=True)
    subprocess.run(["mformat", "-i", stick, "-F", "::"], check=True)
    subprocess.run(["mcopy", "-s", "-i", stick, files / "EFI", files / "boot",
                    "::/"], check=True)
    if options:
        subprocess.run(["mcopy", "-i", stick, options_file(folder, options),
                        "::/boot"], check=True)
    return usb_stick("qemu-xhci", stick)


def floppy(folder, options):
    mine = str(folder / "mine.img")
    shutil.copy(FLOPPY, mine)
    if options:
        subprocess.run(["mcopy", "-i", mine, options_file(folder, options),
                        "::/BOOT"], check=True)
    return ["-drive", "if=floppy,format=raw,file=" + mine]
