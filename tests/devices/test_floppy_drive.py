# SPDX-License-Identifier: MIT
"""Runs the floppy driver, and saves programs by it, on QEMU's controller.

The driver is compiled for this host (floppy.c), and the virtual PC's processor
is stopped.  QEMU's controller reports errors of writes, but not of reads."""
import json
import os
import random
import re
import shutil
import socket
import subprocess

import pytest

QEMU = os.environ.get("QEMU", "qemu-system-i386")
FLOPPY = os.environ.get("BABY_FLOPPY", "build/baby.img")
DRIVER = "build/devices/floppy"
LIMIT = 300  # seconds after which a command is considered hung
SECTOR = 512
SAVED_SIZE = 65536
KILLS = int(os.environ.get("BABY_KILLS", "40"))
OK = "the disk in drive A was accessed"
SAVED = "Saved in SAVED.ASM on the disk in drive A"


class Drive:
    """A PC with IMAGE in drive A, and the driver."""

    def __init__(self, image, *options, machine="pc", drive=""):
        ours, theirs = socket.socketpair()
        monitor, its_monitor = socket.socketpair()
        disk = [] if image is None else [
            "-drive", f"if=floppy,format=raw,file={image}{drive}"]
        self.qemu = subprocess.Popen(
            [QEMU, "-machine", machine, "-S", "-display", "none",
             "-nodefaults", "-m", "4", *disk, *options,
             "-chardev", f"socket,id=qtest,fd={theirs.fileno()}",
             "-qtest", "chardev:qtest", "-qtest-log", "none",
             "-chardev", f"socket,id=qmp,fd={its_monitor.fileno()}",
             "-mon", "chardev=qmp,mode=control"],
            pass_fds=[theirs.fileno(), its_monitor.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        theirs.close()
        its_monitor.close()
        self.monitor = monitor
        self.qmp = monitor.makefile("rw")
        self.sockets = ours
        self.driver = subprocess.Popen(
            [DRIVER, str(ours.fileno())], pass_fds=[ours.fileno()], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        self.monitor.settimeout(LIMIT)
        self.qmp.readline()
        self.execute("qmp_capabilities")
        return self

    def __exit__(self, *_):
        self.kill()
        self.driver.stdin.close()
        self.driver.stdout.close()
        self.driver.wait(LIMIT)
        self.qmp.close()
        self.monitor.close()
        self.sockets.close()

    def kill(self):
        self.driver.kill()
        self.qemu.kill()
        self.qemu.wait()

    def execute(self, command, **arguments):
        self.qmp.write(json.dumps(
            {"execute": command, "arguments": arguments}) + "\n")
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline())
            if "event" not in answer:
                assert "error" not in answer, answer
                return answer["return"]

    def insert(self, image, **arguments):
        self.execute("blockdev-change-medium", id=self.device(),
                     filename=str(image), format="raw", **arguments)

    def device(self):
        [device] = [block["qdev"] for block in self.execute("query-block")
                    if block["device"].startswith("floppy")]
        return device

    def do(self, command):
        """Executes a command of the driver.  Returns its row of output, or
        None if the driver has ended."""
        self.driver.stdin.write(command + "\n")
        self.driver.stdin.flush()
        row = self.driver.stdout.readline()
        return row.rstrip("\n") if row else None


def extract(image, path):
    """Copies SAVED.ASM from IMAGE, as a boot loader would read it."""
    subprocess.run(["mcopy", "-n", "-o", "-i", image, "::/PROGRAMS/SAVED.ASM",
                    path], check=True)
    return path


def programs(image, folder):
    """The programs in SAVED.ASM, split independently of the kernel."""
    text = extract(image, folder / "read.asm").read_text("ascii")
    return [part.strip() for part in
            re.split(r"^; baby: save \d+\n", text, flags=re.M)[1:]]


def place(image):
    """The sectors of SAVED.ASM on IMAGE."""
    shown = subprocess.run(
        ["mshowfat", "-i", image, "::/PROGRAMS/SAVED.ASM"], check=True,
        capture_output=True, text=True).stdout
    sectors = []
    for first, last in re.findall(r"<(\d+)(?:-(\d+))?>", shown):
        sectors += range(int(first) + 31, int(last or first) + 32)
    assert len(sectors) == SAVED_SIZE // SECTOR
    return sectors


def without_file(image):
    """The contents of IMAGE except for the sectors of SAVED.ASM."""
    with open(image, "rb") as file:
        data = bytearray(file.read())
    for sector in place(image):
        data[sector * SECTOR:(sector + 1) * SECTOR] = bytes(SECTOR)
    return data


def check_file_system(image):
    """fsck.fat finds nothing, if it is there."""
    if shutil.which("fsck.fat"):
        subprocess.run(["fsck.fat", "-n", image], check=True,
                       capture_output=True)


@pytest.fixture
def image(tmp_path):
    copy = tmp_path / "disk.img"
    shutil.copy(FLOPPY, copy)
    return copy


def program(folder, number, rows=40):
    """A file with a program."""
    path = folder / f"program-{number}.asm"
    path.write_text(f"; Program {number}\n32\n" + "".join(
        f"{row % 32} NUM {number * row} ; row {row}\n" for row in range(rows)))
    return path


# --------------------------------------------------------------- driver --- #

def contents(image, first, count):
    with open(image, "rb") as file:
        file.seek(first * SECTOR)
        return file.read(count * SECTOR).hex()


@pytest.mark.parametrize("machine", ["pc", "isapc"])
def test_reads_and_writes(image, machine):
    with Drive(image, machine=machine) as drive:
        assert drive.do("open") == OK
        for first, count in (0, 8), (17, 1), (18, 8), (1000, 3), (2872, 8):
            assert drive.do(f"read {first} {count}") == \
                contents(image, first, count)
        for first, count in (2000, 8), (2879, 1), (18, 2), (36, 1):
            before = bytearray(image.read_bytes())
            assert drive.do(f"write {first} {count} {first}") == OK
            before[first * SECTOR:(first + count) * SECTOR] = bytes(
                (first + i) & 0xFF for i in range(count * SECTOR))
            assert image.read_bytes() == before
            assert drive.do(f"read {first} {count}") == \
                contents(image, first, count)
        assert drive.do("close") == "off"
        assert drive.do("open") == OK
        assert drive.do("read 0 1") == contents(image, 0, 1)


def test_write_protected(image):
    before = image.read_bytes()
    with Drive(image, drive=",readonly=on") as drive:
        assert drive.do("open") == OK
        assert drive.do("read 5 2") == contents(image, 5, 2)
        assert drive.do("write 5 2 1") == \
            "the disk in drive A is write-protected"
        assert drive.do("close") == "off"
    assert image.read_bytes() == before


def test_no_disk(image):
    """The drive is empty at first, and a disk is inserted later."""
    with Drive(None, "-drive", "if=floppy") as drive:
        for _ in range(2):
            assert drive.do("open") == "there is no disk in drive A"
            assert drive.do("close") == "off"
        drive.insert(image)
        assert drive.do("open") == OK
        assert drive.do("read 1000 3") == contents(image, 1000, 3)


def test_no_drive():
    with Drive(None) as drive:
        assert drive.do("open") == "this PC has no drive A"
        assert int(drive.do("accesses")) == 3


def test_no_controller():
    with Drive(None, machine="q35") as drive:
        assert drive.do("open") == "this PC has no floppy controller"
        assert int(drive.do("accesses")) == 1


def test_other_drives(image, tmp_path):
    """QEMU chooses a drive for the disk: one of 1.2 MB, or as it is told."""
    small = tmp_path / "small.img"
    small.write_bytes(bytes(1200 * 1024))
    with Drive(small) as drive:
        assert drive.do("open") == "drive A is not for disks of 1.44 MB"
        assert int(drive.do("accesses")) == 3
    with Drive(image, "-global", "isa-fdc.fdtypeA=288") as drive:
        assert drive.do("open") == OK
        assert drive.do("read 1000 3") == contents(image, 1000, 3)


def test_changed(image, tmp_path):
    other = tmp_path / "other.img"
    other.write_bytes(bytes(len(image.read_bytes())))
    with Drive(image) as drive:
        assert drive.do("open") == OK
        assert drive.do("read 1000 3") == contents(image, 1000, 3)
        drive.insert(other)
        for command in "write 1000 1 1", "read 1000 1", "write 5 1 1":
            assert drive.do(command) == "the disk in drive A has been changed"
        assert drive.do("close") == "off"
        assert drive.do("open") == OK
        assert drive.do("read 1000 3") == contents(other, 1000, 3)
    assert not any(other.read_bytes())


def broken(folder, image, sector):
    """Options for a disk of which SECTOR cannot be written."""
    rules = folder / "rules"
    rules.write_text('[inject-error]\nevent = "none"\niotype = "write"\n'
                     f'errno = "5"\nsector = "{sector}"\n')
    return ("-drive", "if=floppy,driver=raw,file.driver=blkdebug,"
            f"file.config={rules},file.image.driver=file,"
            f"file.image.filename={image}")


def test_errors_of_writes(image, tmp_path):
    before = image.read_bytes()
    with Drive(None, *broken(tmp_path, image, 101)) as drive:
        assert drive.do("open") == OK
        assert drive.do("write 101 1 1") == (
            "sector 101 of the disk in drive A cannot be accessed, for an "
            "unknown reason")
        assert drive.do("read 101 1") == contents(image, 101, 1)
    assert image.read_bytes() == before


# --------------------------------------------------------------- saving --- #

def save(drive, path):
    return drive.do(f"save {path}")


def test_saves(image, tmp_path):
    """The image that `make` builds takes programs, and the next boot reads
    them; nothing else on the disk is changed."""
    before = without_file(image)
    assert programs(image, tmp_path) == []
    paths = [program(tmp_path, i, 5 + 60 * (i % 3)) for i in range(6)]
    for boot in paths[:3], paths[3:]:
        with Drive(image, machine="isapc") as drive:
            drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
            for path in boot:
                assert save(drive, path) == SAVED
            assert drive.do("close") == "off"
    assert programs(image, tmp_path) == \
        [path.read_text().strip() for path in paths]
    assert without_file(image) == before
    check_file_system(image)


def test_full(image, tmp_path):
    path = program(tmp_path, 1, 700)
    with Drive(image) as drive:
        drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
        results = [save(drive, path) for _ in range(8)]
        before = image.read_bytes()
        accesses = drive.do("accesses")
        assert save(drive, path).startswith("Not saved: SAVED.ASM is full")
        assert drive.do("accesses") == accesses
    count = results.count(SAVED)
    assert 3 < count < 8 and results == [SAVED] * count + [results[-1]] * (
        8 - count)
    assert programs(image, tmp_path) == [path.read_text().strip()] * count
    assert image.read_bytes() == before


def test_refuses_other_disks(image, tmp_path):
    """A disk of DOS, a protected one, none, and one with other programs."""
    boot = extract(image, tmp_path / "boot.asm")
    path = program(tmp_path, 1)
    dos, later = tmp_path / "dos.img", tmp_path / "later.img"
    subprocess.run(["mformat", "-C", "-f", "1440", "-i", dos, "::"],
                   check=True)
    shutil.copy(image, later)
    with Drive(later) as drive:
        drive.do(f"boot {boot}")
        assert save(drive, path) == SAVED
        drive.insert(dos)
        assert save(drive, path) == (
            "Not saved: the disk in drive A is not a boot disk of the Baby")
        drive.insert(later, **{"read-only-mode": "read-only"})
        assert save(drive, path) == (
            "Not saved: the disk in drive A is write-protected")
        drive.execute("eject", id=drive.device(), force=True)
        assert save(drive, path) == "Not saved: there is no disk in drive A"
        # This disk lacks the program that was saved.
        drive.insert(image, **{"read-only-mode": "read-write"})
        assert save(drive, path) == (
            "Not saved: SAVED.ASM in drive A is not the one that was read at "
            "boot")
        drive.insert(later)
        assert save(drive, path) == SAVED
    with open(FLOPPY, "rb") as file:
        assert image.read_bytes() == file.read()
    assert len(programs(later, tmp_path)) == 2


@pytest.mark.parametrize("index", range(5))
def test_errors_of_writes_while_saving(image, tmp_path, index):
    """Sector INDEX of the file cannot be written.  The older program stays,
    and the save can be repeated on a disk that works."""
    old, new = program(tmp_path, 1, 5), program(tmp_path, 2, 80)
    with Drive(image) as drive:
        drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
        assert save(drive, old) == SAVED
    before = without_file(image)
    boot = extract(image, tmp_path / "boot.asm")
    with Drive(None, *broken(tmp_path, image, place(image)[index])) as drive:
        drive.do(f"boot {boot}")
        # The file's head is in sector 0, and the older program in sector 1.
        fails = index >= 2
        result = save(drive, new)
        assert result.startswith("Not saved: sector " if fails else SAVED)
    texts = [old.read_text().strip(), new.read_text().strip()]
    assert without_file(image) == before
    with Drive(image) as drive:
        drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
        if fails:
            assert programs(image, tmp_path)[0].startswith(texts[0])
            assert save(drive, new) == SAVED
    assert programs(image, tmp_path) == texts
    assert without_file(image) == before
    check_file_system(image)


def accesses_of_a_save(image, folder, path):
    copy = folder / "measured.img"
    shutil.copy(image, copy)
    with Drive(copy) as drive:
        drive.do(f"boot {extract(copy, folder / 'boot.asm')}")
        assert save(drive, path) == SAVED
        return int(drive.do("accesses"))


def test_killed_while_saving(image, tmp_path):
    """QEMU is killed at random moments of a save.  The file system is intact,
    the older programs are there, and the new one completely or not at all; it
    can be saved after the next boot."""
    olds = [program(tmp_path, i, 30) for i in range(2)]
    new = program(tmp_path, 2, 100)
    with Drive(image) as drive:
        drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
        assert [save(drive, old) for old in olds] == [SAVED] * 2
    before, kept = without_file(image), image.read_bytes()
    total = accesses_of_a_save(image, tmp_path, new)
    texts = [path.read_text().strip() for path in (*olds, new)]
    chance = random.Random(1948)
    ends = set()
    for moment in [chance.randrange(1, total) for _ in range(KILLS)]:
        image.write_bytes(kept)
        with Drive(image) as drive:
            drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
            drive.do(f"limit {moment}")
            assert save(drive, new) is None
            drive.kill()
        assert without_file(image) == before
        check_file_system(image)
        found = programs(image, tmp_path)
        ends.add(len(found))
        assert found[:1] == texts[:1] and found[1].startswith(texts[1])
        assert found[2:] in ([], texts[2:])
        if len(found) == 2:
            with Drive(image) as drive:
                drive.do(f"boot {extract(image, tmp_path / 'boot.asm')}")
                assert save(drive, new) == SAVED
            assert programs(image, tmp_path) == texts
    assert ends == {2, 3}
