/* SPDX-License-Identifier: MIT */
#include "screen.h"
#include "console/font.h"
#include "console/theme.h"
#include "drivers/vga.h"
#include <string.h>

static bool present;
static unsigned current_theme;
static uint16_t shown[CELLS_ROWS_MAX][CELLS_COLUMNS];

/* The short screen keeps the card's own 16-line characters, but its halves
   show two digits, each as the 8-line font draws it. */
static void set_half_glyphs(const uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT])
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

        memcpy(glyph, glyphs[halves[i].upper], FONT_HEIGHT);
        memcpy(glyph + FONT_HEIGHT, glyphs[halves[i].lower], FONT_HEIGHT);
        vga_set_glyphs(halves[i].code, 1, glyph, sizeof glyph);
    }
}

static void set_colours(void)
{
    struct vga_colour colours[16];

    for (unsigned i = 0; i < 16; i++) {
        struct colour colour = theme_colour(current_theme, i);

        colours[i] = (struct vga_colour){colour.red, colour.green, colour.blue};
    }
    vga_set_colours(colours);
}

void screen_set_theme(unsigned theme)
{
    if (theme == current_theme)
        return;
    current_theme = theme;
    if (present)
        set_colours();
}

bool screen_start(bool short_rows, bool graphics)
{
    static uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT];

    present = !graphics && vga_probe();
    if (!present)
        return false;
    font_draw(glyphs);
    set_colours();
    if (short_rows)
        set_half_glyphs(glyphs);
    else
        vga_set_glyphs(0, FONT_GLYPHS, &glyphs[0][0], FONT_HEIGHT);
    vga_start(short_rows ? 2 * FONT_HEIGHT : FONT_HEIGHT);

    /* Something no cell holds, so that all rows are drawn at first. */
    memset(shown, 0xFF, sizeof shown);
    return true;
}

void screen_show(const struct cells *cells)
{
    if (!present)
        return;
    for (unsigned row = 0; row < cells->rows; row++) {
        if (memcmp(shown[row], cells->at[row], sizeof shown[row]) == 0)
            continue;
        memcpy(shown[row], cells->at[row], sizeof shown[row]);
        vga_draw_row(row, shown[row]);
    }
}
