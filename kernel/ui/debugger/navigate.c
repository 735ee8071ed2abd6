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
    desk_observe(&ui->desk); /* a word that was typed counts, too */
    ui->debug.above = 0;
    ui->debug.quest = QUEST_NONE;
}

/* Says why, where there is no way back. */
static bool may_go_back(struct ui *ui)
{
    const struct history *history = &ui->history;

    begin_quest(ui);
    if (!desk_has_history(&ui->desk)) {
        ui_say(ui, "This PC has no memory to spare for history");
        return false;
    }
    if (position_step(&history->at) > history_first(history))
        return true;
    ui_say(ui, "This is as far back as history reaches");
    return false;
}

void debug_back(struct ui *ui)
{
    if (may_go_back(ui))
        desk_go_to_step(&ui->desk, position_step(&ui->history.at) - 1);
}

/* The last count before this that a run stops at; 0: none. */
static uint64_t count_before(const struct ui *ui, uint64_t instructions)
{
    uint64_t last = 0;

    for (unsigned i = 0; i < STOP_COUNTS; i++) {
        uint64_t count = ui->desk.stopping.counts[i];

        if (count < instructions && count > last)
            last = count;
    }
    return last;
}

void debug_back_to_stop(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    const struct stops *stops = &ui->desk.stopping.stops;

    if (!may_go_back(ui))
        return;
    debug->former = ui->desk.machine.instructions;
    uint64_t count = count_before(ui, debug->former);

    if (!stops_are_none(stops)) {
        debug->quest = QUEST_STOP;
        desk_go_back_to_stop(&ui->desk, stops);
    } else if (count == 0 || !desk_go_to_count(&ui->desk, count)) {
        ui_say(ui, "There is no stop to go back to: O, R and W set one at the "
                   "line under the cursor");
    }
}

void debug_back_to_write(struct ui *ui)
{
    const struct stops stops = {.writing = 1u << ui->line};

    if (may_go_back(ui))
        desk_go_back_to_stop(&ui->desk, &stops);
}

/* On from the present, which the machine may not have reached yet. */
static void run_on(struct ui *ui, uint64_t goal)
{
    struct desk *desk = &ui->desk;

    ui->debug.goal = goal;
    if (desk_in_past(desk)) {
        ui->debug.quest = QUEST_RUN;
        desk_go_to_step(desk, history_last(desk->history));
        return;
    }
    if (desk->machine.neon || desk->hung) {
        ui_say(ui, "It went no further: instruction %llu was the last",
               (unsigned long long)desk->machine.instructions);
        return;
    }
    ui_make_normal(ui);
    desk_run_to(desk, goal);
}

void debug_go(struct ui *ui)
{
    uint64_t number;

    begin_quest(ui);
    if (!debug_number(ui, &number))
        ui_say(ui, "Type the number of an instruction first, then G");
    else if (!desk_go_to_count(&ui->desk, number)) {
        if (number > ui->desk.machine.instructions)
            run_on(ui, number);
        else
            ui_say(ui, "History does not reach back to instruction %llu",
                   (unsigned long long)number);
    }
}

void debug_go_to_end(struct ui *ui, bool last)
{
    const struct history *history = &ui->history;

    begin_quest(ui);
    if (desk_has_history(&ui->desk))
        desk_go_to_step(&ui->desk,
                        last ? history_last(history) : history_first(history));
}

/* Begins to look at instruction NUMBER; false: it is not in history. */
static bool may_look(struct ui *ui, uint64_t number)
{
    begin_quest(ui);
    return desk_look_at_count(&ui->desk, number);
}

/* From now on, or over what was obeyed since an instruction. */
void debug_profile(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    struct desk *desk = &ui->desk;
    uint64_t number;
    bool since = debug_number(ui, &number);

    debug->view = DEBUG_PROFILE;
    if (desk->profile != NULL) {
        desk->profile = NULL;
        ui_say(ui, "No more is counted");
        return;
    }
    memset(&debug->profile, 0, sizeof debug->profile);
    debug->profiled = true;
    if (!since) {
        desk->profile = &debug->profile;
        ui_say(ui, "What is obeyed from now on is counted, until P again");
    } else if (number <= desk->machine.instructions && may_look(ui, number)) {
        debug->quest = QUEST_FROM;
        debug->goal = number;
    } else {
        ui_say(ui, "Only what was obeyed before this can be counted");
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
        ui_say(ui, "Instruction %llu is not in history",
               (unsigned long long)number);
}

/* Of two stops before this the nearer one counts. */
static void found_stop(struct ui *ui, enum search found)
{
    uint64_t count = count_before(ui, ui->debug.former);

    if (count > ui->desk.machine.instructions)
        desk_go_to_count(&ui->desk, count);
    else if (found == SEARCH_NOT_FOUND)
        ui_say(ui, "No stop before this: as far back as history reaches");
}

static void found_aside(struct ui *ui, enum debug_quest quest)
{
    struct debug *debug = &ui->debug;

    if (quest == QUEST_COMPARE) {
        debug->another = ui->history.search.at;
        debug->other = true;
    } else if (quest == QUEST_FROM) {
        debug->quest = QUEST_TALLY;
        desk_tally(&ui->desk, &debug->profile);
    } else if (quest == QUEST_TALLY) {
        ui_say(ui, "Counted from instruction %llu to this one",
               (unsigned long long)debug->goal);
    }
}

void debug_turn(struct ui *ui)
{
    enum debug_quest quest = ui->debug.quest;
    enum search found = desk_found(&ui->desk);

    if (found == SEARCH_NONE)
        return;
    ui->debug.quest = QUEST_NONE;
    ui->changed = true;
    if (found == SEARCH_ASIDE)
        found_aside(ui, quest);
    else if (quest == QUEST_STOP)
        found_stop(ui, found);
    else if (quest == QUEST_RUN)
        run_on(ui, ui->debug.goal);
    else if (found == SEARCH_NOT_FOUND)
        ui_say(ui, "Nothing of that before: as far back as history reaches");
}
