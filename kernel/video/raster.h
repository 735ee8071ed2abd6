/* SPDX-License-Identifier: MIT */
/*
 * Renders cells to pixels (0xRRGGBB) for screens without a text mode.  Glyphs
 * are scaled to the cell size with smooth edges.  Digits of the tube are drawn
 * as dots and dashes with the brightness of the beam, not as glyphs.
 */
#pragma once

#include "mask.h"
#include <stdbool.h>

#define BEAM_PARTS  3
#define BEAM_SHARES 5

struct raster {
    unsigned width, height; /* cell size on a screen of 50 rows */
    uint8_t font[FONT_GLYPHS][FONT_HEIGHT];
    raster_mask glyph[FONT_GLYPHS];
    raster_mask beam[BEAM_PARTS][BEAM_SHARES];
    uint32_t colour[16];
    uint32_t light[LIGHT_MAX + 1];
    unsigned mixed; /* attribute whose colours were mixed last */
    uint32_t inks[INK_MAX + 1];
};

/* Layout of the console on the screen. */
struct raster_fit {
    unsigned width, height; /* cell size in pixels before scaling */
    unsigned scale;         /* integer scale factor */
    unsigned left, top;     /* screen position of the first cell */
};

/* Computes the largest centred layout for a screen of WIDTH by HEIGHT pixels.
   If SCALE is not 0, cells are 8x8 pixels, magnified by at most SCALE.  Returns
   false if 80 by 50 cells of 8x8 pixels do not fit. */
bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                unsigned scale);

/* Prepares masks for cells of WIDTH by HEIGHT pixels, at least 8 by 8. */
void raster_start(struct raster *raster, unsigned width, unsigned height);

void raster_set_theme(struct raster *raster, unsigned theme);

/* Draws a cell to PIXELS, row by row, with double height if TALL is set. */
void raster_draw(struct raster *raster, uint16_t cell, const struct beam *beam,
                 bool tall, uint32_t *pixels);
