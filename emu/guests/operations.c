/* SPDX-License-Identifier: MIT */
#include "operations.h"
#include "emu/session/attach.h"
#include "emu/session/clone.h"
#include "emu/text/strbuf.h"
#include <string.h>

static bool refuse(struct guests *guests, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool refuse(struct guests *guests, const char *format, ...)
{
    struct strbuf text = strbuf_begin(guests->refusal, sizeof guests->refusal);
    va_list list;

    va_start(list, format);
    strbuf_add_list(&text, format, list);
    va_end(list);
    return false;
}

static bool is_present(struct guests *guests, unsigned number)
{
    return (number >= 1 && number <= GUESTS_MAX &&
            guests_get(guests, number)->present) ||
           refuse(guests, "There is no machine %u", number);
}

static bool is_alive(struct guests *guests, unsigned number)
{
    return is_present(guests, number) &&
           (!guests_get(guests, number)->killed ||
            refuse(guests, "Machine %u was killed: restart or remove it",
                   number));
}

/* ---- Adding guests ---- */

/* Returns the lowest free number, or 0 if there is none. */
static unsigned free_number(struct guests *guests)
{
    for (unsigned number = 1; number <= guests->capacity; number++)
        if (!guests_get(guests, number)->present)
            return number;
    if (guests->capacity == GUESTS_MAX)
        refuse(guests, "There are %u machines already, which is the maximum",
               GUESTS_MAX);
    else
        refuse(guests, "This PC has memory for %u machine%s, and no more",
               guests->capacity, guests->capacity == 1 ? "" : "s");
    return 0;
}

/* Adds guest NUMBER, whose session is ready. */
static void add(struct guests *guests, unsigned number, unsigned weight,
                uint64_t now)
{
    struct guest *guest = guests_get(guests, number);

    *guest = (struct guest){.present = true, .place = guest->place};
    pace_idle(&guest->place.session->pace, now);
    guests->count++;
    scheduler_add(&guests->scheduler, number - 1, weight, now);
    guests_schedule(guests, number);
}

/* Sets the options of the PC, which are no part of a program. */
static void set_options(struct session *session, const struct session *other)
{
    const struct compatibility *own = &other->compatibility;

    session->hot = other->hot;
    session->manual_holds = other->manual_holds;
    session->bright_at_l = other->bright_at_l;
    session->controls.kac_dead = other->controls.kac_dead;
    session->controls.erase_corrupts = other->controls.erase_corrupts;
    session->machine.ci5 = own->replaced ? own->ci5 : other->machine.ci5;
    session->machine.immediate_test =
        own->replaced ? own->immediate_test : other->machine.immediate_test;
}

unsigned guests_new(struct guests *guests, const struct program *program,
                    const struct snapshot *snapshot, uint64_t now)
{
    unsigned number = free_number(guests);
    const struct session *other = guests->session;

    if (number == 0)
        return 0;
    const struct guest_place *place = &guests_get(guests, number)->place;
    struct session *session = place->session;

    session_start(session, place->space, place->engine_state, NULL, NULL,
                  other->pace.speed, now);
    set_options(session, other);
    session_set_engine(session, other->engine, place->area);
    if (snapshot != NULL)
        session_restore(session, snapshot, program);
    else
        session_load(session,
                     program != NULL ? program : &session->loaded.program);
    session_set_cs(session, program != NULL);
    add(guests, number, GUEST_WEIGHT, now);
    return number;
}

unsigned guests_clone(struct guests *guests, unsigned number, uint64_t now)
{
    unsigned clone = is_alive(guests, number) ? free_number(guests) : 0;

    if (clone == 0)
        return 0;
    struct guest *guest = guests_get(guests, clone);

    session_clone(guest->place.session, guest->place.space,
                  guest->place.engine_state, guests_session(guests, number),
                  guest->place.area);
    add(guests, clone, guests_weight(guests, number), now);
    scheduler_set_cap(&guests->scheduler, clone - 1, guests_cap(guests, number),
                      now);
    guest->parent = number;
    guest->paused = guests_get(guests, number)->paused;
    guests_schedule(guests, clone);
    return clone;
}

/* ---- State ---- */

bool guests_pause(struct guests *guests, unsigned number)
{
    if (!is_alive(guests, number))
        return false;
    if (guests_get(guests, number)->paused)
        return refuse(guests, "Machine %u is paused already", number);
    guests_get(guests, number)->paused = true;
    guests_schedule(guests, number);
    return true;
}

/* Lets the guest run as if it had not waited. */
static void go_on(struct guests *guests, unsigned number, uint64_t now)
{
    guests_get(guests, number)->paused = false;
    pace_idle(&guests_session(guests, number)->pace, now);
    guests_schedule(guests, number);
}

bool guests_resume(struct guests *guests, unsigned number, uint64_t now)
{
    if (!is_alive(guests, number))
        return false;
    if (!guests_get(guests, number)->paused)
        return refuse(guests, "Machine %u is not paused", number);
    go_on(guests, number, now);
    return true;
}

static void kill(struct guests *guests, unsigned number, const char *reason)
{
    struct guest *guest = guests_get(guests, number);
    struct session *session = guests_session(guests, number);
    struct strbuf text = strbuf_begin(guest->reason, sizeof guest->reason);

    strbuf_add(&text, "%s", reason);
    guest->killed = true;
    guest->paused = false;
    session_restart_engine(session, guest->place.area);
    session_set_cs(session, false);
    guests_schedule(guests, number);
}

bool guests_kill(struct guests *guests, unsigned number)
{
    if (!is_alive(guests, number))
        return false;
    kill(guests, number, "Killed by the operator");
    return true;
}

void guests_fail(struct guests *guests, unsigned number, enum guest_exit cause,
                 const char *reason)
{
    kill(guests, number, reason);
    guests_get(guests, number)->account.exits[cause]++;
}

bool guests_restart(struct guests *guests, unsigned number, uint64_t now)
{
    if (!is_present(guests, number))
        return false;
    struct session *session = guests_session(guests, number);

    guests_get(guests, number)->killed = false;
    session_restart_engine(session, guests_get(guests, number)->place.area);
    session_restart(session);
    session_set_cs(session, true);
    go_on(guests, number, now);
    return true;
}

bool guests_remove(struct guests *guests, unsigned number)
{
    if (!is_present(guests, number))
        return false;
    if (number == guests->focus)
        return refuse(guests, "Machine %u is in focus: focus another one first",
                      number);
    guests_get(guests, number)->present = false;
    guests->count--;
    if (guests->call.number == number)
        guests->call.number = 0;
    scheduler_add(&guests->scheduler, number - 1, GUEST_WEIGHT, 0);
    return true;
}

/* ---- Settings ---- */

bool guests_set_weight(struct guests *guests, unsigned number, unsigned weight)
{
    if (!is_present(guests, number))
        return false;
    if (weight < 1 || weight > WEIGHT_MAX)
        return refuse(guests, "A weight is a number from 1 to %u", WEIGHT_MAX);
    scheduler_set_weight(&guests->scheduler, number - 1, weight);
    return true;
}

bool guests_set_cap(struct guests *guests, unsigned number, unsigned percent,
                    uint64_t now)
{
    if (!is_present(guests, number))
        return false;
    if (percent > 100)
        return refuse(guests, "A cap is a percentage from 1 to 100");
    scheduler_set_cap(&guests->scheduler, number - 1, percent, now);
    return true;
}

bool guests_set_speed(struct guests *guests, unsigned number, unsigned speed,
                      uint64_t now)
{
    if (!is_present(guests, number))
        return false;
    if (speed >= SPEEDS)
        return refuse(guests, "There is no such speed");
    struct pace *pace = &guests_session(guests, number)->pace;

    pace_set(pace, speed);
    pace_idle(pace, now);
    guests_schedule(guests, number);
    return true;
}

bool guests_set_engine(struct guests *guests, unsigned number,
                       const struct engine *engine)
{
    return is_alive(guests, number) &&
           (session_set_engine(guests_session(guests, number), engine,
                               guests_get(guests, number)->place.area) ||
            refuse(guests, "Machine %u has no memory for the %s engine's code",
                   number, engine->name));
}

/* ---- Focus ---- */

bool guests_focus(struct guests *guests, unsigned number)
{
    struct session *session = guests->session;
    unsigned before = guests->focus;

    if (!is_present(guests, number))
        return false;
    if (number == before)
        return true;
    struct journal *journal = session->journal;
    struct history *history = session->travel.history;

    session_detach(session);
    *guests_get(guests, before)->place.session = *session;
    *session = *guests_get(guests, number)->place.session;
    guests->focus = number;
    session_attach(session, journal, history);
    guests_schedule(guests, before);
    guests_schedule(guests, number);
    return true;
}
