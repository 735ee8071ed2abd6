/* SPDX-License-Identifier: MIT */
/*
 * Renders cells to pixels (0xRRGGBB), for a screen without a text mode.
 *
 * Glyphs are scaled to the size of the cells with smooth edges.  Digits of the
 * tube are not glyphs, but dots and dashes of the beam's brightness.
 */
#pragma once

#include "mask.h"
#include <stdbool.h>

#define BEAM_PARTS  3
#define BEAM_SHARES 5

struct raster {
    unsigned width, height; /* of a cell at 50 rows */
    uint8_t font[FONT_GLYPHS][FONT_HEIGHT];
    raster_mask glyph[FONT_GLYPHS];
    raster_mask beam[BEAM_PARTS][BEAM_SHARES];
    uint32_t colour[16];
    uint32_t light[LIGHT_MAX + 1];
};

/* Layout of the console on the screen. */
struct raster_fit {
    unsigned width, height; /* of a cell, before scaling */
    unsigned scale;         /* screen pixels per pixel, each way */
    unsigned left, top;     /* of the first cell */
};

/* Computes the largest centred layout on WIDTH by HEIGHT pixels; if SCALE is
   not 0, one of 8 by 8 cells scaled by at most SCALE.  Returns false if 80 by
   50 such cells do not fit. */
bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                unsigned scale);

/* Prepares the masks for cells of WIDTH by HEIGHT, at least 8 by 8. */
void raster_start(struct raster *raster, unsigned width, unsigned height);

void raster_set_theme(struct raster *raster, unsigned theme);

/* Draws a cell of width by height, twice as high if TALL (24 rows), by rows. */
void raster_draw(const struct raster *raster, uint16_t cell,
                 const struct beam *beam, bool tall, uint32_t *pixels);
