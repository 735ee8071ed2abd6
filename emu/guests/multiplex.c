/* SPDX-License-Identifier: MIT */
#include "multiplex.h"

/* Returns true if there is no guest but one that may run all the time. */
static bool is_alone(struct guests *guests)
{
    const struct guest *guest = guests_get(guests, guests->focus);

    return guests->count == 1 && !guest->paused && !guest->killed &&
           guests_cap(guests, guests->focus) == 0;
}

/* ---- Calls ---- */

static enum guest_exit cause_of(const struct session *session)
{
    if (session->killed)
        return session->space->overran ? GUEST_EXIT_OVERRUN : GUEST_EXIT_FAULT;
    if (session->machine.neon)
        return GUEST_EXIT_STOP;
    if (session->hung)
        return GUEST_EXIT_HANG;
    return session->cs ? GUEST_EXIT_BUDGET : GUEST_EXIT_BREAKPOINT;
}

struct before {
    uint64_t prepulses, instructions;
    bool runs;
};

static struct before before(const struct session *session)
{
    return (struct before){session->machine.prepulses,
                           session->machine.instructions,
                           session_runs(session) && !session_in_past(session)};
}

/* Records what the guest has done since BEFORE.  A replay does not count, and
   the exit of a guest killed in the call is recorded already. */
static void record(struct guests *guests, unsigned number,
                   const struct before *before)
{
    struct guest *guest = guests_get(guests, number);
    const struct session *session = guests_session(guests, number);
    const struct machine *machine = &session->machine;

    if (!before->runs)
        return;
    guest->ran |= machine->prepulses != before->prepulses;
    guest->account.instructions += machine->instructions - before->instructions;
    if (!guest->killed &&
        (machine->prepulses != before->prepulses || !session_runs(session)))
        guest->account.exits[cause_of(session)]++;
}

/* Starts a slice, or makes another call in it.  At a limited speed, few
   prepulses may be due that session_turn_more() leaves to the next turn. */
static bool call(struct guest *guest, struct session *session, bool begins,
                 uint64_t now)
{
    if (!begins && session_turn_more(session, now))
        return true;
    session_turn(session, now, guest->logs);
    guest->logs = false;
    return false;
}

static void run_chosen(struct guests *guests, unsigned number, uint64_t now)
{
    struct session *session = guests_session(guests, number);
    struct before start = before(session);

    session->pace.call_us = guests->session->pace.call_us;
    guests->call.number = number;
    guests->call.scheduled = true;
    guests->call.learns = call(guests_get(guests, number), session,
                               guests->scheduler.begins, now);
    record(guests, number, &start);
    guests_schedule(guests, number);
}

static bool run_alone(struct guests *guests, uint64_t now)
{
    struct before start = before(guests->session);
    bool any = session_turn_more(guests->session, now);

    if (!any)
        return false;
    guests->call = (struct guest_call){.number = guests->focus, .learns = true};
    record(guests, guests->focus, &start);
    return true;
}

static void turn_alone(struct guests *guests, uint64_t now, bool last_of_frame)
{
    struct before start = before(guests->session);

    session_turn(guests->session, now, last_of_frame);
    if (guests->session->machine.prepulses != start.prepulses)
        guests->call = (struct guest_call){.number = guests->focus};
    record(guests, guests->focus, &start);
}

/* ---- Interface ---- */

void guests_turn(struct guests *guests, uint64_t now, bool last_of_frame)
{
    struct session *session = guests->session;
    uint32_t slice_max = session->slice_max;

    guests->call.number = 0;
    if (is_alone(guests)) {
        turn_alone(guests, now, last_of_frame);
        return;
    }
    session->slice_max = 0; /* the scheduler decides when it runs */
    session_turn(session, now, false);
    session->slice_max = slice_max;
}

bool guests_more(struct guests *guests, uint64_t now)
{
    const struct pace *pace = &guests->session->pace;
    struct scheduler *scheduler = &guests->scheduler;

    guests->call.number = 0;
    if (is_alone(guests))
        return run_alone(guests, now);
    scheduler_set_slice(scheduler, pace->call_us, pace_slice(pace));
    guests_schedule(guests, guests->focus);
    int next = scheduler_next(scheduler, now);

    if (next < 0)
        return false;
    run_chosen(guests, (unsigned)next + 1, now);
    return true;
}

void guests_account(struct guests *guests, uint64_t took)
{
    const struct guest_call call = guests->call;

    guests->call.number = 0;
    if (call.number == 0)
        return;
    guests_get(guests, call.number)->account.us += took;
    if (call.scheduled)
        scheduler_charge(&guests->scheduler, took);
    if (call.learns)
        session_account_call(guests_session(guests, call.number), took);
}

/* Returns true if the guest had no slice in this frame, though it runs. */
static bool waits_for_slice(struct guests *guests, unsigned number)
{
    return !is_alone(guests) && !guests_get(guests, number)->ran &&
           guests_state(guests, number) == GUEST_RUNNING &&
           session_wait(guests_session(guests, number)) == 0;
}

static bool end_frame(struct guests *guests, unsigned number)
{
    struct guest *guest = guests_get(guests, number);

    if (waits_for_slice(guests, number))
        return true;
    guest->logs = true;
    guest->ran = false;
    return session_end_frame(guests_session(guests, number));
}

/* The tube of any other guest is not drawn, but its log must not grow. */
static bool needs_frame(struct guests *guests, unsigned number)
{
    const struct guest *guest = guests_get(guests, number);

    return guest->present &&
           (guest->shown || number == guests->focus ||
            guest->place.session->phosphor.bars >= PHOSPHOR_BARS_MAX);
}

bool guests_end_frame(struct guests *guests)
{
    bool any = false;

    for (unsigned number = 1; number <= guests->capacity; number++)
        if (needs_frame(guests, number))
            any |= end_frame(guests, number);
    return any;
}

uint32_t guests_wait(struct guests *guests, uint64_t now)
{
    if (is_alone(guests))
        return session_wait(guests->session);
    if (session_is_seeking(guests->session))
        return 0;
    guests_schedule(guests, guests->focus);
    return scheduler_wait(&guests->scheduler, now);
}
