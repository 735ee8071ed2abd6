# SPDX-License-Identifier: MIT
"""Tests the floppy: a DOS file system with GRUB as its first file."""
import shutil
import struct
import subprocess

from baby import started, tube
from pc import FLOPPY, PC


def boot_sector():
    with open(FLOPPY, "rb") as file:
        return file.read(512)


def test_is_a_high_density_floppy():
    with open(FLOPPY, "rb") as file:
        assert len(file.read()) == 2 * 80 * 18 * 512
    # Sector size, sectors per cluster, reserved, FATs, root entries, sectors,
    # medium, sectors per FAT, per track, heads.
    assert struct.unpack_from("<HBHBHHBHHH", boot_sector(), 11) == (
        512, 1, 1, 2, 224, 2880, 0xF0, 9, 18, 2)
    assert boot_sector()[510:] == b"\x55\xaa"


def test_the_core_is_where_the_boot_sector_looks():
    where = subprocess.run(["mshowfat", "-i", FLOPPY, "::/GRUB.SYS"],
                           check=True, capture_output=True, text=True).stdout
    assert where.startswith("::/GRUB.SYS <2-") and where.count("<") == 1
    first, = struct.unpack_from("<Q", boot_sector(), 92)
    with open(FLOPPY, "rb") as file:
        file.seek(first * 512)
        rest, = struct.unpack_from("<Q", file.read(512), 500)
    root = 1 + 2 * 9
    assert (first, rest) == (root + 224 * 32 // 512, first + 1)


def test_takes_a_program(tmp_path):
    """A program copied as a file, on the smallest PC that runs GRUB."""
    program = tmp_path / "mine.asm"
    program.write_text("; Mine\n1 STP\n7 NUM 5\n")
    floppy = str(tmp_path / "baby.img")
    shutil.copy(FLOPPY, floppy)
    options = tmp_path / "options.cfg"
    options.write_text("set timeout=0\n")
    subprocess.run(["mcopy", "-i", floppy, program, "::/PROGRAMS"], check=True)
    subprocess.run(["mcopy", "-i", floppy, options, "::/BOOT"], check=True)
    with PC("-cpu", "486", "-m", "4", "-drive",
            f"if=floppy,format=raw,file={floppy}", machine="isapc",
            loader=False) as pc:
        assert "Mine" in started(pc).text()[0]
        pc.wait(lambda _: tube(pc)[7] == 5, "5 in line 7")
