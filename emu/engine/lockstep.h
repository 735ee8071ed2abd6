/* SPDX-License-Identifier: MIT */
/*
 * Lockstep testing: runs an engine and the reference from the same state with
 * the same budgets, and compares both machines after each call.  This tests
 * stepwise correctness: one step of the engine followed by interp() must have
 * the same result as T-next (prepulse()).
 */
#pragma once

#include "engine.h"
#include "emu/text/strbuf.h"

struct lockstep {
    const struct engine *engine;
    void *state; /* memory for the private state of the engine */
    struct breakpoints breakpoints;

    struct machine machine;  /* machine run by the engine */
    struct machine expected; /* machine run by the reference */
    struct machine before;   /* state of both machines before the last call */

    struct outcome outcome, expected_outcome; /* results of the last call */
    uint32_t budget; /* instruction budget of the last call */
    uint32_t calls;  /* number of calls made so far */
};

/* Copies FROM to both machines and starts ENGINE with STATE and AREA.  Returns
   the result of engine->start(). */
bool lockstep_start(struct lockstep *lockstep, const struct engine *engine,
                    void *state, struct code_area *area,
                    const struct machine *from,
                    const struct breakpoints *breakpoints);

/* Returns true if the engine and the reference agree after the last call. */
bool lockstep_agrees(const struct lockstep *lockstep);

/* Runs both machines with BUDGET.  Returns false if they differ afterwards. */
bool lockstep_call(struct lockstep *lockstep, uint32_t budget);

/* Runs both machines for LIMIT instructions or until the machine stops or
   hangs.  Returns false at the first difference.  If SEED is 0, each call
   executes one instruction; otherwise budgets are mostly small and random. */
bool lockstep_run(struct lockstep *lockstep, uint32_t limit, uint32_t seed);

/* Checks a call of run() made by the caller, which changed the machine from
   BEFORE to AFTER and returned OUTCOME.  BUDGET and lockstep->breakpoints must
   be those of that call.  Returns false if the reference disagrees. */
bool lockstep_compare(struct lockstep *lockstep, const struct machine *before,
                      const struct machine *after, struct outcome outcome,
                      uint32_t budget);

/* Returns true if two machines are equal, including counts and options. */
bool lockstep_same(const struct machine *one, const struct machine *other);

/* Appends a table of about 3,000 characters to TEXT: the state before the last
   call and both states after it, with the differences marked. */
void lockstep_report(const struct lockstep *lockstep, struct strbuf *text);

/* Appends the first difference to TEXT in at most 60 characters, for example
   "translator: line 07 is 5, not 4". */
void lockstep_summary(const struct lockstep *lockstep, struct strbuf *text);
