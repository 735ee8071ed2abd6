/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints, any number of which can be active at once.
 *
 * A breakpoint on execution, or on CI leaving the range 0 to 31, ends the run
 * before the prepulse.  A breakpoint on data (a line or A) ends it after the
 * instruction.  A write counts even if the word does not change.
 *
 * The word of an instruction determines which line it accesses.  A fast engine
 * can therefore leave the words that breakpoints_cover() names to the reference
 * engine, and need not check for accesses by others.
 */
#pragma once

#include "machine.h"

enum break_when {
    BREAK_ON_NEGATIVE = 1, /* break when A becomes negative */
    BREAK_ON_ZERO = 2,     /* break when A becomes zero */
    BREAK_ON_A = BREAK_ON_NEGATIVE | BREAK_ON_ZERO,
    BREAK_ON_LEAVING = 4, /* break before CI leaves the range 0 to 31 */
};

struct breakpoints {
    uint32_t obeying; /* bitmask of the lines with an execution breakpoint */
    uint32_t reading; /* bitmask of the lines with a read breakpoint */
    uint32_t writing; /* bitmask of the lines with a write breakpoint */
    uint32_t when;    /* other breakpoints, as a bitmask of enum break_when */
};

static inline bool breakpoints_are_none(const struct breakpoints *breakpoints)
{
    return (breakpoints->obeying | breakpoints->reading | breakpoints->writing |
            breakpoints->when) == 0;
}

static inline bool breakpoints_are_same(const struct breakpoints *one,
                                        const struct breakpoints *other)
{
    return one->obeying == other->obeying && one->reading == other->reading &&
           one->writing == other->writing && one->when == other->when;
}

/* Returns whether to stop before a prepulse that increments CI to CONTROL. */
static inline bool breakpoints_before(const struct breakpoints *breakpoints,
                                      uint32_t control)
{
    return breakpoints->obeying >> word_line(control) & 1 ||
           (breakpoints->when & BREAK_ON_LEAVING && control >= LINES);
}

/* Returns whether executing the instruction may hit a data breakpoint. */
bool breakpoints_cover(const struct breakpoints *breakpoints,
                       uint32_t instruction);

/* Like breakpoints_cover(), but ignores breakpoints on A. */
bool breakpoints_cover_line(const struct breakpoints *breakpoints,
                            uint32_t instruction);

/* Returns whether any data breakpoint is set. */
static inline bool breakpoints_cover_any(const struct breakpoints *breakpoints)
{
    return (breakpoints->reading | breakpoints->writing |
            (breakpoints->when & BREAK_ON_A)) != 0;
}

/* Out-of-line part of breakpoints_after(). */
bool breakpoints_hit(const struct breakpoints *breakpoints,
                     uint32_t instruction, uint32_t before, uint32_t now);

/* Returns whether to stop after INSTRUCTION changed A from BEFORE to NOW. */
static inline bool breakpoints_after(const struct breakpoints *breakpoints,
                                     uint32_t instruction, uint32_t before,
                                     uint32_t now)
{
    return breakpoints_cover_any(breakpoints) &&
           breakpoints_hit(breakpoints, instruction, before, now);
}
