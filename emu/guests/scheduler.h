/* SPDX-License-Identifier: MIT */
/*
 * Divides the processor's time between up to SCHEDULER_MAX entities, by weight.
 * Arithmetic only: the caller runs the chosen entity, measures how long that
 * took and reports it.  Times are in microseconds of the caller's clock.
 *
 * The technique is stride scheduling (Waldspurger and Weihl 1995), with time as
 * measured instead of slices as counted: each entity has a virtual time, which
 * advances by the time used divided by the weight.  Stride scheduling runs the
 * entity whose virtual time is the lowest.  Then all light entities may run in
 * a row before a heavy one, which falls behind by dozens of slices.  Here the
 * one runs to which most time is owed: weight times the distance behind the
 * average.  With equal weights this is the same.  Deficit round robin was
 * rejected because a round of 64 entities of weight 64 takes 20 seconds.
 *
 * If no slice is longer than S, none of n entities that compete is ahead of its
 * share by more than S, as one that is ahead of the average is not chosen.
 * None is behind by more than (1 + 1/2 + ... + 1/(n - 1)) S, which is below 5
 * S: the k to which most is owed can together gain at most S in a slice, and
 * only from one to which no less was owed.  So an entity with the share f waits
 * at most 6 S / f, plus the time that goes to those on time.
 *
 * An entity that was absent, asleep or over its cap joins at the average.  It
 * gets no credit for that time, but a slice that took too long is not forgiven.
 *
 * A timed entity asks for the processor at a due time.  Of those that are due
 * and eligible, the one due first runs, before any other entity.  Entities on
 * time are those whose delay can be seen.  They run first, and need not be
 * eligible, while all of them together use less than RESERVE_PERCENT, which is
 * not charged to their shares.  The others share what is left.
 *
 * A cap is a bucket of processor time which fills at the rate of the cap, up to
 * what CAP_WINDOW_US give, and is empty at first.  An entity runs while there
 * is time in it.  What a call takes beyond that is paid back.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULER_MAX   64u
#define WEIGHT_MAX      64u
#define RESERVE_PERCENT 75u
#define CAP_WINDOW_US   500000u
/* Maximum time charged for one call, so that a clock that jumps does no harm.
 */
#define CHARGE_MAX_US ((1u << 20) - 1)

/* Processor time that may be used. */
struct bucket {
    int32_t credit; /* in hundredths of a microsecond; negative if in debt */
    uint64_t at;    /* time until which the bucket is filled */
    unsigned percent;
};

struct entity {
    unsigned weight;   /* 1 to WEIGHT_MAX */
    struct bucket cap; /* its percent is 0 if there is no cap */
    bool wants;        /* true if it can run, now or when it is due */
    bool timed;
    bool on_time; /* true if it may use the reserve */
    uint64_t due; /* used if it is timed */
    bool joined;  /* true if it competes for the processor */
    uint64_t virtual_time;
};

struct scheduler {
    struct entity entity[SCHEDULER_MAX];
    struct bucket reserve;
    uint64_t virtual_time; /* weighted average of the entities that compete */
    uint32_t call_us;      /* minimum length of a slice */
    uint32_t slice_us;     /* maximum length of a slice */
    int current;           /* entity chosen last, or -1 */
    uint64_t used;         /* time used in the current slice */
    bool begins;           /* true if the chosen entity starts a slice */
    bool reserved;         /* true if the slice is charged to the reserve */
};

void scheduler_start(struct scheduler *scheduler, uint64_t now);

/* Sets the minimum and the maximum length of a slice. */
void scheduler_set_slice(struct scheduler *scheduler, uint32_t call_us,
                         uint32_t slice_us);

/* Adds an entity, which sleeps and has no cap. */
void scheduler_add(struct scheduler *scheduler, unsigned number,
                   unsigned weight, uint64_t now);
void scheduler_set_weight(struct scheduler *scheduler, unsigned number,
                          unsigned weight);
/* Sets the cap, in percent of the processor.  0 or 100 removes it. */
void scheduler_set_cap(struct scheduler *scheduler, unsigned number,
                       unsigned percent, uint64_t now);

/* The entity can run at any time, or from the time DUE on, or not at all. */
void scheduler_wake(struct scheduler *scheduler, unsigned number);
void scheduler_wake_at(struct scheduler *scheduler, unsigned number,
                       uint64_t due, bool on_time);
void scheduler_sleep(struct scheduler *scheduler, unsigned number);

/* Returns the entity to run next, or -1 if none can run at NOW. */
int scheduler_next(struct scheduler *scheduler, uint64_t now);

/* Reports that a call of the entity chosen last took TOOK. */
void scheduler_charge(struct scheduler *scheduler, uint64_t took);

/* Returns the time until an entity can run, or UINT32_MAX if all sleep. */
uint32_t scheduler_wait(const struct scheduler *scheduler, uint64_t now);
