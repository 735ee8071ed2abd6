# SPDX-License-Identifier: MIT
"""Compares the pages on framebuffers with pictures in tests/golden.

One PC per mode visits all pages, as starting it takes longer than drawing
them.  boot/README.md shows one of the pictures."""
import pytest
from baby import margin, started
from pixels import geometry
from test_framebuffer import on, still
from test_screens import CONTROL, ENGINE_ROW, FIRST_COLUMN, compare, controls
from test_screens import still as picture_is_still

JULY = "program=july1948 run speed=max"
STOPPED = "the machine has stopped at line 13"

# name: keys (after "?" words to wait for), words that show that the page is
# complete; each page starts from where the one before ended
PAGES = {
    "editor": ([], STOPPED),
    "panel": (["tab", "p", "l"], "L1 F13 up"),
    "lab": (["p", "l", "f4"], "V-state"),
    "debug": (["ctrl b"], "goes on"),
    "tube": (["tab", "ctrl l"], "last instruction"),
    "menu": (["ctrl l", "esc"], "Menu:"),
    "help": (["esc", "f1"], "Help 1 of"),
    "programs": (["esc", "f2"], "Ducks on a pond"),
    "save": (["esc", "f3"], "store="),
    "question": (["esc", "f10", "b"], "Reboot the PC?"),
    "tour": (["esc", "?Menu", "esc", "f1", "t"], "Manchester, 1948"),
    "machines": (["esc", "ctrl g", "c"], "Machine 2 is a clone"),
    "tubes": (["t"] + 14 * ["c"], "16 Highest"),
    "control": (["v"], "the four ways"),
    "large": (["esc", "ctrl e"], "Large letters"),
}
# They take a minute, so they are left to test-nightly.
MODES = [pytest.param("1024x768", list(PAGES), marks=pytest.mark.long),
         pytest.param("1920x1080", list(PAGES), marks=pytest.mark.long),
         pytest.param("2560x1600", ["editor", "panel", "lab"],
                      marks=pytest.mark.long)]
# The PC's clock counts instructions, 4 ns each: a PC that draws slowly shows
# fewer steps of brightness, whatever the host's speed.
COUNTED = "-icount", "shift=2,sleep=off"


def press(pc, keys):
    for key in keys:
        if key.startswith("?"):
            pc.wait_for(key[1:])
        else:
            pc.key(*key.split())


def measured(pc):
    """Returns the parts of the picture that may show measured values."""
    left, top, width, height = geometry(pc)
    page = margin(len(pc.cells()[0]), width=156)
    return [(left + (page + FIRST_COLUMN) * width, top + row * height,
             left + (page + 80) * width, top + (row + 1) * height)
            for row, line in enumerate(pc.text())
            if ENGINE_ROW.search(line[:page + FIRST_COLUMN])]


def place(pc):
    """Returns the top of the screen's text, its row height, and its width."""
    left, top, width, height = geometry(pc)
    return top, height, 2 * left + width * len(pc.cells()[0])


@pytest.mark.parametrize("mode, names", MODES)
def test_pages(mode, names, tmp_path):
    with on(tmp_path, mode + "x32", JULY, "-vga", "none", "-device",
            "VGA,vgamem_mb=32", *COUNTED) as pc:
        started(pc)
        for name in names:
            keys, words = PAGES[name]
            press(pc, keys)
            pc.wait_for(words)
            if name == "lab":
                pc.wait(lambda lines: not any("measuring" in l for l in lines),
                        "the end of measuring")
            # Small tubes cannot be read as text.
            picture_is_still(pc) if name == "tubes" else still(pc)
            compare(pc, f"{mode}-{name}",
                    but=measured(pc) if name == "lab" else
                    controls(pc, *place(pc)) if name in CONTROL else ())
