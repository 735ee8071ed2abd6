/* SPDX-License-Identifier: MIT */
/*
 * Every moment since the load can be returned to.
 *
 * The Baby is deterministic: what follows from a moment follows again.  So
 * what was need not be kept, only moments here and there to begin from
 * (checkpoints), and the way from one of them to the moment wanted is obeyed
 * once more, by the fastest engine there is.  What is not determined is what
 * the operator does.  Each action that changed something makes a checkpoint
 * of what came of it, so between two checkpoints there is nothing but
 * prepulses.
 *
 * A position is where one stands in all that happened: so many prepulses and
 * so many actions of the operator since the load.  Each prepulse and each
 * action leads to the next position, so their sum numbers the positions
 * without a gap; it is called the step.
 *
 * Memory is bounded.  When it is full, every second checkpoint of the older
 * half gives way (they lie closer the later they were made, as one mostly goes
 * back a little); those of actions cannot, nor can those from which time is
 * counted otherwise, and where they are too many the oldest part is dropped.
 */
#ifndef EMU_HISTORY_HISTORY_H
#define EMU_HISTORY_HISTORY_H

#include "emu/engines.h"
#include "emu/machine/snapshot.h"
#include "emu/engine/profile.h"

struct history;

struct position {
    struct snapshot snapshot;
    uint64_t actions; /* of the operator, before it */
    uint32_t records; /* that the journal had before the next action */
};

struct checkpoint {
    struct position position;
    bool action;      /* it came of an action, not of a prepulse .. */
    uint32_t records; /* .. and so many records the journal had before it */
    bool anew;        /* time is counted otherwise from here on */
};

enum seek_status {
    SEEK_NONE,
    SEEK_BUSY,
    SEEK_FOUND,
    SEEK_NOT_FOUND, /* nothing to stop at: it is the first position */
    SEEK_PREVIEW,   /* found, and one stands where one stood */
};

/* A search under way. */
struct seek {
    bool (*turn)(struct history *history, uint32_t budget); /* NULL: none */
    struct position at;      /* where it has got to */
    bool marked;             /* a checkpoint near the end was made */
    enum seek_status result; /* if the position is reached */
    bool preview;            /* and it was only to be looked at */

    uint64_t work; /* done so far, as budgets count it */

    /* What for: one of these. */
    uint64_t step;
    uint64_t instructions;
    struct breakpoints breakpoints;
    struct profile *profile;

    /* Stops are looked for from `begin` on, in so many steps at most, for one
       before `end`, which was not yet looked at from there on. */
    uint64_t begin, end, window;
    bool looking;   /* `begin` is reached */
    uint64_t match; /* one past the last step at which they fire; 0: none */
};

struct history {
    /* In the caller's memory, in order, the first position first. */
    struct checkpoint *checkpoints;
    uint32_t capacity, count; /* capacity 0: there is no history */
    uint32_t begun;           /* how often it began */

    struct position last; /* that was ever reached: the present */
    struct position at;   /* where one stands: the present, or before it */

    struct seek seek;
    const struct engine *engine; /* what obeys once more */
    union engine_state engine_state;
};

/* The number of POSITION: 0 is a load with nothing obeyed. */
static inline uint64_t position_step(const struct position *position)
{
    return position->snapshot.machine.prepulses + position->actions;
}

/*
 * A history in SIZE bytes at MEMORY, aligned as for uint64_t; too few, and
 * there is none.  ENGINE obeys once more what was obeyed; false: it cannot
 * with AREA.
 */
bool history_start(struct history *history, void *memory, size_t size,
                   const struct engine *engine, struct code_area *area);

/* Forgets all: history begins with NOW, a load; the journal has RECORDS. */
void history_begin(struct history *history, const struct snapshot *now,
                   uint32_t records);

/*
 * Tells that it is NOW: either prepulses went out since the last call, or the
 * operator did something, or neither.  Never both: it must be told between.
 * In the past NOW must be a position that history has (history_steps_ahead());
 * of how time is counted history->at knows more then.
 */
void history_record(struct history *history, const struct snapshot *now,
                    uint32_t records);

bool history_in_past(const struct history *history);

/* How many prepulses follow from where one stands, or from STEP, before an
   action comes, time is counted otherwise, or it is the present; 0: the next is
   an action. */
uint64_t history_steps_ahead(const struct history *history);
uint64_t history_steps_after(const struct history *history, uint64_t step);

/* The steps that can be gone to, both included. */
uint64_t history_first(const struct history *history);
uint64_t history_last(const struct history *history);

/*
 * Begin to search: for the position of STEP, which is held to the two above;
 * for the first with so many INSTRUCTIONS, false if none is within reach; for
 * the last before the one where one stands at which STOPS would fire.  Where
 * one stands is the same until the search ends.
 */
void history_seek_step(struct history *history, uint64_t step);
bool history_seek_count(struct history *history, uint64_t instructions);
void history_seek_breakpoint(struct history *history,
                             const struct breakpoints *breakpoints);

/* The search under way is only to look: one stays where one stands. */
void history_seek_preview(struct history *history);

/* Begin to count in *PROFILE, which is added to, what was obeyed between FROM
   and where one stands, after it.  One stays there. */
void history_profile_range(struct history *history, const struct position *from,
                           struct profile *profile);

/*
 * Goes on, with about as much work as BUDGET prepulses are for an engine.  Once
 * it is FOUND or NOT_FOUND, history->at is the position, and the search is
 * over; so it is once it was ASIDE, and history->search.at is the position.
 */
enum seek_status history_seek_turn(struct history *history, uint32_t budget);
void history_seek_cancel(struct history *history);

/* A copy of position STEP, within reach, at once.  Where it is far from any
   checkpoint one more is made before it, so that the next look is quick. */
void history_peek(struct history *history, uint64_t step,
                  struct position *position);

/* POSITION, which has one after it, becomes that one; *BAR says what the
   prepulse did.  False: it was an action. */
bool history_next(const struct history *history, struct position *position,
                  struct bar *bar);

/* Where one stands is the present now, and what came after is forgotten. */
void history_truncate(struct history *history);

/* history.c, for those who search: the last checkpoint not after STEP, which is
   within reach; one more, at POSITION; what the journal had at STEP. */
const struct checkpoint *
history_checkpoint_before(const struct history *history, uint64_t step);
void history_add_checkpoint(struct history *history,
                            const struct position *position);
uint32_t history_records(const struct history *history, uint64_t step);

#endif
