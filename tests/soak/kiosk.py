# SPDX-License-Identifier: MIT
"""Visits an exhibition at random, from GRUB on.

    python3 tests/soak/kiosk.py HOURS [SEED]

Visitors press any keys at any time, and sometimes the kernel panics or the PC
is reset.  Within two minutes after the last key, the demonstration must run.
The hours are those of the PC, whose clock counts instructions.  Ends at the
first failure, or with counts."""
import os
import pathlib
import random
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(__file__), "..", folder)
                for folder in ("boot", "lib")]
from test_image import as_stick, with_files  # noqa: E402
from pc import PC  # noqa: E402

# A slow PC, of 16 million instructions per second, so that its time flies.
SLOW = ["-icount", "shift=6,sleep=off", "-rtc", "base=2026-01-01,clock=vm"]
IDLE = 20  # seconds until the demonstration starts
BACK = 120_000  # milliseconds within which it must run
PANIC = 30_000  # milliseconds of the panic screen before it restarts
ATTRACTS = "Press any key: watch"
PAUSES = [0, 0, 0, 1, 100, 3000, 12_000]  # milliseconds between keys
KEYS = [*"abcdefghijklmnopqrstuvwxyz0123456789", *(f"f{i}" for i in
        range(1, 13)), "esc", "ret", "tab", "spc", "backspace", "delete",
        "insert", "home", "end", "pgup", "pgdn", "up", "down", "left",
        "right", "minus", "slash", "dot", "print", "pause", "menu"]
HELD = "ctrl", "alt", "shift", "meta_l"


class Exhibition:
    def __init__(self, pc, rng):
        self.pc = pc
        self.rng = rng
        self.passed = 0  # milliseconds before the last restart
        self.figures = dict.fromkeys(["visits", "keys", "panics", "resets"], 0)

    def now(self):
        """Milliseconds since the PC started, or 0 while GRUB runs."""
        return self.pc.perf_counters()[0]

    def reset(self):
        """Resets the PC, whose memory keeps the old time until the kernel
        has been loaded again."""
        if not self.pc.shutdown:
            self.pc.execute("stop")
        self.pc.execute("system_reset")
        self.pc.shutdown = None
        before = self.now()
        self.passed += before
        self.pc.execute("cont")
        self.pc.until(lambda: self.now() not in (0, before), "the console")

    def restart(self):
        """Continues after a panic, as QEMU stops when the PC is reset."""
        def is_reset():
            self.pc.cells()  # receives events
            return self.pc.shutdown

        self.pc.until(is_reset, "a restart")
        assert self.pc.shutdown == "guest-reset", self.pc.shutdown
        self.reset()

    def wait(self, milliseconds):
        end = self.now() + milliseconds
        self.pc.until(lambda: self.pc.shutdown or self.now() >= end, "time")

    def attracts(self):
        return any(ATTRACTS in line for line in self.pc.text())

    def press(self):
        keys = [self.rng.choice(KEYS)]
        keys[:0] = self.rng.sample(HELD, self.rng.choice([0, 0, 0, 1, 2]))
        self.pc.key(*keys, taken=False)
        self.figures["keys"] += 1
        self.wait(self.rng.choice(PAUSES))

    def fault(self):
        """Nothing, a panic, or the reset button.  Returns the time of the PC
        that has passed since, and when it was measured."""
        kind = self.rng.choice([None] * 6 + ["panics", "resets"])
        if not kind:
            return 0, self.now()
        self.figures[kind] += 1
        if kind == "panics":
            self.pc.execute("inject-nmi")
            self.restart()
            return PANIC, 0
        self.reset()
        return 0, 0

    def visit(self):
        self.figures["visits"] += 1
        for _ in range(self.rng.randrange(1, 60)):
            self.press()
        passed, start = self.fault()
        while not self.attracts():
            assert passed + self.now() - start <= BACK, \
                "\n".join(self.pc.text())


def main(hours, seed):
    rng = random.Random(seed)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        image = with_files(pathlib.Path(folder), options_cfg="set kiosk="
                           f"{IDLE}\nset pin=19480621\n")
        with PC(*SLOW, *as_stick(image), loader=False) as pc:
            exhibition = Exhibition(pc, rng)
            while exhibition.now() == 0:
                pc.key(rng.choice(KEYS), taken=False)
            while exhibition.passed + exhibition.now() < hours * 3_600_000:
                exhibition.visit()
    print(", ".join(f"{n} {name}" for name, n in exhibition.figures.items())
          + f" in {hours} hours without a failure")


if __name__ == "__main__":
    main(float(sys.argv[1]),
         int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6))
