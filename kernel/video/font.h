/* SPDX-License-Identifier: MIT */
/*
 * The 8x8 character set, in CP437 order: dumps of text memory are readable.
 */
#pragma once

#include <stdint.h>

#define FONT_GLYPHS 256
#define FONT_HEIGHT 8

/* Stores eight bytes per glyph, the top row first, with the leftmost pixel in
   the most significant bit.  Codes without a drawing are blank. */
void font_draw(uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT]);
