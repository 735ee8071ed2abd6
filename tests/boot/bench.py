# SPDX-License-Identifier: MIT
"""Measurements of `make bench`, in the host's time: needs an idle host.

`bench.py counted` prints the booted kernel's `bench` while QEMU counts
instructions: the same figures on every host.  `bench.py slow` measures the
console on slow PCs in the same way."""
import os
import pathlib
import re
import statistics
import sys
import tempfile
import time

from baby import READY, started
from pc import COUNTED, PC

RUNS = 5
KEYS = 1000
SPAN = 10  # length of a measurement of rates
QUICKNESS = [*((speed, "text") for speed in ("1", "real", "x1000", "max")),
             ("real", "1024x768x32"), ("max", "1024x768x32"),
             ("max", "1920x1080x32")]
SLOW_START, SLOW_SPAN = 10, 20  # seconds of a slow PC


def first_screen():
    start = time.monotonic()
    with PC() as pc:
        pc.wait_for(READY)
        return time.monotonic() - start


def from_the_menu():
    with PC(iso=True, rows=25) as pc:
        pc.wait_for("Ducks on a pond")
        start = time.monotonic()
        pc.key("ret", taken=False)
        pc.rows = 50
        pc.wait_for(READY)
        return time.monotonic() - start


def processor_time(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_share():
    with PC() as pc:
        started(pc)
        time.sleep(2)
        before, start = processor_time(pc.process.pid), time.monotonic()
        time.sleep(SPAN)
        spent = processor_time(pc.process.pid) - before
        return spent / (time.monotonic() - start)


def count(pc):
    """Instructions executed, and the time of that reading."""
    for line in pc.text():
        if match := re.search(r"^ ([\d ]+) instructions", line):
            return int(match[1].replace(" ", "")), time.monotonic()
    raise AssertionError("no count on the screen")


def rate(options):
    with PC(append=options) as pc:
        started(pc)
        first, start = count(pc)
        time.sleep(SPAN)
        last, end = count(pc)
        return (last - first) / (end - start)


def quickness(speed, mode):
    """Frames per second, and the slowest of KEYS keys in milliseconds, in the
    guest's time: QEMU counts instructions, 8 ns each."""
    with tempfile.TemporaryDirectory() as folder, \
            screen_of(mode, f"program=ducks run speed={speed}", folder,
                      "-icount", "shift=3,sleep=off") as pc:
        started(pc)
        keys = pc.perf_counters()[1]
        for i in range(KEYS // 2):
            pc.key("down" if i % 2 else "up", taken=False)
            while pc.perf_counters()[1] < keys + 2 * (i + 1):
                pass
        start = end = pc.perf_counters()
        while end[3] < start[3] + 1000 * SPAN:
            end = pc.perf_counters()
        rate = (end[0] - start[0]) * 1000 / (end[3] - start[3])
        return rate, end[2] / 1000


def screen_of(mode, options, folder, *arguments):
    """A PC with a text screen, or a framebuffer such as 640x480x32."""
    if mode == "text":
        return PC(*arguments, append=options)
    from test_framebuffer import on  # needs pytest
    return on(pathlib.Path(folder), mode, options, *arguments)


def counted():
    """Runs `bench` in a guest whose every instruction takes 8 ns; returns its
    table."""
    with PC(*COUNTED, "-device", "isa-debug-exit,iobase=0xf4,iosize=0x4",
            append="bench qemu-exit video=none") as pc:
        pc.wait_exit()
        return "".join(line + "\n" for line in pc.serial().splitlines()
                       if not line.startswith("baby:"))


# Instructions of QEMU take 2 to the power of SHIFT nanoseconds.
SLOW_PCS = [(9, "2 MIPS, as a 386SX/16"), (8, "4 MIPS, as a 386/25"),
            (6, "16 MIPS, as a 486/33")]
SLOW_SPEEDS = "real", "max"
SLOW_ENGINES = "predecoded", "translator"


def slow_cpu(shift):
    return "-icount", f"shift={shift},sleep=off", "-cpu", "486"


def slow_rates(pc):
    """Instructions and frames per second of the guest's time."""
    pc.until(lambda: pc.perf_counters()[4] > 0, "a running machine")
    start = pc.perf_counters()
    pc.until(lambda: pc.perf_counters()[3] > start[3] + 1000 * SLOW_START,
             "the first pictures")
    start = end = pc.perf_counters()
    while end[3] < start[3] + 1000 * SLOW_SPAN:
        end = pc.perf_counters()
    seconds = (end[3] - start[3]) / 1000
    return (end[4] - start[4]) / seconds, (end[0] - start[0]) / seconds


def print_slow(name, what, speed, pc):
    rate, frames = slow_rates(pc)
    print(f"{name:<23} {what:<12} {speed:<5} {rate:14.1f} "
          f"{rate / 694.444:9.2f} {frames:9.1f}", flush=True)


def slow():
    """What slow PCs do: ducks on text and on a framebuffer, then a counter by
    some engines on text."""
    print("PC                      screen       speed instructions/s "
          "   x 1948  frames/s")
    for shift, name in SLOW_PCS:
        for speed in SLOW_SPEEDS:
            for mode in "text", "640x480x32":
                with tempfile.TemporaryDirectory() as folder, \
                        screen_of(mode, f"program=ducks run speed={speed}",
                                  folder, *slow_cpu(shift)) as pc:
                    print_slow(name, mode, speed, pc)
    for shift, name in SLOW_PCS:
        for engine in SLOW_ENGINES:
            with PC(*slow_cpu(shift), append=f"run speed=max engine={engine}",
                    modules=["tests/data/counter.asm"]) as pc:
                print_slow(name, engine, "max", pc)


def median(measure):
    figures = [measure() for _ in range(RUNS)]
    return (f"{statistics.median(figures):.3f} s "
            f"({min(figures):.3f} to {max(figures):.3f}, {RUNS} runs)")


def main():
    print("first screen from -kernel   ", median(first_screen))
    print("first screen from boot menu ", median(from_the_menu))
    print(f"QEMU's share of a core, idle {100 * idle_share():.1f} %")
    real = rate("program=july1948 run")
    print(f"real speed                   {real:.1f} instructions a second, "
          f"{100 * real / 694.444:.2f} % of 694.4")
    fast = rate("program=ducks run speed=max")
    print(f"flat out                     {fast / 1e6:.1f} million "
          f"instructions a second, {fast / real:.0f} times real")
    for speed, mode in QUICKNESS:
        frames, worst = quickness(speed, mode)
        print(f"at speed={speed:<6}{mode:<13}{frames:.1f} frames a second; "
              f"worst of {KEYS} key events on the screen after {worst:.1f} ms",
              flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["counted"]:
        print(counted())
    elif sys.argv[1:] == ["slow"]:
        slow()
    else:
        main()
