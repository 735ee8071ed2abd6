/* SPDX-License-Identifier: MIT */
/* Integer geometry for drawing masks */
#pragma once

#define UNIT 64 /* number of distance units per pixel */

static inline unsigned minimum(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static inline unsigned difference(unsigned a, unsigned b)
{
    return a > b ? a - b : b - a;
}

/* SQUARE must be below 2^32. */
static inline unsigned square_root(unsigned square)
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
