/* SPDX-License-Identifier: MIT */
/*
 * The desk in the past: machine, switches and notes are as they were, and
 * what happened happens again until one changes something.
 */
#include "undo.h"
#include <string.h>

bool desk_has_history(const struct desk *desk)
{
    return desk->history != NULL && desk->history->count > 0;
}

bool desk_in_past(const struct desk *desk)
{
    return desk_has_history(desk) && history_in_past(desk->history);
}

static void become(struct desk *desk, const struct moment *moment)
{
    desk->machine = moment->machine;
    desk->controls = moment->controls;
    desk->hung = moment->hung;
    desk->uncounted = moment->uncounted;
    desk->machine_us = moment->machine_us;
}

/* More prepulses than are counted: at least one has passed, whatever is waited
   for, and history, which tells positions apart by their counts, begins again
   with NOW. */
static void end_counts(struct desk *desk, const struct moment *now,
                       uint32_t records)
{
    desk->press.since = 0;
    desk->stopping.from = 0;
    if (desk_has_history(desk))
        history_begin(desk->history, now, records);
}

void desk_observe(struct desk *desk)
{
    struct moment now;
    bool past = desk_in_past(desk);
    bool full = machine_saturate(&desk->machine);
    uint32_t records = desk->journal != NULL ? desk->journal->end : 0;

    desk_now(desk, &now);
    desk->bar_us = now.bar_us;
    if (full)
        end_counts(desk, &now, records);
    if (full || !desk_has_history(desk))
        return;
    history_observe(desk->history, &now, records);
    if (past) {
        desk->machine_us = desk->history->at.moment.machine_us;
        desk->bar_us = desk->history->at.moment.bar_us;
    }
    if (past && !desk_in_past(desk)) {
        deeds_seek(desk, desk->history->last.records);
        desk_stop(desk, STOPPED_PRESENT);
    }
}

/* The prepulse before STEP, if the one there is, is seen once more. */
static bool see_before(struct desk *desk, uint64_t step)
{
    struct position before;
    struct profile *profile = desk->profile;
    bool cs = desk->cs;
    uint64_t prepulses = desk->history->at.moment.machine.prepulses;

    history_look(desk->history, step - 1, &before);
    if (before.moment.machine.prepulses == prepulses)
        return false;
    become(desk, &before.moment);
    desk->profile = NULL;
    desk->cs = false; /* what stopped it then is not to stop it now */
    desk_see(desk);
    desk->cs = cs;
    desk->profile = profile;
    return true;
}

/* The prepulse that led here; actions may have come after it. */
static void see_last(struct desk *desk)
{
    uint64_t step = position_step(&desk->history->at);
    uint64_t first = history_first(desk->history);

    desk->last.valid = false;
    for (; step > first; step--)
        if (see_before(desk, step))
            return;
}

void desk_recall_last(struct desk *desk)
{
    if (!desk->last.vague || !desk_has_history(desk))
        return;
    desk_observe(desk);
    see_last(desk);
    become(desk, &desk->history->at.moment);
    desk_changed(desk);
}

/* The machine is where history is. */
static void arrive(struct desk *desk)
{
    desk->press = (struct press){0};
    desk->typewriter = desk->strip = 0;
    if (!desk->repeats)
        see_last(desk);
    become(desk, &desk->history->at.moment);
    deeds_seek(desk, desk->history->at.records);
    desk_changed(desk);
    if (!desk_in_past(desk))
        desk_stop(desk, STOPPED_PRESENT);
}

bool desk_searches(const struct desk *desk)
{
    return desk->history != NULL && desk->history->search.turn != NULL;
}

bool desk_search_turn(struct desk *desk)
{
    if (!desk_searches(desk))
        return false;
    enum search found = history_turn(desk->history, desk->again);

    if (found == SEARCH_GOES_ON)
        return true;
    if (found != SEARCH_ASIDE)
        arrive(desk);
    desk->found = found;
    return true;
}

/* Standing, and with no hand on it.  False: there is no history. */
static bool stand(struct desk *desk)
{
    desk_set_cs(desk, false);
    desk_hold(desk, 0, 0);
    desk_observe(desk);
    desk->stopping.cause = STOPPED_NOT;
    return desk_has_history(desk);
}

bool desk_go_to_step(struct desk *desk, uint64_t step)
{
    if (!stand(desk))
        return false;
    history_search_step(desk->history, step);
    return desk_search_turn(desk);
}

bool desk_go_to_count(struct desk *desk, uint64_t instructions)
{
    return stand(desk) && history_search_count(desk->history, instructions) &&
           desk_search_turn(desk);
}

bool desk_go_back_to_stop(struct desk *desk, const struct stops *stops)
{
    if (!stand(desk))
        return false;
    history_search_stop(desk->history, stops);
    return desk_search_turn(desk);
}

bool desk_look_at_count(struct desk *desk, uint64_t instructions)
{
    if (!stand(desk) || !history_search_count(desk->history, instructions))
        return false;
    history_search_aside(desk->history);
    return desk_search_turn(desk);
}

void desk_tally(struct desk *desk, struct profile *profile)
{
    const struct position from = desk->history->search.at;

    history_search_tally(desk->history, &from, profile);
    desk_search_turn(desk);
}

enum search desk_found(struct desk *desk)
{
    enum search found = desk->found;

    desk->found = SEARCH_NONE;
    return found;
}

uint32_t desk_repeat(struct desk *desk, uint32_t due)
{
    struct history *history = desk->history;

    if (due == 0)
        return 0;
    uint64_t room = history_room(history);

    if (room > 0)
        return due < room ? due : (uint32_t)room;
    history_search_step(history, position_step(&history->at) + 1);
    desk->repeats = true; /* an action: the last prepulse stays that */
    desk_search_turn(desk);
    desk->repeats = false;
    desk->found = SEARCH_NONE;
    return 0;
}

void desk_run_to(struct desk *desk, uint64_t goal)
{
    desk_set_cs(desk, true);
    desk->stopping.goal = goal;
}

void desk_leave_past(struct desk *desk)
{
    if (!desk_in_past(desk))
        return;
    history_cancel(desk->history);
    desk->history->at = desk->history->last;
    become(desk, &desk->history->last.moment);
    deeds_seek(desk, desk->history->last.records);
    desk_changed(desk);
}

/* What was held then is held by nobody now. */
void desk_begin_future(struct desk *desk)
{
    if (!desk_in_past(desk))
        return;
    history_cut(desk->history);
    desk->controls.typewriter = desk->controls.strip = 0;
    desk->controls.holds_control = false;
    desk_observe(desk);
}
