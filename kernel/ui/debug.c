/* SPDX-License-Identifier: MIT */
/*
 * The debugger's page: what can be done there.
 *
 * A number is typed before the command that takes it: 1000000 G goes there.
 */
#include "commands.h"
#include "debug_page.h"
#include "words.h"
#include <string.h>

/* Listing and what stands beside it, under the line of time; under them the
   registers and the stops. */
static const struct debug_layout {
    unsigned time;  /* rows of where it is: two */
    unsigned lines; /* first row of the listing, its heading above */
    unsigned rows;
    unsigned registers;
    unsigned stops;
} layouts[] = {
    {.time = 1, .lines = 5, .rows = LINES, .registers = 38, .stops = 40},
    {.time = 1, .lines = 4, .rows = 15, .registers = 19, .stops = 20},
};

static const struct debug_layout *layout_of(const struct ui *ui)
{
    return &layouts[ui->layout->halves];
}

static void draw_keys(struct ui *ui)
{
    if (!ui->layout->halves)
        cells_text(&ui->cells, ui->layout->note, 1, LOOK_LABEL,
                   "Views: P profile, C compare; trace to COM1: T from now "
                   "on, S the last 1,000");
}

static void draw_number(struct ui *ui, unsigned row)
{
    if (ui->debug.number[0] == '\0')
        return;
    cells_fill(&ui->cells, row, 0, CELLS_COLUMNS, ' ', LOOK_CURSOR);
    page_text(ui, row, 1, LOOK_CURSOR,
              "%s   G goes there, A stops after it, P counts from it, C "
              "compares with it",
              ui->debug.number);
}

void debug_draw(struct ui *ui)
{
    const struct debug_layout *layout = layout_of(ui);
    char line[CELLS_COLUMNS + 1];
    struct text text = text_begin(line, sizeof line);

    debug_time_draw(ui, layout->time);
    debug_lines_draw(ui, layout->lines, layout->rows);
    debug_view_draw(ui, layout->lines, layout->rows);
    debug_registers_draw(ui, layout->registers);
    debug_stops_draw(ui, layout->stops);
    words_last(&text, &ui->desk);
    cells_text(&ui->cells, ui->layout->words, 1, LOOK_STRONG, line);
    draw_keys(ui);
    status_draw_around(ui);
    draw_number(ui, ui->layout->note_entry);
}

/* The number that was typed, which is used up; false: none was. */
static bool take_number(struct ui *ui, uint64_t *number)
{
    const char *at = ui->debug.number;
    bool any = *at != '\0';

    for (*number = 0; *at != '\0'; at++)
        *number = *number * 10 + (uint64_t)(*at - '0');
    ui->debug.number[0] = '\0';
    return any;
}

/* ---- stops ---- */

static void toggle(struct ui *ui, uint32_t *lines, const char *what,
                   unsigned line)
{
    *lines ^= 1u << line;
    desk_stops_changed(&ui->desk);
    ui_say(ui,
           *lines >> line & 1 ? "A run stops %s line %u"
                              : "No stop %s line %u any more",
           what, line);
}

/* On the panel the line is that of the L switches. */
void debug_stop_here(struct ui *ui)
{
    unsigned line =
        ui->base == PAGE_PANEL ? word_line(ui->desk.controls.stat) : ui->line;

    toggle(ui, &ui->desk.stopping.stops.obeying, "before", line);
}

void debug_stop_read(struct ui *ui)
{
    toggle(ui, &ui->desk.stopping.stops.reading, "on reading", ui->line);
}

void debug_stop_written(struct ui *ui)
{
    toggle(ui, &ui->desk.stopping.stops.writing, "on writing", ui->line);
}

static void toggle_when(struct ui *ui, enum stop_when when, const char *what)
{
    uint32_t *set = &ui->desk.stopping.stops.when;

    *set ^= when;
    desk_stops_changed(&ui->desk);
    ui_say(ui, *set & when ? "A run stops when %s" : "No stop when %s any more",
           what);
}

void debug_stop_negative(struct ui *ui)
{
    toggle_when(ui, STOP_NEGATIVE, "A becomes negative");
}

void debug_stop_zero(struct ui *ui)
{
    toggle_when(ui, STOP_ZERO, "A becomes 0");
}

void debug_stop_leaving(struct ui *ui)
{
    toggle_when(ui, STOP_LEAVING, "CI is beyond 31");
}

void debug_stop_after(struct ui *ui)
{
    uint64_t number;

    if (!take_number(ui, &number) || number == 0)
        ui_say(ui, "Type the number of an instruction first, then A");
    else if (!desk_toggle_count(&ui->desk, number))
        ui_say(ui, "There are %u such stops already; X clears all stops",
               STOP_COUNTS);
}

void debug_stop_nowhere(struct ui *ui)
{
    memset(&ui->desk.stopping.stops, 0, sizeof ui->desk.stopping.stops);
    memset(ui->desk.stopping.counts, 0, sizeof ui->desk.stopping.counts);
    desk_stops_changed(&ui->desk);
    ui_say(ui, "No stops any more");
}

/* ---- history ---- */

/* Whatever is looked for: hands are off, as they are not those of then. */
static void begin_quest(struct ui *ui)
{
    panel_let_go(ui);
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
    if (!take_number(ui, &number))
        ui_say(ui, "Type the number of an instruction first, then G");
    else if (!desk_go_to_count(&ui->desk, number)) {
        if (number > ui->desk.machine.instructions)
            run_on(ui, number);
        else
            ui_say(ui, "History does not reach back to instruction %llu",
                   (unsigned long long)number);
    }
}

static void go_to_end(struct ui *ui, bool last)
{
    const struct history *history = &ui->history;

    begin_quest(ui);
    if (desk_has_history(&ui->desk))
        desk_go_to_step(&ui->desk,
                        last ? history_last(history) : history_first(history));
}

/* ---- views ---- */

void debug_forget(struct ui *ui)
{
    ui->desk.profile = NULL;
    memset(&ui->debug, 0, sizeof ui->debug);
}

void debug_view(struct ui *ui)
{
    ui->debug.view = (ui->debug.view + 1) % DEBUG_VIEWS;
}

/* From now on, or over what was obeyed since an instruction. */
void debug_profile(struct ui *ui)
{
    struct debug *debug = &ui->debug;
    struct desk *desk = &ui->desk;
    uint64_t number;
    bool since = take_number(ui, &number);

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
        pace_relearn(&desk->pace);
        ui_say(ui, "What is obeyed from now on is counted, until P again");
    } else if (number <= desk->machine.instructions &&
               desk_look_at_count(desk, number)) {
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
    if (!take_number(ui, &number))
        return;
    if (desk_look_at_count(&ui->desk, number))
        debug->quest = QUEST_COMPARE;
    else
        ui_say(ui, "Instruction %llu is not in history",
               (unsigned long long)number);
}

/* ---- turns ---- */

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

/* ---- the page ---- */

void debug_open(struct ui *ui)
{
    ui_open(ui, PAGE_DEBUG);
}

static void escape(struct ui *ui)
{
    if (desk_searches(&ui->desk)) {
        history_cancel(ui->desk.history);
        if (ui->debug.quest == QUEST_TALLY)
            ui->debug.profiled = false;
        ui->debug.quest = QUEST_NONE;
        ui_say(ui, "Ended; the machine is where it was");
    } else if (ui->debug.number[0] != '\0') {
        ui->debug.number[0] = '\0';
    } else {
        menu_open(ui);
    }
}

static void type(struct ui *ui, char c)
{
    size_t length = strlen(ui->debug.number);

    if (c < '0' || c > '9' || length == DEBUG_NUMBER_SIZE - 1)
        return;
    ui->debug.number[length] = c;
    ui->debug.number[length + 1] = '\0';
}

static void erase(struct ui *ui)
{
    size_t length = strlen(ui->debug.number);

    if (length > 0)
        ui->debug.number[length - 1] = '\0';
}

/* As far as there are steps, DEBUG_TRACE_STEPS at most, and a screenful of
   them in sight. */
static void scroll(struct ui *ui, bool up)
{
    const struct history *history = &ui->history;
    uint64_t steps = position_step(&history->at) - history_first(history);
    uint64_t rows = layout_of(ui)->rows, page = rows - 2;
    uint64_t *above = &ui->debug.above;
    uint64_t most;

    if (steps > DEBUG_TRACE_STEPS)
        steps = DEBUG_TRACE_STEPS;
    most = steps > rows ? steps - rows : 0;
    if (up)
        *above = *above + page < most ? *above + page : most;
    else
        *above -= *above < page ? *above : page;
}

static void move(struct ui *ui, const struct event *event)
{
    switch (event->key) {
    case KEY_UP:
        ui->line = (ui->line + LINES - 1) % LINES;
        break;
    case KEY_DOWN:
        ui->line = (ui->line + 1) % LINES;
        break;
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        ui->debug.view = DEBUG_TRACE;
        scroll(ui, event->key == KEY_PAGE_UP);
        break;
    case KEY_HOME:
    case KEY_END:
        go_to_end(ui, event->key == KEY_END);
        break;
    case KEY_BACKSPACE:
        erase(ui);
        break;
    case KEY_CHARACTER:
        if (!event->control)
            type(ui, event->character);
        break;
    default:
        break;
    }
}

/* Whether COMMAND goes by the number that was typed. */
static bool takes_number(const struct command *command)
{
    return command->act == debug_go || command->act == debug_stop_after ||
           command->act == debug_profile || command->act == debug_compare;
}

void debug_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);
    bool steps = event->key == KEY_F6 || event->key == KEY_F7;

    if (steps)
        ui->debug.above = 0;
    if (command != NULL && !takes_number(command))
        ui->debug.number[0] = '\0';
    if (event->key == KEY_ESCAPE && !event->repeat)
        escape(ui);
    else if (desk_searches(&ui->desk))
        return;
    else if (command != NULL && (!event->repeat || steps))
        command_do(ui, command);
    else if (command == NULL)
        move(ui, event);
    debug_turn(ui);
}
