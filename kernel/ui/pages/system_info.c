/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "ui/base/commands.h"
#include "ui/base/page.h"

#define LEFT       1
#define WIDTH      (CELLS_COLUMNS - 2 * LEFT)
#define NAME_WIDTH 12
#define FACT_WIDTH (WIDTH - 2 - NAME_WIDTH - 1) /* up to the frame */

struct text below_add(struct below *below, enum below_layer layer,
                      const char *name)
{
    unsigned last = BELOW_FACTS - 1;
    struct fact *fact = &below->fact[below->count < last ? below->count : last];

    if (below->count < BELOW_FACTS)
        below->count++;
    fact->layer = layer;
    fact->name = name;
    return text_begin(fact->text, sizeof fact->text);
}

/* A layer being drawn: a box where there is room, else its title alone. */
struct layer {
    unsigned top, row;
};

static struct layer begin(struct ui *ui, unsigned top, const char *title)
{
    if (ui->layout->halves)
        cells_text(&ui->cells, top, LEFT, LOOK_STRONG, title);
    return (struct layer){top, top + 1};
}

static void add(struct ui *ui, struct layer *layer, const char *name,
                const char *text)
{
    cells_text(&ui->cells, layer->row, LEFT + 2, LOOK_LABEL, name);
    page_cut(ui, layer->row, LEFT + 2 + NAME_WIDTH, FACT_WIDTH, LOOK_TEXT,
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
                LOOK_LABEL);
    cells_put(&ui->cells, layer->top, LEFT + 2, ' ', LOOK_TEXT);
    page_text(ui, layer->top, LEFT + 3, LOOK_STRONG, "%s ", title);
    if (under == NULL)
        return row + 1;
    cells_put(&ui->cells, row + 1, LEFT + 3, CHAR_DOWN, LOOK_LABEL);
    cells_text(&ui->cells, row + 1, LEFT + 5, LOOK_LABEL, under);
    return row + 2;
}

static unsigned draw_program(struct ui *ui, unsigned row)
{
    static const char title[] = "The program";
    struct layer layer = begin(ui, row, title);
    char line[CELLS_COLUMNS];
    struct text text = text_begin(line, sizeof line);
    const char *head = ui->desk.headed ? ui->desk.program.head : "";

    while (*head != '\0' && *head != '\n')
        text_add(&text, "%c", *head++);
    add(ui, &layer, "title", line);
    text = text_begin(line, sizeof line);
    status_add_counts(&text, ui, FACT_WIDTH);
    add(ui, &layer, "obeyed", line);
    return end(ui, &layer, title, "seven instructions: the ISA of 1948");
}

static unsigned draw_baby(struct ui *ui, unsigned row)
{
    static const char title[] = "The Baby, emulated: a system virtual machine";
    struct layer layer = begin(ui, row, title);
    char line[CELLS_COLUMNS];
    struct text text = text_begin(line, sizeof line);

    add(ui, &layer, "machine",
        "32 lines of 32 digits, A, CI, PI; a prepulse "
        "obeys one");
    text_add(&text, "%s; F4, the lab, shows it at work", ui->desk.engine->name);
    add(ui, &layer, "engine", line);
    text = text_begin(line, sizeof line);
    text_add(&text, "%s", speeds[ui->desk.pace.speed].label);
    if (ui->rate.known) {
        text_add(&text, "; ");
        status_add_rate(&text, ui->rate.thousandths);
    }
    add(ui, &layer, "speed", line);
    return end(ui, &layer, title, "C, and i386 code that the translator makes");
}

static unsigned draw_layer(struct ui *ui, enum below_layer which, unsigned row,
                           const char *under)
{
    const char *title = ui->below.title[which];

    if (title == NULL)
        return row;
    struct layer layer = begin(ui, row, title);

    for (unsigned i = 0; i < ui->below.count; i++)
        if (ui->below.fact[i].layer == which)
            add(ui, &layer, ui->below.fact[i].name, ui->below.fact[i].text);
    return end(ui, &layer, title, under);
}

void below_draw(struct ui *ui)
{
    unsigned row = ui->layout->halves ? 1 : 2;

    page_title(ui, "Baby   What lies below");
    if (ui->below.version != NULL)
        cells_text_right(&ui->cells, 0, CELLS_COLUMNS - 2, LOOK_BAR,
                         ui->below.version);
    row = draw_program(ui, row);
    row = draw_baby(ui, row);
    row = draw_layer(ui, BELOW_KERNEL, row,
                     "i386 instructions, ports, interrupts: the PC's ISA");
    draw_layer(ui, BELOW_PC, row, NULL);
    page_keys(ui, "Esc back");
}

void below_open(struct ui *ui)
{
    ui_open(ui, PAGE_BELOW);
}

void below_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);

    if (event->repeat)
        return;
    if (event->key == KEY_ESCAPE || (command && command->act == below_open))
        ui_back(ui);
    else if (command != NULL)
        command_do(ui, command);
}
