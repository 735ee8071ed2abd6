/* SPDX-License-Identifier: MIT */
#include "demonstration.h"
#include "services/demo.h"
#include "tour.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"
#include <string.h>

static const struct demo *demo_of(const struct view *view)
{
    return view->state[PAGE_DEMO];
}

#define CAPTION_LINES  4
#define CAPTION_ROW    4   /* beside the tube */
#define PARAGRAPH_SIZE 400 /* of the text beside the tube */

/* Returns the head comments without the title and the author. */
static const char *story(const char *head, const struct library_info *info)
{
    char line[PAGE_COLUMNS];

    head = page_wrap(head, line, sizeof line);
    if (info->author[0] != '\0')
        head = page_wrap(head, line, sizeof line);
    while (*head == '\n')
        head++;
    return head;
}

static void draw_caption(struct view *view)
{
    const struct library_info *info = &demo_of(view)->info;
    unsigned step = view->layout->halves ? 1 : 2;
    unsigned row = view->layout->registers + step - 1;
    const char *text;
    char line[PAGE_COLUMNS];

    text = story(demo_of(view)->session.loaded.program.head, info);
    page_cut(view, row, 1, PAGE_COLUMNS - 4 - (unsigned)strlen(info->author),
             ATTR_STRONG, info->title);
    cells_text_right(&view->cells, row, PAGE_COLUMNS - 2, ATTR_TEXT,
                     info->author);
    for (unsigned i = 0; i < CAPTION_LINES && *text != '\0'; i++) {
        row += step;
        text = page_wrap(text, line, PAGE_COLUMNS - 1);
        cells_text(&view->cells, row, 1, ATTR_TEXT, line);
    }
}

/* Returns true if a text line begins with a heading such as "Watch:". */
static bool begins_with_heading(const char *line)
{
    while ((*line >= 'A' && *line <= 'Z') || (*line >= 'a' && *line <= 'z'))
        line++;
    return *line == ':';
}

/* Joins the text lines of a paragraph, to be wrapped in a narrow column.
   Returns the start of the next one. */
static const char *join_lines(struct strbuf *text, const char *story)
{
    for (; *story != '\0'; story++) {
        if (*story != '\n')
            strbuf_add(text, "%c", *story);
        else if (story[1] == '\n' || begins_with_heading(story + 1))
            return story + 1;
        else
            strbuf_add(text, " ");
    }
    return story;
}

/* Draws title, author and head comments to the right of the large tube. */
static void draw_long_caption(struct view *view)
{
    const struct library_info *info = &demo_of(view)->info;
    const char *about = story(demo_of(view)->session.loaded.program.head, info);
    unsigned row =
        tube_caption(view, CAPTION_ROW, ATTR_STRONG, "", info->title);

    row = tube_caption(view, row, ATTR_LABEL, "", info->author);
    while (*about != '\0') {
        char buffer[PARAGRAPH_SIZE];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);

        about = join_lines(&text, about);
        row = tube_caption(view, row, ATTR_TEXT, "", buffer);
    }
}

void demo_draw(struct view *view)
{
    page_title(view,
               "Baby   The first computer to run a stored program, "
               "Manchester, 21 June 1948",
               "");
    tube_draw_large(view, &demo_of(view)->session, MONITOR_S);
    if (demo_of(view)->info.title[0] != '\0' && view->layout->caption > 0)
        draw_long_caption(view);
    else if (demo_of(view)->info.title[0] != '\0')
        draw_caption(view);
    page_keys(view, "Press any key: watch, take a tour, enter a program, or "
                    "operate the panel");
    status_draw_message(view);
}

void demo_event(struct view *view, const struct event *event)
{
    if (!event->repeat)
        page_open(view, PAGE_OFFER);
}

static void watch(struct view *view)
{
    page_open(view, PAGE_DEMO);
}

static void enter(struct view *view)
{
    page_open(view, PAGE_EDITOR);
}

static void operate(struct view *view)
{
    page_open(view, PAGE_PANEL);
}

static const struct {
    const char *what, *more;
    void (*act)(struct view *view);
} offers[] = {
    {"Watch", "see programs run by themselves", watch},
    {"Tour", "program the Baby in ten short pages", tour_begin},
    {"Enter a program", "open the editor; F2 lists programs", enter},
    {"Panel", "switches, buttons and keys of 1948", operate},
};
#define OFFERS ((unsigned)(sizeof offers / sizeof offers[0]))

void offer_draw(struct view *view)
{
    unsigned row = (view->layout->rows - 2 * OFFERS - 3) / 2;

    cells_dialog(&view->cells, row, 8, 2 * OFFERS + 3, 64, ATTR_STRONG,
                 "What would you like to do? Press a number");
    for (unsigned i = 0; i < OFFERS; i++) {
        cells_put(&view->cells, row + 2 + 2 * i, 12, (uint8_t)('1' + i),
                  ATTR_STRONG);
        cells_text(&view->cells, row + 2 + 2 * i, 15, ATTR_STRONG,
                   offers[i].what);
        cells_text(&view->cells, row + 2 + 2 * i, 32, ATTR_TEXT,
                   offers[i].more);
    }
}

void offer_event(struct view *view, const struct event *event)
{
    unsigned choice = (unsigned)(event->character - '1');

    if (event->repeat)
        return;
    if (event->key == KEY_ESCAPE)
        watch(view);
    else if (event->key == KEY_CHARACTER && choice < OFFERS)
        offers[choice].act(view);
}
