# SPDX-License-Identifier: MIT
"""Tests that an engine that faults harms no other machine, on Bochs.  Its
debugger reads and changes the memory.  A boot takes seconds, so the faults
follow each other on one PC, each in another machine."""
import os
import re
import select
import subprocess

import pytest
import test_bochs
from gdb import values
from guests import GUESTS, accounts, compare, guests, have_passed, places
from pc import LIMIT, symbol
from test_guests import VICTIMS, kind_of
from test_hypervisor import FAULTS

pytestmark = test_bochs.pytestmark

KINDS = FAULTS + [(name.removeprefix("guest-"), words)
                  for name, words in test_bochs.GUESTS
                  if name.endswith("-near")]
PROMPT = b"<bochs:"
INSTRUCTIONS = 1000  # of each guest after a fault
TICKS = 10_000_000  # instructions of the processor; a tenth of a second


class Bochs:
    """A PC of Bochs, controlled by its debugger.  Use as a context manager."""

    def __init__(self, folder, cpu, options):
        rc = test_bochs.configured(folder, cpu, options)
        self.file = folder / "memory"
        self.process = subprocess.Popen(
            ["bochs", "-q", "-f", str(rc)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def read(self):
        """The output up to the next prompt."""
        output = b""
        while PROMPT not in output:
            assert select.select([self.process.stdout], [], [], LIMIT)[0]
            more = os.read(self.process.stdout.fileno(), 65536)
            assert more, "Bochs has ended"
            output += more
        return output.decode("latin-1")

    def command(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()
        return self.read()

    def memory(self, address, size):
        """SIZE bytes that the kernel has mapped to their own address."""
        self.command(f'writemem "{self.file}" {address:#x} {size}')
        return self.file.read_bytes()

    def write(self, address, word):
        self.command(f"setpmem {address:#x} 4 {word:#x}")

    def run_to(self, function):
        self.command(f"lb {symbol(function):#x}")
        while "Breakpoint" not in (stopped := self.command("c")):
            continue  # a time breakpoint happens twice
        self.command("d " + re.search(r"Breakpoint (\d+)", stopped)[1])

    def run_for(self, ticks):
        """Runs for so long, and then to where no machine is being changed."""
        self.command(f"sb {ticks}")
        assert "time breakpoint" in self.command("c")
        self.run_to("ui_work")


def pass_instructions(bochs):
    first = accounts(bochs)
    while not have_passed(bochs, first, INSTRUCTIONS):
        bochs.run_for(TICKS)


def wild_engine(name):
    """The address of the engine with this fault."""
    table, size, row = values("(unsigned)&wild_engines",
                              "sizeof(struct engine)",
                              f"{kind_of(name)} - FAULT_GUEST_READ")
    return table + row * size


@pytest.mark.parametrize("cpu", ["pentium", "corei7_skylake_x"])
def test_wild_engines_among_others(cpu, tmp_path):
    with Bochs(tmp_path, cpu, f"guests={GUESTS} speed=x10") as bochs:
        bochs.run_to("ui_work")
        engine_at = {i: one.at + places()["session engine"]
                     for i, one in guests(bochs).items()}
        pass_instructions(bochs)
        assert len(VICTIMS) >= len(KINDS)
        for count, (name, words) in enumerate(KINDS, 1):
            victim = VICTIMS[count - 1]
            bochs.write(engine_at[victim], wild_engine(name))
            bochs.run_to("guest_fault_describe")
            bochs.run_to("ui_work")
            pass_instructions(bochs)
            found = guests(bochs)
            assert len(found) == GUESTS
            assert re.match(words, found[victim].fault)
            assert [i for i in found if found[i].killed] == VICTIMS[:count]
            compare(found)
