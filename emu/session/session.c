/* SPDX-License-Identifier: MIT */
#include "session.h"
#include "engine_use.h"
#include "execute.h"
#include "lines_used.h"
#include <string.h>

#define FIRST_SEEK 256 /* number of prepulses in the first call of a seek */

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

bool session_set_engine(struct session *session, const struct engine *engine,
                        struct code_area *area)
{
    if (session->engine != NULL)
        session_collect_lines(session);
    bool can = engine_use_start(session, engine, area);

    if (!can)
        engine_use_start(session, session->engine, area);
    pace_along(&session->pace, NULL);
    return can;
}

void session_start(struct session *session, struct engine_space *space,
                   union engine_state *state, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now)
{
    memset(session, 0, sizeof *session);
    session->space = space;
    session->engine_state = state;
    session->journal = journal;
    session->travel.history = history;
    session->travel.budget = FIRST_SEEK;
    session->slice_max = UINT32_MAX;
    session->controls = controls_normal;
    session->hot = TRANSLATOR_HOT;
    session_set_engine(session, &engine_predecoded, NULL);
    pace_start(&session->pace, speed, now);
}

unsigned session_next_line(const struct session *session)
{
    return word_line(machine_next_control(&session->machine) &
                     session->controls.stat);
}

static void note_kc(struct session *session, uint64_t prepulse)
{
    if (session->journal != NULL && !session_in_past(session))
        journal_add(session->journal,
                    (struct record){.prepulse = prepulse, .op = OP_KC});
}

/* KC in Man may leave CI unchanged, which must be recorded in history. */
static void hold_control(struct session *session, bool holds)
{
    session->controls.holds_control = holds;
    session_record(session);
}

void session_kc(struct session *session)
{
    if (session_runs(session))
        return;
    if (session_in_past(session)) {
        if (session_replay(session, 1) > 0)
            session_run_logged(session, 1);
        session_record(session);
        return;
    }
    note_kc(session, session->machine.prepulses);
    hold_control(session, session->controls.manual && session->manual_holds);
    session_run_logged(session, 1);
    session_record(session);
    hold_control(session, false);
    if (session->press.open)
        session_update_held_keys(session);
}

void session_run_block(struct session *session, uint32_t budget)
{
    uint64_t before = session->machine.prepulses;

    if (session_runs(session) || !session_engine_may(session)) {
        session_kc(session);
        return;
    }
    if (session_in_past(session))
        budget = session_replay(session, budget);
    session_record(session);
    if (budget > 0)
        session_run_engine_logged(session, budget);
    for (; before < session->machine.prepulses; before++)
        note_kc(session, before);
    session_record(session);
}

/* Runs at most DUE bars and logs the last LOGGED of them.  Returns the number
   of bars run, which is less than DUE if the engine stops early. */
static uint32_t run_bars(struct session *session, uint32_t due, uint32_t logged)
{
    uint32_t ran = 0;

    engine_use_defer(session);
    while (session_runs(session) && ran < due &&
           session->observed.log_remaining > 0) {
        uint32_t bars = session_run_logged(
            session, min(due - ran, session->observed.log_remaining));

        session->observed.log_remaining -= bars;
        ran += bars;
    }
    logged = min(due - ran, logged);
    if (due - ran > logged && session_runs(session))
        ran += session_run_fast(session, due - ran - logged);
    for (due = ran + logged; session_runs(session) && ran < due;)
        ran += session_run_logged(session, due - ran);
    engine_use_report(session);
    return ran;
}

/* Returns a pointer that identifies the current executor for pace_along(). */
static const void *path_of(const struct session *session)
{
    if (!controls_are_normal(&session->controls))
        return &session->controls;
    if (session->observed.lockstep != NULL)
        return session->observed.lockstep;
    return session->profile != NULL ? (const void *)session->profile
                                    : session->engine;
}

/* Runs the prepulses due at NOW in one call and logs the last LOGGED. */
static void run_due(struct session *session, uint64_t now, uint32_t logged)
{
    struct pace *pace = &session->pace;

    pace_along(pace, path_of(session));
    uint32_t due = pace_due(pace, now);

    if (session->run_control.run_to != 0)
        due = pace->call;
    due = min(due, session->slice_max);
    if (logged >= due || session->observed.log_remaining > 0)
        due = min(due, pace->watch);
    pace->asked = due;
    if (session_in_past(session))
        due = session_replay(session, due);
    pace_used(pace, run_bars(session, due, logged));
}

void session_turn(struct session *session, uint64_t now, bool last_of_frame)
{
    if (session->press.open)
        session_update_held_keys(session);
    session_record(session);
    if (session_seek_turn(session) || !session_runs(session)) {
        pace_idle(&session->pace, now);
        return;
    }
    run_due(session, now, last_of_frame ? session->pace.watch : 1);
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
}

bool session_is_behind(struct session *session, uint64_t now)
{
    return session_runs(session) && (session->run_control.run_to != 0 ||
                                     pace_is_behind(&session->pace, now));
}

/* In the past or after a stop, the next step depends on recorded history. */
bool session_turn_more(struct session *session, uint64_t now)
{
    struct pace *pace = &session->pace;

    session->travel.called = session_seek_turn(session);
    if (session->travel.called)
        return true;
    if (session->slice_max == 0 || !session_is_behind(session, now))
        return false;
    pace->watching = !pace->watch_known && pace->call >= pace->watch;
    run_due(session, now, pace->watching ? pace->watch : 0);
    if (session_runs(session) && !session_in_past(session))
        return true;
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
    return true;
}

/* Calls that ended early say nothing about the right size and are ignored. */
void session_account_call(struct session *session, uint64_t took)
{
    if (session_is_seeking(session))
        session->travel.budget =
            pace_resize(&session->pace, session->travel.budget, took);
    else if (!session->travel.called && session_runs(session))
        pace_learn(&session->pace, took);
}

/* Returns the line accessed in every bar of a machine at rest.  In Auto it is
   selected by CI, in Man by the L switches (Burton 2001); with bright_at_l,
   always by the L switches (Reference Manual A3.3.2.1). */
static unsigned bright_line(const struct session *session)
{
    return session->controls.manual || session->bright_at_l
               ? word_line(session->controls.stat)
               : word_line(session->machine.ci & session->controls.stat);
}

bool session_end_frame(struct session *session)
{
    bool glowing = phosphor_frame(&session->phosphor, &session->machine,
                                  bright_line(session));

    /* A machine at rest is shown as it is, not averaged over the frame. */
    if (!session_runs(session))
        phosphor_refresh(&session->phosphor, &session->machine, false);

    return glowing || session_runs(session) || session->press.open ||
           session_is_seeking(session);
}

uint32_t session_wait(const struct session *session)
{
    if (session_is_seeking(session) ||
        (session_runs(session) && session->run_control.run_to != 0))
        return 0;
    return session_runs(session) ? pace_wait(&session->pace) : UINT32_MAX;
}
