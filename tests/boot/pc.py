# SPDX-License-Identifier: MIT
"""A virtual PC: QEMU, controlled by its monitor protocol (QMP).

No wait is a fixed delay: each polls for its condition and fails with the
screen's text after a timeout."""
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
LIMIT = 300  # seconds; enough for a host ten times slower
# Modifiers alone cause no event.
MODIFIERS = "shift", "ctrl", "alt", "alt_r", "meta_l", "meta_r"
# The PC's clock counts instructions, 8 ns each, so that measurements do not
# depend on the host.
COUNTED = ["-icount", "shift=3,sleep=off", "-rtc", "base=2026-01-01,clock=vm"]
POLL = 0.005  # seconds between two polls: polling constantly slows QEMU
POLL_PIXELS = 0.2  # reading a framebuffer takes as long as this

# Characters of the screen that are not ASCII, by code.
CP437 = bytes(range(256)).decode("cp437")

QCODES = {
    " ": "spc", "-": "minus", "=": "equal", "[": "bracket_left",
    "]": "bracket_right", ";": "semicolon", "'": "apostrophe",
    ",": "comma", ".": "dot", "/": "slash", "\\": "backslash",
}


@functools.cache
def symbol(name):
    """The address of NAME in the kernel."""
    table = subprocess.run(["nm", KERNEL], check=True, capture_output=True,
                           text=True).stdout
    return int(re.search(rf"^(\w+) \w {name}$", table, re.M)[1], 16)


class PC:
    """A virtual PC.  Use as a context manager, so that QEMU ends."""

    def __init__(self, *arguments, append=None, modules=(), iso=False,
                 machine="pc", rows=50, loader=True, com1="file",
                 pixels=0, emulator=QEMU):
        """ISO: True boots the image, a path that file, otherwise the kernel.
        Without LOADER only ARGUMENTS say what to boot.  COM1: "file" keeps its
        output, "wire" is bidirectional, None is no port.  PIXELS: bits per
        pixel of a framebuffer."""
        self.rows = rows
        self.pixels = pixels
        self.folder = tempfile.TemporaryDirectory(prefix="baby-")
        self.serial_file = os.path.join(self.folder.name, "com1")
        ours, theirs = socket.socketpair()
        self.wire, wire = socket.socketpair()
        self.wire.settimeout(LIMIT)
        command = [emulator, "-machine", machine, "-display", "none",
                   # Keep QEMU running when the PC leaves: it may hang when it
                   # ends during a command.
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
        self.deleted = set()  # ids of devices
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
        """Sends one QMP command and returns its result."""
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
        """Returns one message from QEMU and stores events."""
        line = self.qmp.readline()
        if not line:
            raise RuntimeError("QEMU has ended")
        message = json.loads(line)
        if message.get("event") == "SHUTDOWN":
            self.shutdown = message["data"]["reason"]
        elif message.get("event") == "DEVICE_DELETED":
            self.deleted.add(message["data"].get("device"))
        return message

    def wait_shutdown(self):
        """Waits until the PC powers off ("guest-shutdown") or resets
        ("guest-reset"), and returns which."""
        while self.shutdown is None:
            self.read()
        return self.shutdown

    def plug(self, driver, **properties):
        """Plugs a device in."""
        self.execute("device_add", driver=driver, **properties)

    def unplug(self, id):
        """Unplugs the device ID, and waits until it is gone."""
        self.deleted.discard(id)
        self.execute("device_del", id=id)
        while id not in self.deleted:
            self.read()

    def memory(self, address, size):
        """SIZE bytes of physical memory."""
        name = os.path.join(self.folder.name, "memory")
        self.execute("pmemsave", val=address, size=size, filename=name)
        with open(name, "rb") as file:
            return file.read()

    def cells(self):
        """The screen as rows of (character, attribute)."""
        if self.pixels:
            from pixels import Pixels  # Pillow is optional for `make bench`
            # Read each time: the kernel may still start or change its theme.
            return Pixels(self, self.pixels).cells()
        data = self.memory(TEXT_MEMORY, self.rows * COLUMNS * 2)
        pairs = [(data[i], data[i + 1]) for i in range(0, len(data), 2)]
        return [pairs[i:i + COLUMNS] for i in range(0, len(pairs), COLUMNS)]

    def text(self):
        """The rows of the screen as text."""
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
        """Polls until CONDITION(rows of text) holds, and returns them."""
        lines = []

        def look():
            lines[:] = self.text()
            return condition(lines)

        self.until(look, what)
        return lines

    def wait_for(self, words):
        """Waits until WORDS appear on the screen."""
        return self.wait(lambda lines: any(words in l for l in lines), words)

    def perf_counters(self):
        """The kernel's counters: frames drawn, key events, the slowest of them
        in microseconds, milliseconds since the start, instructions of the
        Baby, and the longest call of the USB driver in microseconds."""
        return struct.unpack("<6I", self.memory(symbol("perf_counters"), 24))

    def key(self, *keys, down=True, up=True, taken=True, **to):
        """Presses the keys, by their QEMU names, together and releases them.
        Waits until the kernel has TAKEN them all, as the keyboard buffers only
        16 bytes, two to six per key.  TAKEN is false where the kernel does not
        receive the keys.  TO: device=ID selects the keyboard that belongs to
        this display.

        All is sent at once: otherwise the PC's time might pass in between, and
        the kernel would repeat the keys of a USB keyboard."""
        wanted = self.perf_counters()[1] if taken else 0
        moves = [(True, k) for k in keys if down]
        moves += [(False, k) for k in keys[::-1] if up]
        self.execute("input-send-event", **to, events=[
            {"type": "key", "data": {
                "down": is_down, "key": {"type": "qcode", "data": k}}}
            for is_down, k in moves])
        wanted += sum(k not in MODIFIERS for _, k in moves)
        if taken:
            self.until(lambda: self.perf_counters()[1] >= wanted,
                       f"taking {keys}")

    def type(self, text, **to):
        """Types TEXT, key by key."""
        for c in text:
            if c == "\n":
                self.key("ret", **to)
            elif c.isupper():
                self.key("shift", c.lower(), **to)
            else:
                self.key(QCODES.get(c, c), **to)

    def serial(self):
        """The output of COM1 so far."""
        with open(self.serial_file, encoding="latin-1", newline="") as file:
            return file.read()

    def send(self, data):
        """Sends DATA to COM1 (a wire)."""
        self.wire.sendall(data)

    def receive(self, count):
        """Waits for the next COUNT bytes from COM1 (a wire)."""
        data = b""
        while len(data) < count:
            more = self.wire.recv(count - len(data))
            assert more, "QEMU has ended"
            data += more
        return data

    def receive_some(self):
        """The bytes available from COM1 (a wire)."""
        data = b""
        while select.select([self.wire], [], [], 0)[0]:
            more = self.wire.recv(4096)
            assert more, "QEMU has ended"
            data += more
        return data

    def wait_exit(self):
        """QEMU's status after the PC has ended it by port 0xF4."""
        return self.process.wait(LIMIT)

    def screenshot(self, name):
        self.execute("screendump", filename=name, format="png")
