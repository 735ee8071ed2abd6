/* SPDX-License-Identifier: MIT */
/* Masks: for each pixel of a cell, the part that a glyph or the beam covers. */
#pragma once

#include "console/cells.h"
#include "font.h"

/* Maximum size in pixels of a cell at 50 rows. */
#define RASTER_WIDTH_MAX  16
#define RASTER_HEIGHT_MAX 20

#define INK_MAX 15 /* a fully covered pixel */

/* Rows from the top; four bits of ink per pixel, the leftmost in the lowest. */
typedef uint64_t raster_mask[RASTER_HEIGHT_MAX];

/* Draws a glyph of the font at WIDTH by HEIGHT. */
void mask_glyph(raster_mask mask, const uint8_t glyph[FONT_HEIGHT],
                unsigned width, unsigned height);

/* Draws the beam with a tail of SHARE quarters in a cell of WIDTH by HEIGHT. */
void mask_beam(raster_mask mask, enum beam_part part, unsigned share,
               unsigned width, unsigned height);
