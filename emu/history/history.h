/* SPDX-License-Identifier: MIT */
/*
 * Reverse execution: any position since the load can be reached again.
 *
 * The machine is deterministic, so the history stores only checkpoints.  Any
 * other position is reached by replaying from the preceding checkpoint on the
 * fastest engine.  Operator actions are not deterministic, so each one that
 * changes anything adds a checkpoint, and only prepulses are replayed.
 *
 * Positions are numbered by step: the number of prepulses and actions since the
 * load.
 *
 * Memory is bounded.  When it is full, every second checkpoint in the older
 * half is dropped.  As most seeks are short, recent checkpoints stay closer
 * together.  Checkpoints of actions and clock changes are kept.  If that leaves
 * too little space, the oldest quarter of the history is dropped.
 */
#pragma once

#include "emu/engine/profile.h"
#include "emu/engines.h"
#include "emu/machine/snapshot.h"

struct history;

struct position {
    struct snapshot snapshot;
    uint64_t actions; /* number of operator actions since the load */
    uint32_t records; /* number of journal records before the next action */
};

struct checkpoint {
    struct position position;
    bool action;        /* true if created by an operator action */
    uint32_t records;   /* number of journal records before that action */
    bool clock_changed; /* true if the machine time or its rate changes here */
};

enum seek_status {
    SEEK_NONE,
    SEEK_BUSY,
    SEEK_FOUND,
    SEEK_NOT_FOUND, /* no breakpoint found; moved to the first position */
    SEEK_PREVIEW,   /* position found, but not made current */
};

struct seek {
    /* Continues the seek.  Returns false when done.  NULL when idle. */
    bool (*advance)(struct history *history, uint32_t budget);
    struct position at;      /* position reached so far */
    bool marked;             /* true if a checkpoint near the target exists */
    enum seek_status result; /* status to return when the seek completes */
    bool preview;

    uint64_t work; /* work done so far, in engine prepulses */

    /* Seek target.  The kind of seek determines which field is used. */
    uint64_t step;
    uint64_t instructions;
    struct breakpoints breakpoints;
    struct profile *profile;

    /* Reverse-continue scans from step `begin` up to, but excluding, `end`. */
    uint64_t begin, end;
    uint64_t window; /* maximum number of steps in one scan */
    bool scanning;   /* true once `begin` has been reached */
    uint64_t match;  /* 1 + last step where a breakpoint fires, or 0 if none */
};

struct history {
    /* Array of checkpoints sorted by step, in memory provided by the caller. */
    struct checkpoint *checkpoints;
    uint32_t capacity, count; /* capacity is 0 if history is disabled */
    uint32_t begun;           /* number of calls to history_begin() */

    struct position last; /* latest position, called the present */
    struct position at;   /* current position */

    struct seek seek;
    const struct engine *engine; /* engine used for replay */
    union engine_state engine_state;
};

/* Returns the step number of POSITION, which is 0 directly after a load. */
static inline uint64_t position_step(const struct position *position)
{
    return position->snapshot.machine.prepulses + position->actions;
}

/* Starts a history in SIZE bytes at MEMORY, aligned for uint64_t.  It is
   disabled if SIZE is too small.  Returns false if ENGINE, which is used for
   replay, cannot start with AREA. */
bool history_start(struct history *history, void *memory, size_t size,
                   const struct engine *engine, struct code_area *area);

/* Restarts history at NOW, where the journal contains RECORDS records. */
void history_begin(struct history *history, const struct snapshot *now,
                   uint32_t records);

/* Records the state after running prepulses or after a single operator action.
   The two must be recorded separately.  During a replay NOW must match a
   recorded position, and history->at receives the machine time of that one. */
void history_record(struct history *history, const struct snapshot *now,
                    uint32_t records);

bool history_in_past(const struct history *history);

/* Return the number of prepulses from the current position, or from STEP, to
   the next action or clock change, or to the present if there is none. */
uint64_t history_steps_ahead(const struct history *history);
uint64_t history_steps_after(const struct history *history, uint64_t step);

/* Return the first and the last reachable step. */
uint64_t history_first(const struct history *history);
uint64_t history_last(const struct history *history);

/* Makes the current position the present and discards everything after it. */
void history_truncate(struct history *history);

/* Returns the last checkpoint at or before STEP, which must be reachable. */
const struct checkpoint *
history_checkpoint_before(const struct history *history, uint64_t step);

void history_add_checkpoint(struct history *history,
                            const struct position *position);

/* Returns the number of journal records at STEP. */
uint32_t history_records(const struct history *history, uint64_t step);
