/* SPDX-License-Identifier: MIT */
/*
 * Cells made into pixels, for a screen that has no characters of its own.
 *
 * The font is drawn at the size of the cells with smooth edges; the tube is
 * not made of characters but of what its beam leaves: dots and dashes as
 * bright as they are.  Pixels are 0xRRGGBB.
 */
#ifndef VIDEO_RASTER_H
#define VIDEO_RASTER_H

#include "console/cells.h"
#include "font.h"
#include <stdbool.h>

/* Pixels of a cell where there are 50 rows. */
#define RASTER_WIDTH_MAX  16
#define RASTER_HEIGHT_MAX 20

#define INK_MAX 15 /* a pixel wholly covered */

/* How much of each pixel is covered: rows from the top, in each the leftmost
   pixel in the lowest four bits. */
typedef uint64_t raster_mask[RASTER_HEIGHT_MAX];

#define BEAM_PARTS  3
#define BEAM_SHARES 5

struct raster {
    unsigned width, height; /* of a cell where there are 50 rows */
    uint8_t font[FONT_GLYPHS][FONT_HEIGHT];
    raster_mask glyph[FONT_GLYPHS];
    raster_mask beam[BEAM_PARTS][BEAM_SHARES];
    uint32_t colour[16];
    uint32_t light[LIGHT_MAX + 1];
};

/* How the console lies on a screen of pixels. */
struct raster_fit {
    unsigned width, height; /* of a cell, each a pixel or .. */
    unsigned scale;         /* .. a square of so many by so many */
    unsigned left, top;     /* of the first cell */
};

/*
 * The largest that WIDTH by HEIGHT pixels have room for, in the middle; where
 * SCALE is not 0, 8 by 8 pixels of that many instead.  False: there is no room
 * for 80 by 50 cells of 8 by 8.
 */
bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                unsigned scale);

/* Draws font and beam for cells of WIDTH by HEIGHT, at least 8 by 8. */
void raster_start(struct raster *raster, unsigned width, unsigned height);

void raster_set_theme(struct raster *raster, unsigned theme);

/*
 * Draws one cell into PIXELS, row by row with nothing between: width by
 * height; twice the height if TALL, as where there are 24 rows.
 */
void raster_draw(const struct raster *raster, uint16_t cell,
                 const struct beam *beam, bool tall, uint32_t *pixels);

#endif
