/* SPDX-License-Identifier: MIT */
/* Replay: re-executes recorded prepulses. */
#pragma once

#include "history.h"

#define WORK_STEP 64 /* cost of one prepulse on the reference engine */

static inline uint32_t min_u32(uint64_t count, uint64_t limit)
{
    return (uint32_t)(count < limit ? count : limit);
}

/* Replays 1 to COUNT prepulses.  Returns true if a breakpoint fired. */
bool replay(struct history *history, struct position *position,
            const struct breakpoints *breakpoints, uint32_t count);

/* Replays towards STEP within the work budget, and returns the work done.
   There must be no action before STEP. */
uint32_t replay_to(struct history *history, struct position *position,
                   uint64_t step, uint32_t budget);

/* Prepare for replay from FROM, or from the nearest position up to STEP. */
void replay_from(struct history *history, struct position *position,
                 const struct position *from);
void replay_begin(struct history *history, struct position *position,
                  uint64_t step);
