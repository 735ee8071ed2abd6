/* SPDX-License-Identifier: MIT */
/* The 8x8 character set, in CP437 order so that memory dumps are legible. */
#pragma once

#include <stdint.h>

#define FONT_GLYPHS 256
#define FONT_HEIGHT 8

/* Stores eight bytes per glyph, with the top row first and the leftmost pixel
   in the most significant bit.  Codes without a drawing are blank. */
void font_draw(uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT]);
