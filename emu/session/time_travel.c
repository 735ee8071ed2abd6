/* SPDX-License-Identifier: MIT */
#include "time_travel.h"
#include "emu/history/profile_range.h"
#include "emu/history/reverse_continue.h"
#include "engine_use.h"
#include "execute.h"
#include "held_keys.h"
#include "run_control.h"
#include "switches.h"
#include "undo.h"
#include <string.h>

void session_record(struct session *session)
{
    if (session_record_state(session)) {
        undo_seek(session, session->travel.history->last.records);
        session_break(session, BREAK_PRESENT);
    }
}

/* Replays and logs the step before STEP.  Returns false if it was an action. */
static bool log_before(struct session *session, uint64_t step)
{
    struct position before;
    struct profile *profile = session->profile;
    bool cs = session->cs;
    uint64_t prepulses = session->travel.history->at.snapshot.machine.prepulses;

    history_peek(session->travel.history, step - 1, &before);
    if (before.snapshot.machine.prepulses == prepulses)
        return false;
    session_become(session, &before.snapshot);
    session->profile = NULL;
    session->cs = false; /* breakpoints must not fire during replay */
    session_step_logged(session);
    session->cs = cs;
    session->profile = profile;
    return true;
}

/* Sets `last` to the last prepulse before this position. */
static void find_last(struct session *session)
{
    uint64_t step = position_step(&session->travel.history->at);
    uint64_t first = history_first(session->travel.history);

    session->last.valid = false;
    for (; step > first; step--)
        if (log_before(session, step))
            return;
}

void session_recall_last(struct session *session)
{
    if (!session->last.operand_unknown || !session_has_history(session))
        return;
    session_record(session);
    find_last(session);
    session_become(session, &session->travel.history->at.snapshot);
    session_state_changed(session);
}

/* Moves the machine to the current position in history. */
static void arrive(struct session *session)
{
    session->press = (struct press){0};
    session->held.typewriter = session->held.strip = 0;
    if (!session->travel.keeps_last)
        find_last(session);
    session_become(session, &session->travel.history->at.snapshot);
    undo_seek(session, session->travel.history->at.records);
    session_state_changed(session);
    if (!session_in_past(session))
        session_break(session, BREAK_PRESENT);
}

bool session_seek_turn(struct session *session)
{
    if (!session_is_seeking(session))
        return false;
    enum seek_status found =
        history_seek_advance(session->travel.history, session->travel.budget);

    if (found == SEEK_BUSY)
        return true;
    if (found != SEEK_PREVIEW)
        arrive(session);
    session->travel.result = found;
    return true;
}

/* Stops the machine, releases all keys, and returns whether history exists. */
static bool halt(struct session *session)
{
    session_set_cs(session, false);
    session_hold_keys(session, 0, 0);
    session_record(session);
    session->run_control.reason = BREAK_NONE;
    return session_has_history(session);
}

bool session_seek_step(struct session *session, uint64_t step)
{
    if (!halt(session))
        return false;
    history_seek_step(session->travel.history, step);
    return session_seek_turn(session);
}

bool session_seek_count(struct session *session, uint64_t instructions)
{
    return halt(session) &&
           history_seek_count(session->travel.history, instructions) &&
           session_seek_turn(session);
}

bool session_reverse_continue(struct session *session,
                              const struct breakpoints *breakpoints)
{
    if (!halt(session))
        return false;
    history_seek_breakpoint(session->travel.history, breakpoints);
    return session_seek_turn(session);
}

bool session_peek_count(struct session *session, uint64_t instructions)
{
    if (!halt(session) ||
        !history_seek_count(session->travel.history, instructions))
        return false;
    history_seek_preview(session->travel.history);
    return session_seek_turn(session);
}

void session_profile_range(struct session *session, struct profile *profile)
{
    const struct position from = session->travel.history->seek.at;

    history_profile_range(session->travel.history, &from, profile);
    session_seek_turn(session);
}

enum seek_status session_seek_result(struct session *session)
{
    enum seek_status found = session->travel.result;

    session->travel.result = SEEK_NONE;
    return found;
}

uint32_t session_replay(struct session *session, uint32_t due)
{
    struct history *history = session->travel.history;

    if (due == 0)
        return 0;
    uint64_t room = history_steps_ahead(history);

    if (room > 0)
        return due < room ? due : (uint32_t)room;
    history_seek_step(history, position_step(&history->at) + 1);
    session->travel.keeps_last = true; /* actions leave `last` unchanged */
    session_seek_turn(session);
    session->travel.keeps_last = false;
    session->travel.result = SEEK_NONE;
    return 0;
}

void session_run_to(struct session *session, uint64_t count)
{
    session_set_cs(session, true);
    session->run_control.run_to = count;
}

void session_leave_past(struct session *session)
{
    if (!session_in_past(session))
        return;
    history_seek_cancel(session->travel.history);
    session->travel.history->at = session->travel.history->last;
    session_become(session, &session->travel.history->last.snapshot);
    undo_seek(session, session->travel.history->last.records);
    session_state_changed(session);
}
