/* SPDX-License-Identifier: MIT */
/*
 * The 8x8 character set of the console.  Codes follow CP437, so that a dump of
 * text memory is readable.
 */
#ifndef VIDEO_FONT_H
#define VIDEO_FONT_H

#include <stdint.h>

#define FONT_GLYPHS 256
#define FONT_HEIGHT 8

/*
 * Stores eight bytes per glyph, the top row first, with the leftmost pixel in
 * the most significant bit.  Codes without a drawing are blank.
 */
void font_draw(uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT]);

#endif
