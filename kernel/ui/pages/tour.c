/* SPDX-License-Identifier: MIT */
#include "tour.h"
#include "editor_state.h"
#include "emu/text/mnemonic.h"
#include "ui/base/load.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include <string.h>

static struct tour *tour_of(const struct view *view)
{
    return &editor_of(view)->tour;
}

/* The program of the last two pages, without the lines that the user types. */
static const char exercise[] = "; Your own program\n"
                               "3\n"
                               "10 NUM 7 ; first number\n"
                               "11 NUM 5 ; second number\n"
                               "12 NUM 0 ; minus their sum\n";
static const char *const four_lines[] = {"LDN 10", "SUB 11", "STO 12", "STP"};

static void load(struct view *view, bool good)
{
    (void)good; /* load_file() reports any error */
    load_file(view, &view->load.file);
    pace_set(&view->session.pace, SPEED_REAL);
    view->monitor = MONITOR_S;
}

static void load_factor(struct view *view)
{
    int index = library_find(&view->library, "july1948-989");

    if (index >= 0)
        load_start(view, &view->library.file[index], load);
}

static void load_exercise(struct view *view)
{
    const struct library_file file = {"tour", exercise, sizeof exercise - 1};

    load_start(view, &file, load);
}

static bool runs(const struct view *view)
{
    return session_runs(&view->session);
}

static bool stands(const struct view *view)
{
    return !session_runs(&view->session) &&
           session_instructions(&view->session) > 0;
}

static bool stepped(const struct view *view)
{
    return stands(view) &&
           view->session.machine.prepulses >= tour_of(view)->prepulses + 3;
}

static bool stopped(const struct view *view)
{
    return view->session.machine.neon;
}

static bool typed(const struct view *view)
{
    for (unsigned i = 0; i < 4; i++) {
        struct reading reading;
        char sentence[1];
        struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);

        mnemonic_read(four_lines[i], strlen(four_lines[i]), NULL, &reading,
                      &wrong);
        if (view->session.machine.store[1 + i] != reading.word)
            return false;
    }
    return true;
}

static bool summed(const struct view *view)
{
    return stopped(view) && view->session.machine.store[12] == 0u - 12;
}

static const struct {
    const char *title, *text;
    void (*prepare)(struct view *view);    /* called on page entry, or NULL */
    bool (*done)(const struct view *view); /* NULL if the page has no task */
    const char *praise;
} pages[TOUR_PAGES] = {
    {"Manchester, 1948",
     "The Manchester Baby ran the first stored program on 21 June 1948. "
     "Its whole store is on the tube at the left. "
     "After ten short pages you will have programmed it.",
     NULL, NULL, NULL},
    {"The store",
     "The store has 32 lines of 32 digits. A dot is 0, a dash is 1. "
     "Digit 0, the least significant, is at the left. "
     "The list shows each line as an instruction or a number; "
     "to the machine they are the same.",
     load_factor, NULL, NULL},
    {"Instructions",
     "LDN 24 loads line 24 negated into A. SUB subtracts a line from A. "
     "STO stores A. JMP and JRP jump. CMP skips a line if A is negative. "
     "STP stops the machine. That is all.",
     load_factor, NULL, NULL},
    {"Run",
     "This program finds the highest factor of 989, "
     "at 700 instructions a second as in 1948. "
     "The more often a line is used, the brighter it glows. "
     "Press F5 to run it.",
     load_factor, runs, "It runs."},
    {"Stop",
     "C marks the last line obeyed. Press F5 again to stop the machine. "
     "It completes the instruction; its effect is shown below the tube.",
     NULL, stands, "Stopped."},
    {"Step",
     "Press F6 three times. Each press sends one prepulse: CI counts up, "
     "and PI receives the line named by CI, which is obeyed. "
     "A, CI and PI are shown below the tube.",
     NULL, stepped, "One instruction at a time."},
    {"Faster",
     "Press F5 to continue, then F12 several times. (F11 slows it down.) "
     "Soon the program finds its answer and stops. "
     "The top row then shows STOP and a lit lamp.",
     NULL, stopped, "It has stopped."},
    {"The answer",
     "When the lamp is lit, line 27 holds 43: 989 is 23 times 43. "
     "The lamp blocks prepulses; F6 would send one and clear it. "
     "Now for a program of your own.",
     NULL, NULL, NULL},
    {"Four lines",
     "Lines 10 and 11 hold 7 and 5. The cursor is on line 1. "
     "Type these, with Enter after each: LDN 10   SUB 11   STO 12   STP",
     load_exercise, typed, "You have written a program."},
    {"Run it",
     "Press F5. A becomes -7, then -7 - 5, which is stored in line 12. "
     "It is minus the sum, as this machine can only subtract.",
     NULL, summed, "You have programmed the Baby! Tab shows its panel."},
};

struct place {
    unsigned row, column, height, width;
};

static struct place place_of(const struct view *view)
{
    if (view->layout->halves)
        return (struct place){10, NARROW_COLUMN, 8, 44};
    unsigned column = 60 + view->layout->shift;

    return (struct place){view->layout->store - 1, column, LINES + 2,
                          view_columns(view) - column};
}

static void open_page(struct view *view, unsigned page)
{
    tour_of(view)->page = page;
    tour_of(view)->done = false;
    if (pages[page].prepare != NULL &&
        pages[page].prepare != tour_of(view)->prepared) {
        tour_of(view)->prepared = pages[page].prepare;
        tour_of(view)->prepared(view);
    }
    tour_of(view)->prepulses = view->session.machine.prepulses;
}

void tour_begin(struct view *view)
{
    page_open(view, PAGE_EDITOR);
    view->entry.typing = false;
    view->touring = true;
    *tour_of(view) = (struct tour){0};
    open_page(view, 0);
}

static void draw_foot(struct view *view, struct place place)
{
    unsigned row = place.row + place.height - 1;
    const char *praise =
        tour_of(view)->done ? pages[tour_of(view)->page].praise : NULL;
    char line[PAGE_COLUMNS];

    if (praise != NULL && place.width > 40) {
        cells_text(&view->cells, row - 1, place.column + 1, ATTR_STRONG,
                   praise);
    } else if (praise != NULL) {
        for (unsigned at = row - 8; *praise != '\0'; at++) {
            praise = page_wrap(praise, line, place.width - 2);
            cells_text(&view->cells, at, place.column + 2, ATTR_STRONG, line);
        }
    }
    cells_text(&view->cells, row, place.column + 1, ATTR_STRONG,
               place.width > 40 ? " PgDn: next   PgUp: back   Esc: end "
                                : " PgDn, PgUp, Esc ");
}

/* Draws the frame and the title.  Returns the first row for the text. */
static unsigned draw_title(struct view *view, struct place place)
{
    const char *title = pages[tour_of(view)->page].title;
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "%u/%u", tour_of(view)->page + 1, TOUR_PAGES);
    if (view->layout->halves)
        strbuf_add(&text, " %s", title);
    cells_box(&view->cells, place.row, place.column, place.height, place.width,
              ATTR_TEXT, line);
    if (view->layout->halves)
        return place.row + 1;
    cells_text(&view->cells, place.row + 2, place.column + 2, ATTR_STRONG,
               title);
    return place.row + 4;
}

void tour_draw(struct view *view)
{
    struct place place = place_of(view);
    unsigned margin = view->layout->halves ? 1 : 2;
    const char *text = pages[tour_of(view)->page].text;
    char line[PAGE_COLUMNS];

    for (unsigned row = draw_title(view, place); *text != '\0'; row++) {
        text = page_wrap(text, line, place.width - 2 * margin + 1);
        cells_text(&view->cells, row, place.column + margin, ATTR_TEXT, line);
    }
    draw_foot(view, place);
}

void tour_turn(struct view *view)
{
    uint64_t prepulses = view->session.machine.prepulses;

    if (prepulses < tour_of(view)->prepulses)
        tour_of(view)->prepulses = prepulses; /* reset by loading a program */
    /* Do not check the task before the program of the page has been loaded. */
    if (!view->touring || tour_of(view)->done || view->load.then != NULL ||
        pages[tour_of(view)->page].done == NULL)
        return;
    tour_of(view)->done = pages[tour_of(view)->page].done(view);
    view->changed |= tour_of(view)->done;
}

bool tour_event(struct view *view, const struct event *event)
{
    unsigned page = tour_of(view)->page;

    if (!view->touring || view->entry.typing)
        return false;
    if (event->key == KEY_ESCAPE)
        view->touring = false;
    else if (event->key == KEY_PAGE_DOWN && page + 1 < TOUR_PAGES)
        open_page(view, page + 1);
    else if (event->key == KEY_PAGE_UP && page > 0)
        open_page(view, page - 1);
    else
        return false;
    return true;
}
