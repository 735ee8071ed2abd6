/* SPDX-License-Identifier: MIT */
/* A mask gives the coverage of each pixel in a cell by a glyph, the beam or a
   shape. */
#pragma once

#include "console/cells.h"
#include "font.h"
#include <stdbool.h>

/* Maximum size of a cell in pixels, before scaling */
#define RASTER_WIDTH_MAX  16
#define RASTER_HEIGHT_MAX 32

#define INK_MAX 15 /* ink of a fully covered pixel */

/* Each row has four bits of ink per pixel, starting at bit 0 on the left. */
typedef uint64_t raster_mask[RASTER_HEIGHT_MAX];

/* Draws a glyph of a packaged font of WIDTH by HEIGHT pixels. */
void mask_bitmap(raster_mask mask, const uint8_t *bitmap, unsigned width,
                 unsigned height);

/* Draws a glyph, scaled to WIDTH by HEIGHT pixels. */
void mask_glyph(raster_mask mask, const uint8_t glyph[FONT_HEIGHT],
                unsigned width, unsigned height);

/* Draws a part of the tube's face. */
void mask_face(raster_mask mask, enum face_part part, unsigned width,
               unsigned height);

/* Draws a lamp, or only its edge if it is not LIT. */
void mask_lamp(raster_mask mask, bool lit, unsigned width, unsigned height);

/* Draws the cell of SHAPE that has this INDEX. */
void mask_shape(raster_mask mask, enum cell_shape shape, unsigned index,
                unsigned width, unsigned height);

/* Draws four digits of a small tube, which are 1 where PATTERN has the bits of
   EIGHT_TOP_LEFT and so on, in half a cell. */
void mask_four(raster_mask mask, unsigned pattern, unsigned width,
               unsigned height);

/* Draws the beam as a dot with a tail of SHARE quarters of a dash. */
void mask_beam(raster_mask mask, enum beam_part part, unsigned share,
               unsigned width, unsigned height);
