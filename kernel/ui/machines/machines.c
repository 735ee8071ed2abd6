/* SPDX-License-Identifier: MIT */
#include "machines.h"
#include "emu/guests/operations.h"
#include "emu/text/si.h"
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

/* Draws a message or what all machines do together, above the keys. */
static void draw_summary(struct view *view, unsigned row)
{
    const struct machines *machines = machines_of(view);
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (view->message[0] != '\0') {
        cells_fill(&view->cells, row, 0, view_columns(view), ' ', ATTR_WARN);
        page_cut(view, row, 1, view_columns(view) - 2, ATTR_WARN,
                 view->message);
        return;
    }
    if (!machines->known)
        return;
    strbuf_add(&text, "This PC does the work of ");
    strbuf_add_si(&text, machines->rate / (REAL_RATE / 1000), -1, SI_PURE);
    strbuf_add(&text, " Babies of 1948");
    cells_text(&view->cells, row, 1, ATTR_STRONG, line);
}

static void draw_keys(struct view *view)
{
    page_keys(view, "Enter: focus  N: new  C: clone  P: pause  R: restart  "
                    "K: kill  T: tubes  Esc");
}

/* Draws the guest under the cursor and the other keys, above the summary. */
static void draw_below(struct view *view, unsigned row, unsigned gap)
{
    machines_draw_chosen(view, row);
    row += MACHINES_CHOSEN_ROWS + gap;
    if (!view->layout->halves) {
        machines_draw_block(view, row);
        row += MACHINES_BLOCK_ROWS + 1;
    }
    cells_text(&view->cells, row, 1, ATTR_LABEL,
               "+ -: weight   [ ]: cap   F11 F12: speed   E: engine   "
               "Del: remove   V: traps");
}

static void draw_table(struct view *view)
{
    unsigned keys = view_keys_row(view), step = view->layout->halves ? 0 : 1;
    unsigned block = view->layout->halves ? 0 : MACHINES_BLOCK_ROWS + 1;
    unsigned chosen = keys - 2 - 2 * step - MACHINES_CHOSEN_ROWS - block;

    machines_draw_table(view, 1 + step, chosen - 1 - 2 * step);
    draw_below(view, chosen, step);
    draw_summary(view, keys - 1);
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

    if (end + MACHINES_CHOSEN_ROWS + MACHINES_BLOCK_ROWS + 4 < summary)
        draw_below(view, end + 1, 1);
    draw_summary(view, summary);
    view->cells.window = page;
}

static bool shows_tubes(const struct view *view)
{
    return machines_of(view)->view == MACHINES_TUBES && !view->layout->halves;
}

static void draw_traps(struct view *view)
{
    trap_table_draw(view);
    if (view->message[0] != '\0')
        draw_summary(view, view_keys_row(view) - 1);
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
    else if (shows_tubes(view))
        draw_tubes(view);
    else
        draw_table(view);
    draw_keys(view);
}

/* ---- Operations ---- */

/* Shows why an operation was refused. */
static bool done(struct view *view, bool done)
{
    if (!done)
        view_message(view, "%s", view->guests->refusal);
    machines_forget(machines_of(view));
    return done;
}

static void choose(struct view *view, int position)
{
    int last = (int)view->guests->count - 1;
    unsigned i =
        position < 0 ? 0 : (unsigned)(position > last ? last : position);

    machines_of(view)->chosen = machines_number(view, i);
    machines_of(view)->doomed = 0;
}

static void move(struct view *view, int by)
{
    choose(view, (int)machines_position(view) + by);
}

static void add_by_program(struct view *view)
{
    programs_open_for(view, view->commands->new_machine);
}

/* Adds a guest with the program that was read last. */
static bool add_loaded(struct view *view)
{
    const struct reader *reader = &view->load.file.reader;
    struct machines *machines = machines_of(view);
    unsigned number =
        guests_new(view->guests, &reader->program,
                   reader->is_state ? &reader->snapshot : NULL, machines->now);

    if (!done(view, number != 0))
        return false;
    machines->name[number - 1] = view->load.file.file.name;
    machines->chosen = number;
    return true;
}

void machines_add_loaded(struct view *view)
{
    page_open(view, PAGE_MACHINES);
    add_loaded(view);
}

static void clone(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned from = machines->chosen;
    unsigned number = guests_clone(view->guests, from, machines->now);

    if (!done(view, number != 0))
        return;
    machines->name[number - 1] = from == view->guests->focus
                                     ? view->load.name
                                     : machines->name[from - 1];
    machines->chosen = number;
    view_message(view, "Machine %u is a clone of machine %u, and both go on",
                 number, from);
}

/* The machine in focus is stopped and run on its own pages.  If it were paused
   or killed here, they could not run it. */
static bool is_in_focus(struct view *view)
{
    unsigned number = machines_of(view)->chosen;

    if (number != view->guests->focus)
        return false;
    view_message(view, "Machine %u is in focus: F5 on its own pages stops it",
                 number);
    return true;
}

static void pause(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned number = machines->chosen;

    if (is_in_focus(view))
        return;
    if (guests_get(view->guests, number)->paused)
        done(view, guests_resume(view->guests, number, machines->now));
    else
        done(view, guests_pause(view->guests, number));
}

static void kill(struct view *view)
{
    if (!is_in_focus(view))
        done(view, guests_kill(view->guests, machines_of(view)->chosen));
}

static void restart(struct view *view)
{
    struct machines *machines = machines_of(view);

    done(view, guests_restart(view->guests, machines->chosen, machines->now));
}

/* Asks for the key a second time if a program would be lost. */
static void remove_chosen(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned number = machines->chosen, position = machines_position(view);

    if (number != view->guests->focus && machines->doomed != number &&
        guests_session(view->guests, number)->entered.unsaved) {
        machines->doomed = number;
        view_message(view,
                     "The program of machine %u is not saved: Del again "
                     "removes it",
                     number);
        return;
    }
    if (done(view, guests_remove(view->guests, number)))
        choose(view, (int)position);
}

/* ---- Settings ---- */

static void change_weight(struct view *view, int by)
{
    unsigned number = machines_of(view)->chosen;
    int weight = (int)guests_weight(view->guests, number) + by;

    if (weight >= 1)
        done(view, guests_set_weight(view->guests, number, (unsigned)weight));
}

#define CAP_STEP 5

static void change_cap(struct view *view, int by)
{
    struct machines *machines = machines_of(view);
    unsigned cap = guests_cap(view->guests, machines->chosen);
    int percent = (int)(cap > 0 ? cap : 100) + by;

    if (percent >= CAP_STEP && percent <= 100)
        done(view, guests_set_cap(view->guests, machines->chosen,
                                  (unsigned)percent, machines->now));
}

static void change_speed(struct view *view, int by)
{
    struct machines *machines = machines_of(view);
    const struct session *session =
        guests_session(view->guests, machines->chosen);
    int speed = (int)session->pace.speed + by;

    if (speed >= 0 && speed < SPEEDS)
        done(view, guests_set_speed(view->guests, machines->chosen,
                                    (unsigned)speed, machines->now));
}

/* Selects the next engine that can run. */
static void next_engine(struct view *view)
{
    unsigned number = machines_of(view)->chosen, at = 0;
    const struct session *session = guests_session(view->guests, number);

    while (engines[at] != session->engine)
        at++;
    for (unsigned i = 0; engines[i] != NULL; i++) {
        at = engines[at + 1] != NULL ? at + 1 : 0;
        if (guests_set_engine(view->guests, number, engines[at]))
            return;
    }
}

/* ---- Focus ---- */

static void focus(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned before = view->guests->focus, number = machines->chosen;

    const struct guest *guest = guests_get(view->guests, number);

    if (guest->killed) {
        view_message(view, "Machine %u was killed: R restarts it", number);
        return;
    }
    if (guest->paused)
        guests_resume(view->guests, number, machines->now);
    if (!done(view, guests_focus(view->guests, number)))
        return;
    if (number != before) {
        machines->name[before - 1] = view->load.name;
        view->load.name = machines->name[number - 1];
        view->environment.code = guests_get(view->guests, number)->place.area;
        view->refocused = true;
    }
    page_back(view);
}

/* ---- Interface ---- */

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
            room = add_loaded(view);
    machines_of(view)->view = MACHINES_TUBES;
    session_set_cs(&view->session, true);
    machines_open(view);
}

void machines_open(struct view *view)
{
    machines_of(view)->chosen = view->guests->focus;
    machines_forget(machines_of(view));
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

static void show_traps(struct view *view)
{
    struct machines *machines = machines_of(view);

    if (machines->view == MACHINES_TRAPS)
        machines->view = MACHINES_TABLE;
    else if (trap_table_fill(view))
        machines->view = MACHINES_TRAPS;
}

static int rows_of_tubes(struct view *view)
{
    return shows_tubes(view) ? (int)machines_tubes_across(view, tube_rows(view))
                             : 1;
}

static const struct {
    char letter;
    void (*act)(struct view *view);
} letters[] = {
    {'n', add_by_program}, {'c', clone},      {'p', pause},
    {'k', kill},           {'r', restart},    {'t', show_tubes},
    {'e', next_engine},    {'v', show_traps},
};

static void handle_character(struct view *view, char character)
{
    if (character == '+' || character == '=')
        change_weight(view, 1);
    else if (character == '-')
        change_weight(view, -1);
    else if (character == '[')
        change_cap(view, -CAP_STEP);
    else if (character == ']')
        change_cap(view, CAP_STEP);
    for (unsigned i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (upper(character) == upper(letters[i].letter))
            letters[i].act(view);
}

void machines_event(struct view *view, const struct event *event)
{
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
        choose(view, 0);
        break;
    case KEY_END:
        choose(view, GUESTS_MAX);
        break;
    case KEY_F11:
        change_speed(view, -1);
        break;
    case KEY_F12:
        change_speed(view, 1);
        break;
    case KEY_DELETE:
        remove_chosen(view);
        break;
    case KEY_ENTER:
        focus(view);
        break;
    case KEY_ESCAPE:
        page_back(view);
        break;
    default:
        handle_character(view, event->character);
        break;
    }
}
