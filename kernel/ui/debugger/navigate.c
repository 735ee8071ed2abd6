/* SPDX-License-Identifier: MIT */
/* Moves to a position in history, compares with it, or profiles from it.  A
   seek takes several turns, and `pending` records what to do when it ends. */
#include "navigate.h"
#include "ui/base/page_switch.h"
#include <string.h>

/* Releases all held keys, since their state may be different at the target. */
static void begin_seek(struct view *view)
{
    page_release(view);
    session_record(&view->session); /* includes any word just entered */
    debug_of(view)->above = 0;
    debug_of(view)->pending = PENDING_NONE;
}

/* Returns false, with a message, if it is impossible to go back. */
static bool begin_seek_back(struct view *view)
{
    const struct history *history = view->session.travel.history;

    begin_seek(view);
    if (!session_has_history(&view->session)) {
        view_message(view, "This PC has too little memory for history");
        return false;
    }
    if (position_step(&history->at) > history_first(history))
        return true;
    view_message(view, "This is as far back as history reaches");
    return false;
}

void debug_back(struct view *view)
{
    if (begin_seek_back(view))
        session_seek_step(&view->session,
                          position_step(&view->session.travel.history->at) - 1);
}

/* Returns the last count breakpoint before INSTRUCTIONS, or 0 if none. */
static uint64_t count_breakpoint_before(const struct view *view,
                                        uint64_t instructions)
{
    uint64_t last = 0;

    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++) {
        uint64_t count = view->session.run_control.counts[i];

        if (count < instructions && count > last)
            last = count;
    }
    return last;
}

void debug_back_to_breakpoint(struct view *view)
{
    struct debug *debug = debug_of(view);
    const struct breakpoints *breakpoints =
        &view->session.run_control.breakpoints;

    if (!begin_seek_back(view))
        return;
    debug->seek_start = view->session.machine.instructions;
    uint64_t count = count_breakpoint_before(view, debug->seek_start);

    if (!breakpoints_are_none(breakpoints)) {
        debug->pending = PENDING_STOP;
        session_reverse_continue(&view->session, breakpoints);
    } else if (count == 0 || !session_seek_count(&view->session, count)) {
        view_message(view, "There is no breakpoint to go back to; "
                           "O, R and W set one on the current line");
    }
}

void debug_back_to_write(struct view *view)
{
    const struct breakpoints breakpoints = {.writing = 1u << view->line};

    if (begin_seek_back(view))
        session_reverse_continue(&view->session, &breakpoints);
}

/* Runs from the present to GOAL, after seeking to the present if necessary. */
static void run_on(struct view *view, uint64_t goal)
{
    struct session *session = &view->session;

    debug_of(view)->goal = goal;
    if (session_in_past(session)) {
        debug_of(view)->pending = PENDING_RUN;
        session_seek_step(session, history_last(session->travel.history));
        return;
    }
    if (session->machine.neon || session->hung) {
        view_message(view,
                     "Not reached: the machine stopped after instruction %llu",
                     (unsigned long long)session->machine.instructions);
        return;
    }
    view_make_normal(view);
    session_run_to(session, goal);
}

void debug_go(struct view *view)
{
    uint64_t number;

    begin_seek(view);
    if (!debug_take_number(view, &number))
        view_message(view, "Type an instruction number first, then G");
    else if (!session_seek_count(&view->session, number)) {
        if (number > view->session.machine.instructions)
            run_on(view, number);
        else
            view_message(view,
                         "History does not reach back to instruction %llu",
                         (unsigned long long)number);
    }
}

void debug_go_to_end(struct view *view, bool last)
{
    const struct history *history = view->session.travel.history;

    begin_seek(view);
    if (session_has_history(&view->session))
        session_seek_step(&view->session, last ? history_last(history)
                                               : history_first(history));
}

/* Looks up an instruction in history without moving the machine. */
static bool begin_peek(struct view *view, uint64_t number)
{
    begin_seek(view);
    return session_peek_count(&view->session, number);
}

/* Toggles the profile, or profiles all steps since the typed instruction. */
void debug_profile(struct view *view)
{
    struct debug *debug = debug_of(view);
    struct session *session = &view->session;
    uint64_t number;
    bool since = debug_take_number(view, &number);

    debug->view = DEBUG_PROFILE;
    if (session->profile != NULL) {
        session->profile = NULL;
        view_message(view, "Profile stopped");
        return;
    }
    memset(&debug->profile, 0, sizeof debug->profile);
    debug->profiled = true;
    if (!since) {
        session->profile = &debug->profile;
        view_message(view, "Profile started; P stops it");
    } else if (number <= session->machine.instructions &&
               begin_peek(view, number)) {
        debug->pending = PENDING_FROM;
        debug->goal = number;
    } else {
        view_message(view,
                     "Only earlier instructions in history can be profiled");
    }
}

/* Compares with the program as loaded, or with a typed position in history. */
void debug_compare(struct view *view)
{
    struct debug *debug = debug_of(view);
    uint64_t number;

    if (!debug_take_number(view, &number)) {
        bool entered =
            debug->view == DEBUG_COMPARE && debug->compared == COMPARED_ENTERED;

        debug->compared = entered ? COMPARED_FILE : COMPARED_ENTERED;
        debug->view = DEBUG_COMPARE;
        return;
    }
    debug->view = DEBUG_COMPARE;
    if (begin_peek(view, number))
        debug->pending = PENDING_COMPARE;
    else
        view_message(view, "Instruction %llu is not in history",
                     (unsigned long long)number);
}

/* Prefers a breakpoint on a count if it is closer than the one found. */
static void breakpoint_found(struct view *view, enum seek_status found)
{
    uint64_t count = count_breakpoint_before(view, debug_of(view)->seek_start);

    if (count > view->session.machine.instructions)
        session_seek_count(&view->session, count);
    else if (found == SEEK_NOT_FOUND)
        view_message(view,
                     "No earlier breakpoint; this is the start of history");
}

static void peek_ended(struct view *view, enum pending_seek pending)
{
    struct debug *debug = debug_of(view);

    if (pending == PENDING_COMPARE) {
        debug->position = view->session.travel.history->seek.at;
        debug->compared = COMPARED_POSITION;
    } else if (pending == PENDING_FROM) {
        debug->pending = PENDING_PROFILE;
        session_profile_range(&view->session, &debug->profile);
    } else if (pending == PENDING_PROFILE) {
        view_message(view, "Profile from instruction %llu to this one",
                     (unsigned long long)debug->goal);
    }
}

void debug_complete_seek(struct view *view)
{
    enum pending_seek pending = debug_of(view)->pending;
    enum seek_status found = session_seek_result(&view->session);

    if (found == SEEK_NONE)
        return;
    debug_of(view)->pending = PENDING_NONE;
    view->changed = true;
    if (found == SEEK_PREVIEW)
        peek_ended(view, pending);
    else if (pending == PENDING_STOP)
        breakpoint_found(view, found);
    else if (pending == PENDING_RUN)
        run_on(view, debug_of(view)->goal);
    else if (found == SEEK_NOT_FOUND)
        view_message(
            view,
            "No earlier write to this line; this is the start of history");
}
