/* SPDX-License-Identifier: MIT */
#include "machines.h"
#include "control_view.h"
#include "emu/text/si.h"
#include "machines_operations.h"
#include "machines_table.h"
#include "machines_tubes.h"
#include "machines_usage.h"
#include "trap_table.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/pages/programs.h"
#include <string.h>

#define REAL_RATE      694444u /* thousandths of an instruction per second */
#define PROGRAMS_TRIED 64u     /* for one machine, as some cannot be read */

/* ---- Drawing ---- */

static void draw_title(struct view *view)
{
    char right[40];
    struct strbuf text = strbuf_begin(right, sizeof right);

    strbuf_add(&text, "%u of %u", view->guests->count, view->guests->capacity);
    page_title(view, "Baby   Machines", right);
}

/* Draws the message, if any, in the window's last row above the keys. */
static void draw_message(struct view *view)
{
    unsigned row = view_keys_row(view) - 1, columns = view_columns(view);

    if (view->message[0] == '\0')
        return;
    cells_fill(&view->cells, row, 0, columns, ' ', ATTR_WARN);
    page_cut(view, row, 1, columns - 2, ATTR_WARN, view->message);
}

/* Draws what all machines do together, unless there is a message. */
static void draw_summary(struct view *view)
{
    const struct machines *machines = machines_of(view);
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    draw_message(view);
    if (!machines->known || view->message[0] != '\0')
        return;
    strbuf_add(&text, "This PC does the work of ");
    strbuf_add_si(&text, machines->rate / (REAL_RATE / 1000), -1, SI_PURE);
    strbuf_add(&text, " Babies of 1948");
    cells_text(&view->cells, view_keys_row(view) - 1, 1, ATTR_STRONG, line);
}

static void draw_keys(struct view *view)
{
    if (machines_of(view)->view == MACHINES_TRAPS)
        page_keys(view, "V: table of machines   Esc");
    else
        page_keys(view, "Enter: focus  N: new  C: clone  P: pause  R: restart  "
                        "K: kill  T: tubes  Esc");
}

/* Draws the guest under the cursor and the other keys, above the summary. */
static void draw_below(struct view *view, unsigned row, unsigned gap)
{
    machines_draw_chosen(view, row);
    cells_text(&view->cells, row + MACHINES_CHOSEN_ROWS + gap, 1, ATTR_LABEL,
               "+ -: weight   [ ]: cap   < >: speed   E: engine   "
               "Del: remove   V: hypervisor");
}

static void draw_table(struct view *view)
{
    unsigned keys = view_keys_row(view), step = view->layout->halves ? 0 : 1;
    unsigned chosen = keys - 2 - 2 * step - MACHINES_CHOSEN_ROWS;

    machines_draw_table(view, 1 + step, chosen - 1 - 2 * step);
    draw_below(view, chosen, step);
    draw_summary(view);
}

/* Tubes take all rows and columns of the screen. */
static unsigned tube_rows(const struct view *view)
{
    return view->cells.rows - 3;
}

static void draw_tubes(struct view *view)
{
    struct window page = cells_use_grid(&view->cells);
    unsigned end = 1 + machines_draw_tubes(view, 1, tube_rows(view));
    unsigned summary = view_keys_row(view) - 1;

    if (end + MACHINES_CHOSEN_ROWS + 3 < summary)
        draw_below(view, end + 1, 1);
    draw_summary(view);
    view->cells.window = page;
}

static bool shows_tubes(const struct view *view)
{
    return machines_of(view)->view == MACHINES_TUBES && !view->layout->halves;
}

static void draw_control(struct view *view)
{
    control_view_draw(view);
    draw_message(view);
}

static void draw_traps(struct view *view)
{
    trap_table_draw(view);
    draw_message(view);
}

static void show_no_tubes(struct view *view)
{
    for (unsigned number = 1; number <= GUESTS_MAX; number++)
        guests_get(view->guests, number)->shown = false;
}

void machines_draw(struct view *view)
{
    draw_title(view);
    show_no_tubes(view);
    if (machines_of(view)->view == MACHINES_TRAPS)
        draw_traps(view);
    else if (machines_of(view)->view == MACHINES_CONTROL)
        draw_control(view);
    else if (shows_tubes(view))
        draw_tubes(view);
    else
        draw_table(view);
    draw_keys(view);
}

/* ---- Interface ---- */

void machines_add_loaded(struct view *view)
{
    page_open(view, PAGE_MACHINES);
    machines_add(view);
}

void machines_reset(struct view *view, uint64_t now)
{
    const struct environment *environment = &view->environment;

    memset(machines_of(view), 0, sizeof *machines_of(view));
    machines_of(view)->chosen = 1;
    guests_start(view->guests, &view->session, environment->guest_place,
                 environment->guest_places, now);
}

/* Reads program I of the library completely. */
static bool read_program(struct view *view, unsigned i)
{
    struct library_reader *file = &view->load.file;

    library_start(file, &view->library.file[i % view->library.count]);
    while (library_slice(file, FILE_MAX))
        continue;
    return file->reader.good;
}

void machines_fill(struct view *view, unsigned count, uint64_t now)
{
    unsigned tries = view->library.count > 0 ? count + PROGRAMS_TRIED : 0;
    bool room = true;

    machines_of(view)->now = now;
    for (unsigned i = 0; i < tries && room && view->guests->count < count; i++)
        if (read_program(view, i))
            room = machines_add(view);
    machines_of(view)->view = MACHINES_TUBES;
    session_set_cs(&view->session, true);
    machines_open(view);
}

void machines_open(struct view *view)
{
    struct machines *machines = machines_of(view);

    machines->chosen = view->guests->focus;
    if (machines->view != MACHINES_TUBES)
        machines->view = MACHINES_TABLE;
    machines_forget(machines);
    page_open(view, PAGE_MACHINES);
}

void machines_leave(struct view *view)
{
    show_no_tubes(view);
}

void machines_turn(struct view *view, uint64_t now)
{
    machines_of(view)->now = now;
    if (view->page == PAGE_MACHINES)
        machines_measure(view, now);
}

uint64_t machines_due(const struct view *view)
{
    return view->page == PAGE_MACHINES ? machines_next(machines_of(view))
                                       : UINT64_MAX;
}

static void show_tubes(struct view *view)
{
    struct machines *machines = machines_of(view);

    if (view->layout->halves)
        view_message(view, "This screen has too few rows for the tubes");
    machines->view =
        machines->view == MACHINES_TABLE ? MACHINES_TUBES : MACHINES_TABLE;
}

/* From the table, or the tubes, to the views of the hypervisor, and back. */
static void show_next_view(struct view *view)
{
    struct machines *machines = machines_of(view);

    if (view->environment.vmm == NULL)
        view_message(view, "There is no ring 3 here: this needs a PC with "
                           "paging");
    else if (machines->view == MACHINES_TRAPS)
        machines->view = MACHINES_TABLE;
    else if (machines->view != MACHINES_CONTROL) {
        control_view_measure(view);
        machines->view = MACHINES_CONTROL;
    } else if (trap_table_fill(view))
        machines->view = MACHINES_TRAPS;
}

static void add_by_program(struct view *view)
{
    programs_open_for(view, view->commands->new_machine, PAGE_MACHINES);
}

static int rows_of_tubes(struct view *view)
{
    return shows_tubes(view) ? (int)machines_tubes_across(view, tube_rows(view))
                             : 1;
}

static void move(struct view *view, int by)
{
    machines_choose(view, (int)machines_position(view) + by);
}

static const struct {
    char letter;
    void (*act)(struct view *view);
} letters[] = {
    {'N', add_by_program},       {'C', machines_clone},   {'P', machines_pause},
    {'K', machines_kill},        {'R', machines_restart}, {'T', show_tubes},
    {'E', machines_next_engine}, {'V', show_next_view},
};

/* Characters that need Shift and those of the same keys without it */
static const struct {
    const char *characters;
    void (*change)(struct view *view, int by);
    int by;
} settings[] = {
    {"+=", machines_change_weight, 1}, {"-_", machines_change_weight, -1},
    {"]}", machines_change_cap, 1},    {"[{", machines_change_cap, -1},
    {">.", machines_change_speed, 1},  {"<,", machines_change_speed, -1},
};

static void handle_character(struct view *view, char character)
{
    for (unsigned i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (character == settings[i].characters[0] ||
            character == settings[i].characters[1])
            settings[i].change(view, settings[i].by);
    for (unsigned i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (upper(character) == letters[i].letter)
            letters[i].act(view);
}

/* The keys of the table do nothing while it cannot be seen. */
static bool is_hidden(const struct view *view, const struct event *event)
{
    return machines_of(view)->view == MACHINES_TRAPS &&
           event->key != KEY_ESCAPE && upper(event->character) != 'V';
}

void machines_event(struct view *view, const struct event *event)
{
    if (is_hidden(view, event))
        return;
    if (event->key != KEY_DELETE)
        machines_of(view)->doomed = 0;
    switch (event->key) {
    case KEY_UP:
        move(view, -rows_of_tubes(view));
        break;
    case KEY_DOWN:
        move(view, rows_of_tubes(view));
        break;
    case KEY_LEFT:
        move(view, -1);
        break;
    case KEY_RIGHT:
        move(view, 1);
        break;
    case KEY_HOME:
        machines_choose(view, 0);
        break;
    case KEY_END:
        machines_choose(view, GUESTS_MAX);
        break;
    case KEY_F11:
        machines_change_speed(view, -1);
        break;
    case KEY_F12:
        machines_change_speed(view, 1);
        break;
    case KEY_DELETE:
        machines_remove(view);
        break;
    case KEY_ENTER:
        machines_focus(view);
        break;
    case KEY_ESCAPE:
        page_back(view);
        break;
    default:
        handle_character(view, event->character);
        break;
    }
}
