/* SPDX-License-Identifier: MIT */
/*
 * What a person wants a run to stop at; any number of these at once.
 *
 * On obeying a line, and on CI beyond 0 to 31, a run stops before that
 * prepulse; on what an instruction did, right after it.  Which lines an
 * instruction reads or writes is in its word, so an engine need not ask at
 * each instruction: it leaves words that stops_touch() to the reference, or
 * where that is for A alone has code of its own for them.
 */
#ifndef EMU_STOPS_H
#define EMU_STOPS_H

#include "machine.h"

enum stop_when {
    STOP_NEGATIVE = 1, /* A was not negative before the instruction, and is */
    STOP_ZERO = 2,     /* A was not 0 before it, and is */
    STOP_A = STOP_NEGATIVE | STOP_ZERO,
    STOP_LEAVING = 4, /* the next control is beyond 0 to 31 */
};

struct stops {
    uint32_t obeying; /* bit n: before line n is obeyed */
    uint32_t reading; /* .. after an instruction took its operand from it:
                         JMP, JRP, LDN, SUB */
    uint32_t writing; /* .. after STO wrote it, the same word or another */
    uint32_t when;    /* enum stop_when, as bits */
};

static inline bool stops_are_none(const struct stops *stops)
{
    return (stops->obeying | stops->reading | stops->writing | stops->when) ==
           0;
}

static inline bool stops_are_same(const struct stops *one,
                                  const struct stops *other)
{
    return one->obeying == other->obeying && one->reading == other->reading &&
           one->writing == other->writing && one->when == other->when;
}

/* Whether to stop before the prepulse that fetches by CONTROL. */
static inline bool stops_before(const struct stops *stops, uint32_t control)
{
    return stops->obeying >> word_line(control) & 1 ||
           (stops->when & STOP_LEAVING && control >= LINES);
}

/* Whether the word INSTRUCTION, when it is obeyed, may be one to stop
   after. */
bool stops_touch(const struct stops *stops, uint32_t instruction);

/* .. for a line that it reads or writes, whatever becomes of A. */
bool stops_touch_line(const struct stops *stops, uint32_t instruction);

/* Whether there is any such word. */
static inline bool stops_touch_any(const struct stops *stops)
{
    return (stops->reading | stops->writing | (stops->when & STOP_A)) != 0;
}

bool stops_fire(const struct stops *stops, uint32_t instruction,
                uint32_t before, uint32_t now);

/* Whether to stop after INSTRUCTION, which was obeyed and made A of BEFORE
   what it is now. */
static inline bool stops_after(const struct stops *stops, uint32_t instruction,
                               uint32_t before, uint32_t now)
{
    return stops_touch_any(stops) &&
           stops_fire(stops, instruction, before, now);
}

#endif
