/* SPDX-License-Identifier: MIT */
/*
 * What a person wants a run to stop at; any number of these at once.
 *
 * On obeying a line, and on CI beyond 0 to 31, a run stops before that
 * prepulse; on what an instruction did, right after it.  Which lines an
 * instruction reads or writes is in its word, so an engine need not ask at
 * each instruction: it leaves words that breakpoints_cover() to the reference,
 * or where that is for A alone has code of its own for them.
 */
#ifndef EMU_MACHINE_BREAKPOINTS_H
#define EMU_MACHINE_BREAKPOINTS_H

#include "machine.h"

enum break_when {
    BREAK_ON_NEGATIVE =
        1,             /* A was not negative before the instruction, and is */
    BREAK_ON_ZERO = 2, /* A was not 0 before it, and is */
    BREAK_ON_A = BREAK_ON_NEGATIVE | BREAK_ON_ZERO,
    BREAK_ON_LEAVING = 4, /* the next control is beyond 0 to 31 */
};

struct breakpoints {
    uint32_t obeying; /* bit n: before line n is obeyed */
    uint32_t reading; /* .. after an instruction took its operand from it:
                         JMP, JRP, LDN, SUB */
    uint32_t writing; /* .. after STO wrote it, the same word or another */
    uint32_t when;    /* enum break_when, as bits */
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

/* Whether to stop before the prepulse that fetches by CONTROL. */
static inline bool breakpoints_before(const struct breakpoints *breakpoints,
                                      uint32_t control)
{
    return breakpoints->obeying >> word_line(control) & 1 ||
           (breakpoints->when & BREAK_ON_LEAVING && control >= LINES);
}

/* Whether the word INSTRUCTION, when it is obeyed, may be one to stop
   after. */
bool breakpoints_cover(const struct breakpoints *breakpoints,
                       uint32_t instruction);

/* .. for a line that it reads or writes, whatever becomes of A. */
bool breakpoints_cover_line(const struct breakpoints *breakpoints,
                            uint32_t instruction);

/* Whether there is any such word. */
static inline bool breakpoints_cover_any(const struct breakpoints *breakpoints)
{
    return (breakpoints->reading | breakpoints->writing |
            (breakpoints->when & BREAK_ON_A)) != 0;
}

bool breakpoints_hit(const struct breakpoints *breakpoints,
                     uint32_t instruction, uint32_t before, uint32_t now);

/* Whether to stop after INSTRUCTION, which was obeyed and made A of BEFORE
   what it is now. */
static inline bool breakpoints_after(const struct breakpoints *breakpoints,
                                     uint32_t instruction, uint32_t before,
                                     uint32_t now)
{
    return breakpoints_cover_any(breakpoints) &&
           breakpoints_hit(breakpoints, instruction, before, now);
}

#endif
