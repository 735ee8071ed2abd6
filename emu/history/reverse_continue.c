/* SPDX-License-Identifier: MIT */
/*
 * Reverse-continue: finds the last position at which a breakpoint fires.
 *
 * Replay only runs forwards, so each scan replays a window before the current
 * position with breakpoints enabled and remembers the last one that fires.  The
 * first window is short, because breakpoints are usually nearby, and each
 * further one is eight times as long.  No window extends past a checkpoint.
 */
#include "reverse_continue.h"
#include "replay.h"
#include "seek.h"

#define WINDOW     4096u               /* number of steps in the first window */
#define WINDOW_MAX (UINT64_C(1) << 40) /* maximum window size in steps */

/* Starts scanning the window that ends at seek->end. */
static void begin_window(struct history *history)
{
    struct seek *seek = &history->seek;
    const struct position *near =
        &history_checkpoint_before(history, seek->end - 1)->position;
    uint64_t from = position_step(near);

    if (seek->end - from > seek->window)
        from = seek->end - seek->window;
    seek->begin = from;
    seek->scanning = false;
    replay_from(history, &seek->at, near);
}

/* Returns true if a breakpoint fires before the next prepulse. */
static bool fires_before(const struct breakpoints *breakpoints,
                         const struct snapshot *snapshot)
{
    return !snapshot->controls.manual &&
           breakpoints_before(breakpoints,
                              machine_next_control(&snapshot->machine) &
                                  (snapshot->controls.stat | ~STATICISOR));
}

/* Scans to the end of the window.  Returns the remaining budget. */
static uint32_t scan(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (budget > 0 && position_step(&seek->at) < seek->end) {
        uint64_t before = position_step(&seek->at), work = seek->work;

        if (fires_before(&seek->breakpoints, &seek->at.snapshot))
            seek->match = before + 1;
        bool fired = replay(history, &seek->at, &seek->breakpoints,
                            min_u32(seek->end - before, budget));
        uint64_t step = position_step(&seek->at);

        if (fired && step < seek->end)
            seek->match = step + 1;
        budget -= min_u32(seek->work - work, budget);
    }
    return budget;
}

/* Completes the seek after a scan, or starts on the preceding window. */
static void end_window(struct history *history)
{
    struct seek *seek = &history->seek;

    if (seek->match != 0) {
        history_seek_step(history, seek->match - 1);
    } else if (seek->begin == history_first(history)) {
        history_seek_step(history, seek->begin);
        history->seek.result = SEEK_NOT_FOUND;
    } else {
        seek->end = seek->begin;
        if (seek->window < WINDOW_MAX)
            seek->window *= 8;
        begin_window(history);
    }
}

static bool advance(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (seek->advance == advance && budget > 0) {
        if (!seek->scanning) {
            budget -= replay_to(history, &seek->at, seek->begin, budget);
            seek->scanning = position_step(&seek->at) == seek->begin;
        }
        if (seek->scanning)
            budget = scan(history, budget);
        if (position_step(&seek->at) < seek->end)
            continue;
        end_window(history);
        budget -= min_u32(WORK_STEP, budget);
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
    seek_begin(history, advance);
    seek->breakpoints = *breakpoints;
    seek->end = at;
    seek->window = WINDOW;
    begin_window(history);
}
