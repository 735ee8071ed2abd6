/* SPDX-License-Identifier: MIT */
/*
 * Scales 8x8 glyphs to other sizes, first by a factor of three with Scale3x (A.
 * Mazzoleni, 2001), which smooths diagonal strokes, then by area sampling.
 */
#include "mask.h"
#include <stdbool.h>

#define SMALL FONT_HEIGHT
#define LARGE (3 * SMALL)

/* Returns a pixel of the glyph, clamping X and Y so that box lines join. */
static bool small_pixel(const uint8_t glyph[SMALL], int x, int y)
{
    x = x < 0 ? 0 : x >= SMALL ? SMALL - 1 : x;
    y = y < 0 ? 0 : y >= SMALL ? SMALL - 1 : y;
    return glyph[y] >> (SMALL - 1 - x) & 1;
}

/* Implements the corner rule of Scale3x.  Returns true if the corner at DX, DY
   (-1 or 1) of the 3x3 pixels takes the colour of its two neighbours, which
   must be equal and differ from the neighbours on the opposite sides. */
static bool corner(const uint8_t glyph[SMALL], int x, int y, int dx, int dy)
{
    bool side = small_pixel(glyph, x + dx, y);
    bool above = small_pixel(glyph, x, y + dy);

    return side == above && side != small_pixel(glyph, x - dx, y) &&
           above != small_pixel(glyph, x, y - dy);
}

/* Returns a pixel of the enlarged glyph.  The middle of an edge takes the
   colour of the adjacent pixel if one corner of that edge does and the centre
   differs from the diagonal neighbour at the other corner. */
static bool large_pixel(const uint8_t glyph[SMALL], unsigned column,
                        unsigned row)
{
    int x = (int)(column / 3), y = (int)(row / 3);
    int dx = (int)(column % 3) - 1, dy = (int)(row % 3) - 1;
    bool here = small_pixel(glyph, x, y);

    if (dx != 0 && dy != 0)
        return corner(glyph, x, y, dx, dy) ? small_pixel(glyph, x + dx, y)
                                           : here;
    if (dx == 0 && dy == 0)
        return here;
    for (int side = -1; side <= 1; side += 2) {
        int cx = dx != 0 ? dx : side, cy = dy != 0 ? dy : side;
        int ox = dx != 0 ? dx : -side, oy = dy != 0 ? dy : -side;

        if (corner(glyph, x, y, cx, cy) &&
            here != small_pixel(glyph, x + ox, y + oy))
            return small_pixel(glyph, x + dx, y + dy);
    }
    return here;
}

/* Enlarges a glyph by a factor of three.  Bit LARGE - 1 is leftmost. */
static void enlarge(uint32_t large[LARGE], const uint8_t glyph[SMALL])
{
    for (unsigned y = 0; y < LARGE; y++) {
        large[y] = 0;
        for (unsigned x = 0; x < LARGE; x++)
            large[y] = large[y] << 1 | large_pixel(glyph, x, y);
    }
}

/* Returns the length of the overlap of the intervals [FROM, FROM + LARGE) and
   [AT, AT + LENGTH). */
static unsigned overlap(unsigned from, unsigned at, unsigned length)
{
    unsigned start = from > at ? from : at;
    unsigned end = from + LARGE < at + length ? from + LARGE : at + length;

    return end > start ? end - start : 0;
}

/* Returns the ink of a mask pixel.  Pixels measure WIDTH by HEIGHT units in the
   enlarged glyph and LARGE by LARGE units in the mask. */
static unsigned cover(const uint32_t large[LARGE], unsigned column,
                      unsigned row, unsigned width, unsigned height)
{
    unsigned left = column * LARGE, top = row * LARGE, ink = 0;

    for (unsigned y = top / height; y < LARGE; y++) {
        unsigned high = overlap(top, y * height, height);

        if (high == 0)
            break;
        for (unsigned x = left / width; x * width < left + LARGE; x++)
            if (large[y] >> (LARGE - 1 - x) & 1)
                ink += high * overlap(left, x * width, width);
    }
    return (ink * INK_MAX + LARGE * LARGE / 2) / (LARGE * LARGE);
}

void mask_glyph(raster_mask mask, const uint8_t glyph[FONT_HEIGHT],
                unsigned width, unsigned height)
{
    bool same = width == SMALL && height == SMALL;
    uint32_t large[LARGE];

    enlarge(large, glyph);
    for (unsigned y = 0; y < height; y++) {
        mask[y] = 0;
        for (unsigned x = width; x > 0; x--)
            mask[y] = mask[y] << 4 |
                      (same ? small_pixel(glyph, (int)x - 1, (int)y) * INK_MAX
                            : cover(large, x - 1, y, width, height));
    }
}

void mask_bitmap(raster_mask mask, const uint8_t *bitmap, unsigned width,
                 unsigned height)
{
    for (unsigned y = 0; y < height; y++, bitmap += (width + 7) / 8) {
        mask[y] = 0;
        for (unsigned x = width; x > 0; x--) {
            bool set = bitmap[(x - 1) / 8] >> (7 - (x - 1) % 8) & 1;

            mask[y] = mask[y] << 4 | (set ? INK_MAX : 0);
        }
    }
}
