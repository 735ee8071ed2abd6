# SPDX-License-Identifier: MIT
"""Reads a framebuffer as text by the shapes that the kernel draws.

Each cell must be exactly one glyph in two of its colours, or a trace of the
beam; anything else fails."""
import os
import struct

from PIL import Image
from pc import symbol

GLYPHS, HEIGHT_MAX, PARTS, SHARES, LIGHTS = 256, 32, 3, 5, 64
INK_MAX = 15
# Attributes that the console uses; kernel/console/attributes.h, monitor.c.
ATTRIBUTES = (0x02, 0x0A, 0x0F, 0x20, 0xA0, 0xF0, 0xE0, 0x08, 0x07, 0x0E, 0x00)
# Characters for a digit that is partly a dash.
STAGES = {0: (0xFA, 0xF9, 0xA9, 0xAA, 0xCD),  # in one cell; in two cells:
          1: (0xFA, 0xA9, 0xD5, 0xD5, 0xD5),
          2: (0x20, 0x20, 0x20, 0xB8, 0xBE)}
# Characters for two lines in a cell, by which of them is a dash.
HALVES = {0: {(0, 0): 0xFA, (0, 1): 0xDC, (1, 0): 0xDF, (1, 1): 0xDB},
          1: {(0, 0): 0xFA, (0, 1): 0xD3, (1, 0): 0xD6, (1, 1): 0xD5},
          2: {(0, 0): 0x20, (0, 1): 0xBD, (1, 0): 0xB7, (1, 1): 0xBE}}
# Controls: their characters by cell, where None is any character.
ANY = None
SHAPES = ("(", ANY, ANY, ")"), (">", ANY, ANY, "<"), \
    ("(", ANY, ")"), ("[", ANY, "]"), \
    ("\xc4", "\xc4", "\xc4"), (" ", "\x19", " "), \
    ("\x18", "\xb3"), ("\xb3", "\x19")
SHAPE_CELLS, SHAPE_TEXT = 4, b" 0123456789CASMB"
SHAPES_FROM = 9  # rows of a cell; smaller ones have characters
FACES = 5
FACE = 0x200  # replaces the attribute; the character is a blank
LEARNT = {}
BEAM = 0x100  # replaces the attribute, with the brightness


def picture(pc):
    """The picture on the PC's screen."""
    name = os.path.join(pc.folder.name, "screen.png")
    pc.screenshot(name)
    with Image.open(name) as image:
        return image.convert("RGB")


def rgb(pixel):
    return bytes((pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF))


def kept(colour, bits):
    """COLOUR as reproduced with 16 BITS per pixel: 5, 6 and 5."""
    if bits > 16:
        return colour
    return bytes(value & mask for value, mask in zip(colour, (248, 252, 248)))


def geometry(pc):
    """The place of the first cell on a framebuffer, and the size of a cell."""
    left, top, scale = struct.unpack("<3I", pc.memory(symbol("screen_place"),
                                                      12))
    width, height = struct.unpack("<2I", pc.memory(symbol("screen_raster"), 8))
    return left, top, width * scale, height * scale


class Pixels:
    """The kernel's tables for drawing, read from the PC's memory."""

    def __init__(self, pc, bits):
        self.pc = pc
        self.bits = bits
        place = struct.unpack("<5I", pc.memory(symbol("screen_place"), 20))
        self.left, self.top, self.scale, self.rows, self.columns = place
        at = symbol("screen_raster")
        self.width, self.height = struct.unpack("<2I", pc.memory(at, 8))
        at += 8 + 8 * GLYPHS
        glyphs = pc.memory(at, 8 * HEIGHT_MAX * GLYPHS)
        at += len(glyphs)
        beams = pc.memory(at, 2 * 8 * HEIGHT_MAX * PARTS * SHARES)
        at += len(beams)
        shapes = pc.memory(at, 8 * HEIGHT_MAX * (
            FACES + SHAPE_CELLS * len(SHAPES)))
        at += len(shapes)
        inks = pc.memory(at, 64 + 4 * LIGHTS)
        self.colours = struct.unpack_from("<16I", inks)
        self.lights = struct.unpack_from(f"<{LIGHTS}I", inks, 64)
        self.drawn_with = glyphs, beams, shapes, inks
        self.glyphs = [self.mask(glyphs, i, self.height)
                       for i in range(GLYPHS)]
        beam = range(PARTS * SHARES)
        self.beams = [self.mask(beams, i, self.height) for i in beam]
        self.half_beams = [self.mask(beams, PARTS * SHARES + i,
                                     self.height // 2) for i in beam]

        self.faces = [self.mask(shapes, i, self.height) for i in range(FACES)]
        self.shapes = [[self.mask(shapes, FACES + SHAPE_CELLS * i + j,
                                  self.height) for j in range(len(shape))]
                       for i, shape in enumerate(SHAPES)]

    def mask(self, data, number, height):
        rows = struct.unpack_from(f"<{HEIGHT_MAX}Q", data,
                                  8 * HEIGHT_MAX * number)
        return [[row >> 4 * x & 15 for x in range(self.width)]
                for row in rows[:height]]

    def mix(self, attribute):
        """The inks of an attribute."""
        return self.between(rgb(self.colours[attribute & 15]),
                            rgb(self.colours[attribute >> 4]))

    @staticmethod
    def between(over, under):
        return [bytes((u * (INK_MAX - ink) + o * ink + INK_MAX // 2) //
                      INK_MAX for o, u in zip(over, under))
                for ink in range(INK_MAX + 1)]

    def block(self, mask, inks):
        inks = [kept(ink, self.bits) for ink in inks]
        return b"".join(b"".join(inks[ink] for ink in row) for row in mask)

    def learn_beams(self, beams):
        """All traces of the beam: (part, share, light) by pixels.  Of tails
        that differ only in the adjacent cell, the longest."""
        found = {}
        for number, mask in reversed(list(enumerate(beams))):
            for light in range(1, LIGHTS):
                inks = [rgb(self.lights[light * ink // INK_MAX])
                        for ink in range(INK_MAX + 1)]
                found.setdefault(self.block(mask, inks),
                                 (*divmod(number, SHARES), light))
        glass = self.block(beams[-1], [rgb(self.lights[0])] * 16)
        found[glass] = 2, 0, 1  # the right half of a dot is empty
        return found

    def learn_cells(self):
        """All pictures of a whole cell."""
        found = {block: (STAGES[part][share], BEAM | light)
                 for block, (part, share, light)
                 in self.learn_beams(self.beams).items()}
        for codes in [32], range(GLYPHS):  # a light blank is not a full block
            for attribute in ATTRIBUTES:
                inks = self.mix(attribute)
                for code in codes:
                    found.setdefault(
                        self.block(self.glyphs[code], inks),
                        (code, attribute))
        for block, cell in self.learn_shapes():
            found.setdefault(block, cell)
        return found

    def learn_shapes(self):
        """Pictures of the tube's face and of controls."""
        inks = self.between(rgb(self.lights[0]), rgb(self.colours[0]))
        for mask in self.faces:
            yield self.block(mask, inks), (32, FACE)
        if self.height < SHAPES_FROM:
            return
        for attribute in ATTRIBUTES:
            inks = self.mix(attribute)
            for i, shape in enumerate(SHAPES):
                for mask, is_text in zip(self.shapes[i], shape):
                    if is_text is not ANY:
                        yield self.block(mask, inks), (ord(is_text), attribute)
                        continue
                    for code in SHAPE_TEXT:
                        both = self.overlay(mask, self.glyphs[code], i % 2)
                        yield self.block(both, inks), (code, attribute)

    @staticmethod
    def overlay(shape, glyph, filled):
        """GLYPH on SHAPE, dark if that is filled."""
        return [[max(a, b) - (b if filled else 0) for a, b in zip(*rows)]
                for rows in zip(shape, glyph)]

    def learn(self):
        """Returns (whole cells, halves of cells).

        The key has all of the kernel's tables, as some are filled earlier than
        others during its start."""
        key = (self.width, self.height, self.bits, self.drawn_with)
        if key not in LEARNT:
            LEARNT[key] = (self.learn_cells(),
                           self.learn_beams(self.half_beams))
        return LEARNT[key]

    @staticmethod
    def join(upper, lower):
        """A cell of the short screen, with two lines of the tube."""
        if upper is None or lower is None or upper[0] != lower[0]:
            return 0, None
        return HALVES[upper[0]][upper[1] > 2, lower[1] > 2], BEAM | upper[2]

    def cells(self):
        """The screen as rows of (character, attribute)."""
        width, height = self.width, self.height
        rows, columns = self.rows, self.columns
        if width == 0 or rows == 0:
            return [[(0, None)] * 80] * 24  # no screen yet
        known = self.learn()
        box = (self.left, self.top,
               self.left + columns * width * self.scale,
               self.top + rows * height * self.scale)
        large = picture(self.pc).crop(box)
        if self.bits <= 16:
            large = large.point([v & m for m in (248, 252, 248)
                                 for v in range(256)])
        small = large.resize((columns * width, rows * height), Image.NEAREST)
        if small.resize(large.size, Image.NEAREST) != large:
            return [[(0, None)] * columns] * rows  # not completely drawn yet
        return [[self.cell(small.crop((left, top, left + width, top + height)),
                           known)
                 for left in range(0, columns * width, width)]
                for top in range(0, rows * height, height)]

    def cell(self, image, known):
        block = image.tobytes()
        half = len(block) // 2
        whole, halves = known
        return whole.get(block) or self.join(halves.get(block[:half]),
                                             halves.get(block[half:]))
