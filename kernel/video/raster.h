/* SPDX-License-Identifier: MIT */
/*
 * Renders cells to pixels (0xRRGGBB) for screens without a text mode.  Glyphs
 * come from a packaged font of the cell's size.  Those that it lacks are the
 * console's own, scaled with smooth edges.  Digits of the tube are drawn as
 * dots and dashes with the brightness of the beam, not as glyphs.
 */
#pragma once

#include "mask.h"
#include <stdbool.h>

#define BEAM_PARTS  3
#define BEAM_SHARES 5

/* Number of cells kept as drawn last: a digit of each form and any other cell,
   as the digits of a line are equally bright */
#define RASTER_KEPT (BEAM_PARTS * BEAM_SHARES + 1)

struct drawn_cell {
    bool valid;
    uint16_t cell; /* or 0 if only the beam is drawn */
    struct beam beam;
    uint32_t pixels[RASTER_HEIGHT_MAX * RASTER_WIDTH_MAX];
};

struct raster {
    unsigned width, height; /* cell size */
    uint8_t font[FONT_GLYPHS][FONT_HEIGHT];
    raster_mask glyph[FONT_GLYPHS];
    raster_mask beam[BEAM_PARTS][BEAM_SHARES];
    raster_mask half_beam[BEAM_PARTS][BEAM_SHARES]; /* two share a cell */
    raster_mask face[FACE_PARTS];
    raster_mask shape[SHAPES][SHAPE_CELLS_MAX];
    uint32_t colour[16];
    uint32_t light[LIGHT_MAX + 1]; /* on the tube's face, which is light[0] */
    unsigned mixed;                /* attribute whose colours were mixed last */
    uint32_t inks[INK_MAX + 1];
    raster_mask four[EIGHT_PATTERNS]; /* half a cell of a small tube */
    struct drawn_cell drawn[RASTER_KEPT];
};

/* How cells fit on a screen. */
struct raster_fit {
    unsigned width, height;  /* cell size in pixels before scaling */
    unsigned scale;          /* integer scale factor */
    struct cells_size cells; /* how many fit */
};

/* Where the grid is on the screen */
struct raster_place {
    unsigned left, top; /* position of the first cell in pixels */
    unsigned scale;
    struct cells_size size;
};

/* Finds the largest letters of which at least LEAST fit on a screen of WIDTH by
   HEIGHT pixels.  If SCALE is not 0, cells are 8x8 pixels, magnified by at most
   SCALE.  Returns false and sets FIT to zeros if not even the smallest fit. */
bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                struct cells_size least, unsigned scale);

/* Prepares the masks of all glyphs and shapes for cells of WIDTH by HEIGHT
   pixels, a size that raster_fit() has found. */
void raster_start(struct raster *raster, unsigned width, unsigned height);

void raster_set_theme(struct raster *raster, unsigned theme);

/* Draws a cell.  Returns its pixels, row by row, which are valid until the next
   call. */
const uint32_t *raster_draw(struct raster *raster, uint16_t cell,
                            const struct beam *beam);
