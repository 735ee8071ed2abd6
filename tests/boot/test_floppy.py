# SPDX-License-Identifier: MIT
"""Tests the floppy: a DOS file system with GRUB as its first file."""
import contextlib
import re
import shutil
import struct
import subprocess

import pytest
from baby import shipped, started, tube, wait_tube
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


def test_has_room_for_saved_programs_and_others(tmp_path):
    """SAVED.ASM has its final size, and is text: a comment and blank rows."""
    saved = tmp_path / "saved.asm"
    subprocess.run(["mcopy", "-n", "-i", FLOPPY, "::/PROGRAMS/SAVED.ASM",
                    saved], check=True)
    text = saved.read_text("ascii")
    assert len(text) == 65536
    rows = text.split("\n")
    assert [len(row) for row in rows[2:]] == [8] + [63] * 1022 + [0]
    assert all(row.startswith("; ") for row in rows[:2])
    assert not "".join(rows[2:]).strip()
    free = subprocess.run(["mdir", "-i", FLOPPY, "::/"], check=True,
                          capture_output=True, text=True).stdout
    count = re.search(r"([\d ]+) bytes free", free)[1].replace(" ", "")
    assert int(count) > 900_000


def test_bears_the_mark_of_its_image():
    """Without these, the kernel does not write to a disk."""
    assert boot_sector()[38:62] == b"\x29\x21\x06\x48\x19" \
        b"BABY       FAT12   "


@contextlib.contextmanager
def booted(folder, **programs):
    """A PC, the smallest that runs GRUB, with these files in PROGRAMS."""
    floppy = str(folder / "baby.img")
    shutil.copy(FLOPPY, floppy)
    options = folder / "options.cfg"
    options.write_text("set timeout=0\n")
    subprocess.run(["mcopy", "-i", floppy, options, "::/BOOT"], check=True)
    for name, text in programs.items():
        path = folder / f"{name}.asm"
        path.write_text(text)
        subprocess.run(["mcopy", "-o", "-i", floppy, path, "::/PROGRAMS"],
                       check=True)
    with PC("-cpu", "486", "-m", "4", "-drive",
            f"if=floppy,format=raw,file={floppy}", machine="isapc",
            loader=False) as pc:
        yield pc


def test_lists_saved_programs(tmp_path):
    """Each program in SAVED.ASM has a row of its own."""
    saved = ("; baby: save 1\n; Pears\n1 STP\n7 NUM 5\n".ljust(512)
             + "; baby: save 2\n; Quinces\n1 STP\n7 NUM 6\n".ljust(512)
             + "left of an interrupted save".rjust(1024))
    with booted(tmp_path, SAVED=saved) as pc:
        assert "Pears" in started(pc).text()[0]
        pc.wait(lambda _: tube(pc)[7] == 5, "5 in line 7")
        pc.key("f2")
        lines = pc.wait_for("Quinces")
        assert any("saved-1" in line and "Pears" in line for line in lines)
        assert any("saved-2" in line for line in lines)
        assert not any("SAVED.ASM" in line for line in lines)


def test_nothing_saved_yet(tmp_path):
    """An empty SAVED.ASM is no program: the first one is as without it."""
    with booted(tmp_path) as pc:
        started(pc)
        wait_tube(pc, shipped("july1948"))


def test_takes_a_program(tmp_path):
    """A program copied as a file."""
    with booted(tmp_path, mine="; Mine\n1 STP\n7 NUM 5\n") as pc:
        assert "Mine" in started(pc).text()[0]
        pc.wait(lambda _: tube(pc)[7] == 5, "5 in line 7")


def save_program(pc, title):
    """By the Save page, with another title; returns the message."""
    pc.key("f3")
    pc.wait_for("Save your program on the floppy")
    pc.key("n")
    for _ in range(60):
        pc.key("backspace")
    pc.type(title + "\n")
    pc.key("f")
    return " ".join(line.strip() for line in pc.wait(
        lambda lines: any(re.search("Saved in|Not saved", line)
                          for line in lines), "the end of the save")[13:16])


def floppy_of(pc):
    return pc.execute("query-block")[0]["inserted"]["file"]


def test_save_and_boot_again(tmp_path):
    """The program is in the list at once, and when the PC starts again."""
    with booted(tmp_path) as pc:
        started(pc)
        assert "Saved in SAVED.ASM" in save_program(pc, "Quinces")
        pc.key("esc")
        pc.key("f2")
        pc.key("end")
        lines = pc.wait_for("saved-1")
        assert any("saved-1" in line and "Quinces" in line for line in lines)
        image = floppy_of(pc)
        shutil.copy(image, tmp_path / "copy.img")
    with PC("-drive", f"if=floppy,format=raw,file={tmp_path}/copy.img",
            loader=False) as pc:
        assert "Quinces" in started(pc).text()[0]
        wait_tube(pc, shipped("july1948"))


@pytest.mark.long
def test_nothing_is_lost_without_the_floppy(tmp_path):
    """An error names the reason; with the floppy back, the save succeeds, and
    another disk is not written to."""
    with booted(tmp_path) as pc:
        started(pc)
        image = floppy_of(pc)
        pc.execute("eject", device="floppy0", force=True)
        assert "Not saved: there is no disk" in save_program(pc, "Pears")
        pc.key("esc")
        other = tmp_path / "other.img"
        other.write_bytes(bytes(1440 * 1024))
        pc.execute("blockdev-change-medium", device="floppy0",
                   filename=str(other), format="raw")
        assert "not a boot disk of the Baby" in save_program(pc, "Pears")
        assert not any(other.read_bytes())
        pc.key("esc")
        for mode, words in (("read-only", "write-protected"),
                            ("read-write", "Saved in SAVED.ASM")):
            pc.execute("blockdev-change-medium", device="floppy0",
                       filename=image, format="raw",
                       **{"read-only-mode": mode})
            assert words in save_program(pc, "Pears")
            pc.key("esc")


def test_no_floppy_no_row(tmp_path):
    """A PC that was booted otherwise does not offer it."""
    with PC() as pc:
        started(pc)
        pc.key("f3")
        lines = pc.wait_for("QR code on the whole screen")
        assert not any("floppy" in line for line in lines)
