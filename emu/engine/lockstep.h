/* SPDX-License-Identifier: MIT */
/*
 * Lockstep: an engine beside the reference, from the same state with the same
 * budgets, and after each call the whole of both T-states compared.  This is
 * stepwise correctness at work: whatever the state, interp() of the engine's
 * step is to be T-next of the state.
 */
#ifndef EMU_ENGINE_LOCKSTEP_H
#define EMU_ENGINE_LOCKSTEP_H

#include "engine.h"
#include "emu/text/strbuf.h"

struct lockstep {
    const struct engine *engine;
    void *state; /* V-state of the engine for `machine` */
    struct breakpoints breakpoints;

    struct machine machine;  /* under the engine */
    struct machine expected; /* under the reference */
    struct machine before;   /* both, before the last call */

    struct outcome outcome, expected_outcome; /* of the last call */
    uint32_t budget;                          /* .. */
    uint32_t calls;                           /* since the start */
};

/*
 * Both machines become copies of FROM.  STATE is room for the V-state, which
 * is begun anew with AREA as engine->start() has it; false: that failed.
 */
bool lockstep_start(struct lockstep *lockstep, const struct engine *engine,
                    void *state, struct code_area *area,
                    const struct machine *from,
                    const struct breakpoints *breakpoints);

/* Whether outcome and machine are as expected. */
bool lockstep_agrees(const struct lockstep *lockstep);

/* One call with BUDGET under both; false: they differ. */
bool lockstep_call(struct lockstep *lockstep, uint32_t budget);

/*
 * Calls until LIMIT instructions are obeyed, or one more call would do nothing
 * new as the machine stopped or hung; false at the first difference.  SEED
 * 0: one instruction at a time.  Else budgets are drawn from SEED, most of them
 * small.
 */
bool lockstep_run(struct lockstep *lockstep, uint32_t limit, uint32_t seed);

/*
 * The same where the engine made its call elsewhere, with lockstep->stops and
 * BUDGET: BEFORE is what the machine was, AFTER what became of it, OUTCOME how
 * it ended.  Of a struct lockstep only `engine`, `breakpoints` and `calls` need
 * be set for this; what is zero has a meaning, too.
 */
bool lockstep_compare(struct lockstep *lockstep, const struct machine *before,
                      const struct machine *after, struct outcome outcome,
                      uint32_t budget);

/* Whether two machines are in the same T-state, counts and options too. */
bool lockstep_same(const struct machine *one, const struct machine *other);

/* Adds the last call to TEXT: the state before it and both after it, a mark
   where they differ.  Some 3,000 characters. */
void lockstep_tell(const struct lockstep *lockstep, struct strbuf *text);

/* Adds the first of the differences, in at most 60 characters:
   "translator: line 07 is 5, not 4". */
void lockstep_hint(const struct lockstep *lockstep, struct strbuf *text);

#endif
