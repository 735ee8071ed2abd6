/* SPDX-License-Identifier: MIT */
/*
 * Terminal glyphs for the characters of cells: UTF-8, or ASCII as a fallback.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define GLYPH_SIZE 4 /* bytes with the zero */

/* Writes the glyph for CHARACTER (CP437, as in cells.h), one column wide, and
   returns its length.  If the screen has fewer than 50 ROWS, a row shows two
   lines of the tube and the wide dash differs. */
unsigned glyph_write(char glyph[GLYPH_SIZE], uint8_t character, bool utf8,
                     unsigned rows);

/* Whether the glyph differs between UTF-8 and ASCII. */
bool glyph_is_special(uint8_t character);
