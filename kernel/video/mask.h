/* SPDX-License-Identifier: MIT */
/*
 * The shapes that raster.c fills with colour.
 */
#ifndef VIDEO_MASK_H
#define VIDEO_MASK_H

#include "raster.h"

/* A glyph of the font, drawn WIDTH by HEIGHT. */
void mask_glyph(raster_mask mask, const uint8_t glyph[FONT_HEIGHT],
                unsigned width, unsigned height);

/* What the beam leaves in a cell of WIDTH by HEIGHT. */
void mask_beam(raster_mask mask, enum beam_part part, unsigned share,
               unsigned width, unsigned height);

#endif
