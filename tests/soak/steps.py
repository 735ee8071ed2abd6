# SPDX-License-Identifier: MIT
"""What an operator of the soak does on any PC, and what must hold."""
import collections
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("boot", "lib")]

import model  # noqa: E402
from baby import shipped  # noqa: E402
from states import parse, save, state_of  # noqa: E402

KEYS = 150  # of random input
# The programs in the order of the list
with open("boot/programs.S", encoding="ascii") as table:
    NAMES = re.findall(r'^\s+program "(\S+)"', table.read(), re.M)

# Enter, Y and F10 might confirm a restart.
ANY = [*"abcdefghijklmnopqrstuvwxz0123456789", "spc", "tab", "esc", "backspace",
       "delete", "insert", "home", "end", "pgup", "pgdn", "up", "down", "left",
       "right", "minus", "equal", "bracket_left", "bracket_right", "semicolon",
       "apostrophe", "comma", "dot", "slash", "backslash", "f1", "f2", "f3",
       "f4", "f5", "f6", "f7", "f8", "f9", "f11", "f12"]
QUESTIONS = "Reboot the PC?", "Power off the PC?"


class Figures:
    pcs = programs = states = instructions = keys = noise = 0
    machines = 0  # made side by side with others
    actions = collections.Counter()  # on the page of machines

    def summary(self, hours):
        actions = ", ".join(f"{count} {name}" for name, count
                            in sorted(self.actions.items()))
        return (f"{hours:.2f} hours, {self.pcs} PCs, {self.programs} programs, "
                f"{self.states} states compared after {self.instructions} "
                f"instructions, {self.keys} keys and {self.noise} bytes of "
                f"noise; {self.machines} machines side by side ({actions}): "
                "no wrong digit, no fault, no restart")


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
