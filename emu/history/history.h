/* SPDX-License-Identifier: MIT */
/*
 * Reverse execution: any position since the load can be reached again.
 *
 * The machine is deterministic, so the history keeps only checkpoints.  Any
 * other position is replayed from the last checkpoint before it, by the fastest
 * engine.  The operator is not deterministic: each action that changes anything
 * makes a checkpoint of its result, so that only prepulses lie between two
 * checkpoints.
 *
 * Each prepulse and each action leads to the next position.  Their sum since
 * the load numbers the positions without a gap; it is called the step.
 *
 * Memory is bounded.  When it is full, every second checkpoint of the older
 * half is dropped: most seeks are short, so recent checkpoints lie closer.
 * Those of actions and of clock changes are kept; if they leave too little
 * space, the oldest quarter of the history is dropped.
 *
 * This file stores positions; seek.h moves between them.
 */
#pragma once

#include "emu/engine/profile.h"
#include "emu/engines.h"
#include "emu/machine/snapshot.h"

struct history;

struct position {
    struct snapshot snapshot;
    uint64_t actions; /* of the operator since the load */
    uint32_t records; /* in the journal before the next action */
};

struct checkpoint {
    struct position position;
    bool action;        /* made by an action, not by a prepulse */
    uint32_t records;   /* in the journal before that action */
    bool clock_changed; /* machine time runs or reads differently from here */
};

enum seek_status {
    SEEK_NONE,
    SEEK_BUSY,
    SEEK_FOUND,
    SEEK_NOT_FOUND, /* no breakpoint: the result is the first position */
    SEEK_PREVIEW,   /* found; the current position is unchanged */
};

/* A seek in progress. */
struct seek {
    /* Continues the seek; returns whether to call it again.  NULL: no seek. */
    bool (*advance)(struct history *history, uint32_t budget);
    struct position at;      /* reached so far */
    bool marked;             /* it has made its checkpoint near the target */
    enum seek_status result; /* when it is complete */
    bool preview;

    uint64_t work; /* so far, in prepulses of the engine */

    /* One target. */
    uint64_t step;
    uint64_t instructions;
    struct breakpoints breakpoints;
    struct profile *profile;

    /* Reverse-continue scans the steps from `begin` to before `end`. */
    uint64_t begin, end;
    uint64_t window; /* maximum length of the scan */
    bool scanning;   /* `begin` is reached */
    uint64_t match;  /* 1 + last step at which a breakpoint fires; 0: none */
};

struct history {
    struct checkpoint *checkpoints; /* the caller's memory, by step */
    uint32_t capacity, count;       /* of checkpoints; capacity 0: disabled */
    uint32_t begun;                 /* number of calls of history_begin() */

    struct position last; /* the present: the latest position */
    struct position at;   /* the current position */

    struct seek seek;
    const struct engine *engine; /* replays */
    union engine_state engine_state;
};

/* The step of POSITION; 0: loaded, nothing executed. */
static inline uint64_t position_step(const struct position *position)
{
    return position->snapshot.machine.prepulses + position->actions;
}

/* Starts a history in SIZE bytes at MEMORY, aligned as for uint64_t; disabled
   if SIZE is too small.  Returns false if ENGINE, which replays, cannot start
   with AREA. */
bool history_start(struct history *history, void *memory, size_t size,
                   const struct engine *engine, struct code_area *area);

/* Clears the history.  It begins with NOW, a load; the journal has RECORDS. */
void history_begin(struct history *history, const struct snapshot *now,
                   uint32_t records);

/* Records the state NOW, after prepulses or after one operator action; call it
   between the two.  In the past, NOW must be a position of the history (see
   history_steps_ahead()), and history->at then has the machine time of that. */
void history_record(struct history *history, const struct snapshot *now,
                    uint32_t records);

bool history_in_past(const struct history *history);

/* The number of prepulses after the current position, or after STEP, up to the
   next action, clock change or the present.  0: an action is next. */
uint64_t history_steps_ahead(const struct history *history);
uint64_t history_steps_after(const struct history *history, uint64_t step);

/* The first and last step that can be reached. */
uint64_t history_first(const struct history *history);
uint64_t history_last(const struct history *history);

/* Makes the current position the present and discards everything after it. */
void history_truncate(struct history *history);

/* The last checkpoint at or before STEP, which can be reached. */
const struct checkpoint *
history_checkpoint_before(const struct history *history, uint64_t step);

/* Adds a checkpoint at POSITION if there is space. */
void history_add_checkpoint(struct history *history,
                            const struct position *position);

/* The number of journal records at STEP. */
uint32_t history_records(const struct history *history, uint64_t step);
