/* SPDX-License-Identifier: MIT */
/*
 * The 8x8 character set of the console.  Codes are those of CP437, so that
 * a dump of text memory still reads; what each picture is used for is the
 * screens' affair and must not be known here, nor how a glyph reaches the
 * display.
 */
#ifndef VIDEO_FONT_H
#define VIDEO_FONT_H

#include <stdint.h>

#define FONT_GLYPHS 256
#define FONT_HEIGHT 8

/*
 * Fills eight bytes per glyph, the top row first and the leftmost pixel in
 * the most significant bit.  Codes without a drawing become blank.
 */
void font_draw(uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT]);

#endif
