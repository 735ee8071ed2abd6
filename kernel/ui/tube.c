/* SPDX-License-Identifier: MIT */
/*
 * The tube: 32 lines of dots and dashes, and the registers under them in the
 * same columns.
 */
#include "page.h"

/* Brightness from dark to bright, also without our themes.  A line that is
   only refreshed is in the first. */
static const struct {
    uint32_t below; /* level, in 1/GLOW_ONE accesses a bar */
    uint8_t attribute;
} levels[] = {
    {GLOW_ONE / 12, 0x08},     {GLOW_ONE / 8, 0x02},
    {GLOW_ONE * 3 / 16, 0x07}, {GLOW_ONE * 3 / 8, 0x0A},
    {GLOW_ONE * 3 / 4, 0x0E},  {UINT32_MAX, LOOK_STRONG},
};

/* From dot to dash by how much of the frame the digit was 1. */
static const uint8_t stages[] = {CHAR_DOT, 0xF9, 0xA9, 0xAA, CHAR_DASH};

static const uint8_t halves[2][2] = {
    {CHAR_DOT, CHAR_LOWER_HALF},
    {CHAR_UPPER_HALF, CHAR_BOTH_HALVES},
};

static uint8_t attribute_of(uint32_t level)
{
    unsigned i = 0;

    while (level >= levels[i].below)
        i++;
    return levels[i].attribute;
}

static bool at_cursor(const struct ui *ui, unsigned line, unsigned digit)
{
    return ui->focus == FOCUS_TUBE && ui->line == line && ui->digit == digit;
}

static void draw_line(struct ui *ui, unsigned line)
{
    unsigned row = ui->layout->store + line;
    uint8_t attribute = attribute_of(ui->desk.glow.level[line]);

    for (unsigned digit = 0; digit < DIGITS; digit++)
        cells_put(&ui->cells, row, TUBE_COLUMN + digit,
                  stages[ui->desk.glow.share[line][digit]],
                  at_cursor(ui, line, digit) ? LOOK_CURSOR : attribute);
}

/* The short screen: LINE and the one after it in one row. */
static void draw_two_lines(struct ui *ui, unsigned line)
{
    unsigned row = ui->layout->store + line / 2;
    const struct glow *glow = &ui->desk.glow;
    uint32_t level = glow->level[line] > glow->level[line + 1]
                         ? glow->level[line]
                         : glow->level[line + 1];

    for (unsigned digit = 0; digit < DIGITS; digit++) {
        bool upper = glow->share[line][digit] > 2;
        bool lower = glow->share[line + 1][digit] > 2;
        bool here =
            at_cursor(ui, line, digit) || at_cursor(ui, line + 1, digit);

        cells_put(&ui->cells, row, TUBE_COLUMN + digit, halves[upper][lower],
                  here ? LOOK_CURSOR : attribute_of(level));
    }
}

static void draw_word(struct ui *ui, unsigned row, uint32_t word)
{
    for (unsigned digit = 0; digit < DIGITS; digit++)
        cells_put(&ui->cells, row, TUBE_COLUMN + digit,
                  word >> digit & 1 ? CHAR_DASH : CHAR_DOT, LOOK_TEXT);
}

static void draw_registers(struct ui *ui)
{
    const struct machine *machine = &ui->desk.machine;
    const uint32_t words[] = {machine->a, machine->ci, machine->pi};
    static const char *const names[] = {"A", "CI", "PI"};
    unsigned row = ui->layout->registers;

    for (unsigned i = 0; i < 3; i++) {
        cells_text(&ui->cells, row + i, 1, LOOK_LABEL, names[i]);
        draw_word(ui, row + i, words[i]);
        listing_word(ui, row + i, LISTING_COLUMN + 4, LOOK_TEXT, words[i],
                     i == 2 && ui->desk.last.valid);
    }
}

static void draw_scale(struct ui *ui)
{
    unsigned row = ui->layout->scale;

    cells_text(&ui->cells, row, TUBE_COLUMN, LOOK_LABEL,
               "0    5    10   15   20   25   30");
    if (ui->layout->halves)
        return;
    cells_text(&ui->cells, row - 1, TUBE_COLUMN, LOOK_LABEL,
               "line         function");
}

static void draw_frames(struct ui *ui)
{
    unsigned top = ui->layout->store - 1;
    unsigned middle = ui->layout->registers - 1;

    cells_frame(&ui->cells, top, TUBE_COLUMN - 1, LINES + 6, DIGITS + 2,
                LOOK_LABEL);
    cells_put(&ui->cells, middle, TUBE_COLUMN - 1, CHAR_FRAME_TEE_RIGHT,
              LOOK_LABEL);
    cells_fill(&ui->cells, middle, TUBE_COLUMN, DIGITS, CHAR_HORIZONTAL,
               LOOK_LABEL);
    cells_put(&ui->cells, middle, TUBE_COLUMN + DIGITS, CHAR_FRAME_TEE_LEFT,
              LOOK_LABEL);
}

void tube_draw(struct ui *ui)
{
    bool two = ui->layout->halves;

    draw_scale(ui);
    if (!two)
        draw_frames(ui);
    for (unsigned line = 0; line < LINES; line += two ? 2 : 1) {
        char number[4];
        struct text text = text_begin(number, sizeof number);

        text_add(&text, "%02u", line);
        cells_text(&ui->cells, ui->layout->store + (two ? line / 2 : line), 0,
                   LOOK_LABEL, number);
        if (two)
            draw_two_lines(ui, line);
        else
            draw_line(ui, line);
    }
    draw_registers(ui);
}
