/* SPDX-License-Identifier: MIT */
/*
 * VGA text: 80 columns of cells in 400 scan lines.
 *
 * A cell is its character in the low byte and its attribute in the high one.
 * Backgrounds have all 16 colours; nothing blinks and there is no cursor.
 */
#ifndef DRIVERS_VGA_H
#define DRIVERS_VGA_H

#include <stdbool.h>
#include <stdint.h>

#define VGA_COLUMNS 80

/* Red, green and blue, each 0 to 63. */
struct vga_colour {
    uint8_t red, green, blue;
};

/*
 * Whether a VGA is here and in text mode.  Touches nothing but the index of
 * the CRT controller.  A linear framebuffer cannot be told from text here:
 * the caller asks the boot loader first.
 */
bool vga_probe(void);

/*
 * Sets 80x50 (GLYPH_LINES 8) or 80x25 (GLYPH_LINES 16), cells 8 dots wide,
 * no blinking, no cursor.  Only after vga_probe() said true, as all below.
 */
void vga_start(unsigned glyph_lines);

/* Puts COUNT glyphs of GLYPH_LINES bytes each into the font from FIRST on. */
void vga_set_glyphs(unsigned first, unsigned count, const uint8_t *glyphs,
                    unsigned glyph_lines);

/* Sets the 16 colours that attributes name. */
void vga_set_colours(const struct vga_colour colours[16]);

/* Writes one row of the screen. */
void vga_draw_row(unsigned row, const uint16_t cells[VGA_COLUMNS]);

#endif
