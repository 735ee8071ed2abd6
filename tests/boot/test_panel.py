# SPDX-License-Identifier: MIT
"""Tests the panel, the compact text and the demonstration on a virtual PC.

Each behaviour of the panel is tested on the host (tests/lib/behaviours.tsv).
These tests show that the keyboard reports presses and releases."""
import re

from baby import shipped, started, wait_tube
from pc import PC

BUTTONS = "12345678qwertyuiasdfghjkzxcvbnm,"
L_SWITCHES = "op[]\\"
QCODES = {",": "comma", "[": "bracket_left", "]": "bracket_right",
          "\\": "backslash", "=": "equal", "-": "minus"}


def press(pc, keys):
    for key in keys:
        pc.key(QCODES.get(key, key))


def panel(pc):
    started(pc)
    pc.key("tab")
    pc.wait_for("Typewriter")


def enter_word(pc, line, word):
    """Sets the L switches to LINE, presses the digits, and clears the
    switches."""
    up = [key for i, key in enumerate(L_SWITCHES) if not line >> i & 1]
    digits = [key for i, key in enumerate(BUTTONS) if word >> i & 1]
    press(pc, up)
    for key in digits:
        press(pc, key)
    press(pc, up)


def test_program_entered_by_the_buttons():
    """Lines 1 to 3: A = -4 and stop, by Burton's procedure."""
    words = {1: 2 << 13 | 3, 2: 7 << 13, 3: 4}
    store = [words.get(line, 0) for line in range(32)]
    with PC() as pc:
        panel(pc)
        press(pc, "=")
        wait_tube(pc, [0] * 32)
        for line, word in words.items():
            enter_word(pc, line, word)
            wait_tube(pc, [w if i <= line else 0 for i, w in enumerate(store)])
        press(pc, ["slash", "backspace"])
        pc.wait_for("the machine has stopped at line 2")
        pc.key("tab")
        pc.wait_for("instr.")
        assert any(re.search(r"^ A .* -4$", line) for line in pc.text())


def test_button_held_while_it_runs():
    """A button writes its digit into each line accessed: here the instruction,
    JMP 0, and its operand."""
    with PC(append="run", modules=["tests/data/standing.asm"]) as pc:
        panel(pc)
        pc.key("comma", up=False)  # digit 31
        wait_tube(pc, [1 << 31] * 2 + [0] * 30)
        pc.key("comma", down=False)
        pc.wait_for("RUNNING")


def test_store_from_a_photograph():
    with PC(append="program=ducks") as pc:
        started(pc)
        pc.key("f3")
        lines = pc.wait_for("Esc: back")  # in the last row
        first = next(i for i, l in enumerate(lines) if "loads it:" in l)
        text = "".join(l[59:].replace(" ", "") for l in lines[first + 1:49])
    with PC(append="store=" + text) as pc:
        started(pc)
        wait_tube(pc, shipped("ducks"))


def test_kiosk():
    with PC(append="kiosk=4 program=hcf") as pc:
        pc.wait_for("Press any key")
        pc.key("spc")
        pc.wait_for("What would you like to do?")
        pc.key("3")
        pc.wait_for("Highest common factor")
        pc.key("f10")
        lines = pc.wait_for("Press any key")
        assert not any("Reboot" in line for line in lines)
        pc.key("4")
        pc.wait_for("What would you like to do?")
        pc.key("4")
        pc.wait_for("Typewriter")
        pc.wait_for("Press any key")


def test_no_keyboard():
    with PC(machine="q35,i8042=off") as pc:
        pc.wait_for("Ducks on a pond")
        pc.wait_for("Press any key")


def test_theme_by_key():
    with PC() as pc:
        started(pc)
        pc.key("ctrl", "t")
        pc.wait_for("Theme: amber")
