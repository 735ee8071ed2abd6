/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/base/status.h"

static struct system_info *system_info_of(const struct view *view)
{
    return view->state[PAGE_SYSTEM_INFO];
}

#define LEFT       1
#define WIDTH      (PAGE_COLUMNS - 2 * LEFT)
#define NAME_WIDTH 12
#define FACT_WIDTH (WIDTH - 2 - NAME_WIDTH - 1)

struct strbuf system_info_add(struct system_info *system_info,
                              enum system_info_layer layer, const char *name)
{
    unsigned last = SYSTEM_INFO_ROWS - 1;
    struct info_row *info_row =
        &system_info
             ->info_row[system_info->count < last ? system_info->count : last];

    if (system_info->count < SYSTEM_INFO_ROWS)
        system_info->count++;
    info_row->layer = layer;
    info_row->name = name;
    return strbuf_begin(info_row->text, sizeof info_row->text);
}

/* A layer being drawn.  It has a frame unless the screen is too short. */
struct layer {
    unsigned top, row;
};

static struct layer begin(struct view *view, unsigned top, const char *title)
{
    if (view->layout->halves)
        cells_text(&view->cells, top, LEFT, ATTR_STRONG, title);
    return (struct layer){top, top + 1};
}

static void add(struct view *view, struct layer *layer, const char *name,
                const char *text)
{
    cells_text(&view->cells, layer->row, LEFT + 2, ATTR_LABEL, name);
    page_cut(view, layer->row, LEFT + 2 + NAME_WIDTH, FACT_WIDTH, ATTR_TEXT,
             text);
    layer->row += view->layout->step;
}

/* Returns the first row of the next layer.  UNDER may be NULL. */
static unsigned end(struct view *view, const struct layer *layer,
                    const char *title, const char *under)
{
    unsigned row = layer->row - (view->layout->step - 1);

    if (view->layout->halves)
        return row;
    cells_frame(&view->cells, layer->top, LEFT, row + 1 - layer->top, WIDTH,
                ATTR_LABEL);
    cells_put(&view->cells, layer->top, LEFT + 2, ' ', ATTR_TEXT);
    page_text(view, layer->top, LEFT + 3, ATTR_STRONG, "%s ", title);
    if (under == NULL)
        return row + 1;
    cells_put(&view->cells, row + 1, LEFT + 3, CHAR_DOWN, ATTR_LABEL);
    cells_text(&view->cells, row + 1, LEFT + 5, ATTR_LABEL, under);
    return row + 2;
}

static unsigned draw_program(struct view *view, unsigned row)
{
    static const char title[] = "The program";
    struct layer layer = begin(view, row, title);
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "%s", view_title(view));
    add(view, &layer, "title", line);
    text = strbuf_begin(line, sizeof line);
    status_add_counts(&text, view, FACT_WIDTH);
    add(view, &layer, "executed", line);
    return end(view, &layer, title, "seven instructions: the ISA of 1948");
}

/* A short screen has no room for what is the same on every PC. */
static unsigned draw_baby(struct view *view, unsigned row)
{
    static const char title[] = "The emulated Baby: a system virtual machine";
    struct layer layer = begin(view, row, title);
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (!view->layout->halves)
        add(view, &layer, "machine",
            "32 lines of 32 digits, A, CI, PI; one instruction per prepulse");
    strbuf_add(&text, "%s (F4, the lab, shows it at work)",
               view->session.engine->name);
    add(view, &layer, "engine", line);
    text = strbuf_begin(line, sizeof line);
    strbuf_add(&text, "%s", speeds[view->session.pace.speed].label);
    if (view->rate.known) {
        strbuf_add(&text, "; ");
        status_add_rate(&text, view->rate.thousandths);
    }
    add(view, &layer, "speed", line);
    return end(view, &layer, title,
               "C code, and i386 code from the translator");
}

static unsigned draw_layer(struct view *view, enum system_info_layer which,
                           unsigned row, const char *under)
{
    const char *title = system_info_of(view)->title[which];

    if (title == NULL)
        return row;
    struct layer layer = begin(view, row, title);

    for (unsigned i = 0; i < system_info_of(view)->count; i++)
        if (system_info_of(view)->info_row[i].layer == which)
            add(view, &layer, system_info_of(view)->info_row[i].name,
                system_info_of(view)->info_row[i].text);
    return end(view, &layer, title, under);
}

void system_info_draw(struct view *view)
{
    unsigned row = view->layout->halves ? 1 : 2;

    const char *version = system_info_of(view)->version;

    page_title(view, "Baby   System information",
               version != NULL ? version : "");
    row = draw_program(view, row);
    row = draw_baby(view, row);
    row = draw_layer(view, LAYER_KERNEL, row,
                     "i386 instructions, ports and interrupts: the PC's ISA");
    draw_layer(view, LAYER_PC, row, NULL);
    page_keys(view, "Esc: back");
}

void system_info_open(struct view *view)
{
    page_open(view, PAGE_SYSTEM_INFO);
}

void system_info_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);

    if (event->repeat)
        return;
    if (event->key == KEY_ESCAPE ||
        (command && command->act == system_info_open))
        page_back(view);
    else if (command != NULL)
        command_do(view, command);
}
