#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws contact sheets of all screens, for the reader's eye.

    shots.py FOLDER [WORD ...]   of those whose name contains a WORD

Writes FOLDER/MODE.png for each of four modes.  The screens are those of
test_screens.py; those that ask for 25 rows of text are drawn on text only."""
import concurrent.futures
import os
import pathlib
import sys
import tempfile

from PIL import Image, ImageDraw
from pc import PC
from test_framebuffer import on
from test_screens import SCREENS, still

TEXT, WIDE = {"640x400": "", "720x400": "dots=9"}, ["1024x768", "1920x1080"]
ACROSS, GAP, CAPTION = 4, 12, 16  # pictures in a row; pixels


def visit(pc, keys, words):
    """Goes to a screen that shows WORDS, and returns its picture once it is
    still."""
    pc.wait_for("Baby")
    for key in keys:
        if key.startswith("?"):
            pc.wait_for(key[1:])
        else:
            pc.key(*key.split())
    pc.wait_for(words)
    return still(pc)


def draw(name, mode):
    options, rows, keys, words, *modules = SCREENS[name]
    if mode in TEXT:
        with PC(append=f"{options} {TEXT[mode]}", rows=rows,
                modules=sum(modules, [])) as pc:
            return visit(pc, keys, words)
    with tempfile.TemporaryDirectory() as folder:
        with on(pathlib.Path(folder), mode + "x32", options) as pc:
            return visit(pc, keys, "Baby")  # a wide screen is worded otherwise


def sheet(pictures):
    """One picture of all, each with its name."""
    width = max(image.width for image in pictures.values()) + GAP
    height = max(image.height for image in pictures.values()) + GAP + CAPTION
    down = -(-len(pictures) // ACROSS)
    paper = Image.new("RGB", (ACROSS * width, down * height), "#303030")
    pen = ImageDraw.Draw(paper)
    for i, (name, image) in enumerate(pictures.items()):
        left, top = i % ACROSS * width, i // ACROSS * height
        pen.text((left + GAP, top), name, "white")
        paper.paste(image, (left + GAP // 2, top + CAPTION))
    return paper


def is_wide(screen):
    """Returns whether a framebuffer can show it: the image holds no modules."""
    return screen[1] == 50 and len(screen) == 4


def main(folder, *wanted):
    os.makedirs(folder, exist_ok=True)
    for mode in [*TEXT, *WIDE]:
        names = [name for name in SCREENS
                 if (mode in TEXT or is_wide(SCREENS[name]))
                 and (not wanted or any(word in name for word in wanted))]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(lambda name: draw(name, mode), names)
            path = os.path.join(folder, mode + ".png")
            sheet(dict(zip(names, found))).save(path)
        print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
