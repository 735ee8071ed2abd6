/* SPDX-License-Identifier: MIT */
#include "screen.h"
#include "console/font.h"
#include "drivers/vga.h"
#include <string.h>

/* Green phosphor: darkness, three greens, and light for each that also
   exists in bright.  Index: the colour's number in an attribute. */
static const struct vga_colour green[16] = {
    [0x0] = {1, 4, 2},    [0x1] = {0, 14, 6},   [0x2] = {6, 44, 17},
    [0x3] = {8, 48, 24},  [0x4] = {20, 30, 8},  [0x5] = {18, 34, 18},
    [0x6] = {26, 44, 10}, [0x7] = {34, 62, 42}, [0x8] = {4, 35, 12},
    [0x9] = {8, 30, 16},  [0xA] = {12, 56, 24}, [0xB] = {24, 60, 40},
    [0xC] = {50, 50, 20}, [0xD] = {44, 56, 44}, [0xE] = {56, 62, 34},
    [0xF] = {60, 63, 60},
};

static bool present;
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
    };

    for (unsigned i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        uint8_t glyph[2 * FONT_HEIGHT];

        memcpy(glyph, glyphs[halves[i].upper], FONT_HEIGHT);
        memcpy(glyph + FONT_HEIGHT, glyphs[halves[i].lower], FONT_HEIGHT);
        vga_set_glyphs(halves[i].code, 1, glyph, sizeof glyph);
    }
}

bool screen_start(bool short_rows, bool graphics)
{
    static uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT];

    present = !graphics && vga_probe();
    if (!present)
        return false;
    font_draw(glyphs);
    vga_set_colours(green);
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
