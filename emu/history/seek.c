/* SPDX-License-Identifier: MIT */
#include "seek.h"
#include "replay.h"

#define NEAR 16384u /* distance in steps from a checkpoint to the target */

void seek_begin(struct history *history,
                bool (*advance)(struct history *history, uint32_t budget))
{
    history->seek = (struct seek){
        .advance = advance,
        .result = SEEK_FOUND,
    };
}

void history_seek_cancel(struct history *history)
{
    history->seek.advance = NULL;
}

/* Returns how many of the DISTANCE steps to advance.  Adds a checkpoint near
   the target, because the next seek is usually to a nearby position. */
static uint64_t next_leg(struct history *history, uint64_t distance)
{
    struct seek *seek = &history->seek;

    if (distance > NEAR) {
        seek->marked = false;
        return distance - NEAR;
    }
    if (!seek->marked)
        history_add_checkpoint(history, &seek->at);
    seek->marked = true;
    return distance;
}

static bool advance_to_step(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    while (budget > 0 && position_step(&seek->at) < seek->step) {
        uint64_t distance = seek->step - position_step(&seek->at);

        budget -= replay_to(
            history, &seek->at,
            position_step(&seek->at) + next_leg(history, distance), budget);
    }
    return position_step(&seek->at) < seek->step;
}

static uint64_t clamp(uint64_t step, uint64_t first, uint64_t last)
{
    return step < first ? first : step > last ? last : step;
}

void history_seek_step(struct history *history, uint64_t step)
{
    struct seek *seek = &history->seek;

    seek_begin(history, advance_to_step);
    seek->step = clamp(step, history_first(history), history_last(history));
    replay_begin(history, &seek->at, seek->step);
    seek->marked = seek->step - position_step(&seek->at) <= NEAR;
}

static uint64_t instructions_of(const struct position *position)
{
    return position->snapshot.machine.instructions;
}

/* The engine's budget is in instructions, so it cannot overshoot the target. */
static bool advance_to_count(struct history *history, uint32_t budget)
{
    static const struct breakpoints none;
    struct seek *seek = &history->seek;
    uint64_t before = seek->work;

    while (instructions_of(&seek->at) < seek->instructions) {
        uint64_t done = seek->work - before;
        uint64_t distance = seek->instructions - instructions_of(&seek->at);

        if (done >= budget)
            return true;
        distance = next_leg(history, distance);
        replay(history, &seek->at, &none, min_u32(distance, budget - done));
    }
    return false;
}

/* Returns the last checkpoint with fewer instructions, or the first one. */
static const struct position *last_with_fewer(const struct history *history,
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
    seek_begin(history, advance_to_count);
    seek->instructions = instructions;
    replay_from(history, &seek->at, last_with_fewer(history, instructions));
    seek->marked = instructions - instructions_of(&seek->at) <= NEAR;
    return true;
}

void history_seek_preview(struct history *history)
{
    history->seek.preview = true;
}

enum seek_status history_seek_advance(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;

    if (seek->advance == NULL)
        return SEEK_NONE;
    if (seek->advance(history, budget))
        return SEEK_BUSY;
    seek->advance = NULL;
    seek->at.records = history_records(history, position_step(&seek->at));
    if (seek->preview)
        return SEEK_PREVIEW;
    history->at = seek->at;
    return seek->result;
}

static void replay_fully(struct history *history, uint64_t step,
                         struct position *position)
{
    while (position_step(position) < step)
        replay_to(history, position, step, UINT32_MAX);
}

void history_peek(struct history *history, uint64_t step,
                  struct position *position)
{
    replay_begin(history, position, step);
    if (step - position_step(position) > NEAR) {
        replay_fully(history, step - NEAR, position);
        history_add_checkpoint(history, position);
    }
    replay_fully(history, step, position);
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
