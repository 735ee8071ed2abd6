/* SPDX-License-Identifier: MIT */
/*
 * Going to a position: from the last checkpoint before it.
 */
#include "history_internal.h"

#define NEAR 16384u /* steps; a checkpoint is left so far before the end */

void seek_begin(struct history *history,
                bool (*turn)(struct history *history, uint32_t budget))
{
    history->seek = (struct seek){
        .turn = turn,
        .result = SEEK_FOUND,
    };
}

void history_seek_cancel(struct history *history)
{
    history->seek.turn = NULL;
}

/* There is FAR to go.  How much of it now, so that a checkpoint can be left
   near the end: what follows is mostly to look around there. */
static uint64_t far_or_near(struct history *history, uint64_t far)
{
    struct seek *seek = &history->seek;

    if (far > NEAR) {
        seek->marked = false;
        return far - NEAR;
    }
    if (!seek->marked)
        history_add_checkpoint(history, &seek->at);
    seek->marked = true;
    return far;
}

static bool turn_to_step(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (budget > 0 && position_step(&seek->at) < seek->step) {
        uint64_t far = seek->step - position_step(&seek->at);

        budget -= replay_to(
            history, &seek->at,
            position_step(&seek->at) + far_or_near(history, far), budget);
    }
    return position_step(&seek->at) < seek->step;
}

static uint64_t held_to(uint64_t step, uint64_t first, uint64_t last)
{
    return step < first ? first : step > last ? last : step;
}

void history_seek_step(struct history *history, uint64_t step)
{
    struct seek *seek = &history->seek;

    seek_begin(history, turn_to_step);
    seek->step = held_to(step, history_first(history), history_last(history));
    replay_begin(history, &seek->at, seek->step);
    seek->marked = seek->step - position_step(&seek->at) <= NEAR;
}

static uint64_t instructions_of(const struct position *position)
{
    return position->snapshot.machine.instructions;
}

/* The engine's budget is instructions, so it cannot go too far. */
static bool turn_to_count(struct history *history, uint32_t budget)
{
    static const struct breakpoints none;
    struct seek *seek = &history->seek;
    uint64_t before = seek->work;

    while (instructions_of(&seek->at) < seek->instructions) {
        uint64_t done = seek->work - before;
        uint64_t far = seek->instructions - instructions_of(&seek->at);

        if (done >= budget)
            return true;
        far = far_or_near(history, far);
        replay(history, &seek->at, &none, at_most(far, budget - done));
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

bool history_seek_count(struct history *history, uint64_t instructions)
{
    struct seek *seek = &history->seek;

    if (history->count == 0 ||
        instructions_of(&history->checkpoints[0].position) > instructions ||
        instructions_of(&history->last) < instructions)
        return false;
    seek_begin(history, turn_to_count);
    seek->instructions = instructions;
    replay_from(history, &seek->at, fewer(history, instructions));
    seek->marked = instructions - instructions_of(&seek->at) <= NEAR;
    return true;
}

void history_seek_preview(struct history *history)
{
    history->seek.preview = true;
}

enum seek_status history_seek_turn(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    if (seek->turn == NULL)
        return SEEK_NONE;
    if (seek->turn(history, budget))
        return SEEK_BUSY;
    seek->turn = NULL;
    seek->at.records = history_records(history, position_step(&seek->at));
    if (seek->preview)
        return SEEK_PREVIEW;
    history->at = seek->at;
    return seek->result;
}

/* Looking around */

static void look_on(struct history *history, uint64_t step,
                    struct position *position)
{
    while (position_step(position) < step)
        replay_to(history, position, step, UINT32_MAX);
}

/* Who looks at one position mostly looks at those around it, too. */
void history_peek(struct history *history, uint64_t step,
                  struct position *position)
{
    replay_begin(history, position, step);
    if (step - position_step(position) > NEAR) {
        look_on(history, step - NEAR, position);
        history_add_checkpoint(history, position);
    }
    look_on(history, step, position);
    position->records = history_records(history, step);
}

bool history_next(const struct history *history, struct position *position,
                  struct bar *bar)
{
    uint64_t after = position_step(position) + 1;
    const struct checkpoint *next = history_checkpoint_before(history, after);

    if (next->action && position_step(&next->position) == after) {
        *position = next->position;
        return false;
    }
    *bar = snapshot_prepulse(&position->snapshot);
    if (position_step(&next->position) == after)
        position->snapshot = next->position.snapshot;
    return true;
}
