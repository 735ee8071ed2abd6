# SPDX-License-Identifier: MIT
"""Stops a virtual PC at a place in the kernel by gdb, to change something
there."""
import os
import subprocess
import tempfile

from pc import KERNEL, LIMIT


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
