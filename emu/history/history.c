/* SPDX-License-Identifier: MIT */
#include "history.h"
#include "emu/engine/lockstep.h"
#include <string.h>

#define CHECKPOINTS_MIN 64    /* minimum capacity for history to be enabled */
#define INTERVAL        16384 /* minimum prepulses between checkpoints */

bool history_start(struct history *history, void *memory, size_t size,
                   const struct engine *engine, struct code_area *area)
{
    size_t capacity = size / sizeof(struct checkpoint);

    memset(history, 0, sizeof *history);
    history->checkpoints = memory;
    history->capacity = capacity < CHECKPOINTS_MIN ? 0 : (uint32_t)capacity;
    history->engine = engine;
    if (!engine->start(&history->engine_state, area))
        return false;
    translator_limit_work(engine, &history->engine_state);
    return true;
}

static uint64_t step_of(const struct history *history, uint32_t i)
{
    return position_step(&history->checkpoints[i].position);
}

uint64_t history_first(const struct history *history)
{
    return history->count > 0 ? step_of(history, 0) : 0;
}

uint64_t history_last(const struct history *history)
{
    return position_step(&history->last);
}

bool history_in_past(const struct history *history)
{
    return position_step(&history->at) < history_last(history);
}

/* Returns the number of checkpoints at or before STEP. */
static uint32_t count_before(const struct history *history, uint64_t step)
{
    uint32_t low = 0, high = history->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (step_of(history, middle) <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct checkpoint *
history_checkpoint_before(const struct history *history, uint64_t step)
{
    return &history->checkpoints[count_before(history, step) - 1];
}

/* Returns the first action after STEP, or NULL if there is none. */
static const struct checkpoint *next_action(const struct history *history,
                                            uint64_t step)
{
    for (uint32_t i = count_before(history, step); i < history->count; i++)
        if (history->checkpoints[i].action)
            return &history->checkpoints[i];
    return NULL;
}

uint32_t history_records(const struct history *history, uint64_t step)
{
    const struct checkpoint *next = next_action(history, step);

    return next != NULL ? next->records : history->last.records;
}

uint64_t history_steps_after(const struct history *history, uint64_t step)
{
    for (uint32_t i = count_before(history, step); i < history->count; i++) {
        const struct checkpoint *next = &history->checkpoints[i];

        if (next->action || next->clock_changed)
            return step_of(history, i) - next->action - step;
    }
    return history_last(history) - step;
}

uint64_t history_steps_ahead(const struct history *history)
{
    return history_steps_after(history, position_step(&history->at));
}

/* Drops every second ordinary checkpoint from the older half. */
static void thin_out(struct history *history)
{
    uint32_t kept = 1;
    bool drop = true;

    for (uint32_t i = 1; i < history->count; i++) {
        const struct checkpoint *checkpoint = &history->checkpoints[i];
        bool spare = i < history->count / 2 && !checkpoint->action &&
                     !checkpoint->clock_changed;

        if (!spare || !drop)
            history->checkpoints[kept++] = *checkpoint;
        drop ^= spare;
    }
    history->count = kept;
}

static void drop_oldest(struct history *history)
{
    uint32_t dropped = history->count / 4;

    history->count -= dropped;
    memmove(history->checkpoints, history->checkpoints + dropped,
            history->count * sizeof *history->checkpoints);
}

static void insert(struct history *history, const struct checkpoint *checkpoint)
{
    uint32_t before =
        count_before(history, position_step(&checkpoint->position));
    struct checkpoint *place = history->checkpoints + before;

    memmove(place + 1, place,
            (history->count - before) * sizeof *history->checkpoints);
    *place = *checkpoint;
    history->count++;
}

/* Thins out a full history.  Returns true if there is now enough space. */
static bool make_space(struct history *history)
{
    uint32_t capacity = history->capacity;

    if (history->count < capacity)
        return true;
    thin_out(history);
    return history->count <= capacity - capacity / 16;
}

/* Adds a checkpoint at the present, dropping the oldest ones if needed. */
static void add(struct history *history, const struct checkpoint *checkpoint)
{
    if (!make_space(history))
        drop_oldest(history);
    insert(history, checkpoint);
}

void history_add_checkpoint(struct history *history,
                            const struct position *position)
{
    if (make_space(history) || history->count < history->capacity)
        insert(history, &(struct checkpoint){.position = *position});
}

void history_begin(struct history *history, const struct snapshot *now,
                   uint32_t records)
{
    history->last = (struct position){*now, 0, records};
    history->at = history->last;
    history->count = 0;
    history->begun++;
    history->seek.advance = NULL;
    if (history->capacity > 0)
        history_add_checkpoint(history, &history->last);
}

/* Returns true if the snapshots differ at most in machine time. */
static bool is_same(const struct snapshot *one, const struct snapshot *other)
{
    return lockstep_same(&one->machine, &other->machine) &&
           controls_are_same(&one->controls, &other->controls) &&
           one->hung == other->hung && one->uncounted == other->uncounted;
}

static void record_prepulses(struct history *history)
{
    const struct position *last =
        &history->checkpoints[history->count - 1].position;

    if (history->last.snapshot.machine.prepulses >=
        last->snapshot.machine.prepulses + INTERVAL)
        add(history, &(struct checkpoint){.position = history->last});
}

/* Each step has at most one checkpoint, so an existing one is updated. */
static void record_clock(struct history *history)
{
    struct checkpoint *last = &history->checkpoints[history->count - 1];

    if (position_step(&last->position) == history_last(history)) {
        last->position = history->last;
        last->clock_changed = true;
    } else {
        add(history, &(struct checkpoint){.position = history->last,
                                          .clock_changed = true});
    }
}

static void record_present(struct history *history, const struct snapshot *now,
                           uint32_t records)
{
    const struct snapshot before = history->last.snapshot;
    uint32_t records_before = history->last.records;

    history->last.snapshot = *now;
    history->last.records = records;
    if (now->machine.prepulses != before.machine.prepulses) {
        record_prepulses(history);
    } else if (!is_same(now, &before)) {
        history->last.actions++;
        add(history, &(struct checkpoint){.position = history->last,
                                          .action = true,
                                          .records = records_before});
    } else if (now->machine_us != before.machine_us ||
               now->bar_us != before.bar_us) {
        record_clock(history);
    }
    history->at = history->last;
}

/* A checkpoint at this position may contain a clock change. */
static void record_past(struct history *history, const struct snapshot *now)
{
    const struct checkpoint *known;

    history->at.snapshot = *now;
    if (!history_in_past(history)) {
        history->at = history->last;
        return;
    }
    known = history_checkpoint_before(history, position_step(&history->at));
    if (position_step(&known->position) == position_step(&history->at))
        history->at.snapshot = known->position.snapshot;
}

void history_record(struct history *history, const struct snapshot *now,
                    uint32_t records)
{
    if (history->capacity == 0)
        return;
    if (history_in_past(history))
        record_past(history, now);
    else
        record_present(history, now, records);
}

void history_truncate(struct history *history)
{
    history->last = history->at;
    history->count = count_before(history, history_last(history));
}
