# SPDX-License-Identifier: MIT
"""Types on keyboards of several countries, by what is printed on their caps.

Where the caps are is read from the keymaps of QEMU."""
import pytest
from baby import shipped, started, tube, wait_tube
from pc import PC

import keymaps  # in tests/lib, like baby's model

pytestmark = pytest.mark.skipif(not keymaps.is_there(),
                                reason=f"no keymaps in {keymaps.FOLDER}")

SHORT = "de", "fr"
EVERY = [pytest.param(name, marks=[] if name in SHORT else pytest.mark.long)
         for name in keymaps.NAMES]
# All punctuation of ASCII.  Notes begin without blanks.
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
USB = ("-machine", "q35,i8042=off", "-device", "qemu-xhci", "-device",
       "usb-kbd")


def type_caps(pc, name, text):
    for character in text:
        if character == "\n":
            pc.key("ret")
        else:
            pc.key(*keymaps.strokes(name, character))


def words(program):
    """The rows of a built-in program as they are typed, without notes."""
    with open(f"boot/programs/{program}.asm", encoding="ascii") as file:
        rows = [row.split(";")[0].split() for row in file]
    return [" ".join(row[1:]) for row in rows if len(row) > 1]


def empty(folder):
    """A program whose store is 0, with the cursor on line 1."""
    path = folder / "empty.asm"
    path.write_text("1 NUM 0\n")
    return [str(path)]


def ask(pc, name):
    """From the menu, to switch off although the program is not saved."""
    pc.wait_for("Menu:")
    type_caps(pc, name, "q")
    lines = pc.wait_for("Power off the PC?")
    assert any("Y: yes, lose them" in line for line in lines)


@pytest.mark.parametrize("name", EVERY)
def test_july_by_the_caps(name, tmp_path):
    """Typed with all signs in a note, the program runs to its end.  Then the
    cap Y, and not the key Y of the US, agrees to lose it."""
    rows = words("july1948")
    assert len(rows) == 27
    with PC(append=f"keymap={name} speed=max", modules=empty(tmp_path)) as pc:
        started(pc)
        wait_tube(pc, [0] * 32)
        type_caps(pc, name, "\n".join(rows).replace("NUM ", "") + "\n")
        wait_tube(pc, shipped("july1948"))
        type_caps(pc, name, ";" + SIGNS + "\n")
        pc.key("up")
        pc.wait_for("Line 28: " + SIGNS)
        pc.key("f5")
        pc.wait_for("the machine has stopped at line 13")
        assert tube(pc)[27] == 131072
        pc.key("esc")
        ask(pc, name)
        if keymaps.strokes(name, "y") != ["y"]:
            pc.key("y")
            pc.key("n")
            pc.wait(lambda lines: not any("Power off" in line
                                          for line in lines), "no question")
            ask(pc, name)
        pc.key(*keymaps.strokes(name, "y"), up=False, taken=False)
        assert pc.wait_shutdown() == "guest-shutdown"


def test_usb_keyboard_and_another_country():
    """A USB keyboard follows the option, and Ctrl-K chooses the next map."""
    with PC(*USB, append="keymap=uk program=hcf") as pc:
        pc.wait_for("USB keyboard")
        started(pc)
        type_caps(pc, "uk", "@#")
        pc.wait_for("01 @#")
        pc.key("ctrl", "k")
        pc.wait_for("Keyboard: German (QWERTZ)")
        type_caps(pc, "de", "yz@")
        pc.wait_for("01 @#yz@")


def test_panel_by_position():
    """The panel shows the caps of the keyboard, and its keys stay where they
    are."""
    with PC(append="keymap=fr", modules=["tests/data/standing.asm"]) as pc:
        started(pc)
        pc.key("tab")
        pc.wait_for("Typewriter")
        lines = pc.text()
        assert any(line.endswith("O  P  ^  $  *    L  M  u     9     0")
                   for line in lines), lines
        # 1 and q are buttons 0 and 8, whose caps are & and A in France.
        pc.key("equal")
        wait_tube(pc, [0] * 32)
        pc.key("1", up=False)
        pc.key("backspace")
        pc.wait(lambda _: tube(pc)[0] == 1, "digit 0 in line 0")
