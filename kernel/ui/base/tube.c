/* SPDX-License-Identifier: MIT */
/*
 * The tube as it stands on the editor's page and on the panel: its frame, the
 * numbers of its lines, two marks; and the registers in the same columns.
 */
#include "page.h"

static void draw_scale(struct ui *ui)
{
    unsigned row = ui->layout->scale;

    cells_text(&ui->cells, row, TUBE_COLUMN, ATTR_LABEL,
               "0    5    10   15   20   25   30");
    if (ui->layout->halves)
        return;
    cells_text(&ui->cells, row - 1, TUBE_COLUMN, ATTR_LABEL,
               "line         function");
}

static void draw_frame(struct ui *ui)
{
    cells_frame(&ui->cells, ui->layout->store - 1, TUBE_COLUMN - 1, LINES + 2,
                DIGITS + 2, ATTR_LABEL);
}

static void draw_numbers(struct ui *ui)
{
    unsigned step = ui->layout->halves ? 2 : 1;

    for (unsigned line = 0; line < LINES; line += step) {
        char number[4];
        struct strbuf text = strbuf_begin(number, sizeof number);

        strbuf_add(&text, "%02u", line);
        cells_text(&ui->cells, ui->layout->store + line / step, 0, ATTR_LABEL,
                   number);
    }
}

static void draw_mark(struct ui *ui, unsigned line, unsigned column, char mark)
{
    unsigned row = ui->layout->store + (ui->layout->halves ? line / 2 : line);

    cells_put(&ui->cells, row, column, (uint8_t)mark, ATTR_STRONG);
}

/* On the short screen the listing leaves a column before each line; where
   both marks meet it has C. */
static void draw_narrow_marks(struct ui *ui, unsigned l, unsigned c)
{
    unsigned column = NARROW_COLUMN;

    draw_mark(ui, l, column + l % 2 * LISTING_NARROW, 'L');
    draw_mark(ui, c, column + c % 2 * LISTING_NARROW, 'C');
}

/* L and C, each beside a pointer: to the listing, or on the panel to the
   tube.  Side by side where they meet or there is no room. */
static void draw_marks(struct ui *ui)
{
    unsigned l = word_line(ui->session.controls.stat);
    unsigned c = word_line(ui->session.machine.ci);
    bool listing = ui->base == PAGE_EDITOR, is_short = ui->layout->halves;
    bool apart = !is_short && l != c;
    unsigned letter = MARK_COLUMN + (apart && !listing);
    unsigned pointer = MARK_COLUMN + listing;
    char shape = listing ? CHAR_POINTER : CHAR_POINTER_LEFT;

    if (is_short && listing) {
        draw_narrow_marks(ui, l, c);
        return;
    }
    draw_mark(ui, l, letter, 'L');
    draw_mark(ui, c, letter + !apart, 'C');
    if (apart) {
        draw_mark(ui, l, pointer, shape);
        draw_mark(ui, c, pointer, shape);
    }
}

void tube_draw(struct ui *ui)
{
    bool store = ui->monitor != MONITOR_A && ui->monitor != MONITOR_C;
    bool cursor = ui->base == PAGE_EDITOR && ui->focus == FOCUS_TUBE && store;
    const struct monitor_look look = {
        .row = ui->layout->store,
        .column = TUBE_COLUMN,
        .width = 1,
        .halves = ui->layout->halves,
        .keep_pi = ui->options.keep_pi,
        .line = cursor ? (int)ui->line : -1,
        .digit = cursor ? (int)ui->digit : -1,
    };

    draw_scale(ui);
    if (!ui->layout->halves)
        draw_frame(ui);
    draw_numbers(ui);
    monitor_draw(&ui->cells, &ui->session, ui->monitor, &look);
    draw_marks(ui);
}

/* The frame goes on around them. */
static void draw_registers_frame(struct ui *ui)
{
    unsigned row = ui->layout->registers - 1;

    cells_frame(&ui->cells, row, TUBE_COLUMN - 1, 5, DIGITS + 2, ATTR_LABEL);
    cells_put(&ui->cells, row, TUBE_COLUMN - 1, CHAR_FRAME_TEE_RIGHT,
              ATTR_LABEL);
    cells_put(&ui->cells, row, TUBE_COLUMN + DIGITS, CHAR_FRAME_TEE_LEFT,
              ATTR_LABEL);
}

/* PI is only there while an instruction is performed; after that it is the
   last one, and dim. */
static void draw_pi(struct ui *ui, unsigned row)
{
    bool past = !session_runs(&ui->session);
    uint8_t attribute = past ? ATTR_LABEL : ATTR_TEXT;

    cells_text(&ui->cells, row, 1, ATTR_LABEL, "PI");
    if (past)
        cells_text(&ui->cells, row, MARK_COLUMN, ATTR_LABEL, "last");
    monitor_draw_register(&ui->cells, &ui->session, PHOSPHOR_PI, row,
                          TUBE_COLUMN, attribute);
    listing_word(ui, row, LISTING_COLUMN + 4, attribute, ui->session.machine.pi,
                 ui->session.last.valid);
}

static void draw_register(struct ui *ui, unsigned row, const char *name,
                          enum phosphor_register which, uint32_t word)
{
    cells_text(&ui->cells, row, 1, ATTR_LABEL, name);
    monitor_draw_register(&ui->cells, &ui->session, which, row, TUBE_COLUMN,
                          ATTR_TEXT);
    listing_word(ui, row, LISTING_COLUMN + 4, ATTR_TEXT, word, false);
}

void tube_draw_registers(struct ui *ui)
{
    const struct machine *machine = &ui->session.machine;
    unsigned row = ui->layout->registers;

    if (!ui->layout->halves)
        draw_registers_frame(ui);
    draw_register(ui, row, "A", PHOSPHOR_A, machine->a);
    draw_register(ui, row + 1, "CI", PHOSPHOR_CI, machine->ci);
    draw_pi(ui, row + 2);
}
