/* SPDX-License-Identifier: MIT */
/*
 * What stands for the characters of cells on a terminal: one of Unicode, or
 * of ASCII where that is all it has.
 */
#ifndef CONSOLE_CHARSET_H
#define CONSOLE_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

#define GLYPH_SIZE 4 /* bytes, the ending zero included */

/*
 * Writes what stands for CHARACTER (CP437, as in cells.h) into GLYPH, in UTF8
 * or in ASCII, and ends it by a zero; it takes one column.  ROWS: those of the
 * screen, as a wide dash is two of them in one on the short one.  Returns how
 * many bytes it has.
 */
unsigned glyph_write(char glyph[GLYPH_SIZE], uint8_t character, bool utf8,
                     unsigned rows);

/* Whether it differs from one to the other. */
bool glyph_is_special(uint8_t character);

#endif
