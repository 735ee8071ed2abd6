/* SPDX-License-Identifier: MIT */
#include "emu/text/mnemonic.h"
#include "ui/base/page.h"
#include <string.h>

/* What the last pages work with; the four lines are the visitor's. */
static const char exercise[] = "; Your own program\n"
                               "3\n"
                               "10 NUM 7 ; first number\n"
                               "11 NUM 5 ; second\n"
                               "12 NUM 0 ; minus their sum\n";
static const char *const four_lines[] = {"LDN 10", "SUB 11", "STO 12", "STP"};

static void load(struct ui *ui, bool good)
{
    (void)good; /* or the reason is shown */
    ui_load(ui, &ui->reading);
    pace_set(&ui->session.pace, SPEED_REAL);
    ui->monitor = MONITOR_S;
}

static void load_factor(struct ui *ui)
{
    int index = library_find(&ui->library, "july1948-989");

    if (index >= 0)
        ui_read(ui, &ui->library.file[index], load);
}

static void load_exercise(struct ui *ui)
{
    const struct library_file file = {"tour", exercise, sizeof exercise - 1};

    ui_read(ui, &file, load);
}

static bool runs(const struct ui *ui)
{
    return session_runs(&ui->session);
}

static bool stands(const struct ui *ui)
{
    return !session_runs(&ui->session) &&
           session_instructions(&ui->session) > 0;
}

static bool stepped(const struct ui *ui)
{
    return stands(ui) &&
           ui->session.machine.prepulses >= ui->tour.prepulses + 3;
}

static bool stopped(const struct ui *ui)
{
    return ui->session.machine.neon;
}

static bool typed(const struct ui *ui)
{
    for (unsigned i = 0; i < 4; i++) {
        struct reading reading;
        char sentence[1];
        struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);

        instruction_read(four_lines[i], strlen(four_lines[i]), &reading,
                         &wrong);
        if (ui->session.machine.store[1 + i] != reading.word)
            return false;
    }
    return true;
}

static bool summed(const struct ui *ui)
{
    return stopped(ui) && ui->session.machine.store[12] == 0u - 12;
}

static const struct {
    const char *title, *text;
    void (*prepare)(struct ui *ui);    /* on opening it; may be NULL */
    bool (*done)(const struct ui *ui); /* NULL: there is only to read */
    const char *praise;
} pages[TOUR_PAGES] = {
    {"Manchester, 1948",
     "The Manchester Baby ran the first stored program on 21 June 1948. All "
     "that it knows is on the tube at the left. Ten short pages, and you "
     "will have programmed it.",
     NULL, NULL, NULL},
    {"The store",
     "32 lines of 32 digits: a dot is 0, a dash is 1; digit 0, the smallest, "
     "is at the left. The list beside it says each line as an instruction "
     "or as a number: the machine makes no difference.",
     load_factor, NULL, NULL},
    {"Instructions",
     "LDN 24 puts minus line 24 into A. SUB takes a line from A, STO stores "
     "A, JMP and JRP jump, CMP skips a line if A is negative, STP stops. "
     "There is nothing else.",
     load_factor, NULL, NULL},
    {"Run",
     "This program seeks the highest factor of 989, 700 instructions a "
     "second as in 1948. A line glows the more often it is used. Press F5.",
     load_factor, runs, "It runs."},
    {"Stop",
     "C marks the line obeyed last. Press F5 again: the instruction under "
     "way is ended, the machine stands, and under the tube stands what that "
     "instruction did.",
     NULL, stands, "It stands."},
    {"Step",
     "Press F6 three times. Each gives one prepulse: CI counts up, the line "
     "that it names comes to PI, and that is obeyed. You see A, CI and PI "
     "under the tube.",
     NULL, stepped, "One at a time."},
    {"Faster",
     "F5 to run on, then F12 again and again. (F11 makes it slower.) Soon "
     "it has its answer and stops by itself: STOP and a lit lamp in the "
     "first row.",
     NULL, stopped, "It has stopped."},
    {"The answer",
     "With the lamp lit, line 27 holds 43: 989 is 23 times 43. No prepulse "
     "passes; F6 would give one by hand and put the lamp out. Now for a "
     "program of your own.",
     NULL, NULL, NULL},
    {"Four lines",
     "Lines 10 and 11 hold 7 and 5. The cursor is on line 1. Type, with "
     "Enter after each: LDN 10   SUB 11   STO 12   STP",
     load_exercise, typed, "That is a program."},
    {"Run it",
     "Press F5. A = -7, then -7 - 5, and line 12 gets it: minus the sum, as "
     "this machine can only subtract.",
     NULL, summed, "You have programmed the Baby! Tab shows its panel."},
};

/* Where the box lies, and how wide it is. */
struct place {
    unsigned row, column, height, width;
};

static struct place place_of(const struct ui *ui)
{
    if (ui->layout->halves)
        return (struct place){10, NARROW_COLUMN, 8, 44};
    return (struct place){ui->layout->store - 1, 60, LINES + 2, 20};
}

static void open_page(struct ui *ui, unsigned page)
{
    ui->tour.page = page;
    ui->tour.done = false;
    if (pages[page].prepare != NULL &&
        pages[page].prepare != ui->tour.prepared) {
        ui->tour.prepared = pages[page].prepare;
        ui->tour.prepared(ui);
    }
    ui->tour.prepulses = ui->session.machine.prepulses;
}

void tour_begin(struct ui *ui)
{
    ui_open(ui, PAGE_EDITOR);
    ui->typing = false;
    ui->tour = (struct tour){.on = true};
    open_page(ui, 0);
}

static void draw_foot(struct ui *ui, struct place place)
{
    unsigned row = place.row + place.height - 1;
    const char *praise = ui->tour.done ? pages[ui->tour.page].praise : NULL;
    char line[CELLS_COLUMNS];

    if (praise != NULL && place.width > 40) {
        cells_text(&ui->cells, row - 1, place.column + 1, ATTR_STRONG, praise);
    } else if (praise != NULL) {
        for (unsigned at = row - 8; *praise != '\0'; at++) {
            praise = page_wrap(praise, line, place.width - 2);
            cells_text(&ui->cells, at, place.column + 2, ATTR_STRONG, line);
        }
    }
    cells_text(&ui->cells, row, place.column + 1, ATTR_STRONG,
               place.width > 40 ? " PgDn next   PgUp back   Esc end "
                                : " PgDn PgUp Esc end ");
}

/* The number of the page in the frame; its title there too, or where the box
   is narrow but high in a row of its own.  Returns the first row of text. */
static unsigned draw_title(struct ui *ui, struct place place)
{
    const char *title = pages[ui->tour.page].title;
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "%u/%u", ui->tour.page + 1, TOUR_PAGES);
    if (ui->layout->halves)
        strbuf_add(&text, " %s", title);
    cells_box(&ui->cells, place.row, place.column, place.height, place.width,
              ATTR_TEXT, line);
    if (ui->layout->halves)
        return place.row + 1;
    cells_text(&ui->cells, place.row + 2, place.column + 2, ATTR_STRONG, title);
    return place.row + 4;
}

void tour_draw(struct ui *ui)
{
    struct place place = place_of(ui);
    unsigned margin = ui->layout->halves ? 1 : 2;
    const char *text = pages[ui->tour.page].text;
    char line[CELLS_COLUMNS];

    for (unsigned row = draw_title(ui, place); *text != '\0'; row++) {
        text = page_wrap(text, line, place.width - 2 * margin + 1);
        cells_text(&ui->cells, row, place.column + margin, ATTR_TEXT, line);
    }
    draw_foot(ui, place);
}

void tour_turn(struct ui *ui)
{
    uint64_t prepulses = ui->session.machine.prepulses;

    if (prepulses < ui->tour.prepulses)
        ui->tour.prepulses = prepulses; /* loaded anew meanwhile */
    /* Before its program is loaded another may run. */
    if (!ui->tour.on || ui->tour.done || ui->read_then != NULL ||
        pages[ui->tour.page].done == NULL)
        return;
    ui->tour.done = pages[ui->tour.page].done(ui);
    ui->changed |= ui->tour.done;
}

bool tour_event(struct ui *ui, const struct event *event)
{
    unsigned page = ui->tour.page;

    if (!ui->tour.on || ui->typing)
        return false;
    if (event->key == KEY_ESCAPE)
        ui->tour.on = false;
    else if (event->key == KEY_PAGE_DOWN && page + 1 < TOUR_PAGES)
        open_page(ui, page + 1);
    else if (event->key == KEY_PAGE_UP && page > 0)
        open_page(ui, page - 1);
    else
        return false;
    return true;
}
