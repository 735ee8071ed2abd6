/* SPDX-License-Identifier: MIT */
/*
 * Looking for the last position at which stops fire.
 *
 * Forwards one can only go from a checkpoint.  So a stretch before the present
 * one is gone through with the stops set, and the last at which they fire is
 * kept in mind.  As that is mostly near, the stretches begin short and grow
 * eightfold, and none goes over a checkpoint.
 */
#include "history_internal.h"

#define WINDOW 4096u               /* steps of the first stretch .. */
#define WIDEST (UINT64_C(1) << 40) /* .. and of none more */

/* The stretch before seek->end. */
static void begin_stretch(struct history *history)
{
    struct seek *seek = &history->seek;
    const struct position *near =
        &history_checkpoint_before(history, seek->end - 1)->position;
    uint64_t from = position_step(near);

    if (seek->end - from > seek->window)
        from = seek->end - seek->window;
    seek->begin = from;
    seek->looking = false;
    replay_from(history, &seek->at, near);
}

/* Whether stops fire before the prepulse that follows POSITION. */
static bool fires_before(const struct breakpoints *breakpoints,
                         const struct snapshot *snapshot)
{
    return !snapshot->controls.manual &&
           breakpoints_before(breakpoints,
                              machine_next_control(&snapshot->machine) &
                                  (snapshot->controls.stat | ~STATICISOR));
}

/* Looks from seek->at on to the end of the stretch.  Returns how much of
   BUDGET is left. */
static uint32_t look(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (budget > 0 && position_step(&seek->at) < seek->end) {
        uint64_t before = position_step(&seek->at), work = seek->work;

        if (fires_before(&seek->breakpoints, &seek->at.snapshot))
            seek->match = before + 1;
        bool fired = replay(history, &seek->at, &seek->breakpoints,
                            at_most(seek->end - before, budget));
        uint64_t step = position_step(&seek->at);

        if (fired && step < seek->end)
            seek->match = step + 1;
        budget -= at_most(seek->work - work, budget);
    }
    return budget;
}

/* The stretch is looked through: the search ends, or goes on before it. */
static void end_stretch(struct history *history)
{
    struct seek *seek = &history->seek;

    if (seek->match != 0) {
        history_seek_step(history, seek->match - 1);
    } else if (seek->begin == history_first(history)) {
        history_seek_step(history, seek->begin);
        history->seek.result = SEEK_NOT_FOUND;
    } else {
        seek->end = seek->begin;
        if (seek->window < WIDEST)
            seek->window *= 8;
        begin_stretch(history);
    }
}

static bool turn_to_stop(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (seek->turn == turn_to_stop && budget > 0) {
        if (!seek->looking) {
            budget -= replay_to(history, &seek->at, seek->begin, budget);
            seek->looking = position_step(&seek->at) == seek->begin;
        }
        if (seek->looking)
            budget = look(history, budget);
        if (position_step(&seek->at) < seek->end)
            continue;
        end_stretch(history);
        budget -= at_most(WORK_STEP, budget);
    }
    return true;
}

void history_seek_breakpoint(struct history *history,
                             const struct breakpoints *breakpoints)
{
    struct seek *seek = &history->seek;
    uint64_t at = position_step(&history->at);

    if (at == history_first(history)) {
        history_seek_step(history, at);
        history->seek.result = SEEK_NOT_FOUND;
        return;
    }
    seek_begin(history, turn_to_stop);
    seek->breakpoints = *breakpoints;
    seek->end = at;
    seek->window = WINDOW;
    begin_stretch(history);
}
