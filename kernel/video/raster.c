/* SPDX-License-Identifier: MIT */
#include "raster.h"
#include "console/theme.h"
#include "mask.h"
#include <string.h>

#define CELL_MIN  FONT_HEIGHT
#define NOT_MIXED 256 /* no attribute */

static unsigned minimum(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Limits the height of cells to 5/4 of their width, as on a VGA monitor.  Cells
   narrower than 10 pixels become 8x8, because scaled glyphs would blur. */
static void choose_cell(struct raster_fit *fit, unsigned width, unsigned height)
{
    unsigned high = height / CELLS_ROWS_MAX;
    unsigned wide = minimum(width / CELLS_COLUMNS, high);

    fit->scale = (wide + RASTER_WIDTH_MAX - 1) / RASTER_WIDTH_MAX;
    fit->width = wide / fit->scale;
    fit->height = minimum(high / fit->scale, fit->width * 5 / 4);
    if (fit->width < CELL_MIN + 2) {
        fit->width = CELL_MIN;
        fit->height = CELL_MIN;
    }
}

bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                unsigned scale)
{
    if (width / CELLS_COLUMNS < CELL_MIN || height / CELLS_ROWS_MAX < CELL_MIN)
        return false;
    unsigned space = minimum(width / CELLS_COLUMNS, height / CELLS_ROWS_MAX);

    if (scale > 0)
        *fit = (struct raster_fit){CELL_MIN, CELL_MIN,
                                   .scale = minimum(scale, space / CELL_MIN)};
    else
        choose_cell(fit, width, height);
    fit->left = (width - CELLS_COLUMNS * fit->width * fit->scale) / 2;
    fit->top = (height - CELLS_ROWS_MAX * fit->height * fit->scale) / 2;
    return true;
}

void raster_start(struct raster *raster, unsigned width, unsigned height)
{
    raster->width = width;
    raster->height = height;
    font_draw(raster->font);
    for (unsigned i = 0; i < FONT_GLYPHS; i++)
        mask_glyph(raster->glyph[i], raster->font[i], width, height);
    for (unsigned part = 0; part < BEAM_PARTS; part++)
        for (unsigned share = 0; share < BEAM_SHARES; share++)
            mask_beam(raster->beam[part][share], part, share, width, height);
}

/* Expands a colour from six to eight bits per component, so that 63 is 255. */
static uint32_t pixel_of(struct colour colour)
{
    uint32_t rgb =
        (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;

    return rgb << 2 | (rgb >> 4 & 0x030303);
}

void raster_set_theme(struct raster *raster, unsigned theme)
{
    for (unsigned i = 0; i < 16; i++)
        raster->colour[i] = pixel_of(theme_colour(theme, i));
    raster->mixed = NOT_MIXED;
    for (unsigned light = 0; light <= LIGHT_MAX; light++)
        raster->light[light] = pixel_of(theme_light(theme, light));
}

/* Blends the colour OVER onto UNDER in proportion to INK. */
static uint32_t mix(uint32_t over, uint32_t under, unsigned ink)
{
    uint32_t mixed = 0;

    for (unsigned shift = 0; shift <= 16; shift += 8) {
        unsigned from = under >> shift & 0xFF, to = over >> shift & 0xFF;

        mixed |= (from * (INK_MAX - ink) + to * ink + INK_MAX / 2) / INK_MAX
                 << shift;
    }
    return mixed;
}

/* Draws COUNT pixels, at most eight, from the inks in HALF of a row. */
static uint32_t *fill_half(uint32_t half, unsigned count,
                           const uint32_t inks[INK_MAX + 1], uint32_t *pixels)
{
    for (; count > 0; count--, half >>= 4)
        *pixels++ = inks[half & INK_MAX];
    return pixels;
}

/* Draws MASK with one colour per ink level, repeating each row TIMES times.
   Returns a pointer to the pixel after the last one. */
static uint32_t *fill(const struct raster *raster, raster_mask const mask,
                      const uint32_t inks[INK_MAX + 1], unsigned times,
                      uint32_t *pixels)
{
    unsigned left = minimum(raster->width, 8), right = raster->width - left;

    for (unsigned row = 0; row < times * raster->height; row++) {
        uint64_t inked = mask[times == 1 ? row : row / times];

        pixels = fill_half((uint32_t)inked, left, inks, pixels);
        pixels = fill_half((uint32_t)(inked >> 32), right, inks, pixels);
    }
    return pixels;
}

/* Mixes the colours of an attribute, unless the last cell had the same. */
static void mix_inks(struct raster *raster, unsigned attribute)
{
    uint32_t over = raster->colour[attribute & 0xF];
    uint32_t under = raster->colour[attribute >> 4];

    if (raster->mixed == attribute)
        return;
    raster->mixed = attribute;
    for (unsigned ink = 0; ink <= INK_MAX; ink++)
        raster->inks[ink] = mix(over, under, ink);
}

static void draw_glyph(struct raster *raster, uint16_t cell, unsigned times,
                       uint32_t *pixels)
{
    mix_inks(raster, cell >> 8);
    fill(raster, raster->glyph[cell & 0xFF], raster->inks, times, pixels);
}

static uint32_t *draw_spot(const struct raster *raster, enum beam_part part,
                           struct spot spot, unsigned times, uint32_t *pixels)
{
    uint32_t inks[INK_MAX + 1];

    for (unsigned ink = 0; ink <= INK_MAX; ink++)
        inks[ink] = raster->light[spot.light * ink / INK_MAX];
    return fill(raster, raster->beam[part][spot.share], inks, times, pixels);
}

void raster_draw(struct raster *raster, uint16_t cell, const struct beam *beam,
                 bool tall, uint32_t *pixels)
{
    if (beam->spot[0].light == 0) {
        draw_glyph(raster, cell, tall ? 2 : 1, pixels);
    } else if (beam->spot[1].light > 0 && tall) {
        pixels = draw_spot(raster, beam->part, beam->spot[0], 1, pixels);
        draw_spot(raster, beam->part, beam->spot[1], 1, pixels);
    } else {
        draw_spot(raster, beam->part, beam->spot[0], tall ? 2 : 1, pixels);
    }
}
