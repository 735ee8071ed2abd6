# SPDX-License-Identifier: MIT
"""A virtual PC to test on: QEMU, driven by its monitor protocol (QMP).

Nothing here hopes that some time is enough: every wait looks for the thing
itself, again and again, and fails with the screen's text when it does not
come.
"""
import functools
import json
import os
import re
import select
import socket
import struct
import subprocess
import tempfile
import time

QEMU = os.environ.get("QEMU", "qemu-system-i386")
KERNEL = os.environ.get("BABY_ELF", "build/baby.elf")
ISO = os.environ.get("BABY_ISO", "build/baby.iso")
FLOPPY = os.environ.get("BABY_FLOPPY", "build/baby.img")

COLUMNS = 80
TEXT_MEMORY = 0xB8000
LIMIT = 300  # seconds until a wait fails: met by a host ten times slower
# By themselves nothing comes of them.
MODIFIERS = "shift", "ctrl", "alt", "alt_r", "meta_l", "meta_r"
# A PC whose time is the instructions it executed, 8 ns each, whatever the host
# does: what it measures is the same each time.
COUNTED = ["-icount", "shift=3,sleep=off", "-rtc", "base=2026-01-01,clock=vm"]
POLL = 0.005  # seconds between two looks: looking all the time slows QEMU
POLL_PIXELS = 0.2  # and looking at a framebuffer takes as long as this

# Characters of the screen by code, where they are not ASCII.
CP437 = bytes(range(256)).decode("cp437")

QCODES = {
    " ": "spc", "-": "minus", "=": "equal", "[": "bracket_left",
    "]": "bracket_right", ";": "semicolon", "'": "apostrophe",
    ",": "comma", ".": "dot", "/": "slash", "\\": "backslash",
}


@functools.cache
def symbol(name):
    """Where the kernel has NAME."""
    table = subprocess.run(["nm", KERNEL], check=True, capture_output=True,
                           text=True).stdout
    return int(re.search(rf"^(\w+) \w {name}$", table, re.M)[1], 16)


class PC:
    """One virtual PC.  Use as a context manager, so that QEMU ends."""

    def __init__(self, *arguments, append=None, modules=(), iso=False,
                 machine="pc", rows=50, loader=True, com1="file",
                 pixels=0, emulator=QEMU):
        """ISO: boot the image (True) or that file; else the kernel itself,
        or with LOADER false whatever ARGUMENTS say.  COM1: what it sends is
        kept ("file"), or it is a "wire" with two ends, or there is none.
        PIXELS: the screen is a framebuffer, of so many bits a pixel."""
        self.rows = rows
        self.pixels = pixels
        self.folder = tempfile.TemporaryDirectory(prefix="baby-")
        self.serial_file = os.path.join(self.folder.name, "com1")
        ours, theirs = socket.socketpair()
        self.wire, wire = socket.socketpair()
        self.wire.settimeout(LIMIT)
        command = [emulator, "-machine", machine, "-display", "none",
                   # QEMU stays when the PC leaves: ending while a command is
                   # under way, it may hang.
                   "-no-reboot", "-no-shutdown", "-nodefaults", "-vga", "std",
                   "-chardev", f"socket,id=qmp,fd={theirs.fileno()}",
                   "-mon", "chardev=qmp,mode=control"]
        if com1 == "file":
            command += ["-serial", "file:" + self.serial_file]
        elif com1 == "wire":
            command += ["-chardev", f"socket,id=com1,fd={wire.fileno()}",
                        "-serial", "chardev:com1"]
        if iso:
            command += ["-cdrom", iso if isinstance(iso, str) else ISO,
                        "-boot", "d"]
        elif loader:
            command += ["-kernel", KERNEL]
        if append is not None:
            command += ["-append", append]
        if modules:
            command += ["-initrd", ",".join(modules)]
        command += arguments
        self.process = subprocess.Popen(
            command, pass_fds=[theirs.fileno(), wire.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        theirs.close()
        wire.close()
        self.qmp = ours.makefile("rw")
        self.connection = ours
        ours.settimeout(LIMIT)
        self.shutdown = None
        self.greeting = json.loads(self.qmp.readline())
        self.execute("qmp_capabilities")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.qmp.close()
        self.connection.close()
        self.wire.close()
        self.folder.cleanup()

    def execute(self, command, **arguments):
        """Sends one QMP command and returns what it answers."""
        message = {"execute": command, "arguments": arguments}
        self.qmp.write(json.dumps(message) + "\n")
        self.qmp.flush()
        while True:
            answer = self.read()
            if "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def read(self):
        """One message from QEMU; what the guest did on its own is kept."""
        line = self.qmp.readline()
        if not line:
            raise RuntimeError("QEMU has ended")
        message = json.loads(line)
        if message.get("event") == "SHUTDOWN":
            self.shutdown = message["data"]["reason"]
        return message

    def wait_shutdown(self):
        """Waits until the PC switches itself off ("guest-shutdown") or
        resets itself ("guest-reset"), and says which."""
        while self.shutdown is None:
            self.read()
        return self.shutdown

    def memory(self, address, size):
        """SIZE bytes of the PC's physical memory."""
        name = os.path.join(self.folder.name, "memory")
        self.execute("pmemsave", val=address, size=size, filename=name)
        with open(name, "rb") as file:
            return file.read()

    def cells(self):
        """The screen as rows of (character, attribute)."""
        if self.pixels:
            from pixels import Pixels  # `make bench` does without Pillow
            # Each time anew: the kernel starts, or changes the theme.
            return Pixels(self, symbol, self.pixels).cells(self.rows)
        data = self.memory(TEXT_MEMORY, self.rows * COLUMNS * 2)
        pairs = [(data[i], data[i + 1]) for i in range(0, len(data), 2)]
        return [pairs[i:i + COLUMNS] for i in range(0, len(pairs), COLUMNS)]

    def text(self):
        """The screen as lines of text."""
        return ["".join(CP437[c] for c, _ in row).rstrip()
                for row in self.cells()]

    def until(self, condition, what):
        """Polls until CONDITION() holds."""
        end = time.monotonic() + LIMIT
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\n" +
                                     "\n".join(self.text()))
            time.sleep(POLL_PIXELS if self.pixels else POLL)

    def wait(self, condition, what):
        """Polls until CONDITION(lines of text) holds, and returns them."""
        lines = []

        def look():
            lines[:] = self.text()
            return condition(lines)

        self.until(look, what)
        return lines

    def wait_for(self, words):
        """Waits until WORDS stand anywhere on the screen."""
        return self.wait(lambda lines: any(words in l for l in lines), words)

    def perf_counters(self):
        """Frames drawn, key events taken, the slowest of them in
        microseconds, and milliseconds since the start, as the kernel keeps
        them."""
        return struct.unpack("<4I", self.memory(symbol("perf_counters"), 16))

    def key(self, *keys, down=True, up=True, taken=True):
        """Presses and releases keys by their QEMU names, held together.  The
        keyboard holds 16 bytes, two to six of them a key, and drops what
        comes then, so this waits until the kernel has TAKEN all of it; not
        where the keys are for somebody else."""
        wanted = self.perf_counters()[1] if taken else 0
        for moved, list_ in ((down, keys), (up, reversed(keys))):
            events = [{"type": "key", "data": {
                "down": list_ is keys,
                "key": {"type": "qcode", "data": k}}} for k in list_]
            if moved:
                self.execute("input-send-event", events=events)
                wanted += sum(k not in MODIFIERS for k in list_)
        if taken:
            self.until(lambda: self.perf_counters()[1] >= wanted,
                       f"taking {keys}")

    def type(self, text):
        """Types TEXT, key by key."""
        for c in text:
            if c == "\n":
                self.key("ret")
            elif c.isupper():
                self.key("shift", c.lower())
            else:
                self.key(QCODES.get(c, c))

    def serial(self):
        """What came out of COM1 so far."""
        with open(self.serial_file, encoding="latin-1", newline="") as file:
            return file.read()

    def send(self, data):
        """Sends DATA to COM1, a wire."""
        self.wire.sendall(data)

    def receive(self, count):
        """Waits for the next COUNT bytes from COM1, a wire."""
        data = b""
        while len(data) < count:
            more = self.wire.recv(count - len(data))
            assert more, "QEMU has ended"
            data += more
        return data

    def receive_some(self):
        """What has come from COM1, a wire, and was not received yet."""
        data = b""
        while select.select([self.wire], [], [], 0)[0]:
            more = self.wire.recv(4096)
            assert more, "QEMU has ended"
            data += more
        return data

    def wait_exit(self):
        """QEMU's status, once the PC has ended it by port 0xF4."""
        return self.process.wait(LIMIT)

    def screenshot(self, name):
        self.execute("screendump", filename=name, format="png")
