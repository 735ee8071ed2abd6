/* SPDX-License-Identifier: MIT */
/* Help pages, generated from the tables of commands and boot options and from
   the text in this file. */
#include "help.h"
#include "console/keymap.h"
#include "course.h"
#include "help_rows.h"
#include "services/option_table.h"
#include "tour.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"

static struct help *help_of(const struct view *view)
{
    return view->state[PAGE_HELP];
}

#define TOP          2  /* first row below the page title */
#define KEYS_WIDTH   11 /* width of the column of key names */
#define COLUMN_WIDTH 39
#define LEFT_SIZE    64 /* size of a text in the left column */

static unsigned draw_row(struct view *view, unsigned row, unsigned at,
                         const char *left, const char *right)
{
    cells_text(&view->cells, row, 2, ATTR_STRONG, left);
    cells_text(&view->cells, row, at, ATTR_TEXT, right);
    return row + view->layout->step;
}

static unsigned draw_rows(struct view *view, unsigned row, unsigned at,
                          const struct help_row *rows)
{
    for (; rows->left != NULL; rows++) {
        char left[LEFT_SIZE];
        struct strbuf text = strbuf_begin(left, sizeof left);

        keymap_add(&text, view->keymap, rows->left);
        row = draw_row(view, row, at, left, rows->right);
    }
    return row;
}

static bool has_key(const struct view *view, const struct command *command,
                    unsigned page)
{
    return command->keys[0] != '\0' && command_is_on(view, command, page);
}

static unsigned draw_commands(struct view *view, unsigned page)
{
    unsigned step = view->layout->step;
    unsigned count = 0, drawn = 0;

    for (unsigned i = 0; i < view->commands->count; i++)
        count += has_key(view, &view->commands->row[i], page);
    unsigned rows = (count + 1) / 2;

    for (unsigned i = 0; i < view->commands->count; i++) {
        const struct command *command = &view->commands->row[i];

        if (!has_key(view, command, page))
            continue;
        unsigned row = TOP + drawn % rows * step;
        unsigned column = 2 + drawn / rows * COLUMN_WIDTH;

        cells_text(&view->cells, row, column, ATTR_STRONG, command->keys);
        cells_text(&view->cells, row, column + KEYS_WIDTH, ATTR_TEXT,
                   command->name);
        drawn++;
    }
    return TOP + rows * step;
}

/* The short screen has no room for the blank first row of ROWS. */
static void draw_keys(struct view *view, unsigned page,
                      const struct help_row *rows)
{
    draw_rows(view, draw_commands(view, page), 24, rows + view->layout->halves);
}

static void draw_editor_keys(struct view *view)
{
    draw_keys(view, ON_EDITOR, help_editor_rows);
}

static void draw_panel_keys(struct view *view)
{
    draw_keys(view, ON_PANEL, help_panel_rows);
}

static void draw_lab_keys(struct view *view)
{
    draw_keys(view, ON_LAB, help_lab_rows);
}

static void draw_debug_keys(struct view *view)
{
    draw_keys(view, ON_DEBUG, help_debug_rows);
}

static void draw_history(struct view *view)
{
    draw_rows(view, TOP, 12, help_history_rows);
}

static void draw_machines(struct view *view)
{
    draw_rows(view, TOP, 20, help_machines_rows);
}

static void draw_course_1(struct view *view)
{
    course_draw(view, TOP, 0);
}

static void draw_course_2(struct view *view)
{
    course_draw(view, TOP, 1);
}

static void draw_course_3(struct view *view)
{
    course_draw(view, TOP, 2);
}

static void draw_course_4(struct view *view)
{
    unsigned row = course_draw(view, TOP, 3);

    course_draw_lacks(view, row + view->layout->step - 1);
}

static void draw_instructions(struct view *view)
{
    draw_rows(view, TOP, 20, help_instruction_rows);
}

static void draw_glossary(struct view *view)
{
    draw_rows(view, TOP, 16, help_glossary);
}

static void draw_trouble(struct view *view)
{
    draw_rows(view, TOP, 12, help_trouble_rows);
}

/* Returns the row below the options. */
static unsigned draw_options(struct view *view, bool pc)
{
    unsigned row = TOP;

    for (unsigned i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        char left[LEFT_SIZE];
        struct strbuf text = strbuf_begin(left, sizeof left);

        if (option->pc != pc)
            continue;
        strbuf_add(&text, "%s%s", option->name, option->values);
        /* A long option pushes its help text to the right. */
        unsigned at = text.length < 32 ? 34 : 2 + (unsigned)text.length + 2;

        row = draw_row(view, row, at, left, option->help);
    }
    return row;
}

static void draw_baby_options(struct view *view)
{
    draw_options(view, false);
}

static void draw_pc_options(struct view *view)
{
    unsigned row = draw_options(view, true);
    char sentence[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    strbuf_add(&text, "Keyboard: %s.  K or Ctrl-K: the next one",
               keymaps[view->keymap].label);
    row += view->layout->step - 1;
    cells_text(&view->cells, row, 2, ATTR_TEXT, sentence);
    cells_text(&view->cells, row + view->layout->step, 2, ATTR_LABEL,
               view->environment.found);
}

static const struct {
    const char *title;
    void (*draw)(struct view *view);
} pages[] = {
    {"Editor keys", draw_editor_keys},
    {"Panel keys", draw_panel_keys},
    {"Lab keys", draw_lab_keys},
    {"Debugger keys", draw_debug_keys},
    {"Using the debugger", draw_history},
    {"Machines keys (Ctrl-G)", draw_machines},
    {"Instructions", draw_instructions},
    {"Terms of 1948", draw_glossary},
    {"Stops, hangs and other problems", draw_trouble},
    {"Boot options for the Baby", draw_baby_options},
    {"Boot options for the PC", draw_pc_options},
    {"A course on virtual machines: topic, keys, file, exercise",
     draw_course_1},
    {"A course on virtual machines, continued", draw_course_2},
    {"A course on virtual machines, continued", draw_course_3},
    {"A course on virtual machines, the end", draw_course_4},
};
#define HELP_PAGES ((unsigned)(sizeof pages / sizeof pages[0]))

void help_draw(struct view *view)
{
    char title[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(title, sizeof title);

    strbuf_add(&text, "Baby   Help %u of %u: %s", help_of(view)->page + 1,
               HELP_PAGES, pages[help_of(view)->page].title);
    page_title(view, title, "");
    pages[help_of(view)->page].draw(view);
    page_keys(view, "Right: next page   Left: previous page   T: guided tour   "
                    "Esc: back");
}

static bool shows_keymap(const struct view *view)
{
    return pages[help_of(view)->page].draw == draw_pc_options;
}

void help_event(struct view *view, const struct event *event)
{
    switch (event->key) {
    case KEY_ESCAPE:
        page_back(view);
        break;
    case KEY_UP:
    case KEY_LEFT:
    case KEY_PAGE_UP:
    case KEY_BACKSPACE:
        help_of(view)->page =
            (help_of(view)->page + HELP_PAGES - 1) % HELP_PAGES;
        break;
    case KEY_DOWN:
    case KEY_RIGHT:
    case KEY_PAGE_DOWN:
    case KEY_ENTER:
    case KEY_F1:
        help_of(view)->page = (help_of(view)->page + 1) % HELP_PAGES;
        break;
    case KEY_CHARACTER:
        if (lower(event->character) == 't')
            command_do(view, command_that(view, tour_begin));
        else if (lower(event->character) == 'k' && shows_keymap(view))
            view->keymap = (view->keymap + 1) % KEYMAPS;
        else if (event->character == ' ')
            help_of(view)->page = (help_of(view)->page + 1) % HELP_PAGES;
        break;
    default:
        break;
    }
}

void help_open(struct view *view)
{
    help_of(view)->page = 0;
    page_open(view, PAGE_HELP);
}
