/* SPDX-License-Identifier: MIT */
#include "breakpoints.h"

bool stops_touch_line(const struct stops *stops, uint32_t instruction)
{
    unsigned function = word_function(instruction);
    uint32_t lines = function == STO  ? stops->writing
                     : function < CMP ? stops->reading
                                      : 0;

    return lines >> word_line(instruction) & 1;
}

static bool loads_a(uint32_t instruction)
{
    unsigned function = word_function(instruction);

    return function == LDN || function == SUB || function == SUB + 1;
}

bool stops_touch(const struct stops *stops, uint32_t instruction)
{
    return stops_touch_line(stops, instruction) ||
           (stops->when & STOP_A && loads_a(instruction));
}

bool stops_fire(const struct stops *stops, uint32_t instruction,
                uint32_t before, uint32_t now)
{
    uint32_t turned = now & ~before;

    return stops_touch_line(stops, instruction) ||
           (stops->when & STOP_NEGATIVE && turned >> (DIGITS - 1)) ||
           (stops->when & STOP_ZERO && now == 0 && before != 0);
}
