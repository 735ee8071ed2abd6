/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "ui/base/commands.h"
#include "ui/base/page.h"

#define LEFT       1
#define WIDTH      (CELLS_COLUMNS - 2 * LEFT)
#define NAME_WIDTH 12
#define FACT_WIDTH (WIDTH - 2 - NAME_WIDTH - 1) /* up to the frame */

struct strbuf system_info_add(struct system_info *system_info,
                              enum system_info_layer layer, const char *name)
{
    unsigned last = BELOW_FACTS - 1;
    struct info_row *info_row =
        &system_info
             ->info_row[system_info->count < last ? system_info->count : last];

    if (system_info->count < BELOW_FACTS)
        system_info->count++;
    info_row->layer = layer;
    info_row->name = name;
    return strbuf_begin(info_row->text, sizeof info_row->text);
}

/* A layer being drawn: a box where there is room, else its title alone. */
struct layer {
    unsigned top, row;
};

static struct layer begin(struct ui *ui, unsigned top, const char *title)
{
    if (ui->layout->halves)
        cells_text(&ui->cells, top, LEFT, ATTR_STRONG, title);
    return (struct layer){top, top + 1};
}

static void add(struct ui *ui, struct layer *layer, const char *name,
                const char *text)
{
    cells_text(&ui->cells, layer->row, LEFT + 2, ATTR_LABEL, name);
    page_cut(ui, layer->row, LEFT + 2 + NAME_WIDTH, FACT_WIDTH, ATTR_TEXT,
             text);
    layer->row += ui->layout->step;
}

/* Returns the row where the next one begins; UNDER is what it is seen as from
   above. */
static unsigned end(struct ui *ui, const struct layer *layer, const char *title,
                    const char *under)
{
    unsigned row = layer->row - (ui->layout->step - 1);

    if (ui->layout->halves)
        return row;
    cells_frame(&ui->cells, layer->top, LEFT, row + 1 - layer->top, WIDTH,
                ATTR_LABEL);
    cells_put(&ui->cells, layer->top, LEFT + 2, ' ', ATTR_TEXT);
    page_text(ui, layer->top, LEFT + 3, ATTR_STRONG, "%s ", title);
    if (under == NULL)
        return row + 1;
    cells_put(&ui->cells, row + 1, LEFT + 3, CHAR_DOWN, ATTR_LABEL);
    cells_text(&ui->cells, row + 1, LEFT + 5, ATTR_LABEL, under);
    return row + 2;
}

static unsigned draw_program(struct ui *ui, unsigned row)
{
    static const char title[] = "The program";
    struct layer layer = begin(ui, row, title);
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);
    const char *head = ui->session.notes.head ? ui->session.loaded.program.head : "";

    while (*head != '\0' && *head != '\n')
        strbuf_add(&text, "%c", *head++);
    add(ui, &layer, "title", line);
    text = strbuf_begin(line, sizeof line);
    status_add_counts(&text, ui, FACT_WIDTH);
    add(ui, &layer, "obeyed", line);
    return end(ui, &layer, title, "seven instructions: the ISA of 1948");
}

static unsigned draw_baby(struct ui *ui, unsigned row)
{
    static const char title[] = "The Baby, emulated: a system virtual machine";
    struct layer layer = begin(ui, row, title);
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    add(ui, &layer, "machine",
        "32 lines of 32 digits, A, CI, PI; a prepulse "
        "obeys one");
    strbuf_add(&text, "%s; F4, the lab, shows it at work",
               ui->session.engine->name);
    add(ui, &layer, "engine", line);
    text = strbuf_begin(line, sizeof line);
    strbuf_add(&text, "%s", speeds[ui->session.pace.speed].label);
    if (ui->rate.known) {
        strbuf_add(&text, "; ");
        status_add_rate(&text, ui->rate.thousandths);
    }
    add(ui, &layer, "speed", line);
    return end(ui, &layer, title, "C, and i386 code that the translator makes");
}

static unsigned draw_layer(struct ui *ui, enum system_info_layer which,
                           unsigned row, const char *under)
{
    const char *title = ui->system_info.title[which];

    if (title == NULL)
        return row;
    struct layer layer = begin(ui, row, title);

    for (unsigned i = 0; i < ui->system_info.count; i++)
        if (ui->system_info.info_row[i].layer == which)
            add(ui, &layer, ui->system_info.info_row[i].name,
                ui->system_info.info_row[i].text);
    return end(ui, &layer, title, under);
}

void system_info_draw(struct ui *ui)
{
    unsigned row = ui->layout->halves ? 1 : 2;

    page_title(ui, "Baby   What lies below");
    if (ui->system_info.version != NULL)
        cells_text_right(&ui->cells, 0, CELLS_COLUMNS - 2, ATTR_BAR,
                         ui->system_info.version);
    row = draw_program(ui, row);
    row = draw_baby(ui, row);
    row = draw_layer(ui, BELOW_KERNEL, row,
                     "i386 instructions, ports, interrupts: the PC's ISA");
    draw_layer(ui, BELOW_PC, row, NULL);
    page_keys(ui, "Esc back");
}

void system_info_open(struct ui *ui)
{
    ui_open(ui, PAGE_SYSTEM_INFO);
}

void system_info_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);

    if (event->repeat)
        return;
    if (event->key == KEY_ESCAPE ||
        (command && command->act == system_info_open))
        ui_back(ui);
    else if (command != NULL)
        command_do(ui, command);
}
