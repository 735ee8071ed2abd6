/* SPDX-License-Identifier: MIT */
/*
 * What is looked for in history, and what it was looked for for: to go there,
 * to compare with it, to count from it.
 */
#include "debugger_internal.h"
#include <string.h>

/* Whatever is looked for: hands are off, as they are not those of then. */
static void begin_quest(struct ui *ui)
{
    panel_let_go(ui);
    session_record(&ui->session); /* a word that was typed counts, too */
    ui->debug.above = 0;
    ui->debug.quest = QUEST_NONE;
}

/* Says why, where there is no way back. */
static bool may_go_back(struct ui *ui)
{
    const struct history *history = &ui->history;

    begin_quest(ui);
    if (!session_has_history(&ui->session)) {
        ui_message(ui, "This PC has no memory to spare for history");
        return false;
    }
    if (position_step(&history->at) > history_first(history))
        return true;
    ui_message(ui, "This is as far back as history reaches");
    return false;
}

void debug_back(struct ui *ui)
{
    if (may_go_back(ui))
        session_seek_step(&ui->session, position_step(&ui->history.at) - 1);
}

/* The last count before this that a run stops at; 0: none. */
static uint64_t count_before(const struct ui *ui, uint64_t instructions)
{
    uint64_t last = 0;

    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++) {
        uint64_t count = ui->session.run_control.counts[i];

        if (count < instructions && count > last)
            last = count;
    }
    return last;
}

void debug_back_to_stop(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    const struct breakpoints *breakpoints =
        &ui->session.run_control.breakpoints;

    if (!may_go_back(ui))
        return;
    debug->former = ui->session.machine.instructions;
    uint64_t count = count_before(ui, debug->former);

    if (!breakpoints_are_none(breakpoints)) {
        debug->quest = QUEST_STOP;
        session_reverse_continue(&ui->session, breakpoints);
    } else if (count == 0 || !session_seek_count(&ui->session, count)) {
        ui_message(ui,
                   "There is no stop to go back to: O, R and W set one at the "
                   "line under the cursor");
    }
}

void debug_back_to_write(struct ui *ui)
{
    const struct breakpoints breakpoints = {.writing = 1u << ui->line};

    if (may_go_back(ui))
        session_reverse_continue(&ui->session, &breakpoints);
}

/* On from the present, which the machine may not have reached yet. */
static void run_on(struct ui *ui, uint64_t goal)
{
    struct session *session = &ui->session;

    ui->debug.goal = goal;
    if (session_in_past(session)) {
        ui->debug.quest = QUEST_RUN;
        session_seek_step(session, history_last(session->travel.history));
        return;
    }
    if (session->machine.neon || session->hung) {
        ui_message(ui, "It went no further: instruction %llu was the last",
                   (unsigned long long)session->machine.instructions);
        return;
    }
    ui_make_normal(ui);
    session_run_to(session, goal);
}

void debug_go(struct ui *ui)
{
    uint64_t number;

    begin_quest(ui);
    if (!debug_number(ui, &number))
        ui_message(ui, "Type the number of an instruction first, then G");
    else if (!session_seek_count(&ui->session, number)) {
        if (number > ui->session.machine.instructions)
            run_on(ui, number);
        else
            ui_message(ui, "History does not reach back to instruction %llu",
                       (unsigned long long)number);
    }
}

void debug_go_to_end(struct ui *ui, bool last)
{
    const struct history *history = &ui->history;

    begin_quest(ui);
    if (session_has_history(&ui->session))
        session_seek_step(&ui->session, last ? history_last(history)
                                             : history_first(history));
}

/* Begins to look at instruction NUMBER; false: it is not in history. */
static bool may_look(struct ui *ui, uint64_t number)
{
    begin_quest(ui);
    return session_peek_count(&ui->session, number);
}

/* From now on, or over what was obeyed since an instruction. */
void debug_profile(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    struct session *session = &ui->session;
    uint64_t number;
    bool since = debug_number(ui, &number);

    debug->view = DEBUG_PROFILE;
    if (session->profile != NULL) {
        session->profile = NULL;
        ui_message(ui, "No more is counted");
        return;
    }
    memset(&debug->profile, 0, sizeof debug->profile);
    debug->profiled = true;
    if (!since) {
        session->profile = &debug->profile;
        ui_message(ui, "What is obeyed from now on is counted, until P again");
    } else if (number <= session->machine.instructions &&
               may_look(ui, number)) {
        debug->quest = QUEST_FROM;
        debug->goal = number;
    } else {
        ui_message(ui, "Only what was obeyed before this can be counted");
    }
}

/* With the program as loaded, or with the store after an instruction. */
void debug_compare(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    uint64_t number;

    debug->view = DEBUG_COMPARE;
    debug->other = false;
    if (!debug_number(ui, &number))
        return;
    if (may_look(ui, number))
        debug->quest = QUEST_COMPARE;
    else
        ui_message(ui, "Instruction %llu is not in history",
                   (unsigned long long)number);
}

/* Of two stops before this the nearer one counts. */
static void found_stop(struct ui *ui, enum seek_status found)
{
    uint64_t count = count_before(ui, ui->debug.former);

    if (count > ui->session.machine.instructions)
        session_seek_count(&ui->session, count);
    else if (found == SEEK_NOT_FOUND)
        ui_message(ui, "No stop before this: as far back as history reaches");
}

static void found_aside(struct ui *ui, enum debug_quest quest)
{
    struct debug *debug = &ui->debug;

    if (quest == QUEST_COMPARE) {
        debug->another = ui->history.seek.at;
        debug->other = true;
    } else if (quest == QUEST_FROM) {
        debug->quest = QUEST_TALLY;
        session_profile_range(&ui->session, &debug->profile);
    } else if (quest == QUEST_TALLY) {
        ui_message(ui, "Counted from instruction %llu to this one",
                   (unsigned long long)debug->goal);
    }
}

void debug_turn(struct ui *ui)
{
    enum debug_quest quest = ui->debug.quest;
    enum seek_status found = session_seek_result(&ui->session);

    if (found == SEEK_NONE)
        return;
    ui->debug.quest = QUEST_NONE;
    ui->changed = true;
    if (found == SEEK_PREVIEW)
        found_aside(ui, quest);
    else if (quest == QUEST_STOP)
        found_stop(ui, found);
    else if (quest == QUEST_RUN)
        run_on(ui, ui->debug.goal);
    else if (found == SEEK_NOT_FOUND)
        ui_message(ui,
                   "Nothing of that before: as far back as history reaches");
}
