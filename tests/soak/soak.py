# SPDX-License-Identifier: MIT
"""Operates the console at random for hours, on virtual PCs.

    python3 tests/soak/soak.py HOURS [SEED]

Each PC is of another kind.  Receives programs, runs them by all engines at all
speeds, saves states, and checks each state by running the Python model from
the one before.  Then sends random keys and bytes; the console must still
respond.  Ends at the first failure, or with counts."""
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("boot", "lib")]

import model  # noqa: E402
from baby import READY, shipped  # noqa: E402
from pc import PC  # noqa: E402
from states import parse, save, state_of  # noqa: E402

ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]
# Faster speeds outrun the model; "go to instruction N" is at full speed.
SPEEDS = ["7", "real", "8.5us", "x10", "x100", "x1000"]
STEP_MAX = 300_000  # instructions per step of the model
PROGRAMS = 6  # per PC
KEYS = 150  # keys
KINDS = [
    (("-cpu", "486"), "pc"), (("-cpu", "max"), "pc"), (("-cpu", "max"), "q35"),
    (("-cpu", "486", "-m", "8"), "isapc"), (("-m", "4"), "pc"),
]
OPTIONS = ["", "noirq", "notsc", "acpi=off", "cpu=386", "video=text25"]
NAMES = sorted(name[:-4] for name in os.listdir("boot/programs")
               if name.endswith(".asm"))

# Keys that do not change the machine and return to the same page.
HARMLESS = [["f1", "esc"], ["f2", "down", "esc"], ["f4", "v", "tab"], ["f9"],
            ["f11"], ["down"], ["left"], ["f3", "esc"], ["f1", "right", "esc"]]
# Enter, Y and F10 might confirm a restart.
ANY = [*"abcdefghijklmnopqrstuvwxz0123456789", "spc", "tab", "esc", "backspace",
       "delete", "insert", "home", "end", "pgup", "pgdn", "up", "down", "left",
       "right", "minus", "equal", "bracket_left", "bracket_right", "semicolon",
       "apostrophe", "comma", "dot", "slash", "backslash", "f1", "f2", "f3",
       "f4", "f5", "f6", "f7", "f8", "f9", "f11", "f12"]
QUESTIONS = "Reboot the PC?", "Power off the PC?"


class Figures:
    pcs = programs = states = instructions = keys = noise = 0

    def summary(self, hours):
        return (f"{hours:.2f} hours, {self.pcs} PCs, {self.programs} programs, "
                f"{self.states} states compared after {self.instructions} "
                f"instructions, {self.keys} keys and {self.noise} bytes of "
                "noise: no wrong digit, no fault, no restart")


def random_word(rng):
    word = rng.getrandbits(32)
    # Usually one in the form of an instruction.
    return word if rng.random() < 0.2 else word & 0xE01F


def random_machine(rng):
    """A machine as an operator, or chance, might leave it."""
    if rng.random() < 0.5:
        store = shipped(rng.choice(NAMES))
        for _ in range(rng.randrange(3)):
            store[rng.randrange(32)] = random_word(rng)
    else:
        store = [random_word(rng) for _ in range(32)]
    baby = model.Baby(store)
    if rng.random() < 0.3:
        baby.a, baby.ci = rng.getrandbits(32), rng.getrandbits(5)
        baby.pi = store[baby.ci]
        baby.test = rng.random() < 0.5
    return baby


def look(pc):
    """Returns the screen and checks that there is no error."""
    lines = pc.text()
    text = "\n".join(lines)
    assert "Kernel panic" not in text, text
    assert pc.shutdown is None, pc.shutdown
    assert pc.process.poll() is None
    return text


def press(pc, figures, *keys):
    pc.key(*keys)
    figures.keys += 1


def turn(pc):
    """Waits for some frames."""
    begun = pc.perf_counters()[3]
    pc.until(lambda: pc.perf_counters()[3] > begun + 100, "a tenth of a second")


def home(pc, figures):
    """Returns to the editor from any page."""
    for key in ["tab", "esc"] * 8:
        turn(pc)
        if look(pc).startswith(" Baby Editor"):
            return
        press(pc, figures, key)
    raise AssertionError("no way to the editor")


def restore(pc, figures, baby):
    press(pc, figures, "f3")
    pc.wait_for("Receive")
    press(pc, figures, "r")
    pc.wait_for("Waiting for a program on COM1")
    pc.send(state_of(baby).encode())
    pc.wait_for("Restored from COM1: ")
    home(pc, figures)


def compare(pc, figures, baby):
    """Compares the machine's state with the model's after as many
    prepulses."""
    press(pc, figures, "f3")
    pc.wait_for("Esc: back")
    state = parse(save(pc, "t").decode())
    before = baby.instructions
    while baby.prepulses < state["PREPULSES"]:
        baby.hung = not baby.step()
        baby.prepulses += 1
    own = {"A": model.signed(baby.a), "CI": baby.ci, "PI": baby.pi,
           "TEST": int(baby.test), "NEON": int(baby.neon),
           "HUNG": int(baby.hung), "INSTRUCTIONS": baby.instructions,
           "store": baby.store}
    for name, value in own.items():
        assert state[name] == value, (name, state[name], value)
    figures.states += 1
    figures.instructions += baby.instructions - before
    home(pc, figures)


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


def random_input(pc, figures, rng):
    """Sends random keys and bytes; the console must still respond."""
    pc.wire.setblocking(False)
    for _ in range(KEYS):
        key = rng.choice(ANY)
        modifier = rng.choice([None, None, None, "shift", "ctrl"])
        if modifier:
            press(pc, figures, modifier, key)
        else:
            press(pc, figures, key)
        if any(question in look(pc) for question in QUESTIONS):
            press(pc, figures, "n")
        try:
            figures.noise += pc.wire.send(rng.randbytes(rng.randrange(30)))
            pc.wire.recv(1 << 16)
        except BlockingIOError:
            pass
    answers(pc, figures)


def answers(pc, figures):
    """Opens the system information, after dropping pending input."""
    for _ in range(4):
        home(pc, figures)
        press(pc, figures, "esc")  # an entry, or the menu
        press(pc, figures, "ctrl", "p")
        turn(pc)
        if "System information" in look(pc):
            return
    raise AssertionError("no answer")


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
        one_pc(figures, rng)
    print(figures.summary((time.monotonic() - start) / 3600))


if __name__ == "__main__":
    main()
