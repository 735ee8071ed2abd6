# SPDX-License-Identifier: MIT
"""No key waits longer than a slice of the machine and a drawing of the screen.

QEMU counts instructions, 8 ns each, so the times do not depend on the host."""
import pytest

from baby import reports, started
from pc import COUNTED, PC

SLOW = "-icount", "shift=9,sleep=off", "-cpu", "486"  # 2 million per second

# Microseconds.  A slice takes 5 ms, and one call at most 1 ms more.  A turn
# makes one more call, logs bars for the tube (1 ms each), and draws the
# screen, about 550,000 instructions.  In the worst case a key arrives at the
# start of a turn and waits for that turn, a slice, and the turn that handles
# it.
SLICE, CALLS, DRAWING = 6000, 2000, 6000
LONGEST = SLICE + 2 * (CALLS + DRAWING)

LOOP = "1 JMP 0\n"

# Counts for 4 million instructions, then rewrites line 12 for a million, for
# ever: the translator executes the former about twelve times as fast.
ALTERNATES = """\
1 LDN 24
2 SUB 25
3 CMP
4 JMP 26
5 JMP 27
6 LDN 29
7 STO 30
8 LDN 12
9 SUB 23
10 STO 12
11 LDN 30
12 SUB 21
13 STO 30
14 LDN 30
15 STO 30
16 CMP
17 JMP 20
18 JMP 19
19 NUM 7
20 NUM 0
21 NUM 1
22 NUM 1
23 NUM -65579
24 NUM 1000000
25 NUM -1
26 NUM 5
27 NUM 1
29 NUM 100000
"""


@pytest.fixture
def module(tmp_path):
    def write(text):
        path = tmp_path / "program.asm"
        path.write_text(text)
        return [str(path)]
    return write


def pass_time(pc, ms):
    end = pc.perf_counters()[3] + ms
    pc.until(lambda: pc.perf_counters()[3] >= end, f"{ms} ms of the PC's time")


@pytest.mark.parametrize("opens, held", [("esc", "c"), ("tab", "slash"),
                                         ("tab", "equal")])
def test_clearing_key_held_flat_out(module, opens, held):
    """With a breakpoint in the program, and so in its translation."""
    with PC(*COUNTED, append="engine=translator speed=max run",
            modules=module(LOOP)) as pc:
        started(pc)
        pass_time(pc, 1000)
        for key in "up", "f8", opens:
            pc.key(key)
        pc.key(held, up=False)
        pass_time(pc, 2500)
        pc.key(held, down=False)
        pass_time(pc, 500)
        pc.key("f1")
        pc.wait_for("Baby   Help")
        assert pc.perf_counters()[2] <= LONGEST


@pytest.mark.parametrize("engine", ["translator", "predecoded"])
def test_program_whose_speed_changes(module, engine):
    with PC(*COUNTED, append=f"engine={engine} speed=max run",
            modules=module(ALTERNATES)) as pc:
        started(pc)
        pass_time(pc, 1000)
        for i in range(200):
            pc.key("down" if i % 2 else "up")
        assert pc.perf_counters()[2] <= LONGEST


def test_batch_on_a_slow_pc(module):
    """With the slowest engine, for far longer than the watchdog allows."""
    with PC(*SLOW, "-device", "isa-debug-exit,iobase=0xf4,iosize=0x4",
            append="batch qemu-exit engine=reference limit=150000",
            modules=module(ALTERNATES)) as pc:
        pc.wait_exit()
        counts = [r["instructions"] for r in reports(
            pc.serial().replace("\r\n", "\n"))]
        assert counts == [150000]
