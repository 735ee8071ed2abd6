/* SPDX-License-Identifier: MIT */
/*
 * Going to a position: from the last checkpoint before it.
 */
#include "history_internal.h"

#define NEAR 16384u /* steps; a checkpoint is left so far before the end */

void search_begin(struct history *history,
                  bool (*turn)(struct history *history, uint32_t budget))
{
    history->search = (struct searching){
        .turn = turn,
        .result = SEARCH_FOUND,
    };
}

void history_cancel(struct history *history)
{
    history->search.turn = NULL;
}

/* There is FAR to go.  How much of it now, so that a checkpoint can be left
   near the end: what follows is mostly to look around there. */
static uint64_t far_or_near(struct history *history, uint64_t far)
{
    struct searching *search = &history->search;

    if (far > NEAR) {
        search->marked = false;
        return far - NEAR;
    }
    if (!search->marked)
        history_mark(history, &search->at);
    search->marked = true;
    return far;
}

static bool turn_to_step(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (budget > 0 && position_step(&search->at) < search->step) {
        uint64_t far = search->step - position_step(&search->at);

        budget -= replay_to(
            history, &search->at,
            position_step(&search->at) + far_or_near(history, far), budget);
    }
    return position_step(&search->at) < search->step;
}

static uint64_t held_to(uint64_t step, uint64_t first, uint64_t last)
{
    return step < first ? first : step > last ? last : step;
}

void history_search_step(struct history *history, uint64_t step)
{
    struct searching *search = &history->search;

    search_begin(history, turn_to_step);
    search->step = held_to(step, history_first(history), history_last(history));
    replay_begin(history, &search->at, search->step);
    search->marked = search->step - position_step(&search->at) <= NEAR;
}

static uint64_t instructions_of(const struct position *position)
{
    return position->moment.machine.instructions;
}

/* The engine's budget is instructions, so it cannot go too far. */
static bool turn_to_count(struct history *history, uint32_t budget)
{
    static const struct stops none;
    struct searching *search = &history->search;
    uint64_t before = search->work;

    while (instructions_of(&search->at) < search->instructions) {
        uint64_t done = search->work - before;
        uint64_t far = search->instructions - instructions_of(&search->at);

        if (done >= budget)
            return true;
        far = far_or_near(history, far);
        replay(history, &search->at, &none, at_most(far, budget - done));
    }
    return false;
}

/* The last checkpoint with fewer, or the first of all. */
static const struct position *fewer(const struct history *history,
                                    uint64_t instructions)
{
    uint32_t low = 0, high = history->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (instructions_of(&history->checkpoints[middle].position) <
            instructions)
            low = middle;
        else
            high = middle;
    }
    return &history->checkpoints[low].position;
}

bool history_search_count(struct history *history, uint64_t instructions)
{
    struct searching *search = &history->search;

    if (history->count == 0 ||
        instructions_of(&history->checkpoints[0].position) > instructions ||
        instructions_of(&history->last) < instructions)
        return false;
    search_begin(history, turn_to_count);
    search->instructions = instructions;
    replay_from(history, &search->at, fewer(history, instructions));
    search->marked = instructions - instructions_of(&search->at) <= NEAR;
    return true;
}

void history_search_aside(struct history *history)
{
    history->search.aside = true;
}

enum search history_turn(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    if (search->turn == NULL)
        return SEARCH_NONE;
    if (search->turn(history, budget))
        return SEARCH_GOES_ON;
    search->turn = NULL;
    search->at.records = history_records(history, position_step(&search->at));
    if (search->aside)
        return SEARCH_ASIDE;
    history->at = search->at;
    return search->result;
}

/* Looking around */

static void look_on(struct history *history, uint64_t step,
                    struct position *position)
{
    while (position_step(position) < step)
        replay_to(history, position, step, UINT32_MAX);
}

/* Who looks at one position mostly looks at those around it, too. */
void history_look(struct history *history, uint64_t step,
                  struct position *position)
{
    replay_begin(history, position, step);
    if (step - position_step(position) > NEAR) {
        look_on(history, step - NEAR, position);
        history_mark(history, position);
    }
    look_on(history, step, position);
    position->records = history_records(history, step);
}

bool history_next(const struct history *history, struct position *position,
                  struct bar *bar)
{
    uint64_t after = position_step(position) + 1;
    const struct checkpoint *next = history_before(history, after);

    if (next->action && position_step(&next->position) == after) {
        *position = next->position;
        return false;
    }
    *bar = moment_prepulse(&position->moment);
    if (position_step(&next->position) == after)
        position->moment = next->position.moment;
    return true;
}
