/* SPDX-License-Identifier: MIT */
/*
 * The beam stands still for a dot and moves to the right for a dash (ITEE
 * 1949, the dot-dash display); round it the phosphor glows less and less.
 */
#include "mask.h"

#define UNIT 64 /* of a pixel, in which distances are counted */

static unsigned root(unsigned square)
{
    unsigned low = 0, high = 1u << 16;

    while (high - low > 1) {
        unsigned middle = (low + high) / 2;

        if (middle * middle <= square)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static unsigned apart(unsigned a, unsigned b)
{
    return a > b ? a - b : b - a;
}

/* From X, Y to the line from START to END at height MIDDLE. */
static unsigned distance(unsigned x, unsigned y, unsigned start, unsigned end,
                         unsigned middle)
{
    unsigned dx = x < start ? start - x : x > end ? x - end : 0;
    unsigned dy = apart(y, middle);

    return root(dx * dx + dy * dy);
}

/* All ink up to CORE from the beam's way, none beyond EDGE. */
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
    unsigned core = width * UNIT * 3 / 32, edge = width * UNIT * 9 / 32;

    for (unsigned y = 0; y < height; y++) {
        mask[y] = 0;
        for (unsigned x = width; x > 0; x--)
            mask[y] = mask[y] << 4 |
                      ink(distance(left + x * UNIT - UNIT / 2,
                                   y * UNIT + UNIT / 2, start, end, middle),
                          core, edge);
    }
}
