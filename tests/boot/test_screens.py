# SPDX-License-Identifier: MIT
"""Every screen, pixel for pixel, as tests/golden has it.

The README shows one of these files, so it is never stale.  After a change
that was meant, `make golden` writes them anew: look at each before you
commit it.
"""
import os
import time

import pytest
from PIL import Image, ImageChops
from pc import LIMIT, POLL, PC

GOLDEN = "tests/golden"

# name: boot options, rows, keys, words that show the screen is there
SCREENS = {
    "home": ("program=july1948 run speed=max", 50, [],
             "the machine has stopped at line 13"),
    "tube": ("program=helix", 50, ["left", "up"], "A turning double helix"),
    "programs": ("", 50, ["f2"], "Ducks on a pond"),
    "menu": ("", 50, ["esc"], "Menu:"),
    "help-keys": ("", 50, ["f1"], "Help 1 of 3"),
    "help-words": ("", 50, ["f1", "right"], "Help 2 of 3"),
    "help-options": ("", 50, ["f1", "left"], "Help 3 of 3"),
    "asking": ("", 50, ["f10", "b"], "Reboot the PC?"),
    "refusal": ("program=nothing", 50, [], "There is no program called"),
    "amber": ("theme=amber program=july1948 run speed=max", 50, [],
              "the machine has stopped at line 13"),
    "white": ("theme=white program=july1948 run speed=max", 50, [],
              "the machine has stopped at line 13"),
    "mono": ("theme=mono program=july1948 run speed=max", 50, [],
             "the machine has stopped at line 13"),
    "short-home": ("video=text25 program=july1948 run speed=max", 25, [],
                   "Stop: F6 goes on"),
    "short-programs": ("video=text25", 25, ["f2"], "Ducks on a pond"),
    "short-menu": ("video=text25", 25, ["esc"], "Menu:"),
}


def picture(pc):
    name = os.path.join(pc.folder.name, "screen.png")
    pc.screenshot(name)
    with Image.open(name) as image:
        return image.convert("RGB")


def still(pc):
    """The picture once the tube's afterglow has gone."""
    before, since = picture(pc), time.monotonic()
    end = since + LIMIT
    while time.monotonic() - since < 1 and time.monotonic() < end:
        now = picture(pc)
        if ImageChops.difference(before, now).getbbox():
            before, since = now, time.monotonic()
    return before


def differs(pc, golden):
    now = picture(pc)
    if now.size != golden.size:
        return f"size {now.size}"
    return ImageChops.difference(now, golden).getbbox()


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name):
    append, rows, keys, words = SCREENS[name]
    path = os.path.join(GOLDEN, name + ".png")
    with PC(append=append, rows=rows) as pc:
        pc.wait_for("Menu" if keys else words)
        for key in keys:
            pc.key(key)
        pc.wait_for(words)
        if os.environ.get("BABY_GOLDEN") == "write":
            still(pc).save(path)
        with Image.open(path) as file:
            golden = file.convert("RGB")
        end = time.monotonic() + LIMIT / 4
        while (where := differs(pc, golden)) and time.monotonic() < end:
            time.sleep(POLL)
        if where:
            pc.screenshot(os.path.abspath(f"build/{name}.png"))
        assert not where, f"build/{name}.png differs from {path} at {where}"
