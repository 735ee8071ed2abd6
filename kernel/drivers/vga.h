/* SPDX-License-Identifier: MIT */
/*
 * Text mode of 80 columns on a VGA or an older card.
 *
 * A cell has its character in the low byte and its attribute in the high byte.
 * A VGA shows backgrounds in all 16 colours, without blinking, and no cursor.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define VGA_COLUMNS 80

enum vga_kind {
    VGA_NONE,
    VGA_MDA,     /* or Hercules: 80x25, monochrome, built-in font */
    VGA_CGA_EGA, /* CGA or EGA: 80x25, blinking backgrounds, built-in font */
    VGA_FULL,
};

struct vga_colour {
    uint8_t red, green, blue; /* 0 to 63 */
};

/* Detects the card, without changing its state; call this first.  A VGA must
   have a readable palette.  Cannot detect that the card is in a graphics mode:
   the caller checks the boot loader's information. */
enum vga_kind vga_probe(void);

/* Moves the cursor off the page. */
void vga_hide_cursor(void);

/* Sets 80x50 (GLYPH_LINES 8) or 80x25 (GLYPH_LINES 16), without blinking or a
   cursor, and characters 8 dots wide if EIGHT_DOTS.  VGA only. */
void vga_start(unsigned glyph_lines, bool eight_dots);

/* Loads COUNT glyphs of GLYPH_LINES bytes from code FIRST on.  VGA only. */
void vga_set_glyphs(unsigned first, unsigned count, const uint8_t *glyphs,
                    unsigned glyph_lines);

/* Reads glyphs from the font.  VGA only. */
void vga_get_glyphs(unsigned first, unsigned count, uint8_t *glyphs,
                    unsigned glyph_lines);

/* Sets the 16 colours of attributes.  VGA only. */
void vga_set_colours(const struct vga_colour colours[16]);

/* Writes one cell of the screen, on any card. */
void vga_put_cell(unsigned row, unsigned column, uint16_t cell);
