/* SPDX-License-Identifier: MIT */
#include "scheduler.h"
#include <string.h>

/* Virtual time has 2^12 units in a microsecond at weight 1, so that the longest
   call fits into 32 bits.  Rounding loses less than WEIGHT_MAX units a call. */
#define VIRTUAL_BITS 12

#define PERCENT 100u

static uint64_t later(uint64_t one, uint64_t other)
{
    return one > other ? one : other;
}

/* ---- Buckets ---- */

static struct bucket bucket_of(unsigned percent, uint64_t now)
{
    return (struct bucket){.percent = percent, .at = now};
}

static void fill(struct bucket *bucket, uint64_t now)
{
    int64_t full = (int64_t)bucket->percent * CAP_WINDOW_US;
    uint64_t elapsed = now > bucket->at ? now - bucket->at : 0;

    if (elapsed > UINT32_MAX)
        elapsed = UINT32_MAX;
    int64_t credit = bucket->credit + (int64_t)(elapsed * bucket->percent);

    bucket->credit = (int32_t)(credit < full ? credit : full);
    bucket->at = later(bucket->at, now);
}

/* The debt of an entity is that of one call, as it runs only with credit. */
static void use(struct bucket *bucket, uint32_t took)
{
    bucket->credit -= (int32_t)(took * PERCENT);
}

/* Returns the time after NOW at which the bucket has credit. */
static uint64_t filled_in(const struct bucket *bucket, uint64_t now)
{
    uint64_t when = bucket->at;

    if (bucket->credit <= 0)
        when += (uint32_t)-bucket->credit / bucket->percent + 1;
    return when > now ? when - now : 0;
}

/* ---- Virtual time ---- */

/* Returns the weighted average of the entities that compete, rounded down, so
   that at least one of them is not ahead of it. */
static uint64_t average(const struct scheduler *scheduler)
{
    uint64_t base = UINT64_MAX, sum = 0;
    unsigned weights = 0;

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler->entity[i];

        if (entity->joined && entity->virtual_time < base)
            base = entity->virtual_time;
    }
    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler->entity[i];

        if (!entity->joined)
            continue;
        sum += (entity->virtual_time - base) * entity->weight;
        weights += entity->weight;
    }
    return weights > 0 ? base + sum / weights : scheduler->virtual_time;
}

/* Returns true if the entity is not ahead of the average. */
static bool is_eligible(const struct scheduler *scheduler,
                        const struct entity *entity)
{
    return entity->virtual_time <= scheduler->virtual_time;
}

/* Returns the time owed to an eligible entity, in units of virtual time. */
static uint64_t owed(const struct scheduler *scheduler,
                     const struct entity *entity)
{
    return (scheduler->virtual_time - entity->virtual_time) * entity->weight;
}

/* ---- Entities ---- */

void scheduler_start(struct scheduler *scheduler, uint64_t now)
{
    memset(scheduler, 0, sizeof *scheduler);
    scheduler->current = -1;
    scheduler->reserve = bucket_of(RESERVE_PERCENT, now);
    scheduler_set_slice(scheduler, 1000, 5000);
}

void scheduler_set_slice(struct scheduler *scheduler, uint32_t call_us,
                         uint32_t slice_us)
{
    scheduler->call_us = call_us;
    scheduler->slice_us = slice_us;
}

void scheduler_add(struct scheduler *scheduler, unsigned number,
                   unsigned weight, uint64_t now)
{
    scheduler->entity[number] =
        (struct entity){.weight = weight, .cap = bucket_of(0, now)};
    if (scheduler->current == (int)number)
        scheduler->current = -1;
}

/* The time by which the entity is ahead or behind stays the same. */
void scheduler_set_weight(struct scheduler *scheduler, unsigned number,
                          unsigned weight)
{
    struct entity *entity = &scheduler->entity[number];
    uint64_t average = scheduler->virtual_time;
    uint64_t before = entity->virtual_time;

    if (before > average)
        entity->virtual_time =
            average + (before - average) * entity->weight / weight;
    else if (entity->joined)
        entity->virtual_time =
            average - (average - before) * entity->weight / weight;
    entity->weight = weight;
}

void scheduler_set_cap(struct scheduler *scheduler, unsigned number,
                       unsigned percent, uint64_t now)
{
    scheduler->entity[number].cap =
        bucket_of(percent < PERCENT ? percent : 0, now);
}

void scheduler_wake(struct scheduler *scheduler, unsigned number)
{
    struct entity *entity = &scheduler->entity[number];

    entity->wants = true;
    entity->timed = entity->on_time = false;
}

void scheduler_wake_at(struct scheduler *scheduler, unsigned number,
                       uint64_t due, bool on_time)
{
    struct entity *entity = &scheduler->entity[number];

    entity->wants = entity->timed = true;
    entity->on_time = on_time;
    entity->due = due;
}

void scheduler_sleep(struct scheduler *scheduler, unsigned number)
{
    scheduler->entity[number].wants = false;
}

/* ---- Choice ---- */

static bool can_run(struct entity *entity, uint64_t now)
{
    if (entity->cap.percent > 0)
        fill(&entity->cap, now);
    return entity->wants && (!entity->timed || entity->due <= now) &&
           (entity->cap.percent == 0 || entity->cap.credit > 0);
}

/* Lets entities that can run join at the average, and the others leave. */
static void join_and_leave(struct scheduler *scheduler, uint64_t now)
{
    uint64_t joins_at = average(scheduler);

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        struct entity *entity = &scheduler->entity[i];
        bool joins = can_run(entity, now);

        if (joins && !entity->joined)
            entity->virtual_time = later(entity->virtual_time, joins_at);
        entity->joined = joins;
    }
    scheduler->virtual_time = joins_at;
    scheduler->virtual_time = average(scheduler);
}

static bool may_use_reserve(const struct scheduler *scheduler,
                            const struct entity *entity)
{
    return entity->on_time && scheduler->reserve.credit > 0;
}

/* Returns true if a timed entity runs before another: one that is on time, or
   else due first. */
static bool runs_before(const struct scheduler *scheduler,
                        const struct entity *one, const struct entity *other)
{
    bool reserved = may_use_reserve(scheduler, one);

    return reserved != may_use_reserve(scheduler, other)
               ? reserved
               : one->due < other->due;
}

/* Returns the timed entity that is due first, or -1. */
static int due_first(const struct scheduler *scheduler)
{
    int first = -1;

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler->entity[i];

        if (entity->joined && entity->timed &&
            (may_use_reserve(scheduler, entity) ||
             is_eligible(scheduler, entity)) &&
            (first < 0 ||
             runs_before(scheduler, entity, &scheduler->entity[first])))
            first = (int)i;
    }
    return first;
}

/* Returns the entity that is not timed to which most time is owed, or -1. */
static int most_owed(const struct scheduler *scheduler)
{
    int most = -1;

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler->entity[i];

        if (entity->joined && !entity->timed &&
            is_eligible(scheduler, entity) &&
            (most < 0 || owed(scheduler, entity) >
                             owed(scheduler, &scheduler->entity[most])))
            most = (int)i;
    }
    return most;
}

/* Returns true if the slice goes on.  A timed entity ends the slice of one that
   is not, once that had its minimum. */
static bool goes_on(const struct scheduler *scheduler, int due)
{
    int current = scheduler->current;

    if (current < 0 || !scheduler->entity[current].joined ||
        scheduler->used >= scheduler->slice_us)
        return false;
    return scheduler->entity[current].timed || due < 0 ||
           scheduler->used < scheduler->call_us;
}

int scheduler_next(struct scheduler *scheduler, uint64_t now)
{
    fill(&scheduler->reserve, now);
    join_and_leave(scheduler, now);
    int due = due_first(scheduler);

    scheduler->begins = !goes_on(scheduler, due);
    if (!scheduler->begins)
        return scheduler->current;
    scheduler->current = due >= 0 ? due : most_owed(scheduler);
    scheduler->used = 0;
    scheduler->reserved =
        due >= 0 && may_use_reserve(scheduler, &scheduler->entity[due]);
    return scheduler->current;
}

/* A call takes at least 1 us, so that a slice ends if the clock is coarse. */
void scheduler_charge(struct scheduler *scheduler, uint64_t took)
{
    if (scheduler->current < 0)
        return;
    struct entity *entity = &scheduler->entity[scheduler->current];

    uint32_t us = took < CHARGE_MAX_US ? (uint32_t)took : CHARGE_MAX_US;

    us += us == 0;
    scheduler->used += us;
    if (entity->cap.percent > 0)
        use(&entity->cap, us);
    if (scheduler->reserved)
        use(&scheduler->reserve, us);
    else
        entity->virtual_time += (us << VIRTUAL_BITS) / entity->weight;
}

uint32_t scheduler_wait(const struct scheduler *scheduler, uint64_t now)
{
    uint64_t wait = UINT32_MAX;

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler->entity[i];
        uint64_t own = 0;

        if (!entity->wants)
            continue;
        if (entity->timed && entity->due > now)
            own = entity->due - now;
        if (entity->cap.percent > 0)
            own = later(own, filled_in(&entity->cap, now));
        wait = own < wait ? own : wait;
    }
    return (uint32_t)wait;
}
