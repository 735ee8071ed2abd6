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

/* The stretch before search->end. */
static void begin_stretch(struct history *history)
{
    struct searching *search = &history->search;
    const struct position *near =
        &history_before(history, search->end - 1)->position;
    uint64_t from = position_step(near);

    if (search->end - from > search->window)
        from = search->end - search->window;
    search->begin = from;
    search->looking = false;
    replay_from(history, &search->at, near);
}

/* Whether stops fire before the prepulse that follows POSITION. */
static bool fires_before(const struct stops *stops, const struct moment *moment)
{
    return !moment->controls.manual &&
           stops_before(stops, machine_next_control(&moment->machine) &
                                   (moment->controls.stat | ~STATICISOR));
}

/* Looks from search->at on to the end of the stretch.  Returns how much of
   BUDGET is left. */
static uint32_t look(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (budget > 0 && position_step(&search->at) < search->end) {
        uint64_t before = position_step(&search->at), work = search->work;

        if (fires_before(&search->stops, &search->at.moment))
            search->hit = before + 1;
        bool fired = replay(history, &search->at, &search->stops,
                            at_most(search->end - before, budget));
        uint64_t step = position_step(&search->at);

        if (fired && step < search->end)
            search->hit = step + 1;
        budget -= at_most(search->work - work, budget);
    }
    return budget;
}

/* The stretch is looked through: the search ends, or goes on before it. */
static void end_stretch(struct history *history)
{
    struct searching *search = &history->search;

    if (search->hit != 0) {
        history_search_step(history, search->hit - 1);
    } else if (search->begin == history_first(history)) {
        history_search_step(history, search->begin);
        history->search.result = SEARCH_NOT_FOUND;
    } else {
        search->end = search->begin;
        if (search->window < WIDEST)
            search->window *= 8;
        begin_stretch(history);
    }
}

static bool turn_to_stop(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (search->turn == turn_to_stop && budget > 0) {
        if (!search->looking) {
            budget -= replay_to(history, &search->at, search->begin, budget);
            search->looking = position_step(&search->at) == search->begin;
        }
        if (search->looking)
            budget = look(history, budget);
        if (position_step(&search->at) < search->end)
            continue;
        end_stretch(history);
        budget -= at_most(WORK_STEP, budget);
    }
    return true;
}

void history_search_stop(struct history *history, const struct stops *stops)
{
    struct searching *search = &history->search;
    uint64_t at = position_step(&history->at);

    if (at == history_first(history)) {
        history_search_step(history, at);
        history->search.result = SEARCH_NOT_FOUND;
        return;
    }
    search_begin(history, turn_to_stop);
    search->stops = *stops;
    search->end = at;
    search->window = WINDOW;
    begin_stretch(history);
}
