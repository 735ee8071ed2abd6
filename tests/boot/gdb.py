# SPDX-License-Identifier: MIT
"""Stops a virtual PC at a place in the kernel by gdb, to change something
there, and evaluates expressions of C."""
import functools
import os
import re
import subprocess
import tempfile

from pc import KERNEL, LIMIT


@functools.cache
def values(*expressions):
    """The values of unsigned expressions of C that are constant in the kernel,
    all of them by one gdb, as that takes a while to start."""
    words = ["gdb", "-batch", "-nx", KERNEL]
    for expression in expressions:
        words += ["-ex", f"print/u {expression}"]
    told = subprocess.run(words, check=True, text=True,
                          capture_output=True).stdout
    found = re.findall(r"^\$\d+ = (\d+)$", told, re.M)
    assert len(found) == len(expressions), told
    return [int(value) for value in found]


class Held:
    """QEMU's options for waiting for gdb, and the gdb commands."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="baby-gdb-")
        self.path = os.path.join(self.folder.name, "gdb")
        self.arguments = ("-S", "-gdb", f"unix:{self.path},server=on,wait=off")

    def at(self, place, *commands):
        """Continues to PLACE, runs COMMANDS there, and continues."""
        lines = ["set confirm off", f"target remote {self.path}",
                 f"hbreak {place}", "continue", "delete", *commands,
                 "detach"]
        words = ["gdb", "-batch", "-nx", KERNEL]
        for line in lines:
            words += ["-ex", line]
        result = subprocess.run(words, capture_output=True, text=True,
                                timeout=LIMIT, check=False)
        assert "Error" not in result.stderr, result.stderr
        return result.stdout
