/* SPDX-License-Identifier: MIT */
/*
 * Lockstep: runs an engine and the reference from the same state with the same
 * budgets and compares both T-states after each call.  This tests stepwise
 * correctness: for any state, interp() of the engine's step must equal T-next
 * of the state.
 */
#pragma once

#include "engine.h"
#include "emu/text/strbuf.h"

struct lockstep {
    const struct engine *engine;
    void *state; /* the engine's V-state for `machine` */
    struct breakpoints breakpoints;

    struct machine machine;  /* run by the engine */
    struct machine expected; /* run by the reference */
    struct machine before;   /* both, before the last call */

    struct outcome outcome, expected_outcome; /* of the last call */
    uint32_t budget;                          /* of the last call */
    uint32_t calls;                           /* since the start */
};

/* Copies FROM to both machines and starts ENGINE with STATE, memory for its
   V-state, and AREA.  Returns the result of engine->start(). */
bool lockstep_start(struct lockstep *lockstep, const struct engine *engine,
                    void *state, struct code_area *area,
                    const struct machine *from,
                    const struct breakpoints *breakpoints);

/* Whether the engine's outcome and machine equal the reference's. */
bool lockstep_agrees(const struct lockstep *lockstep);

/* One call with BUDGET of both; returns false if they differ. */
bool lockstep_call(struct lockstep *lockstep, uint32_t budget);

/*
 * Makes calls until LIMIT instructions are executed or the machine stops or
 * hangs.  Returns false at the first difference.  With SEED 0 each budget is
 * one instruction; otherwise budgets are pseudo-random, most of them small.
 */
bool lockstep_run(struct lockstep *lockstep, uint32_t limit, uint32_t seed);

/*
 * Compares a call that the caller made itself, with lockstep->breakpoints and
 * BUDGET, and that turned BEFORE into AFTER with OUTCOME.  Reads
 * only the fields `engine`, `breakpoints` and `calls` of LOCKSTEP.
 */
bool lockstep_compare(struct lockstep *lockstep, const struct machine *before,
                      const struct machine *after, struct outcome outcome,
                      uint32_t budget);

/* Whether two T-states are equal, counts and options included. */
bool lockstep_same(const struct machine *one, const struct machine *other);

/* Adds a table of the last call to TEXT: the state before, both states after,
   and a mark at each difference.  About 3,000 characters. */
void lockstep_report(const struct lockstep *lockstep, struct strbuf *text);

/* Adds the first difference, in at most 60 characters:
   "translator: line 07 is 5, not 4". */
void lockstep_summary(const struct lockstep *lockstep, struct strbuf *text);
