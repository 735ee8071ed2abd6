# SPDX-License-Identifier: MIT
"""A terminal on a serial line: pyte, which answers queries."""
import os
import select
import time

import pyte
from pc import LIMIT, POLL

KEYS = {
    "esc": "\x1b", "ret": "\r", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B",
    "right": "\x1b[C", "left": "\x1b[D", "delete": "\x1b[3~", "f1": "\x1bOP",
    "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f10": "\x1b[21~",
}


class Screen(pyte.Screen):
    """Writes answers to FILE, a descriptor."""
    file = None

    def write_process_input(self, data):
        os.write(self.file, data.encode())


class Terminal:
    """Displays the output of FILE, a descriptor.  It is read only during a
    wait, so wait for the effect of a key before the next one."""

    def __init__(self, file, rows=24, columns=80, utf8=True):
        self.file = file
        self.screen = Screen(columns, rows)
        self.screen.file = file
        self.stream = pyte.ByteStream(self.screen)
        if not utf8:
            self.stream.select_other_charset("@")
        self.took = b""

    def take(self, timeout=POLL):
        """Reads what arrives within TIMEOUT; returns False if nothing did."""
        if not select.select([self.file], [], [], timeout)[0]:
            return False
        data = os.read(self.file, 4096)
        if not data:
            raise AssertionError("the other end has gone")
        self.took += data
        self.stream.feed(data)
        return True

    def text(self):
        return [line.rstrip() for line in self.screen.display]

    def wait(self, condition, what):
        """Waits until CONDITION(rows of text) holds."""
        end = time.monotonic() + LIMIT
        while not condition(self.text()):
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\n" +
                                     "\n".join(self.text()))
            self.take()
        return self.text()

    def wait_for(self, words):
        return self.wait(lambda lines: any(words in l for l in lines), words)

    def type(self, text):
        os.write(self.file, text.encode())

    def key(self, name):
        self.type(KEYS[name])
