# SPDX-License-Identifier: MIT
"""Tests the image: its boot menu, and programs added by users."""
import contextlib
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import uuid

from baby import reports, shipped, started, tube, wait_tube
from pc import ISO, LIMIT, PC
from terminal import Terminal
from test_serial import asm

MENU = re.findall(r'^ *menuentry "(.+?)" \{ (.+) \}',
                  open("boot/grub.cfg", encoding="ascii").read(), re.M)


def add_to_image(folder, *maps):
    """A copy of the image with files added, as boot/README.md describes."""
    image = str(folder / "mine.iso")
    shutil.copy(ISO, image)
    command = ["xorriso", "-boot_image", "any", "keep", "-dev", image]
    for source, target in maps:
        command += ["-map", str(source), target]
    subprocess.run(command, check=True, capture_output=True)
    return image


def test_menu_names_every_shipped_program():
    rows = re.findall(r'program "(.+)"', open("boot/programs.S").read())
    assert len(rows) == 11
    named = set(re.findall(r"program=(\S+)", " ".join(act for _, act in MENU)))
    assert sorted(named) == sorted(rows)
    assert {"reboot", "halt"} <= {act for _, act in MENU}


def test_menu_names_every_keyboard():
    rows = re.findall(r'^    \{"(\w\w)", "(.+)",$',
                      open("kernel/console/keymap.c").read(), re.M)
    assert len(rows) == 12 and rows[0][0] == "us"
    assert rows[1:] == [(act.removeprefix("baby keymap="), title)
                        for title, act in MENU if "keymap=" in act]


def test_boots_to_the_console():
    with PC(iso=True) as pc:
        started(pc)
        wait_tube(pc, shipped("july1948"))


def test_menu_entry_runs_its_program():
    with PC(iso=True, rows=25) as pc:
        pc.wait_for("Ducks on a pond")
        pc.key("down", taken=False)
        pc.key("ret", taken=False)
        pc.rows = 50
        pc.wait_for("RUNNING")
        assert "Ducks on a pond" in pc.text()[0]


def test_files_in_programs_become_modules(tmp_path):
    first = tmp_path / "first.asm"
    first.write_text("; The first\n1 STP\n7 NUM 5\n")
    second = tmp_path / "my second program.snp"
    second.write_text("0001:00000000000001110000000000000000\n")
    image = add_to_image(tmp_path, (first, "/programs/first.asm"),
                         (second, "/programs/my second program.snp"))
    with PC(iso=image) as pc:
        lines = started(pc).text()
        assert "The first" in lines[0]
        pc.wait(lambda _: tube(pc)[7] == 5, "5 in line 7")
        pc.key("f2")
        pc.wait_for("my second program.snp")


def test_options_file(tmp_path):
    options = tmp_path / "options.cfg"
    options.write_text('set options="program=hcf run speed=max"\n')
    image = add_to_image(tmp_path, (options, "/boot/options.cfg"))
    with PC(iso=image) as pc:
        pc.wait_for("the machine has stopped at line 16")


def test_batch_from_the_image(tmp_path):
    program = tmp_path / "stop.snp"
    program.write_text("0001:00000000000001110000000000000000\n")
    options = tmp_path / "options.cfg"
    options.write_text('set options="batch"\n')
    image = add_to_image(tmp_path, (program, "/programs/stop.snp"),
                         (options, "/boot/options.cfg"))
    with PC(iso=image) as pc:
        assert pc.wait_shutdown() == "guest-shutdown"
        [report] = reports(pc.serial().replace("\r\n", "\n"))
        assert (report["name"], report["end"]) == ("stop.snp", "stop")


def test_image_as_a_disk():
    """The image boots from a USB stick, like a disk."""
    with PC("-drive", f"file={ISO},format=raw,if=ide,readonly=off,"
            "snapshot=on", "-boot", "c", loader=False) as pc:
        started(pc)
        wait_tube(pc, shipped("july1948"))


def test_menu_on_com1():
    """A terminal can show and operate the boot menu."""
    with PC(iso=True, com1="wire") as pc:
        shown = b""
        while b"will be executed" not in shown:
            shown += pc.receive(1)
        assert b"Ducks on a pond" in shown
        pc.send(b"\x1b[B\r")
        pc.wait_for("RUNNING")
        assert "Ducks on a pond" in pc.text()[0]


def test_menu_without_com1():
    """A PC without COM1 shows no error."""
    with PC(iso=True, com1=None, rows=25) as pc:
        lines = pc.wait_for("will be executed")
        assert not any("error" in line for line in lines)
        pc.key("ret", taken=False)
        pc.rows = 50
        started(pc)


def test_menu_that_leaves_com1_alone(tmp_path):
    options = tmp_path / "options.cfg"
    options.write_text("set com1=no\nset timeout=0\n")
    image = add_to_image(tmp_path, (options, "/boot/options.cfg"))
    with PC(iso=image) as pc:
        started(pc)
        assert pc.serial() == ""


def choose(pc, *entries):
    """Selects the menu entry that begins with the first of ENTRIES, then the
    next in the submenu that opens, and so on, by the PC's keyboard."""
    for entry in entries:
        lines = pc.wait_for(entry)
        top = next(i for i, l in enumerate(lines) if "│*" in l)
        row = next(i for i, l in enumerate(lines) if entry in l)
        for _ in range(row - top):
            pc.key("down", taken=False)
        pc.wait(lambda ls: any("│*" + entry in l for l in ls), entry)
        pc.key("ret", taken=False)


def test_framebuffer_from_the_menu():
    with PC(iso=True, rows=25) as pc:
        choose(pc, "Other screens", "A framebuffer")
        pc.rows, pc.pixels = 50, 32
        started(pc)
        wait_tube(pc, shipped("july1948"))


def test_terminal_from_the_menu():
    with PC(iso=True, rows=25) as pc:
        choose(pc, "Other screens", "A terminal")
        pc.until(lambda: "Baby Editor" in pc.serial(), "the console on COM1")


def test_menu_for_what_goes_wrong():
    with PC(iso=True, rows=25) as pc:
        choose(pc, "When something", "All of these")
        lines = started(pc).text()
        assert lines[24] == "", "24 rows"
        pc.key("f5")
        pc.wait_for("RUNNING")


def test_menu_says_what_the_baby_understands():
    """The boot options of all entries exist."""
    table = open("kernel/services/option_table.c", encoding="ascii").read()
    names = re.findall(r'^    \{"([\w-]+=?)", ', table, re.M)
    assert len(names) > 20
    for _, act in MENU:
        for word in act.split("baby")[1:]:
            for option in word.split():
                assert re.match(r"[\w-]+=?", option)[0] in names, option


@contextlib.contextmanager
def make_run(folder):
    """Runs `make run` in a terminal, with FOLDER instead of build."""
    shutil.copy(ISO, folder / "baby.iso")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["make", "-s", "-o", f"{folder}/baby.iso", f"B={folder}", "run",
         "DISPLAY=", "WAYLAND_DISPLAY="], stdin=theirs, stdout=theirs,
        stderr=subprocess.STDOUT, start_new_session=True,
        env={**os.environ, "TERM": "xterm"},
        # A shell ignores SIGINT for tests in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        yield process, Terminal(ours, 50)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)
        os.close(theirs)


def test_make_run_leaves_no_image_behind(tmp_path):
    """Ctrl-C reaches make, its shell and QEMU."""
    with make_run(tmp_path) as (process, terminal):
        terminal.wait(lambda _: b"To leave: F10" in terminal.took, "QEMU")
        assert len(list(tmp_path.glob("run.*"))) == 1
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(LIMIT) != 0
        assert not list(tmp_path.glob("run.*"))


def choose_command(terminal, letter, words):
    """Chooses LETTER in the menu of the editor."""
    terminal.wait_for("Esc Menu")
    terminal.key("esc")
    terminal.wait_for("Menu:")
    terminal.type(letter)
    terminal.wait_for(words)


def save_by_make_run(folder, programs):
    """Boots by `make run`, sends each of PROGRAMS to the Baby, saves the last,
    and leaves."""
    with make_run(folder) as (process, terminal):
        choose_command(terminal, "s", "Esc: back")
        for program in programs:
            terminal.type("r")
            terminal.wait_for("Waiting for a program on COM1")
            subprocess.run(f"cat >{folder}/com1.in", shell=True, check=True,
                           input=program + b"\x04")
            terminal.wait_for("Loaded from COM1")
            choose_command(terminal, "s", "Esc: back")
        terminal.type("a")
        terminal.wait_for("Has everything arrived")
        terminal.type("y")
        terminal.wait_for("Saved")
        terminal.key("esc")
        choose_command(terminal, "q", "Power off the PC?")
        terminal.type("y")
        assert process.wait(LIMIT) == 0


def test_make_run_keeps_what_was_saved(tmp_path):
    """Each save is appended to those of earlier runs."""
    kept = tmp_path / "com1.out"
    kept.write_bytes(b"; by hand\n" * 1000)
    so_far = kept.read_bytes()
    for programs in [], ["hcf", "fibonacci"], ["ducks"]:
        save_by_make_run(tmp_path, [asm(name) for name in programs])
        so_far += b"; baby: save 1\r\n"
        so_far += asm(programs[-1] if programs else "july1948")
        assert kept.read_bytes() == so_far


def partitions(image):
    """The GPT's entries as (type, first block, last block, attributes)."""
    with open(image, "rb") as file:
        data = file.read(64 * 512)
    at, count, size = struct.unpack_from("<QII", data, 512 + 72)
    found = []
    for i in range(count):
        entry = data[at * 512 + i * size:][:size]
        kind = uuid.UUID(bytes_le=entry[:16])
        if kind.int:
            found.append((str(kind), *struct.unpack_from("<QQQ", entry, 32)))
    return found


BASIC_DATA = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"


def test_partition_for_files():
    """Windows shows the only one of its type, and may write on it; the MBR says
    that there is a GPT, and has an active entry for picky BIOSes."""
    with open(ISO, "rb") as file:
        entries = struct.unpack_from("<B3xB3xIIB3xB3xII", file.read(512), 446)
    assert entries[:3] == (0, 0xEE, 1) and entries[4] == 0x80
    rows = [row for row in partitions(ISO) if row[0] == BASIC_DATA]
    assert len(rows) == 1 and rows[0][3] == 0


def with_files(folder, **files):
    """The image, with files on its partition; "_" in a name stands for "/" or
    "."."""
    image = str(folder / "mine.iso")
    shutil.copy(ISO, image)
    first = next(row[1] for row in partitions(image) if row[0] == BASIC_DATA)
    for name, text in files.items():
        path = folder / name
        path.write_bytes(text.replace("\n", "\r\n").encode())
        subprocess.run(["mcopy", "-o", "-i", f"{image}@@{first * 512}", path,
                        "::" + name.replace("__", "/").replace("_", ".")],
                       check=True)
    return image


def as_stick(image):
    return ["-drive", f"if=none,id=stick,file={image},format=raw",
            "-device", "piix3-usb-uhci", "-device",
            "usb-storage,drive=stick,bootindex=1"]


def test_files_written_by_windows(tmp_path):
    image = with_files(tmp_path, options_cfg='set timeout=0\n'
                       'set options="program=mine"\n',
                       programs__mine_asm="; My own program\n1 STP\n")
    with PC(*as_stick(image), loader=False) as pc:
        started(pc)
        assert "My own program" in pc.text()[0]


def test_exhibition(tmp_path):
    """No key stops it in GRUB, whose menu does not appear."""
    image = with_files(tmp_path, options_cfg="set kiosk=600\nset pin=1948\n")
    with PC(*as_stick(image), loader=False, rows=25) as pc:
        def runs():
            assert not any("When something" in line for line in pc.text())
            for key in "esc", "c", "e", "down", "spc":
                pc.key(key, taken=False)
            return pc.perf_counters()[0] > 0
        pc.until(runs, "the console")
        pc.rows = 50
        lines = pc.wait(lambda ls: any("Press any key" in l or
                                       "What would you like" in l for l in ls),
                        "the demonstration or its offer")
        assert not any("F1 Help" in line for line in lines)
        pc.key("f10", taken=False)
        pc.wait_for("For the staff")


def test_exhibition_from_the_menu():
    with PC(iso=True, rows=25) as pc:
        choose(pc, "Exhibition")
        pc.rows = 50
        pc.wait_for("Press any key")
