/* SPDX-License-Identifier: MIT */
/*
 * What the files that search history share.  replay.c obeys once more,
 * seek.c goes to a position, reverse_continue.c to the stop before,
 * profile_range.c counts on the way.
 */
#ifndef EMU_HISTORY_HISTORY_INTERNAL_H
#define EMU_HISTORY_HISTORY_INTERNAL_H

#include "history.h"

static inline uint32_t at_most(uint64_t count, uint64_t limit)
{
    return (uint32_t)(count < limit ? count : limit);
}

/* What a prepulse by the reference costs of a budget. */
#define WORK_STEP 64

/*
 * replay.c: COUNT prepulses of POSITION at most, at least one, until STOPS
 * fire as engine->run() has it; then true.  The engine does not count more
 * instructions than that.
 */
bool replay(struct history *history, struct position *position,
            const struct breakpoints *breakpoints, uint32_t count);
/* .. towards STEP, before which no action comes, until the work of BUDGET is
   done; returns how much that was, at most BUDGET; */
uint32_t replay_to(struct history *history, struct position *position,
                   uint64_t step, uint32_t budget);
/* .. *POSITION becomes FROM, to be obeyed on from; the nearest to STEP, before
   it, that is known. */
void replay_from(struct history *history, struct position *position,
                 const struct position *from);
void replay_begin(struct history *history, struct position *position,
                  uint64_t step);

/* seek.c: a search that goes on by TURN, which says whether it must go on
   further. */
void seek_begin(struct history *history,
                bool (*turn)(struct history *history, uint32_t budget));

#endif
