/* SPDX-License-Identifier: MIT */
#include "guests.h"
#include <string.h>

/* A guest with at least this time between prepulses is served on time; at
   higher speeds, a delay cannot be seen. */
#define ON_TIME_NS 1000000u

#define THOUSAND 1000u

struct guest *guests_get(struct guests *guests, unsigned number)
{
    return &guests->guest[number - 1];
}

struct session *guests_session(struct guests *guests, unsigned number)
{
    return number == guests->focus ? guests->session
                                   : guests_get(guests, number)->place.session;
}

unsigned guests_divide(struct guest_place *places, unsigned most, void *memory,
                       size_t size)
{
    uint8_t *next = memory;
    unsigned count = 0;

    for (; count < most && size >= GUEST_SIZE; count++, size -= GUEST_SIZE) {
        places[count] = (struct guest_place){
            .session = (struct session *)(void *)next,
            .engine_state =
                (union engine_state *)(void *)(next + sizeof(struct session)),
        };
        next += GUEST_SIZE;
    }
    return count;
}

void guests_start(struct guests *guests, struct session *session,
                  const struct guest_place *places, unsigned count,
                  uint64_t now)
{
    memset(guests, 0, sizeof *guests);
    guests->session = session;
    guests->focus = guests->count = 1;
    guests->capacity = 1 + count;
    guests->guest[0].present = true;
    guests->guest[0].place = (struct guest_place){
        .session = &guests->first,
        .space = session->space,
        .engine_state = session->engine_state,
        .area = session->code_area,
    };
    for (unsigned i = 0; i < count; i++)
        guests->guest[i + 1].place = places[i];
    scheduler_start(&guests->scheduler, now);
    scheduler_add(&guests->scheduler, 0, GUEST_WEIGHT, now);
}

void guests_show_focus(struct guests *guests)
{
    struct engine_space *space = guests->session->space;

    if (space != NULL)
        space->show(space);
}

const char *guests_reason(struct guests *guests, unsigned number)
{
    const struct guest *guest = guests_get(guests, number);

    return guest->killed ? guest->reason
                         : guests_session(guests, number)->space->fault;
}

enum guest_state guests_state(struct guests *guests, unsigned number)
{
    const struct guest *guest = guests_get(guests, number);
    const struct session *session = guests_session(guests, number);

    if (guest->killed || session->killed)
        return GUEST_KILLED;
    if (guest->paused)
        return GUEST_PAUSED;
    if (session->hung)
        return GUEST_HUNG;
    return session_runs(session) ? GUEST_RUNNING : GUEST_STOPPED;
}

unsigned guests_weight(const struct guests *guests, unsigned number)
{
    return guests->scheduler.entity[number - 1].weight;
}

unsigned guests_cap(const struct guests *guests, unsigned number)
{
    return guests->scheduler.entity[number - 1].cap.percent;
}

unsigned guests_unsaved(struct guests *guests)
{
    for (unsigned number = 1; number <= guests->capacity; number++)
        if (guests_get(guests, number)->present &&
            session_is_unsaved(guests_session(guests, number)))
            return number;
    return 0;
}

/* Returns true if the session has work for as long as it is given time. */
static bool is_flat_out(const struct session *session)
{
    return session_is_seeking(session) || session->run_control.run_to != 0 ||
           speeds[session->pace.speed].period_ns == 0;
}

bool guests_competes(struct guests *guests, unsigned number)
{
    return guests_get(guests, number)->present &&
           guests_state(guests, number) == GUEST_RUNNING &&
           is_flat_out(guests_session(guests, number));
}

unsigned guests_share(struct guests *guests, unsigned number)
{
    unsigned own = guests_weight(guests, number), sum = own;

    for (unsigned other = 1; other <= guests->capacity; other++)
        if (other != number && guests_competes(guests, other))
            sum += guests_weight(guests, other);
    return (own * THOUSAND + sum / 2) / sum;
}

static bool can_run(const struct guest *guest, const struct session *session)
{
    return guest->present && !guest->paused && !guest->killed &&
           session_wait(session) != UINT32_MAX &&
           (session->slice_max > 0 || session_is_seeking(session));
}

/* Returns when to run a guest that is not flat out.  Unless it is late, one at
   a high speed waits until a call is worth while. */
static uint64_t due_at(const struct session *session)
{
    const struct pace *pace = &session->pace;
    uint64_t wait = pace_wait(pace) + UINT64_C(1); /* it is rounded down */

    if (pace->credit_ns >= speeds[pace->speed].period_ns)
        return pace->last;
    return pace->last + (wait > pace->call_us ? wait : pace->call_us);
}

void guests_schedule(struct guests *guests, unsigned number)
{
    const struct session *session = guests_session(guests, number);
    struct scheduler *scheduler = &guests->scheduler;
    uint32_t period = speeds[session->pace.speed].period_ns;

    if (!can_run(guests_get(guests, number), session))
        scheduler_sleep(scheduler, number - 1);
    else if (is_flat_out(session))
        scheduler_wake(scheduler, number - 1);
    else
        scheduler_wake_at(scheduler, number - 1, due_at(session),
                          period >= ON_TIME_NS);
}
