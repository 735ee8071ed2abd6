/* SPDX-License-Identifier: MIT */
/*
 * 80-column text mode of VGA and older cards.  A cell has its character in the
 * low byte and its attribute in the high byte.  A VGA shows 16 background
 * colours, and neither blinking text nor a cursor.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define VGA_COLUMNS 80

enum vga_kind {
    VGA_NONE,
    VGA_MDA,     /* MDA or Hercules: 80x25, monochrome, built-in font */
    VGA_CGA_EGA, /* CGA or EGA: 80x25 with blinking, built-in font */
    VGA_FULL,
};

struct vga_colour {
    uint8_t red, green, blue; /* each 0 to 63 */
};

/* Detects the card without changing its state; must be called first.  A VGA
   must have a readable palette.  Graphics modes are not detected: check the
   boot loader's information. */
enum vga_kind vga_probe(void);

void vga_hide_cursor(void);

/* Selects 80x50 (GLYPH_LINES 8) or 80x25 (GLYPH_LINES 16) text and disables the
   cursor and blinking.  EIGHT_DOTS makes characters 8 dots wide.  VGA only. */
void vga_start(unsigned glyph_lines, bool eight_dots);

/* Loads COUNT glyphs of GLYPH_LINES bytes at character FIRST.  VGA only. */
void vga_set_glyphs(unsigned first, unsigned count, const uint8_t *glyphs,
                    unsigned glyph_lines);

/* Reads glyphs back from the font.  VGA only. */
void vga_get_glyphs(unsigned first, unsigned count, uint8_t *glyphs,
                    unsigned glyph_lines);

/* Sets the palette of the 16 attribute colours.  VGA only. */
void vga_set_colours(const struct vga_colour colours[16]);

/* Writes a character and its attribute to the screen.  Works on all cards. */
void vga_put_cell(unsigned row, unsigned column, uint16_t cell);
