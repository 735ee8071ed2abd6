/* SPDX-License-Identifier: MIT */
/* Layout and keys of the debugger page.  A command may be preceded by a number:
   1000000 G goes to instruction 1,000,000. */
#include "debugger.h"
#include "breakpoints.h"
#include "emu/text/number.h"
#include "navigate.h"
#include "store_view.h"
#include "timeline.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/explain.h"
#include "ui/base/menu.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"
#include "views.h"
#include <string.h>

/* Rows of the page.  The listing and the selected view are side by side. */
static const struct debug_layout {
    unsigned time;  /* first of the two rows of the timeline */
    unsigned lines; /* first row of the listing, below its heading */
    unsigned rows;  /* number of rows of the listing and the view */
    unsigned registers;
    unsigned breakpoints;
} layouts[] = {
    {.time = 1, .lines = 5, .rows = LINES, .registers = 38, .breakpoints = 40},
    {.time = 1, .lines = 4, .rows = 15, .registers = 19, .breakpoints = 20},
};

static const struct debug_layout *layout_of(const struct view *view)
{
    return &layouts[view->layout->halves];
}

static void draw_keys(struct view *view)
{
    if (!view->layout->halves)
        cells_text(&view->cells, view->layout->note, 1, ATTR_LABEL,
                   "P profiles, C compares; T traces to COM1 from now on, "
                   "S sends the last 1,000 steps");
}

static void draw_number(struct view *view, unsigned row)
{
    if (debug_of(view)->number[0] == '\0')
        return;
    cells_fill(&view->cells, row, 0, PAGE_COLUMNS, ' ', ATTR_CURSOR);
    page_text(view, row, 1, ATTR_CURSOR,
              "%s  G: go to, A: break after, P: profile from, C: compare",
              debug_of(view)->number);
}

void debug_draw(struct view *view)
{
    const struct debug_layout *layout = layout_of(view);
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    tube_draw_beside(view, layout->lines);
    debug_time_draw(view, layout->time);
    debug_lines_draw(view, layout->lines, layout->rows);
    debug_view_draw(view, layout->lines, layout->rows);
    debug_registers_draw(view, layout->registers);
    breakpoints_draw(view, layout->breakpoints);
    explain_last(&text, &view->session);
    cells_text(&view->cells, view->layout->words, 1, ATTR_STRONG, line);
    draw_keys(view);
    status_draw_around(view);
    draw_number(view, view->layout->note_entry);
}

void debug_next_view(struct view *view)
{
    debug_of(view)->view = (debug_of(view)->view + 1) % DEBUG_VIEWS;
}

void debug_open(struct view *view)
{
    page_open(view, PAGE_DEBUG);
}

void debug_cancel_seek(struct view *view)
{
    history_seek_cancel(view->session.travel.history);
    if (debug_of(view)->pending == PENDING_PROFILE)
        debug_of(view)->profiled = false;
    debug_of(view)->pending = PENDING_NONE;
    view_message(view, "Cancelled; the machine has not moved");
}

static void escape(struct view *view)
{
    if (session_is_seeking(&view->session)) {
        debug_cancel_seek(view);
    } else if (debug_of(view)->number[0] != '\0') {
        debug_of(view)->number[0] = '\0';
    } else {
        menu_open(view);
    }
}

/* Appends a digit, unless the number would exceed the maximum count. */
static void type_digit(struct view *view, char c)
{
    size_t length = strlen(debug_of(view)->number);
    struct span digits = {debug_of(view)->number, length + 1};
    uint64_t number;

    if (c < '0' || c > '9')
        return;
    if (length < DEBUG_NUMBER_SIZE - 1) {
        debug_of(view)->number[length] = c;
        debug_of(view)->number[length + 1] = '\0';
        if (number_read_count(digits, &number))
            return;
        debug_of(view)->number[length] = '\0';
    }
    view_message(view, "The maximum instruction count is %llu",
                 (unsigned long long)UINT64_MAX);
}

static void erase_digit(struct view *view)
{
    size_t length = strlen(debug_of(view)->number);

    if (length > 0)
        debug_of(view)->number[length - 1] = '\0';
}

/* Scrolls the trace by a page, within the last DEBUG_TRACE_STEPS steps. */
static void scroll(struct view *view, bool up)
{
    const struct history *history = view->session.travel.history;
    uint64_t steps = position_step(&history->at) - history_first(history);
    uint64_t rows = layout_of(view)->rows, page = rows - 2;
    uint64_t *above = &debug_of(view)->above;
    uint64_t above_max;

    if (steps > DEBUG_TRACE_STEPS)
        steps = DEBUG_TRACE_STEPS;
    above_max = steps > rows ? steps - rows : 0;
    if (up)
        *above = *above + page < above_max ? *above + page : above_max;
    else
        *above -= *above < page ? *above : page;
}

static void uncommanded_key(struct view *view, const struct event *event)
{
    switch (event->key) {
    case KEY_UP:
        view->line = (view->line + LINES - 1) % LINES;
        break;
    case KEY_DOWN:
        view->line = (view->line + 1) % LINES;
        break;
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        debug_of(view)->view = DEBUG_TRACE;
        scroll(view, event->key == KEY_PAGE_UP);
        break;
    case KEY_HOME:
    case KEY_END:
        debug_go_to_end(view, event->key == KEY_END);
        break;
    case KEY_BACKSPACE:
        erase_digit(view);
        break;
    case KEY_CHARACTER:
        type_digit(view, event->character);
        break;
    default:
        break;
    }
}

static bool uses_number(const struct command *command)
{
    return command->act == debug_go ||
           command->act == breakpoint_toggle_after ||
           command->act == debug_profile || command->act == debug_compare;
}

void debug_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);
    bool steps = event->key == KEY_F6 || event->key == KEY_F7;

    if (steps)
        debug_of(view)->above = 0;
    if (command != NULL && !uses_number(command))
        debug_of(view)->number[0] = '\0';
    if (event->key == KEY_ESCAPE && !event->repeat)
        escape(view);
    else if (session_is_seeking(&view->session))
        return;
    else if (command != NULL && (!event->repeat || steps))
        command_do(view, command);
    else if (command == NULL)
        uncommanded_key(view, event);
    debug_complete_seek(view);
}
