# SPDX-License-Identifier: MIT
"""A virtual PC held at a place in the kernel, and changed there, by gdb."""
import os
import subprocess
import tempfile

from pc import KERNEL, LIMIT


class Held:
    """What QEMU is to be told so that it waits for gdb, and what gdb does."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="baby-gdb-")
        self.path = os.path.join(self.folder.name, "gdb")
        self.arguments = ("-S", "-gdb", f"unix:{self.path},server=on,wait=off")

    def at(self, place, *commands):
        """Lets the PC go on to PLACE, does COMMANDS there, and lets it go."""
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
