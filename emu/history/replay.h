/* SPDX-License-Identifier: MIT */
/* Replay: executes recorded prepulses again. */
#pragma once

#include "history.h"

#define WORK_STEP 64 /* work of a prepulse by the reference engine */

static inline uint32_t min_u32(uint64_t count, uint64_t limit)
{
    return (uint32_t)(count < limit ? count : limit);
}

/* Replays 1 to COUNT prepulses from POSITION; the engine executes at most COUNT
   instructions.  Returns whether a breakpoint fired, as in engine->run(). */
bool replay(struct history *history, struct position *position,
            const struct breakpoints *breakpoints, uint32_t count);

/* Replays towards STEP, before which there is no action, until the work of
   BUDGET is done.  Returns the work, at most BUDGET. */
uint32_t replay_to(struct history *history, struct position *position,
                   uint64_t step, uint32_t budget);

/* Sets *POSITION to FROM, or to the nearest known position at or before STEP,
   and prepares the engine. */
void replay_from(struct history *history, struct position *position,
                 const struct position *from);
void replay_begin(struct history *history, struct position *position,
                  uint64_t step);
