/* SPDX-License-Identifier: MIT */
/*
 * The desk in the past: machine, switches and notes are as they were, and
 * what happened happens again until one changes something.
 */
#include "undo.h"
#include <string.h>

bool session_has_history(const struct session *session)
{
    return session->history != NULL && session->history->count > 0;
}

bool session_in_past(const struct session *session)
{
    return session_has_history(session) && history_in_past(session->history);
}

static void become(struct session *session, const struct snapshot *snapshot)
{
    session->machine = snapshot->machine;
    session->controls = snapshot->controls;
    session->hung = snapshot->hung;
    session->uncounted = snapshot->uncounted;
    session->machine_us = snapshot->machine_us;
}

/* More prepulses than are counted: at least one has passed, whatever is waited
   for, and history, which tells positions apart by their counts, begins again
   with NOW. */
static void end_counts(struct session *session, const struct snapshot *now,
                       uint32_t records)
{
    session->press.since = 0;
    session->run_control.from = 0;
    if (session_has_history(session))
        history_begin(session->history, now, records);
}

void session_record(struct session *session)
{
    struct snapshot now;
    bool past = session_in_past(session);
    bool full = machine_saturate(&session->machine);
    uint32_t records = session->journal != NULL ? session->journal->end : 0;

    session_snapshot(session, &now);
    session->bar_us = now.bar_us;
    if (full)
        end_counts(session, &now, records);
    if (full || !session_has_history(session))
        return;
    history_record(session->history, &now, records);
    if (past) {
        session->machine_us = session->history->at.snapshot.machine_us;
        session->bar_us = session->history->at.snapshot.bar_us;
    }
    if (past && !session_in_past(session)) {
        undo_seek(session, session->history->last.records);
        session_break(session, BREAK_PRESENT);
    }
}

/* The prepulse before STEP, if the one there is, is seen once more. */
static bool see_before(struct session *session, uint64_t step)
{
    struct position before;
    struct profile *profile = session->profile;
    bool cs = session->cs;
    uint64_t prepulses = session->history->at.snapshot.machine.prepulses;

    history_peek(session->history, step - 1, &before);
    if (before.snapshot.machine.prepulses == prepulses)
        return false;
    become(session, &before.snapshot);
    session->profile = NULL;
    session->cs = false; /* what stopped it then is not to stop it now */
    session_step_logged(session);
    session->cs = cs;
    session->profile = profile;
    return true;
}

/* The prepulse that led here; actions may have come after it. */
static void see_last(struct session *session)
{
    uint64_t step = position_step(&session->history->at);
    uint64_t first = history_first(session->history);

    session->last.valid = false;
    for (; step > first; step--)
        if (see_before(session, step))
            return;
}

void session_recall_last(struct session *session)
{
    if (!session->last.operand_unknown || !session_has_history(session))
        return;
    session_record(session);
    see_last(session);
    become(session, &session->history->at.snapshot);
    session_state_changed(session);
}

/* The machine is where history is. */
static void arrive(struct session *session)
{
    session->press = (struct press){0};
    session->typewriter = session->strip = 0;
    if (!session->repeats)
        see_last(session);
    become(session, &session->history->at.snapshot);
    undo_seek(session, session->history->at.records);
    session_state_changed(session);
    if (!session_in_past(session))
        session_break(session, BREAK_PRESENT);
}

bool session_is_seeking(const struct session *session)
{
    return session->history != NULL && session->history->seek.turn != NULL;
}

bool session_seek_turn(struct session *session)
{
    if (!session_is_seeking(session))
        return false;
    enum seek_status found =
        history_seek_turn(session->history, session->replay_budget);

    if (found == SEEK_BUSY)
        return true;
    if (found != SEEK_PREVIEW)
        arrive(session);
    session->found = found;
    return true;
}

/* Standing, and with no hand on it.  False: there is no history. */
static bool stand(struct session *session)
{
    session_set_cs(session, false);
    session_hold_keys(session, 0, 0);
    session_record(session);
    session->run_control.reason = BREAK_NONE;
    return session_has_history(session);
}

bool session_seek_step(struct session *session, uint64_t step)
{
    if (!stand(session))
        return false;
    history_seek_step(session->history, step);
    return session_seek_turn(session);
}

bool session_seek_count(struct session *session, uint64_t instructions)
{
    return stand(session) &&
           history_seek_count(session->history, instructions) &&
           session_seek_turn(session);
}

bool session_reverse_continue(struct session *session,
                              const struct breakpoints *breakpoints)
{
    if (!stand(session))
        return false;
    history_seek_breakpoint(session->history, breakpoints);
    return session_seek_turn(session);
}

bool session_peek_count(struct session *session, uint64_t instructions)
{
    if (!stand(session) || !history_seek_count(session->history, instructions))
        return false;
    history_seek_preview(session->history);
    return session_seek_turn(session);
}

void session_profile_range(struct session *session, struct profile *profile)
{
    const struct position from = session->history->seek.at;

    history_profile_range(session->history, &from, profile);
    session_seek_turn(session);
}

enum seek_status session_seek_result(struct session *session)
{
    enum seek_status found = session->found;

    session->found = SEEK_NONE;
    return found;
}

uint32_t session_replay(struct session *session, uint32_t due)
{
    struct history *history = session->history;

    if (due == 0)
        return 0;
    uint64_t room = history_steps_ahead(history);

    if (room > 0)
        return due < room ? due : (uint32_t)room;
    history_seek_step(history, position_step(&history->at) + 1);
    session->repeats = true; /* an action: the last prepulse stays that */
    session_seek_turn(session);
    session->repeats = false;
    session->found = SEEK_NONE;
    return 0;
}

void session_run_to(struct session *session, uint64_t goal)
{
    session_set_cs(session, true);
    session->run_control.run_to = goal;
}

void session_leave_past(struct session *session)
{
    if (!session_in_past(session))
        return;
    history_seek_cancel(session->history);
    session->history->at = session->history->last;
    become(session, &session->history->last.snapshot);
    undo_seek(session, session->history->last.records);
    session_state_changed(session);
}

/* What was held then is held by nobody now. */
void session_discard_future(struct session *session)
{
    if (!session_in_past(session))
        return;
    history_truncate(session->history);
    session->controls.typewriter = session->controls.strip = 0;
    session->controls.holds_control = false;
    session_record(session);
}
