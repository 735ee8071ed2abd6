/* SPDX-License-Identifier: MIT */
#include "breakpoints.h"

bool breakpoints_cover_line(const struct breakpoints *breakpoints,
                            uint32_t instruction)
{
    unsigned function = word_function(instruction);
    uint32_t lines = function == STO  ? breakpoints->writing
                     : function < CMP ? breakpoints->reading
                                      : 0;

    return lines >> word_line(instruction) & 1;
}

static bool loads_a(uint32_t instruction)
{
    unsigned function = word_function(instruction);

    return function == LDN || function == SUB || function == SUB + 1;
}

bool breakpoints_cover(const struct breakpoints *breakpoints,
                       uint32_t instruction)
{
    return breakpoints_cover_line(breakpoints, instruction) ||
           (breakpoints->when & BREAK_ON_A && loads_a(instruction));
}

bool breakpoints_hit(const struct breakpoints *breakpoints,
                     uint32_t instruction, uint32_t before, uint32_t now)
{
    uint32_t became_1 = now & ~before;

    return breakpoints_cover_line(breakpoints, instruction) ||
           (breakpoints->when & BREAK_ON_NEGATIVE &&
            became_1 >> (DIGITS - 1)) ||
           (breakpoints->when & BREAK_ON_ZERO && now == 0 && before != 0);
}
