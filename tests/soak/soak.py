# SPDX-License-Identifier: MIT
"""Operates the console at random for hours, on virtual PCs.

    python3 tests/soak/soak.py HOURS [SEED]

Each PC is of another kind.  Receives programs, runs them by all engines at all
speeds, saves states, and checks each state by running the Python model from
the one before.  Then sends random keys and bytes; the console must still
respond.  Half of the PCs have several machines (machines.py).  Ends at the
first failure, or with counts."""
import random
import sys
import time

from steps import (Figures, compare, home, look, press, random_input,
                   random_machine, restore, turn)
import machines
from baby import READY
from pc import PC

ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]
# Faster speeds outrun the model; "go to instruction N" is at full speed.
SPEEDS = ["7", "real", "8.5us", "x10", "x100", "x1000"]
STEP_MAX = 300_000  # instructions per step of the model
PROGRAMS = 6  # per PC
KINDS = [
    (("-cpu", "486"), "pc"), (("-cpu", "max"), "pc"), (("-cpu", "max"), "q35"),
    (("-cpu", "486", "-m", "8"), "isapc"), (("-m", "4"), "pc"),
]
OPTIONS = ["", "noirq", "notsc", "acpi=off", "cpu=386", "video=text25"]

# Keys that do not change the machine and return to the same page.
HARMLESS = [["f1", "esc"], ["f2", "down", "esc"], ["f4", "v", "tab"], ["f9"],
            ["f11"], ["down"], ["left"], ["f3", "esc"], ["f1", "right", "esc"]]


def go(pc, figures, rng, baby):
    """Goes to an instruction at full speed, or as far as possible."""
    count = baby.instructions + rng.randrange(1, STEP_MAX)
    press(pc, figures, "ctrl", "b")
    pc.wait_for("After instruction")
    for digit in str(count):
        press(pc, figures, digit)
    press(pc, figures, "g")
    turn(pc)
    pc.wait(lambda lines: "RUNNING" not in lines[0], "an end")
    home(pc, figures)


def run(pc, figures, rng):
    """Runs at the current speed, while pages change."""
    press(pc, figures, "f5")
    for _ in range(rng.randrange(12)):
        for key in rng.choice(HARMLESS):
            press(pc, figures, key)
    home(pc, figures)


def stop(pc, figures):
    if "RUNNING" in look(pc):
        press(pc, figures, "f5")
        pc.wait(lambda lines: "RUNNING" not in lines[0], "a stop")


def one_program(pc, figures, rng):
    baby = random_machine(rng)
    baby.prepulses, baby.hung = 0, False
    restore(pc, figures, baby)
    figures.programs += 1
    for _ in range(rng.randrange(1, 4)):
        if rng.random() < 0.5:
            go(pc, figures, rng, baby)
        else:
            run(pc, figures, rng)
            compare(pc, figures, baby)
            stop(pc, figures)
        compare(pc, figures, baby)


def one_pc(figures, rng):
    arguments, machine = rng.choice(KINDS)
    words = [f"engine={rng.choice(ENGINES)}", f"speed={rng.choice(SPEEDS)}",
             f"hot={rng.randrange(1, 9)}", rng.choice(OPTIONS)]
    rows = 24 if "video=text25" in words else 50
    print(machine, *arguments, *words, flush=True)
    with PC(*arguments, machine=machine, append=" ".join(words), rows=rows,
            com1="wire") as pc:
        try:
            pc.wait_for(READY)
            figures.pcs += 1
            for _ in range(PROGRAMS):
                one_program(pc, figures, rng)
            random_input(pc, figures, rng)
        except BaseException:
            print("\n".join(pc.text()))
            raise


def main():
    hours = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    rng, figures = random.Random(seed), Figures()
    start = time.monotonic()
    print(f"seed {seed}")
    while time.monotonic() - start < hours * 3600:
        rng.choice([one_pc, machines.one_pc])(figures, rng)
    print(figures.summary((time.monotonic() - start) / 3600))


if __name__ == "__main__":
    main()
