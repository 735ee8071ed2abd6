# SPDX-License-Identifier: MIT
"""Plays the keys that the course names for each topic, and checks that each
does what the help pages say of it."""
import re

import pytest
from pc import PC

KEYS_OF_PC = {"^G": ["ctrl", "g"], "[": ["bracket_left"]}
ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]


def course():
    with open("kernel/ui/pages/course.c", encoding="utf-8") as file:
        text = re.sub(r'"\n\s*"', "", file.read())
    return [match[2] for match in re.finditer(
        r'\{"([^"]+)",\s*"([^"]+)",\s*"[^"]+",\s*"[^"]+"\}', text)]


KEYS = sorted(set(course()))


def instructions(pc):
    for line in pc.text():
        if match := re.match(r" ([\d ]+) instructions?  ", line):
            return int(match[1].replace(" ", ""))
    raise AssertionError("no count of instructions")


def runs(pc):
    """An instruction count that grows by itself, and RUNNING in the title."""
    before = instructions(pc)
    pc.wait(lambda lines: "RUN" in lines[0] and instructions(pc) > before,
            "a running machine")


def executes(pc, key, most):
    before = instructions(pc)
    pc.key(key)
    pc.wait(lambda _: 1 <= instructions(pc) - before <= most,
            f"1 to {most} instructions by {key}")


# On the page of machines; after V, V shows the next view.
MACHINES = {"^G": "1 of 64", "C": "Machine 2 is a clone", "[": " 95%",
            "V": "the four ways", "V V": "Popek and Goldberg"}


def press_on_machines(pc, keys):
    """Presses KEYS, and waits for what each does."""
    before = ""
    for key in keys.split():
        pc.key(*KEYS_OF_PC.get(key, [key.lower()]))
        both = f"{before} {key}"
        pc.wait_for(MACHINES[both if both in MACHINES else key])
        before = key


def press(pc, key):
    """Presses KEY, and waits for what it does."""
    if key.isdigit():
        pc.key(key)
        pc.wait_for(f"runs under the {ENGINES[int(key) - 1]} engine")
    elif key == "F6":
        executes(pc, "f6", 1)
    elif key == "B":
        executes(pc, "b", 32)
    elif key == "F7":
        before = instructions(pc)
        pc.key("f7")
        pc.wait(lambda _: instructions(pc) == before - 1, "a step back")
    elif key == "F5":
        pc.key("f5")
        runs(pc)
    elif key == "M":
        pc.key("m")
        pc.wait(lambda lines: all(re.search(rf"{name} .*/s .*x[\d.]+", line)
                                  for name, line in zip(ENGINES, lines[3:])),
                "rates of all engines")
    else:
        says = {"F1": "Help 1 of", "F3": "Receive", "F4": "V-state",
                "E": "runs under the translator engine",
                "L": "Lockstep is on",
                "V": "static translation", "A": "emulation manager",
                "T": "Sent ", "^B": "Baby Debug"}[key]
        pc.key(*(["ctrl", key[1].lower()] if key[0] == "^" else
                 [key.lower()]))
        pc.wait_for(says)


def test_there_are_keys():
    assert len(course()) == 34 and len(KEYS) > 10


@pytest.mark.parametrize("keys", KEYS)
def test_keys(keys):
    with PC(append="engine=predecoded") as pc:
        pc.wait_for("F1 Help")
        if keys == "^B F7":
            pc.key("f6")
        if keys.startswith("^G"):
            press_on_machines(pc, keys)
            return
        for key in keys.split():
            press(pc, key)
