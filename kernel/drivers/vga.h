/* SPDX-License-Identifier: MIT */
/*
 * Text: 80 columns of cells, on a VGA, or on what came before it.
 *
 * A cell is its character in the low byte and its attribute in the high one.
 * On a VGA backgrounds have all 16 colours; nothing blinks and there is no
 * cursor.
 */
#ifndef DRIVERS_VGA_H
#define DRIVERS_VGA_H

#include <stdbool.h>
#include <stdint.h>

#define VGA_COLUMNS 80

enum vga_kind {
    VGA_NONE,
    VGA_MDA,   /* or Hercules: 80x25, one colour, its own characters */
    VGA_PLAIN, /* CGA or EGA: 80x25, blinking backgrounds, its own characters */
    VGA_FULL,
};

/* Red, green and blue, each 0 to 63. */
struct vga_colour {
    uint8_t red, green, blue;
};

/*
 * What shows text here; asked before all else.  A VGA is one only if it gives
 * back what was written to its palette.  Nothing is changed.  A linear
 * framebuffer cannot be told from text here: the caller asks the boot loader
 * first.
 */
enum vga_kind vga_probe(void);

/* Moves the cursor off the page. */
void vga_hide_cursor(void);

/*
 * Sets 80x50 (GLYPH_LINES 8) or 80x25 (GLYPH_LINES 16), cells EIGHT_DOTS wide
 * or as they were, no blinking, no cursor.  Only on a VGA, as those that
 * follow.
 */
void vga_start(unsigned glyph_lines, bool eight_dots);

/* Puts COUNT glyphs of GLYPH_LINES bytes each into the font from FIRST on. */
void vga_set_glyphs(unsigned first, unsigned count, const uint8_t *glyphs,
                    unsigned glyph_lines);

/* Gets them from there. */
void vga_get_glyphs(unsigned first, unsigned count, uint8_t *glyphs,
                    unsigned glyph_lines);

/* Sets the 16 colours that attributes name. */
void vga_set_colours(const struct vga_colour colours[16]);

/* Writes one cell of the screen, whatever shows it. */
void vga_draw(unsigned row, unsigned column, uint16_t cell);

#endif
