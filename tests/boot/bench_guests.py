# SPDX-License-Identifier: MIT
"""Measurements of the hypervisor for `make bench`: what ring 3 costs, what an
entry of it costs, and how many machines can share one PC.

While QEMU counts instructions, the figures do not depend on the host, but
changing the address space, which empties the TLB, costs nothing.

    python3 tests/boot/bench_guests.py [rings] [entries] [machines]
"""
import contextlib
import statistics
import sys
import time

from baby import started
from bench import processor_time
from gdb import Held, values
from guests import accounts, clones
from pc import COUNTED, PC

# Rewrites no instruction, as the translator's speed would depend on what a
# machine was doing when it was cloned.
COUNTER = "tests/data/counter.asm"
NS = 8  # of each instruction that is counted
WARM, SPAN = 1000, 2000  # of the PC's time, in milliseconds
READINGS = 1000
COUNTS = 1, 4, 16, 64
BASE = 4  # the count that the others are compared with
ROUNDS, ROUND = 9, 1  # of each count, and seconds of each


def number(pc, address, size):
    return int.from_bytes(pc.memory(address, size), "little")


def counters(count, engine, *arguments):
    """A PC with so many machines that run the program."""
    return clones(count, f"engine={engine}", *arguments,
                  modules=[COUNTER])


def pass_time(pc, ms):
    end = pc.perf_counters()[3] + ms
    while pc.perf_counters()[3] < end:
        time.sleep(0.005)


def reading(pc):
    """(Instructions of all machines together, milliseconds) of the PC."""
    pc.execute("stop")
    done = sum(one.instructions for one in accounts(pc).values())
    ms = pc.perf_counters()[3]
    pc.execute("cont")
    return done, ms


def counted_rate(pc):
    """Instructions a second of the PC's time."""
    pass_time(pc, WARM)
    first, start = reading(pc)
    pass_time(pc, SPAN)
    last, end = reading(pc)
    return (last - first) / (end - start) * 1000


# ---- What ring 3 costs ----

ENGINES = "reference", "switch", "threaded", "predecoded", "translator"


def single(engine, ring):
    """Instructions a second of one machine, with its engine in this ring."""
    held = Held()
    with PC(*held.arguments, *COUNTED, modules=[COUNTER],
            append=f"run speed=max engine={engine}") as pc:
        held.at("ui_start", *([] if ring == 3 else
                              ["set ui.view.environment.engine_space = 0"]))
        started(pc)
        pass_time(pc, WARM)
        start = pc.perf_counters()
        pass_time(pc, SPAN)
        end = pc.perf_counters()
        return (end[4] - start[4]) / (end[3] - start[3]) * 1000


def rings():
    """One machine in ring 3 and, without the hypervisor, in ring 0."""
    print("engine      ring 0/s  ring 3/s   ratio   (counted)")
    for engine in ENGINES:
        kernel, user = single(engine, 0), single(engine, 3)
        print(f"{engine:<11} {kernel:8.0f}  {user:8.0f}  {user / kernel:6.4f}",
              flush=True)


# ---- What an entry costs ----

def empty_entry():
    """Instructions of an entry and exit for one MOV, counted."""
    held = Held()
    rows = "(struct sensitive_row *)history_memory.start"
    with PC(*held.arguments, *COUNTED):
        told = held.at("inject_fault", f"print sensitive_run({rows})",
                       "printf \"cycles %u\\n\", (unsigned)'vm.c'::last.cycles")
    return int(told.split("cycles ")[1].split()[0]) // NS


def least_call(*arguments):
    """Cycles of the shortest call of an engine that is seen."""
    at, = values("(unsigned)&first_guest.last.cycles")
    with PC(*arguments, append="program=ducks run speed=x10") as pc:
        started(pc)
        pass_time(pc, WARM)
        return min(number(pc, at, 8) for _ in range(READINGS))


def entries():
    print(f"entry of ring 3 and exit    {empty_entry()} instructions (counted)")
    print(f"with a call of an engine    {least_call(*COUNTED) // NS} "
          f"instructions (counted), {least_call()} cycles of this host")


# ---- How many machines share one PC ----

def timed_rate(pc):
    """Instructions a second of QEMU's processor time, of a PC that is
    stopped."""
    pid = pc.process.pid
    first, start = reading(pc)[0], processor_time(pid)
    time.sleep(ROUND)
    last, end = reading(pc)[0], processor_time(pid)
    pc.execute("stop")
    return (last - first) / (end - start)


def all_counts(engine):
    """{count: its rates}, in rounds that alternate."""
    with contextlib.ExitStack() as stack:
        pcs = {}
        for count in COUNTS:
            pcs[count] = stack.enter_context(counters(count, engine))
            pcs[count].key("esc")
            pcs[count].execute("stop")
        rates = {count: [] for count in COUNTS}
        for _ in range(ROUNDS):
            for count, pc in pcs.items():
                rates[count].append(timed_rate(pc))
    return rates


def counted_of(count, engine):
    with counters(count, engine, *COUNTED) as pc:
        pc.key("esc")
        return counted_rate(pc)


def machines():
    print(f"engine      machines million/s     min     max    x {BASE}  "
          f"counted    x {BASE}")
    for engine in "predecoded", "translator":
        rates = all_counts(engine)
        counted = {count: counted_of(count, engine) for count in COUNTS}
        for count, some in rates.items():
            ratio = statistics.median(a / b for a, b in zip(some, rates[BASE]))
            figures = statistics.median(some), min(some), max(some)
            print(f"{engine:<11} {count:8} " +
                  " ".join(f"{figure / 1e6:7.2f}" for figure in figures) +
                  f"  {ratio:6.3f} {counted[count] / 1e6:8.2f} "
                  f"{counted[count] / counted[BASE]:6.3f}", flush=True)


MEASURES = {"rings": rings, "entries": entries, "machines": machines}

if __name__ == "__main__":
    for name in sys.argv[1:] or MEASURES:
        MEASURES[name]()
