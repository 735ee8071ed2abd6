# SPDX-License-Identifier: MIT
"""Reads a framebuffer as text, by the shapes that the kernel draws.

Each cell must be exactly one glyph in two of its colours, or what the beam
leaves; anything else is no text and fails.
"""
import os
import struct

from PIL import Image

COLUMNS = 80
GLYPHS, HEIGHT_MOST, PARTS, SHARES, LIGHTS = 256, 20, 3, 5, 64
INK_MOST = 15
# Attributes that the console uses; kernel/ui/looks.h, monitor.c.
ATTRIBUTES = (0x02, 0x0A, 0x0F, 0x20, 0xA0, 0xF0, 0xE0, 0x08, 0x07, 0x0E, 0x00)
# What stands for a digit on its way from dot to dash, in text.
STAGES = {0: (0xFA, 0xF9, 0xA9, 0xAA, 0xCD),  # in one cell; in two:
          1: (0xFA, 0xA9, 0xD5, 0xD5, 0xD5),
          2: (0x20, 0x20, 0x20, 0xB8, 0xBE)}
HALVES = {(0, 0): 0xFA, (0, 1): 0xDC, (1, 0): 0xDF, (1, 1): 0xDB}
LEARNT = {}
BEAM = 0x100  # in place of an attribute, with the light


def picture(pc):
    """What is on the monitor of PC."""
    name = os.path.join(pc.folder.name, "screen.png")
    pc.screenshot(name)
    with Image.open(name) as image:
        return image.convert("RGB")


def rgb(pixel):
    return bytes((pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF))


class Pixels:
    """How the kernel of PC draws, as it has it in its memory."""

    def __init__(self, pc, symbol):
        self.pc = pc
        fit = struct.unpack("<5I", pc.memory(symbol("screen_fit"), 20))
        self.width, self.height, self.scale, self.left, self.top = fit
        at = symbol("screen_raster") + 8 + 8 * GLYPHS
        glyphs = pc.memory(at, 8 * HEIGHT_MOST * GLYPHS)
        at += len(glyphs)
        beams = pc.memory(at, 8 * HEIGHT_MOST * PARTS * SHARES)
        at += len(beams)
        self.colours = struct.unpack("<16I", pc.memory(at, 64))
        self.lights = struct.unpack(f"<{LIGHTS}I",
                                    pc.memory(at + 64, 4 * LIGHTS))
        self.glyphs = [self.mask(glyphs, i) for i in range(GLYPHS)]
        self.beams = [self.mask(beams, i) for i in range(PARTS * SHARES)]

    def mask(self, data, number):
        rows = struct.unpack_from(f"<{HEIGHT_MOST}Q", data,
                                  8 * HEIGHT_MOST * number)
        return [[row >> 4 * x & 15 for x in range(self.width)]
                for row in rows[:self.height]]

    def mix(self, attribute):
        """The colours of the 16 inks."""
        over, under = (rgb(self.colours[attribute & 15]),
                       rgb(self.colours[attribute >> 4]))
        return [bytes((u * (INK_MOST - ink) + o * ink + INK_MOST // 2) //
                      INK_MOST for o, u in zip(over, under))
                for ink in range(INK_MOST + 1)]

    @staticmethod
    def block(mask, inks, times):
        return b"".join(b"".join(inks[ink] for ink in row)
                        for row in mask for _ in range(times))

    def learn(self, times):
        """All that a cell can look like; what is drawn first wins."""
        key = (times, self.width, self.colours, self.lights)
        if key in LEARNT:
            return LEARNT[key]
        known = LEARNT[key] = {}
        for number, mask in enumerate(self.beams):
            part, share = divmod(number, SHARES)
            for light in range(1, LIGHTS):
                inks = [rgb(self.lights[light * ink // INK_MOST])
                        for ink in range(INK_MOST + 1)]
                known.setdefault(self.block(mask, inks, times),
                                 (STAGES[part][share], BEAM | light))
        for attribute in ATTRIBUTES:
            inks = self.mix(attribute)
            for code in [32, *range(GLYPHS)]:
                known.setdefault(self.block(self.glyphs[code], inks, times),
                                 (code, attribute))
        return known

    def halves(self, block, known):
        """A cell of the short screen with two lines of the tube."""
        half = len(block) // 2
        pair = [known.get(block[:half]), known.get(block[half:])]
        if None in pair or not all(cell[1] & BEAM for cell in pair):
            return None
        (upper, light), (lower, _) = pair
        dashes = (upper not in (0xFA, 0xF9), lower not in (0xFA, 0xF9))
        return HALVES[dashes], light

    def cells(self, rows):
        """The screen as ROWS rows of (character, attribute)."""
        times = 1 if rows == 50 else 2
        width, height = self.width, self.height * times
        if width == 0:
            return [[(0, None)] * COLUMNS] * rows
        known = {n: self.learn(n) for n in {1, times}}
        box = (self.left, self.top,
               self.left + COLUMNS * width * self.scale,
               self.top + rows * height * self.scale)
        large = picture(self.pc).crop(box)
        small = large.resize((COLUMNS * width, rows * height), Image.NEAREST)
        assert small.resize(large.size, Image.NEAREST) == large
        return [[self.cell(small.crop((left, top, left + width, top + height)),
                           known, times)
                 for left in range(0, COLUMNS * width, width)]
                for top in range(0, rows * height, height)]

    def cell(self, image, known, times):
        block = image.tobytes()
        found = known[times].get(block)
        if found is None and times == 2:
            found = self.halves(block, known[1])
        return found or (0, None)
