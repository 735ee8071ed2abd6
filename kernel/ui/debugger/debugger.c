/* SPDX-License-Identifier: MIT */
/*
 * The debugger's page: what is where, and which key does what.
 *
 * A number is typed before the command that takes it: 1000000 G goes there.
 */
#include "ui/base/commands.h"
#include "debugger_internal.h"
#include "emu/text/number.h"
#include "ui/base/explain.h"
#include <string.h>

/* Listing and what stands beside it, under the line of time; under them the
   registers and the stops. */
static const struct debug_layout {
    unsigned time;  /* rows of where it is: two */
    unsigned lines; /* first row of the listing, its heading above */
    unsigned rows;
    unsigned registers;
    unsigned breakpoints;
} layouts[] = {
    {.time = 1, .lines = 5, .rows = LINES, .registers = 38, .breakpoints = 40},
    {.time = 1, .lines = 4, .rows = 15, .registers = 19, .breakpoints = 20},
};

static const struct debug_layout *layout_of(const struct ui *ui)
{
    return &layouts[ui->layout->halves];
}

static void draw_keys(struct ui *ui)
{
    if (!ui->layout->halves)
        cells_text(&ui->cells, ui->layout->note, 1, ATTR_LABEL,
                   "Views: P profile, C compare; trace to COM1: T from now "
                   "on, S the last 1,000");
}

static void draw_number(struct ui *ui, unsigned row)
{
    if (ui->debug.number[0] == '\0')
        return;
    cells_fill(&ui->cells, row, 0, CELLS_COLUMNS, ' ', ATTR_CURSOR);
    page_text(ui, row, 1, ATTR_CURSOR,
              "%s   G go to it, A stop after it, P count from it, C compare",
              ui->debug.number);
}

void debug_draw(struct ui *ui)
{
    const struct debug_layout *layout = layout_of(ui);
    char line[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    debug_time_draw(ui, layout->time);
    debug_lines_draw(ui, layout->lines, layout->rows);
    debug_view_draw(ui, layout->lines, layout->rows);
    debug_registers_draw(ui, layout->registers);
    breakpoints_draw(ui, layout->breakpoints);
    words_last(&text, &ui->session);
    cells_text(&ui->cells, ui->layout->words, 1, ATTR_STRONG, line);
    draw_keys(ui);
    status_draw_around(ui);
    draw_number(ui, ui->layout->note_entry);
}

bool debug_number(struct ui *ui, uint64_t *number)
{
    struct span digits = {ui->debug.number, strlen(ui->debug.number)};
    bool any = number_read_count(digits, number);

    ui->debug.number[0] = '\0';
    return any;
}

void debug_forget(struct ui *ui)
{
    ui->session.profile = NULL;
    memset(&ui->debug, 0, sizeof ui->debug);
}

void debug_view(struct ui *ui)
{
    ui->debug.view = (ui->debug.view + 1) % DEBUG_VIEWS;
}

void debug_open(struct ui *ui)
{
    ui_open(ui, PAGE_DEBUG);
}

void debug_cancel_seek(struct ui *ui)
{
    history_seek_cancel(ui->session.travel.history);
    if (ui->debug.quest == QUEST_TALLY)
        ui->debug.profiled = false;
    ui->debug.quest = QUEST_NONE;
    ui_message(ui, "Ended; the machine is where it was");
}

static void escape(struct ui *ui)
{
    if (session_is_seeking(&ui->session)) {
        debug_cancel_seek(ui);
    } else if (ui->debug.number[0] != '\0') {
        ui->debug.number[0] = '\0';
    } else {
        menu_open(ui);
    }
}

/* A digit that makes it more than any count is refused. */
static void type(struct ui *ui, char c)
{
    size_t length = strlen(ui->debug.number);
    struct span digits = {ui->debug.number, length + 1};
    uint64_t number;

    if (c < '0' || c > '9')
        return;
    if (length < DEBUG_NUMBER_SIZE - 1) {
        ui->debug.number[length] = c;
        ui->debug.number[length + 1] = '\0';
        if (number_read_count(digits, &number))
            return;
        ui->debug.number[length] = '\0';
    }
    ui_message(ui, "No count is above %llu", (unsigned long long)UINT64_MAX);
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
        debug_go_to_end(ui, event->key == KEY_END);
        break;
    case KEY_BACKSPACE:
        erase(ui);
        break;
    case KEY_CHARACTER:
        type(ui, event->character);
        break;
    default:
        break;
    }
}

/* Whether COMMAND goes by the number that was typed. */
static bool takes_number(const struct command *command)
{
    return command->act == debug_go ||
           command->act == breakpoint_toggle_after ||
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
    else if (session_is_seeking(&ui->session))
        return;
    else if (command != NULL && (!event->repeat || steps))
        command_do(ui, command);
    else if (command == NULL)
        move(ui, event);
    debug_turn(ui);
}
