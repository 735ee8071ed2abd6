# SPDX-License-Identifier: MIT
"""Tests the console on a terminal at COM1 or COM2 of a virtual PC."""
import contextlib
import os
import pty
import socket
import subprocess
import termios

import pytest
from baby import model, shipped, started, tube
from pc import CP437, PC
from terminal import Terminal
from PIL import Image
from test_console import JULY, after_july
from test_screens import SCREENS, differs
from test_serial import asm

# Substitutes for characters of a PC, in UTF-8 and in ASCII.
SHOWN = {
    0x07: "●*", 0x09: "○o", 0x10: "►>", 0x11: "◄<", 0x18: "↑^", 0x19: "↓v",
    0x1A: "→>", 0x1B: "←<", 0xB3: "│|", 0xB4: "┤+", 0xBF: "┐+", 0xC0: "└+",
    0xC3: "├+", 0xC4: "─-", 0xD9: "┘+", 0xDA: "┌+", 0xFA: "·.", 0xF9: "·.",
    0xA9: "-~", 0xAA: "─-", 0xCD: "━-", 0xDF: '▀"', 0xDC: "▄_", 0xDB: "█=",
    0xD5: "━-", 0xBE: "╸ ", 0xB8: "╴ ", 0xD6: '▀"', 0xB7: "▘ ", 0xD3: "▄_",
    0xBD: "▖ ",
}
SHORT = {0xD5: "█=", 0xBE: "▌ "}

ANSWER = "131072"

SAVE = b"; baby: save 1\r\n"  # precedes the first program saved


def expected(pc, rows, utf8):
    """The expected contents of the terminal for the PC's screen."""
    table = {**SHOWN, **(SHORT if rows < 50 else {})}
    table = {ord(CP437[code]): both[not utf8] for code, both in table.items()}
    return [line.translate(table).rstrip() for line in pc.text()[:rows]]


@contextlib.contextmanager
def boot(*arguments, append="", rows=24, utf8=True):
    """A PC with a terminal of ROWS, once the console has started."""
    with PC(*arguments, append="console=ttyS0,115200 " + append,
            rows=50 if rows >= 50 else 25, com1="wire") as pc:
        terminal = Terminal(pc.wire.fileno(), rows, utf8=utf8)
        terminal.wait_for("Baby Editor")
        yield pc, terminal


def same(pc, terminal, utf8=True):
    """Waits until the terminal shows the PC's screen."""
    rows = 50 if pc.rows == 50 else 24
    terminal.wait(lambda lines: lines[:rows] == expected(pc, rows, utf8),
                  "the same as on the PC's screen")


@pytest.mark.parametrize("rows, utf8", [(24, True), (25, False), (50, True),
                                        (60, False)])
def test_every_page_is_the_same(rows, utf8):
    with boot(append="program=hcf run speed=max", rows=rows,
              utf8=utf8) as (pc, terminal):
        pc.wait(lambda lines: "STOP " in lines[0], "the end")
        same(pc, terminal, utf8)
        for key, words in [("tab", "Typewriter"), ("\x0c", "Baby Tube"),
                           ("\x0c", "Typewriter"), ("esc", "Menu:"),
                           ("esc", "Typewriter"), ("f1", "Help 1 of"),
                           ("right", "Help 2 of"), ("esc", "Typewriter"),
                           ("f2", "Ducks"), ("esc", "Typewriter"),
                           ("f3", "store="), ("esc", "Typewriter"),
                           ("\x02", "Baby Debug"), ("tab", "Baby Editor"),
                           ("f6", "LDN"), ("left", "Editor")]:
            terminal.key(key) if len(key) > 1 else terminal.type(key)
            # The panel is visible around the menu, and a key right after Esc
            # would be Alt and that key.
            pc.wait(lambda lines: any(words in l for l in lines) and
                    any("Menu:" in l for l in lines) == (words == "Menu:"),
                    words)
            same(pc, terminal, utf8)
        assert terminal.screen.cursor.hidden
        bar = terminal.screen.buffer[0][20]
        assert bar.reverse and bar.fg == "green" and bar.bg == "black"


def test_july_typed_by_wire():
    """The whole program is typed into the editor from the terminal."""
    with boot(rows=50) as (pc, terminal):
        terminal.key("esc")
        terminal.wait_for("Menu:")
        terminal.type("z")
        terminal.wait_for("the store is cleared")
        for line, typed in enumerate(JULY, start=1):
            terminal.type(typed.lower() + "\r")
            terminal.wait(lambda lines: typed in lines[4 + line], typed)
        pc.wait(lambda _: tube(pc) == shipped("july1948"), "the program")
        terminal.key("f5")
        terminal.wait_for("RUNNING")
        terminal.type("\x1bm")
        terminal.wait_for("the machine has stopped at line 13")
        terminal.wait_for(ANSWER)
        terminal.wait_for("2 097 154 instructions")
        pc.wait(lambda _: tube(pc) == after_july(), "131072 in line 27")
        same(pc, terminal)


def test_both_keyboards():
    with boot(rows=50) as (pc, terminal):
        terminal.type("l")
        terminal.wait_for("l ")
        pc.type("dn")
        terminal.wait_for("ldn")
        terminal.type(" 7")
        terminal.wait_for("ldn 7")
        pc.key("ret")
        terminal.wait(lambda lines: "LDN 7" in lines[5], "LDN 7 in line 1")
        same(pc, terminal)


def test_moving_picture():
    """Changing digits are updated, and in the end all are right."""
    with boot(append="program=ducks run", rows=50) as (pc, terminal):
        seen = set()

        def moves(lines):
            seen.add("\n".join(lines[27:36]))
            return len(seen) > 5

        terminal.wait(moves, "a picture that moves")
        terminal.key("f5")
        terminal.wait_for("STOPPED")
        same(pc, terminal)


def test_rows_of_both_screens():
    """The PC's screen has the terminal's size, and is readable."""
    with boot(append=SCREENS["home"][0], rows=50) as (pc, terminal):
        for name, rows in [("home", 50), ("short-home", 24), ("home", 50)]:
            terminal.screen.resize(rows, 80)
            terminal.type("\x12")
            terminal.wait(lambda lines: "STOP " in lines[0] and
                          "F1" in lines[rows - 1] or "Stopped:" in lines[23],
                          f"{rows} rows")
            with Image.open(f"tests/golden/{name}.png") as file:
                golden = file.convert("RGB")
            terminal.wait(lambda _: not differs(pc, golden), name)


def test_late_terminal():
    with PC(append="console=ttyS0", rows=25, com1="wire") as pc:
        pc.wait_for("Esc Menu")
        terminal = Terminal(pc.wire.fileno())
        while terminal.take():
            pass
        terminal.screen.reset()
        terminal.type("\x12")
        same(pc, terminal)
        # The terminal is larger now and has no UTF-8.
        terminal = Terminal(pc.wire.fileno(), 52, 132, utf8=False)
        pc.rows = 50
        terminal.type("\x12")
        same(pc, terminal, utf8=False)


def test_save_and_receive_by_the_same_wire():
    with boot(append="program=hcf", rows=50) as (pc, terminal):
        terminal.key("f3")
        terminal.wait_for("Esc: back")
        terminal.took = b""
        terminal.type("a")
        terminal.wait_for("Has everything arrived")
        same(pc, terminal)
        text = terminal.took.split(b"\x1b[999;1H\r\n")[1]
        assert text.split(b"\x1b")[0] == SAVE + asm("hcf")
        terminal.type("r")
        terminal.wait_for("Waiting for a program on COM1")
        pc.send(asm("fibonacci") + b"\x04")
        terminal.wait_for("Loaded from COM1")
        pc.wait(lambda _: tube(pc) == shipped("fibonacci"), "fibonacci")
        same(pc, terminal)


def test_rest_of_a_program_is_no_key():
    with boot(rows=50) as (pc, terminal):
        terminal.key("f3")
        terminal.wait_for("Esc: back")
        terminal.type("r")
        terminal.wait_for("Waiting for a program on COM1")
        pc.send(b"1 STP\n" * 20000)
        terminal.wait_for("exceeds the maximum of 65536 bytes")
        pc.key("esc")
        terminal.wait_for("Esc Menu")
        same(pc, terminal)
        assert tube(pc) == shipped("july1948")


def test_data_at_the_other_port(tmp_path):
    path = str(tmp_path / "com2")
    with boot("-chardev", f"socket,id=com2,server=on,wait=off,path={path}",
              "-serial", "chardev:com2", append="data=ttyS1 program=hcf",
              rows=50) as (pc, terminal), \
            socket.socket(socket.AF_UNIX) as wire:
        wire.connect(path)
        terminal.key("f3")
        terminal.wait_for("By COM2")
        terminal.type("a")
        # Do not wait for its end: the wire holds a few hundred bytes.
        text = SAVE + asm("hcf")
        assert wire.recv(len(text), socket.MSG_WAITALL) == text
        terminal.wait_for("Has everything arrived")
        assert b"\x1b[999;1H" not in terminal.took
        terminal.type("r")
        terminal.wait_for("Waiting for a program on COM2")
        wire.sendall(asm("fibonacci"))
        terminal.wait_for("Receiving: ")
        wire.sendall(b"\x04")
        terminal.wait_for("Loaded from COM2")
        pc.wait(lambda _: tube(pc) == shipped("fibonacci"), "fibonacci")
        same(pc, terminal)


def test_batch_at_the_other_port(tmp_path):
    path = tmp_path / "com2"
    with PC("-serial", f"file:{path}", append="batch program=hcf data=ttyS1"
            ) as pc:
        assert pc.wait_shutdown() == "guest-shutdown"
        assert "program=hcf" in path.read_text()
        assert pc.serial() == ""


def test_console_at_the_other_port(tmp_path):
    path = str(tmp_path / "com2")
    with PC("-chardev", f"socket,id=com2,server=on,wait=off,path={path}",
            "-serial", "chardev:com2", append="console=ttyS1,9600n8",
            rows=25) as pc, socket.socket(socket.AF_UNIX) as wire:
        pc.wait_for("Esc Menu")
        wire.connect(path)
        terminal = Terminal(wire.fileno())
        terminal.type("\x12")
        same(pc, terminal)
        terminal.key("f6")
        terminal.wait_for("1 instruction")
        assert pc.serial() == ""


def test_no_such_port():
    with PC(append="console=ttyS1", com1="wire") as pc:
        started(pc)
        assert "this PC has no COM2 for a terminal" in "\n".join(pc.text())


@pytest.mark.parametrize("arguments, more", [
    (("-vga", "none"), {}),
    ((), {"machine": "q35,i8042=off"}),
])
def test_starts_by_itself(arguments, more):
    """A PC without a screen or keyboard starts the terminal by itself."""
    with PC(*arguments, append="program=hcf run", com1="wire", **more) as pc:
        terminal = Terminal(pc.wire.fileno(), 50)
        terminal.wait_for("RUNNING")
        terminal.type("\x1bm")
        terminal.wait_for("the machine has stopped at line 16")
        terminal.wait(lambda lines: lines[49].endswith("Esc Menu"), "50 rows")


def test_trace_and_terminal():
    with boot(append="program=hcf") as (pc, terminal):
        baby = model.Baby(shipped("hcf"))
        terminal.type("\x02")
        terminal.wait_for("Baby Debug")
        terminal.took = b""
        terminal.type("t")
        terminal.wait(lambda _: b"\x1b[999;1H\r\n" in terminal.took, "room")
        for _ in range(3):
            terminal.key("f6")
            baby.step()
        terminal.wait(lambda _: terminal.took.count(b"\n") >= 5, "rows")
        assert b"\x1b" not in terminal.took.split(b"\x1b[999;1H\r\n")[1]
        terminal.type("t")
        terminal.wait_for("The trace to COM1 has ended")
        same(pc, terminal)


def test_terminal_comes_back_where_the_pc_stays_on():
    """The terminal is used again if power off fails."""
    with PC("-cpu", "486", "-m", "8", machine="isapc", append="console=ttyS0",
            com1="wire", rows=25) as pc:
        terminal = Terminal(pc.wire.fileno())
        terminal.wait_for("Esc Menu")
        terminal.key("f10")
        terminal.wait_for("power off the PC")
        terminal.type("q")
        terminal.wait_for("Power off the PC?")
        terminal.took = b""
        terminal.type("y")
        terminal.wait_for("This PC cannot switch itself off")
        assert b"\x1b[?25h" in terminal.took
        same(pc, terminal)
        assert terminal.screen.cursor.hidden


def test_make_run_serial():
    """All keys arrive, and the terminal is restored."""
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    process = subprocess.Popen(["make", "-s", "run-serial"], stdin=theirs,
                               stdout=theirs, stderr=subprocess.STDOUT)
    terminal = Terminal(ours)
    try:
        terminal.wait_for("Esc Menu")
        assert b"To leave: F10 in the Baby" in terminal.took
        terminal.type("\x03")
        terminal.wait_for("copied; Ctrl-V")
        terminal.type("\x1a")
        terminal.wait_for("Nothing to undo")
        terminal.key("f10")
        terminal.wait_for("power off the PC")
        terminal.type("q")
        terminal.wait_for("Power off the PC?")
        terminal.type("y")
        assert process.wait(30) == 0
        while terminal.take():
            pass
        assert not terminal.screen.cursor.hidden
        assert terminal.took.rindex(b"\x1b[?7h") > \
            terminal.took.rindex(b"\x1b[?7l")
        assert terminal.screen.cursor.y == 23
    finally:
        process.kill()
        process.wait()
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
