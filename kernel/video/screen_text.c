/* SPDX-License-Identifier: MIT */
/*
 * Screen driver for text mode.  A VGA uses the console's font and colours, and
 * older cards use their own.
 */
#include "console/theme.h"
#include "drivers/vga.h"
#include "font.h"
#include "legacy_cell.h"
#include "screen_driver.h"
#include <string.h>

static enum vga_kind kind;
static bool eight_dots;
static uint8_t own_glyphs[FONT_GLYPHS][FONT_HEIGHT];
static uint8_t rom_glyphs[FONT_GLYPHS][2 * FONT_HEIGHT];

/* With 24 rows, text uses the card's 16-line font.  The digits of the tube, two
   of which share a character, use glyphs of the 8-line font. */
static void set_half_glyphs(void)
{
    static const struct {
        uint8_t code, upper, lower;
    } halves[] = {
        {CHAR_DOT, CHAR_DOT, CHAR_DOT},
        {CHAR_UPPER_HALF, CHAR_DASH, CHAR_DOT},
        {CHAR_LOWER_HALF, CHAR_DOT, CHAR_DASH},
        {CHAR_BOTH_HALVES, CHAR_DASH, CHAR_DASH},
        {CHAR_DASH, CHAR_DASH, CHAR_DASH},
        {CHAR_QUARTER, CHAR_QUARTER, CHAR_QUARTER},
        {CHAR_HALF, CHAR_HALF, CHAR_HALF},
        {CHAR_THREE_QUARTERS, CHAR_THREE_QUARTERS, CHAR_THREE_QUARTERS},
        {CHAR_WIDE, CHAR_WIDE, CHAR_WIDE},
        {CHAR_WIDE_TAIL, CHAR_WIDE_TAIL, CHAR_WIDE_TAIL},
        {CHAR_WIDE_UPPER, CHAR_WIDE, CHAR_DOT},
        {CHAR_WIDE_UPPER_TAIL, CHAR_WIDE_TAIL, ' '},
        {CHAR_WIDE_LOWER, CHAR_DOT, CHAR_WIDE},
        {CHAR_WIDE_LOWER_TAIL, ' ', CHAR_WIDE_TAIL},
    };

    for (unsigned i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        uint8_t glyph[2 * FONT_HEIGHT];

        memcpy(glyph, own_glyphs[halves[i].upper], FONT_HEIGHT);
        memcpy(glyph + FONT_HEIGHT, own_glyphs[halves[i].lower], FONT_HEIGHT);
        vga_set_glyphs(halves[i].code, 1, glyph, sizeof glyph);
    }
}

/* Also clears the 25th row, which the console does not use. */
static void clear(unsigned rows)
{
    for (unsigned row = 0; row <= rows && row < PAGE_ROWS; row++)
        for (unsigned column = 0; column < PAGE_COLUMNS; column++)
            vga_put_cell(row, column, ' ');
}

static void set_size(struct cells_size size)
{
    clear(size.rows);
    if (kind != VGA_FULL) {
        vga_hide_cursor();
        return;
    }
    if (size.rows > 25) {
        vga_set_glyphs(0, FONT_GLYPHS, &own_glyphs[0][0], FONT_HEIGHT);
        vga_start(FONT_HEIGHT, eight_dots);
    } else {
        vga_set_glyphs(0, FONT_GLYPHS, &rom_glyphs[0][0], 2 * FONT_HEIGHT);
        set_half_glyphs();
        vga_start(2 * FONT_HEIGHT, eight_dots);
    }
}

static void set_theme(unsigned theme)
{
    struct vga_colour colours[16];

    if (kind != VGA_FULL)
        return;
    for (unsigned i = 0; i < 16; i++) {
        struct colour colour = theme_colour(theme, i);

        colours[i] = (struct vga_colour){colour.red, colour.green, colour.blue};
    }
    vga_set_colours(colours);
}

static void draw(const struct cells *cells, unsigned row, unsigned column,
                 unsigned count)
{
    for (; count > 0; count--, column++) {
        uint16_t cell = cells->at[row][column];

        if (kind != VGA_FULL)
            cell = legacy_cell(cell, kind == VGA_MDA);
        vga_put_cell(row, column, cell);
    }
}

static void describe(struct strbuf *text)
{
    static const char *const names[] = {
        [VGA_MDA] = "MDA text",
        [VGA_CGA_EGA] = "CGA or EGA text",
        [VGA_FULL] = "VGA text",
    };

    strbuf_add(text, "%s", names[kind]);
}

const struct screen_output *
screen_text_find(const struct screen_settings *settings)
{
    static struct screen_output output = {
        .at_once = 10 * PAGE_COLUMNS,
        .set_size = set_size,
        .set_theme = set_theme,
        .draw = draw,
        .describe = describe,
    };

    kind = vga_probe();
    if (kind == VGA_NONE)
        return NULL;
    eight_dots = settings->dots != 9;
    output.sizes.page.rows = kind == VGA_FULL ? PAGE_ROWS : SHORT_ROWS;
    output.sizes.page.columns = PAGE_COLUMNS;
    if (kind == VGA_FULL) {
        font_draw(own_glyphs);
        vga_get_glyphs(0, FONT_GLYPHS, &rom_glyphs[0][0], 2 * FONT_HEIGHT);
    }
    return &output;
}
