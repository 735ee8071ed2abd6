/* SPDX-License-Identifier: MIT */
#include "programs.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/load.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include <string.h>

static struct programs *programs_of(const struct view *view)
{
    return view->state[PAGE_PROGRAMS];
}

#define LIST_ROW    2
#define TITLE_AT    17
#define AUTHOR_AT   55
#define ABOUT_LINES 11

static unsigned about_row(const struct view *view)
{
    return view_keys_row(view) - ABOUT_LINES * view->layout->step;
}

static unsigned list_length(const struct view *view)
{
    return (about_row(view) - LIST_ROW - 1) / view->layout->step;
}

static unsigned list_top(const struct view *view)
{
    unsigned length = list_length(view);

    return programs_of(view)->chosen < length
               ? 0
               : programs_of(view)->chosen - length + 1;
}

/* Returns the title and author of program I, or NULL if not yet read. */
static const struct library_info *info_of(const struct view *view, unsigned i)
{
    unsigned row = i % PROGRAMS_SHOWN;

    return programs_of(view)->row[row].known &&
                   programs_of(view)->row[row].index == i
               ? &programs_of(view)->row[row].info
               : NULL;
}

static void read_titles(struct view *view)
{
    unsigned end = list_top(view) + list_length(view);
    size_t seen = 0;

    for (unsigned i = list_top(view); i < end && i < view->library.count; i++) {
        unsigned row = i % PROGRAMS_SHOWN;

        if (info_of(view, i) != NULL)
            continue;
        if (seen >= LIBRARY_FIRST_SLICE) {
            programs_of(view)->more = true;
            return;
        }
        seen += library_read_info(&view->library.file[i],
                                  &programs_of(view)->row[row].info);
        programs_of(view)->row[row].known = true;
        programs_of(view)->row[row].index = i;
        view->changed = true;
    }
}

static bool chosen_is_loaded(const struct view *view)
{
    return view->load.file.file.name ==
           view->library.file[programs_of(view)->chosen].name;
}

static void read_chosen(struct view *view,
                        void (*then)(struct view *view, bool good))
{
    if (chosen_is_loaded(view))
        load_continue(view, then);
    else
        load_start(view, &view->library.file[programs_of(view)->chosen], then);
}

void programs_turn(struct view *view)
{
    programs_of(view)->more = false;
    if (view->page != PAGE_PROGRAMS || view->library.count == 0)
        return;
    read_titles(view);
    if (!chosen_is_loaded(view))
        read_chosen(view, NULL);
}

static void draw_row(struct view *view, unsigned i, unsigned row)
{
    const struct library_file *file = &view->library.file[i];
    const struct library_info *info = info_of(view, i);
    uint8_t attribute =
        i == programs_of(view)->chosen ? ATTR_SELECTED : ATTR_TEXT;

    cells_fill(&view->cells, row, 1, PAGE_COLUMNS - 2, ' ', attribute);
    page_cut(view, row, 2, TITLE_AT - 3, attribute, file->name);
    if (info == NULL)
        return;
    page_cut(view, row, TITLE_AT, AUTHOR_AT - TITLE_AT - 1, attribute,
             info->title);
    if (info->author[0] != '\0')
        page_cut(view, row, AUTHOR_AT, PAGE_COLUMNS - 1 - AUTHOR_AT, attribute,
                 info->author + 3);
}

/* Highlights a word followed by a colon at the start of LINE. */
static void draw_label(struct view *view, unsigned row, const char *line)
{
    unsigned length = 0;

    while (line[length] >= 'A' && line[length] <= 'z')
        length++;
    for (unsigned i = 0; line[length] == ':' && i <= length; i++)
        cells_put(&view->cells, row, 2 + i, (uint8_t)line[i], ATTR_STRONG);
}

static void draw_reading(struct view *view)
{
    page_text(view, about_row(view), 2, ATTR_STRONG, "Reading %u bytes ...%s",
              (unsigned)view->library.file[programs_of(view)->chosen].size,
              view->load.then != NULL ? "; Esc cancels" : "");
}

static void draw_about(struct view *view)
{
    unsigned row = about_row(view);
    bool good = view->load.file.reader.good;
    const char *at =
        good ? view->load.file.reader.program.head : view->load.file.message;
    char line[PAGE_COLUMNS];

    if (good)
        at = page_wrap(at, line, sizeof line);
    for (; *at != '\0' && row < view_keys_row(view);
         row += view->layout->step) {
        at = page_wrap(at, line, PAGE_COLUMNS - 2);
        cells_text(&view->cells, row, 2, good ? ATTR_TEXT : ATTR_STRONG, line);
        draw_label(view, row, line);
    }
    if (*at != '\0')
        cells_text(&view->cells, view_keys_row(view) - 1, PAGE_COLUMNS - 4,
                   ATTR_TEXT, "...");
}

void programs_open_for(struct view *view, const struct command *then,
                       enum page_id back)
{
    programs_of(view)->chosen = 0;
    programs_of(view)->then = then;
    programs_of(view)->back = back;
    page_open(view, PAGE_PROGRAMS);
}

void programs_open(struct view *view)
{
    programs_open_for(view, view->commands->load, view->base);
}

void programs_draw(struct view *view)
{
    unsigned length = list_length(view), top = list_top(view);
    char count[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(count, sizeof count);

    strbuf_add(&text, "%u of %u", programs_of(view)->chosen + 1,
               view->library.count);
    page_title(view, "Baby   Programs", count);

    for (unsigned i = 0; i < length && top + i < view->library.count; i++)
        draw_row(view, top + i, LIST_ROW + i * view->layout->step);
    cells_fill(&view->cells, about_row(view) - 1, 0, PAGE_COLUMNS,
               CHAR_HORIZONTAL, ATTR_LABEL);
    if (view->library.count > 0 &&
        (!chosen_is_loaded(view) || reader_is_active(&view->load.file.reader)))
        draw_reading(view);
    else if (view->library.count > 0)
        draw_about(view);
    page_keys(view,
              "Up, Down: select   Enter: load   F5: load and run   Esc: back");
}

static void choose(struct view *view, int row)
{
    int last = (int)view->library.count - 1;

    if (row > last)
        row = last;
    programs_of(view)->chosen = row > 0 ? (unsigned)row : 0;
    if (view->library.count > 0 && !chosen_is_loaded(view))
        load_cancel(view);
}

/* Loads the program, asking first if necessary, or reports an error. */
static void offer(struct view *view, bool good)
{
    if (good) {
        command_do(view, programs_of(view)->then);
    } else {
        page_open(view, programs_of(view)->back);
        view_message(view, "%s", view->load.file.message);
    }
}

static void load(struct view *view, bool run)
{
    if (view->library.count == 0)
        return;
    view->question.run = run;
    read_chosen(view, offer);
}

static void leave(struct view *view)
{
    if (view->load.then == NULL)
        page_open(view, programs_of(view)->back);
    view->load.then = NULL;
}

void programs_event(struct view *view, const struct event *event)
{
    int row = (int)programs_of(view)->chosen;
    int page = (int)list_length(view);

    switch (event->key) {
    case KEY_UP:
        choose(view, row - 1);
        break;
    case KEY_DOWN:
        choose(view, row + 1);
        break;
    case KEY_PAGE_UP:
        choose(view, row - page);
        break;
    case KEY_PAGE_DOWN:
        choose(view, row + page);
        break;
    case KEY_HOME:
        choose(view, 0);
        break;
    case KEY_END:
        choose(view, (int)view->library.count - 1);
        break;
    case KEY_ENTER:
        load(view, false);
        break;
    case KEY_F5:
        load(view, true);
        break;
    case KEY_ESCAPE:
        leave(view);
        break;
    default:
        break;
    }
}
