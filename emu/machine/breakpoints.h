/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints: conditions that end a run; any number at once.
 *
 * A breakpoint on a line to be obeyed, or on CI beyond 0 to 31, ends the run
 * before that prepulse; one on data (a line read or written, A), right after
 * the instruction.  The word of an instruction names the line it reads or
 * writes, so an engine need not test each instruction: it leaves covered words
 * (breakpoints_cover()) to the reference, or tests A itself.
 */
#pragma once

#include "machine.h"

enum break_when {
    BREAK_ON_NEGATIVE = 1, /* A becomes negative */
    BREAK_ON_ZERO = 2,     /* A becomes 0 */
    BREAK_ON_A = BREAK_ON_NEGATIVE | BREAK_ON_ZERO,
    BREAK_ON_LEAVING = 4, /* the next CI is beyond 0 to 31 */
};

struct breakpoints {
    uint32_t obeying; /* bit n: before line n is obeyed */
    uint32_t reading; /* bit n: after JMP, JRP, LDN or SUB reads line n */
    uint32_t writing; /* bit n: after STO writes line n, even the same word */
    uint32_t when;    /* bits of enum break_when */
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

/* Whether to stop before the prepulse that fetches the line of CONTROL. */
static inline bool breakpoints_before(const struct breakpoints *breakpoints,
                                      uint32_t control)
{
    return breakpoints->obeying >> word_line(control) & 1 ||
           (breakpoints->when & BREAK_ON_LEAVING && control >= LINES);
}

/* Whether a run may have to stop after obeying the word INSTRUCTION. */
bool breakpoints_cover(const struct breakpoints *breakpoints,
                       uint32_t instruction);

/* The same for the line that the word reads or writes, without A. */
bool breakpoints_cover_line(const struct breakpoints *breakpoints,
                            uint32_t instruction);

/* Whether any word is covered. */
static inline bool breakpoints_cover_any(const struct breakpoints *breakpoints)
{
    return (breakpoints->reading | breakpoints->writing |
            (breakpoints->when & BREAK_ON_A)) != 0;
}

/* The out-of-line part of breakpoints_after(). */
bool breakpoints_hit(const struct breakpoints *breakpoints,
                     uint32_t instruction, uint32_t before, uint32_t now);

/* Whether to stop after INSTRUCTION, which changed A from BEFORE to NOW. */
static inline bool breakpoints_after(const struct breakpoints *breakpoints,
                                     uint32_t instruction, uint32_t before,
                                     uint32_t now)
{
    return breakpoints_cover_any(breakpoints) &&
           breakpoints_hit(breakpoints, instruction, before, now);
}
