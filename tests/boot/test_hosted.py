# SPDX-License-Identifier: MIT
"""Tests the Baby as a Linux program in a terminal, which the test emulates."""
import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios

import pytest
from pc import LIMIT
from terminal import Terminal

HOSTED = os.environ.get("BABY_HOSTED", "build/hosted/baby")


class Hosted:
    """The program in a terminal of ROWS.  Use as a context manager."""

    def __init__(self, *arguments, rows=24, utf8=True, folder=None):
        self.ours, self.theirs = pty.openpty()
        self.before = termios.tcgetattr(self.theirs)
        self.process = subprocess.Popen(
            [os.path.abspath(HOSTED), *arguments], stdin=self.theirs,
            stdout=self.theirs, stderr=subprocess.STDOUT, cwd=folder)
        self.terminal = Terminal(self.ours, rows, utf8=utf8)

    def __enter__(self):
        self.terminal.wait_for("Baby ")
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.ours)
        os.close(self.theirs)

    def ended(self):
        """Returns the exit status once the terminal has been restored."""
        status = self.process.wait(LIMIT)
        while self.terminal.take():
            pass
        assert termios.tcgetattr(self.theirs) == self.before
        assert self.terminal.took.endswith(b"\x1b[?1049l")
        assert not self.terminal.screen.cursor.hidden
        return status


def engines():
    """Only an i386 program has the translator; EI_CLASS tells."""
    with open(HOSTED, "rb") as file:
        i386 = file.read(5)[4] == 1
    return ["predecoded"] + ["translator"] * i386


@pytest.mark.parametrize("engine", engines())
def test_july(engine):
    with Hosted("engine=" + engine, rows=50) as hosted:
        terminal = hosted.terminal
        terminal.wait_for("Esc Menu")
        terminal.key("f5")
        terminal.wait_for("RUNNING")
        terminal.type("\x1bm")
        terminal.wait_for("the machine has stopped at line 13")
        assert "131072" in terminal.text()[31]
        terminal.key("f4")
        terminal.wait_for("T-state")
        terminal.key("f10")
        terminal.wait_for("power off the PC")
        terminal.type("q")
        terminal.wait_for("Power off the PC?")
        terminal.type("y")
        assert hosted.ended() == 0


def test_files_and_options(tmp_path):
    path = tmp_path / "mine.asm"
    path.write_text("; My own program\n1 LDN 5 ; a note\n2 STP\n5 NUM -7\n")
    with Hosted(str(path), "speed=x100", "wibble", utf8=False) as hosted:
        for fact in '"wibble" is unknown', "My own program", "100x speed":
            hosted.terminal.wait_for(fact)
        hosted.terminal.key("f2")
        hosted.terminal.wait_for("mine.asm")
        hosted.terminal.wait_for("Ducks on a pond")


def test_save_writes_new_files(tmp_path):
    """Each save is a new file, and the star of unsaved changes goes."""
    (tmp_path / "baby-1.asm").write_text("mine")
    with Hosted(folder=tmp_path) as hosted:
        terminal = hosted.terminal
        terminal.wait_for("Esc Menu")
        terminal.type("-5\r")
        terminal.wait_for("July 1948 *")
        terminal.key("f3")
        terminal.wait_for("Each save is a new file")
        terminal.type("a")
        terminal.wait_for("Saved as baby-2.asm")
        terminal.type("s")
        terminal.wait_for("Saved as baby-1.snp")
        terminal.type("l")
        terminal.wait_for("Saved as baby-3.asm")
        terminal.key("esc")
        terminal.wait_for("Esc Menu")
        terminal.wait(lambda lines: "*" not in lines[0], "no star")
    assert (tmp_path / "baby-1.asm").read_text() == "mine"
    text = (tmp_path / "baby-2.asm").read_text()
    assert "; Highest factor of 2^18, July 1948\n" in text
    assert "\n1 NUM -5" in text
    named = (tmp_path / "baby-3.asm").read_text()
    assert "\n        VAR 0\n        VAR -5 " in named
    for name in "baby-2.asm", "baby-3.asm":
        with Hosted(str(tmp_path / name)) as hosted:
            hosted.terminal.wait_for("Highest factor of 2^18")
            hosted.terminal.wait_for("-5")


@pytest.mark.parametrize("size", [65537, 655360, 2 << 20])
def test_a_file_too_large(tmp_path, size):
    """The file is refused by name and size, and the next one is listed."""
    large, last = tmp_path / "large.asm", tmp_path / "next.asm"
    large.write_bytes(b"\n" * size)
    last.write_text("; Next\n1 STP\n")
    with Hosted(str(large), str(last)) as hosted:
        hosted.terminal.wait_for(f"large.asm: the file has {size} bytes")
        hosted.terminal.wait_for("July 1948")
        hosted.terminal.key("f2")
        hosted.terminal.wait_for("Next")


@pytest.mark.parametrize("word", ["no/such.asm", "tests/boot"])
def test_no_such_file(word):
    """A missing file is reported even if it is the first argument."""
    with Hosted(word) as hosted:
        hosted.terminal.wait_for(f'"{word}" is unknown')


def test_system_info():
    """The page lists the layers of the host and no PC devices."""
    system = os.uname()
    with Hosted("speed=max", rows=50) as hosted:
        hosted.terminal.wait_for("Esc Menu")
        hosted.terminal.type("\x10")
        for fact in ("A process of a host system",
                     f"system      {system.sysname} {system.release} on ",
                     f"process     {hosted.process.pid} (",
                     "options     speed=max ", "flat out", "version "):
            text = "\n".join(hosted.terminal.wait_for(fact))
        assert "interrupts" not in text and "The PC" not in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT,
                                    signal.SIGHUP])
def test_signals(number):
    with Hosted("program=ducks", "run") as hosted:
        hosted.terminal.wait_for("RUNNING")
        hosted.process.send_signal(number)
        assert hosted.ended() == -number


def test_another_size():
    with Hosted() as hosted:
        terminal = hosted.terminal
        terminal.wait_for("Esc Menu")
        for rows in 52, 24:
            terminal.screen.resize(rows, 80)
            fcntl.ioctl(hosted.theirs, termios.TIOCSWINSZ,
                        struct.pack("4H", rows, 80, 0, 0))
            hosted.process.send_signal(signal.SIGWINCH)
            last = 49 if rows > 50 else 23
            terminal.wait(lambda lines: lines[last].endswith("Esc Menu"),
                          f"{rows} rows")


def test_terminal_hangs_up():
    with Hosted() as hosted:
        hosted.terminal.wait_for("Esc Menu")
        os.close(hosted.ours)
        os.close(hosted.theirs)
        assert hosted.process.wait(LIMIT) is not None
        hosted.ours, hosted.theirs = os.pipe()


def test_no_terminal():
    """The program needs a terminal for both input and output."""
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    for keys in subprocess.DEVNULL, theirs:
        done = subprocess.run([HOSTED], stdin=keys, capture_output=True,
                              text=True, timeout=LIMIT)
        assert done.returncode == 1
        assert done.stderr == "The Baby needs a terminal.\n"
        assert done.stdout == ""
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


def test_without_programs_for_an_i386(tmp_path):
    """`make run-hosted` reports what is missing on such a host."""
    program = tmp_path / "hosted" / "baby"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho program=$1\n")
    program.chmod(0o755)
    for how, words in ("native", ""), ("emulated", "Without the translator"):
        done = subprocess.run(
            ["make", "-s", "-o", program, f"B={tmp_path}", f"I386={how}",
             "run-hosted", "ARGUMENTS=mine.asm"],
            capture_output=True, text=True, check=True)
        assert done.stdout.startswith(words or "program=")
        assert done.stdout.endswith("program=mine.asm\n")
