# SPDX-License-Identifier: MIT
"""Compares screens pixel by pixel with tests/golden.

README.md shows one of these pictures.  After an intended change, `make golden`
draws them again; look at each before committing it."""
import os
import re
import time

import pytest
from PIL import Image, ImageChops
from pc import LIMIT, POLL, PC
from pixels import picture

GOLDEN = "tests/golden"

JULY = "program=july1948 run speed=max"
STOPPED = "the machine has stopped at line 13"
MAN = ["tab", "9", "p", "bracket_left", "l", "right", "f6"]
# Blocks and chains of the July program, step by step, and its first arrows.
ARROWS = ["f4"] + 100 * ["a"]
STEPS = ["f4"] + 150 * ["b"] + 4 * ["down"]
# July at instruction 40 of 60, seen from the past, with breakpoints.
PAST = ["ctrl b", *"60g", "?After instruction 60", *"40g", "?40 of 60",
        "down", "down", *"orwn", *"900a"]
STANDING = ["tests/data/standing.asm"]

# name: boot options, rows, keys (after "?" words to wait for), words that show
# that the screen is complete
SCREENS = {
    "home": (JULY, 50, [], STOPPED),
    "tube": ("program=helix", 50, ["left", "up"], "A turning double helix"),
    "paper": ("program=squareroot", 50, ["ctrl f", "ctrl n", "ctrl n"],
              "Numbers: 32 digits"),
    "note": ("program=hcf", 50, ["semicolon"], "; "),
    "panel": (JULY, 50, ["tab"], "Typewriter"),
    "man": ("program=hcf", 50, MAN, "Man: each prepulse obeys"),
    "large": (JULY, 50, ["ctrl l"], "Baby Tube"),
    "machines": ("", 50, ["ctrl g", "c", "c"], "Machine 3 is a clone"),
    "tubes": ("", 50, ["ctrl g", "c", "c", "t"], "3 stopped"),
    "control": ("notsc", 50, ["ctrl g", "c", "v"], "the four ways"),
    "traps": ("", 50, ["ctrl g", "v", "v"], "Popek and Goldberg"),
    "programs": ("", 50, ["f2"], "Ducks on a pond"),
    "save": ("program=ducks", 50, ["f3"], "store="),
    "menu": ("", 50, ["esc"], "Menu:"),
    "panel-menu": ("", 50, ["tab", "esc"], "Menu:"),
    "help-editor": ("", 50, ["f1"] + 0 * ["right"], "Help 1 of 15"),
    "help-panel": ("", 50, ["f1"] + 1 * ["right"], "Help 2 of 15"),
    "help-lab": ("", 50, ["f1"] + 2 * ["right"], "Help 3 of 15"),
    "help-debug": ("", 50, ["f1"] + 3 * ["right"], "Help 4 of 15"),
    "help-history": ("", 50, ["f1"] + 4 * ["right"], "Help 5 of 15"),
    "help-machines": ("", 50, ["f1"] + 5 * ["right"], "Help 6 of 15"),
    "help-instructions": ("", 50, ["f1"] + 6 * ["right"], "Help 7 of 15"),
    "help-words": ("", 50, ["f1"] + 7 * ["right"], "Help 8 of 15"),
    "help-stop": ("", 50, ["f1"] + 8 * ["right"], "Help 9 of 15"),
    "help-options": ("", 50, ["f1"] + 9 * ["right"], "Help 10 of 15"),
    "help-pc-options": ("", 50, ["f1"] + 10 * ["right"], "Help 11 of 15"),
    "help-course": ("", 50, ["f1"] + 11 * ["right"], "Help 12 of 15"),
    "help-course-2": ("", 50, ["f1"] + 12 * ["right"], "Help 13 of 15"),
    "help-course-3": ("", 50, ["f1"] + 13 * ["right"], "Help 14 of 15"),
    "help-course-4": ("", 50, ["f1"] + 14 * ["right"], "Help 15 of 15"),
    "lab": (JULY, 50, ["f4"], "V-state"),
    "lab-code": ("engine=translator", 50, STEPS, "mov ecx"),
    "lab-static": ("program=ducks", 50, ["f4", "v"], "rewrites lines"),
    "lab-manager": ("engine=translator hot=1", 50, ARROWS, "past the manager"),
    "debug": ("", 50, PAST, "after 900"),
    "debug-profile": ("", 50, PAST + [*"1p"], "Profile from"),
    "debug-compare": ("", 50, PAST + [*"1p", *"7c"], "after 7: "),
    "debug-stop": ("", 50, [*PAST, "end", "f5"],
                   "Breakpoint: A became negative"),
    "debug-menu": ("", 50, ["ctrl b", "esc"], "Menu:"),
    "debug-editor": ("", 50, PAST + ["tab"], "In the past"),
    "future": ("", 50, PAST + ["tab", "delete"], "Discard everything"),
    "selftest": ("selftest", 50, [], " passed, 0 failed"),
    "tour": ("", 50, ["f1", "t"], "Manchester, 1948"),
    "asking": ("", 50, ["f10", "b"], "Reboot the PC?"),
    "refusal": ("program=nothing", 50, [], "There is no program called"),
    "demo": ("kiosk=600", 50, [], "Round and round", STANDING),
    "offer": ("kiosk=600", 50, ["spc"], "What would you like to do?", STANDING),
    "amber": ("theme=amber " + JULY, 50, [], STOPPED),
    "white": ("theme=white " + JULY, 50, [], STOPPED),
    "mono": ("theme=mono " + JULY, 50, [], STOPPED),
    "short-home": ("video=text25 " + JULY, 25, [], "Stopped: press F6"),
    "short-panel": ("video=text25 " + JULY, 25, ["tab"], "Typewriter"),
    "short-large": ("video=text25 " + JULY, 25, ["ctrl l"], "Baby Tube"),
    "short-machines": ("video=text25", 25, ["ctrl g", "c"],
                       "Machine 2 is a clone"),
    "short-control": ("notsc video=text25", 25, ["ctrl g", "c", "v"],
                      "the four ways"),
    "short-traps": ("video=text25", 25, ["ctrl g", "v", "v"], "silently"),
    "short-programs": ("video=text25", 25, ["f2"], "Ducks on a pond"),
    "short-save": ("video=text25", 25, ["f3"], "store="),
    "short-menu": ("video=text25", 25, ["esc"], "Menu:"),
    "short-help": ("video=text25", 25, ["f1"], "Help 1 of 15"),
    "short-options": ("video=text25", 25, ["f1"] + 9 * ["right"],
                      "Help 10 of 15"),
    "short-course": ("video=text25", 25, ["f1", "left"], "Help 15 of 15"),
    "short-help-lab": ("video=text25", 25, ["f1", "right", "right"],
                       "Help 3 of 15"),
    "short-lab": ("video=text25 " + JULY, 25, ["f4"], "V-state"),
    "short-lab-code": ("video=text25 engine=translator", 25, STEPS + ["v"],
                       "jge line 6"),
    "short-lab-static": ("video=text25 " + JULY, 25,
                         ["f4", "v", "v"], "constant places"),
    "short-lab-manager": ("video=text25 engine=translator hot=1", 25, ARROWS,
                          "past the manager"),
    "short-debug": ("video=text25", 25, PAST, "after 900"),
    "short-debug-profile": ("video=text25", 25, PAST + [*"1p"],
                            "Profile from"),
    "short-debug-compare": ("video=text25", 25, PAST + [*"1p", *"7c"],
                            "after 7: "),
    "short-debug-menu": ("video=text25", 25, ["ctrl b", "esc"], "Menu:"),
    "short-debug-editor": ("video=text25", 25, PAST + ["tab"], "PAST"),
    "short-help-debug": ("video=text25", 25, ["f1"] + 3 * ["right"],
                         "Help 4 of 15"),
    "short-help-history": ("video=text25", 25, ["f1"] + 4 * ["right"],
                           "Help 5 of 15"),
    "short-selftest": ("selftest video=text25", 25, [], " passed, 0 failed"),
    "short-tour": ("video=text25", 25, ["f1", "t", "pgdn"], "2/10"),
    "short-demo": ("video=text25 kiosk=600", 25, [], "Round and round",
                   STANDING),
}


# Screens with measured values: rates, cycles, times and bars in the lab's
# table, to the right of an engine's name of eleven columns.
MEASURED = {"lab", "lab-code", "lab-static", "lab-manager", "short-lab",
            "short-lab-code", "short-lab-static", "short-lab-manager"}
ENGINES = "reference|switch|threaded|predecoded|translator"
ENGINE_ROW = re.compile(rf" \d ({ENGINES})\b")
FIRST_COLUMN = 3 + 11
# Rows with counts, cycles and addresses of the kernel
CONTROL_ROW = re.compile("VM entries: |At the last VM exit|Page directory: "
                         r"|\d (start|run|notify)  |VM entry and exit: "
                         r"| [0-9a-f]{8}  [0-9a-f]{8} ")
CONTROL = {"control", "short-control"}  # screens with a control block


def measured(pc):
    """Returns whether this place of the picture may show measured values."""
    lines = pc.text()
    height = picture(pc).height // len(lines)
    return [(8 * FIRST_COLUMN, row * height, 640, (row + 1) * height)
            for row, line in enumerate(lines) if ENGINE_ROW.match(line)]


def controls(pc, top=0, height=None, width=640):
    """Returns where the picture shows what differs between kernels."""
    lines = pc.text()
    height = height or picture(pc).height // len(lines)
    return [(0, top + row * height, width, top + (row + 1) * height)
            for row, line in enumerate(lines) if CONTROL_ROW.search(line)]


def still(pc):
    """Returns the picture once the tube's afterglow has ended."""
    before, since = picture(pc), time.monotonic()
    end = since + LIMIT
    while time.monotonic() - since < 1 and time.monotonic() < end:
        now = picture(pc)
        if ImageChops.difference(before, now).getbbox():
            before, since = now, time.monotonic()
    return before


def differs(pc, golden, but=()):
    now = picture(pc)
    if now.size != golden.size:
        return f"size {now.size}"
    difference = ImageChops.difference(now, golden)
    for box in but:
        difference.paste("black", box)
    return difference.getbbox()


def compare(pc, name, write=True, but=()):
    """Compares the screen, once it is still, with the picture NAME, but for
    some boxes."""
    path = os.path.join(GOLDEN, name + ".png")
    if write and os.environ.get("BABY_GOLDEN") == "write":
        still(pc).save(path)
    with Image.open(path) as file:
        golden = file.convert("RGB")
    end = time.monotonic() + LIMIT / 4
    but = but or (measured(pc) if name in MEASURED else
                  controls(pc) if name in CONTROL else ())
    while (where := differs(pc, golden, but)) and time.monotonic() < end:
        time.sleep(POLL)
    if where:
        pc.screenshot(os.path.abspath(f"build/{name}.png"))
    assert not where, f"build/{name}.png differs from {path} at {where}"


def check_screen(name, *arguments):
    append, rows, keys, words, *modules = SCREENS[name]
    with PC(*arguments, append=append, rows=rows,
            modules=sum(modules, [])) as pc:
        pc.wait_for("Baby" if keys else words)
        for key in keys:
            if key.startswith("?"):
                pc.wait_for(key[1:])
            else:
                pc.key(*key.split())
        pc.wait_for(words)
        if name in MEASURED:
            pc.wait(lambda lines: not any("measuring" in l for l in lines),
                    "the end of measuring")
        compare(pc, name, write=not arguments)


# The self test takes seconds, and tests/boot/test_selftest.py reads it as well.
LONG = {"short-selftest"}


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.long if name in LONG else [])
    for name in SCREENS])
def test_screen(name):
    check_screen(name)


@pytest.mark.parametrize("name", sorted(MEASURED))
@pytest.mark.parametrize("shift", [
    pytest.param(0, marks=pytest.mark.long), 7])
def test_measured_values_on_other_pcs(name, shift):
    """On PCs of 1,000 and of 8 million instructions per second, whatever the
    host's speed."""
    check_screen(name, "-icount", f"shift={shift},sleep=off")
