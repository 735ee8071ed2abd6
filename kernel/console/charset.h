/* SPDX-License-Identifier: MIT */
/* Converts the characters of cells to UTF-8 glyphs, or ASCII as a fallback. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define GLYPH_SIZE 4 /* size in bytes, including the NUL */

/* Writes the glyph for CHARACTER (CP437, see cells.h), which is one column
   wide, and returns its length.  The wide dash differs if the screen has fewer
   than 50 ROWS, because two lines of the tube then share a row. */
unsigned glyph_write(char glyph[GLYPH_SIZE], uint8_t character, bool utf8,
                     unsigned rows);

/* Returns true if the glyph differs between UTF-8 and ASCII. */
bool glyph_is_special(uint8_t character);
