/* SPDX-License-Identifier: MIT */
/*
 * Draws the face of the tube and its beam, which stands still for a dot and
 * moves to the right for a dash (ITEE 1949, dot-dash display).  The brightness
 * of a pixel falls with its distance from the path of the beam.
 */
#include "geometry.h"
#include "mask.h"
#include <stdbool.h>

/* Returns the distance of a point from a horizontal line segment. */
static unsigned distance(unsigned x, unsigned y, unsigned start, unsigned end,
                         unsigned middle)
{
    unsigned dx = x < start ? start - x : x > end ? x - end : 0;
    unsigned dy = difference(y, middle);

    return square_root(dx * dx + dy * dy);
}

/* Returns the ink at the given distance.  It falls off from CORE to EDGE. */
static unsigned ink(unsigned distance, unsigned core, unsigned edge)
{
    if (distance <= core)
        return INK_MAX;
    if (distance >= edge)
        return 0;
    return (edge - distance) * INK_MAX / (edge - core);
}

void mask_beam(raster_mask mask, enum beam_part part, unsigned share,
               unsigned width, unsigned height)
{
    unsigned whole = (part == BEAM_WHOLE ? width : 2 * width) * UNIT;
    unsigned left = part == BEAM_RIGHT ? width * UNIT : 0;
    unsigned middle = height * UNIT / 2;
    unsigned start = whole * 9 / 32, end = start + whole * share * 15 / 128;
    unsigned side = minimum(whole, height * UNIT * 3 / 2);
    unsigned core = side * 3 / 32;
    /* In a pair, the dot does not reach the right cell. */
    unsigned edge = side * (part == BEAM_WHOLE ? 9 : 7) / 32;

    for (unsigned y = 0; y < height; y++) {
        mask[y] = 0;
        for (unsigned x = width; x > 0; x--)
            mask[y] = mask[y] << 4 |
                      ink(distance(left + x * UNIT - UNIT / 2,
                                   y * UNIT + UNIT / 2, start, end, middle),
                          core, edge);
    }
}

/* A corner is a quarter of an ellipse that fills the cell. */
void mask_face(raster_mask mask, enum face_part part, unsigned width,
               unsigned height)
{
    bool right = part == FACE_TOP_RIGHT || part == FACE_BOTTOM_RIGHT;
    bool bottom = part == FACE_BOTTOM_LEFT || part == FACE_BOTTOM_RIGHT;
    unsigned radius = width * UNIT;

    for (unsigned y = 0; y < height; y++) {
        unsigned down =
            (2 * (bottom ? y : height - 1 - y) + 1) * radius / (2 * height);

        mask[y] = 0;
        for (unsigned x = width; x > 0; x--) {
            unsigned across = (right ? x - 1 : width - x) * UNIT + UNIT / 2;
            unsigned from = square_root(across * across + down * down);

            mask[y] = mask[y] << 4 |
                      (part == FACE_INSIDE
                           ? INK_MAX
                           : ink(from, radius - UNIT / 2, radius + UNIT / 2));
        }
    }
}

/* A digit has a quarter of the area: a dot at its left, or a dash. */
void mask_four(raster_mask mask, unsigned pattern, unsigned width,
               unsigned height)
{
    unsigned across = width * UNIT / 2, down = height * UNIT / 2;
    unsigned core = minimum(across, down) / 8, edge = 3 * core;

    for (unsigned y = 0; y < height; y++) {
        bool bottom = 2 * y >= height;
        unsigned middle = bottom ? down + down / 2 : down / 2;

        mask[y] = 0;
        for (unsigned x = width; x > 0; x--) {
            bool right = 2 * (x - 1) >= width;
            unsigned left = right ? across : 0;
            bool is_1 = pattern >> (2 * bottom + right) & 1;
            unsigned start = left + across / 4;
            unsigned from = distance(x * UNIT - UNIT / 2, y * UNIT + UNIT / 2,
                                     start, start + is_1 * across / 2, middle);

            mask[y] = mask[y] << 4 | ink(from, core, edge);
        }
    }
}
