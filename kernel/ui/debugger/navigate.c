/* SPDX-License-Identifier: MIT */
/*
 * What is looked for in history, and what it was looked for for: to go there,
 * to compare with it, to count from it.
 */
#include "navigate.h"
#include <string.h>

/* Whatever is looked for: hands are off, as they are not those of then. */
static void begin_quest(struct view *view)
{
    page_release(view);
    session_record(&view->session); /* a word that was typed counts, too */
    debug_of(view)->above = 0;
    debug_of(view)->pending = PENDING_NONE;
}

/* Says why, where there is no way back. */
static bool may_go_back(struct view *view)
{
    const struct history *history = view->session.travel.history;

    begin_quest(view);
    if (!session_has_history(&view->session)) {
        view_message(view, "This PC has no memory to spare for history");
        return false;
    }
    if (position_step(&history->at) > history_first(history))
        return true;
    view_message(view, "This is as far back as history reaches");
    return false;
}

void debug_back(struct view *view)
{
    if (may_go_back(view))
        session_seek_step(&view->session,
                          position_step(&view->session.travel.history->at) - 1);
}

/* The last count before this that a run stops at; 0: none. */
static uint64_t count_before(const struct view *view, uint64_t instructions)
{
    uint64_t last = 0;

    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++) {
        uint64_t count = view->session.run_control.counts[i];

        if (count < instructions && count > last)
            last = count;
    }
    return last;
}

void debug_back_to_stop(struct view *view)
{
    struct debug *debug = debug_of(view);
    const struct breakpoints *breakpoints =
        &view->session.run_control.breakpoints;

    if (!may_go_back(view))
        return;
    debug->former = view->session.machine.instructions;
    uint64_t count = count_before(view, debug->former);

    if (!breakpoints_are_none(breakpoints)) {
        debug->pending = PENDING_STOP;
        session_reverse_continue(&view->session, breakpoints);
    } else if (count == 0 || !session_seek_count(&view->session, count)) {
        view_message(
            view, "There is no stop to go back to: O, R and W set one at the "
                  "line under the cursor");
    }
}

void debug_back_to_write(struct view *view)
{
    const struct breakpoints breakpoints = {.writing = 1u << view->line};

    if (may_go_back(view))
        session_reverse_continue(&view->session, &breakpoints);
}

/* On from the present, which the machine may not have reached yet. */
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
        view_message(view, "It went no further: instruction %llu was the last",
                     (unsigned long long)session->machine.instructions);
        return;
    }
    view_make_normal(view);
    session_run_to(session, goal);
}

void debug_go(struct view *view)
{
    uint64_t number;

    begin_quest(view);
    if (!debug_number(view, &number))
        view_message(view, "Type the number of an instruction first, then G");
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

    begin_quest(view);
    if (session_has_history(&view->session))
        session_seek_step(&view->session, last ? history_last(history)
                                               : history_first(history));
}

/* Begins to look at instruction NUMBER; false: it is not in history. */
static bool may_look(struct view *view, uint64_t number)
{
    begin_quest(view);
    return session_peek_count(&view->session, number);
}

/* From now on, or over what was obeyed since an instruction. */
void debug_profile(struct view *view)
{
    struct debug *debug = debug_of(view);
    struct session *session = &view->session;
    uint64_t number;
    bool since = debug_number(view, &number);

    debug->view = DEBUG_PROFILE;
    if (session->profile != NULL) {
        session->profile = NULL;
        view_message(view, "No more is counted");
        return;
    }
    memset(&debug->profile, 0, sizeof debug->profile);
    debug->profiled = true;
    if (!since) {
        session->profile = &debug->profile;
        view_message(view,
                     "What is obeyed from now on is counted, until P again");
    } else if (number <= session->machine.instructions &&
               may_look(view, number)) {
        debug->pending = PENDING_FROM;
        debug->goal = number;
    } else {
        view_message(view, "Only what was obeyed before this can be counted");
    }
}

/* With the program as loaded, or with the store after an instruction. */
void debug_compare(struct view *view)
{
    struct debug *debug = debug_of(view);
    uint64_t number;

    debug->view = DEBUG_COMPARE;
    debug->other = false;
    if (!debug_number(view, &number))
        return;
    if (may_look(view, number))
        debug->pending = PENDING_COMPARE;
    else
        view_message(view, "Instruction %llu is not in history",
                     (unsigned long long)number);
}

/* Of two stops before this the nearer one counts. */
static void found_stop(struct view *view, enum seek_status found)
{
    uint64_t count = count_before(view, debug_of(view)->former);

    if (count > view->session.machine.instructions)
        session_seek_count(&view->session, count);
    else if (found == SEEK_NOT_FOUND)
        view_message(view,
                     "No stop before this: as far back as history reaches");
}

static void found_aside(struct view *view, enum pending_seek quest)
{
    struct debug *debug = debug_of(view);

    if (quest == PENDING_COMPARE) {
        debug->another = view->session.travel.history->seek.at;
        debug->other = true;
    } else if (quest == PENDING_FROM) {
        debug->pending = PENDING_PROFILE;
        session_profile_range(&view->session, &debug->profile);
    } else if (quest == PENDING_PROFILE) {
        view_message(view, "Counted from instruction %llu to this one",
                     (unsigned long long)debug->goal);
    }
}

void debug_turn(struct view *view)
{
    enum pending_seek quest = debug_of(view)->pending;
    enum seek_status found = session_seek_result(&view->session);

    if (found == SEEK_NONE)
        return;
    debug_of(view)->pending = PENDING_NONE;
    view->changed = true;
    if (found == SEEK_PREVIEW)
        found_aside(view, quest);
    else if (quest == PENDING_STOP)
        found_stop(view, found);
    else if (quest == PENDING_RUN)
        run_on(view, debug_of(view)->goal);
    else if (found == SEEK_NOT_FOUND)
        view_message(view,
                     "Nothing of that before: as far back as history reaches");
}
