/* SPDX-License-Identifier: MIT */
#include "raster.h"
#include "console/theme.h"
#include "mask.h"
#include "fonts/packaged_font.h"
#include <string.h>

#define NOT_MIXED 256 /* no attribute */

/* Cell sizes, which are those of the packaged fonts (Terminus) and that of the
   console's own. */
static const struct {
    uint8_t width, height;
} sizes[] = {{8, 8},   {6, 12},  {8, 14},  {8, 16},  {10, 18},
             {10, 20}, {11, 22}, {12, 24}, {14, 28}, {16, 32}};
#define SIZES  (sizeof sizes / sizeof sizes[0])
#define SMALL  0  /* index of the console's own size */
#define SCALES 64 /* more than any screen needs */

/* A cell magnified more than another looks coarser, so it must have at least
   3/2 of its area. */
static bool is_better(const struct raster_fit *fit,
                      const struct raster_fit *old)
{
    unsigned area = fit->width * fit->height * fit->scale * fit->scale;
    unsigned before = old->width * old->height * old->scale * old->scale;

    if (fit->scale > old->scale && old->scale > 0)
        return 2 * area >= 3 * before;
    return area > before;
}

/* Considers cells of a size, magnified by SCALE. */
static void consider(struct raster_fit *best, unsigned size, unsigned scale,
                     unsigned width, unsigned height, struct cells_size least)
{
    struct raster_fit fit = {
        .width = sizes[size].width,
        .height = sizes[size].height,
        .scale = scale,
        .cells = {height / (sizes[size].height * scale),
                  width / (sizes[size].width * scale)},
    };

    if (fit.cells.rows >= least.rows && fit.cells.columns >= least.columns &&
        is_better(&fit, best))
        *best = fit;
}

bool raster_fit(struct raster_fit *fit, unsigned width, unsigned height,
                struct cells_size least, unsigned scale)
{
    *fit = (struct raster_fit){0};
    for (unsigned i = 1; scale > 0 && i <= scale && i <= SCALES; i++)
        consider(fit, SMALL, i, width, height, least);
    for (unsigned i = 1; scale == 0 && i <= SCALES; i++)
        for (unsigned size = SMALL + 1; size < SIZES; size++)
            consider(fit, size, i, width, height, least);
    /* The console's own letters are the smallest. */
    if (fit->scale == 0)
        consider(fit, SMALL, 1, width, height, least);
    return fit->scale > 0;
}

static const struct packaged_font *find_font(unsigned width, unsigned height)
{
    const struct packaged_font *font = packaged_fonts;

    while (font->width > 0 && (font->width != width || font->height != height))
        font++;
    return font;
}

static const uint8_t *find_glyph(const struct packaged_font *font,
                                 unsigned code)
{
    const uint8_t *glyph = font->glyphs;

    for (unsigned i = 0; font->width > 0 && font->codes[i] != 0; i++) {
        if (font->codes[i] == code)
            return glyph;
        glyph += (font->width + 7) / 8 * font->height;
    }
    return NULL;
}

static void start_beams(struct raster *raster)
{
    for (unsigned part = 0; part < FACE_PARTS; part++)
        mask_face(raster->face[part], part, raster->width, raster->height);
    for (unsigned pattern = 0; pattern < EIGHT_PATTERNS; pattern++)
        mask_four(raster->four[pattern], pattern, raster->width,
                  raster->height / 2);
    for (unsigned part = 0; part < BEAM_PARTS; part++)
        for (unsigned share = 0; share < BEAM_SHARES; share++) {
            mask_beam(raster->beam[part][share], part, share, raster->width,
                      raster->height);
            mask_beam(raster->half_beam[part][share], part, share,
                      raster->width, raster->height / 2);
        }
}

static void start_shapes(struct raster *raster)
{
    unsigned width = raster->width, height = raster->height;

    mask_lamp(raster->glyph[CHAR_LAMP_ON], true, width, height);
    mask_lamp(raster->glyph[CHAR_LAMP_OFF], false, width, height);
    for (unsigned shape = 0; shape < SHAPES; shape++)
        for (unsigned i = 0; i < cells_shape_length(shape); i++)
            mask_shape(raster->shape[shape][i], shape, i, width, height);
}

static void forget_drawn(struct raster *raster)
{
    for (unsigned i = 0; i < RASTER_KEPT; i++)
        raster->drawn[i].valid = false;
}

void raster_start(struct raster *raster, unsigned width, unsigned height)
{
    const struct packaged_font *font = find_font(width, height);

    forget_drawn(raster);
    raster->width = width;
    raster->height = height;
    memset(raster->glyph, 0, sizeof raster->glyph);
    font_draw(raster->font);
    for (unsigned i = 0; i < FONT_GLYPHS; i++) {
        const uint8_t *glyph = find_glyph(font, i);

        if (glyph != NULL)
            mask_bitmap(raster->glyph[i], glyph, width, height);
        else
            mask_glyph(raster->glyph[i], raster->font[i], width, height);
    }
    start_beams(raster);
    if (height > FONT_HEIGHT)
        start_shapes(raster);
}

/* Expands a colour from six to eight bits per component, so that 63 is 255. */
static uint32_t pixel_of(struct colour colour)
{
    uint32_t rgb =
        (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;

    return rgb << 2 | (rgb >> 4 & 0x030303);
}

/* Returns the maximum of each component. */
static uint32_t brighter(uint32_t a, uint32_t b)
{
    uint32_t both = 0;

    for (uint32_t mask = 0xFF; mask <= 0xFF0000; mask <<= 8)
        both |= (a & mask) > (b & mask) ? a & mask : b & mask;
    return both;
}

void raster_set_theme(struct raster *raster, unsigned theme)
{
    forget_drawn(raster);
    for (unsigned i = 0; i < 16; i++)
        raster->colour[i] = pixel_of(theme_colour(theme, i));
    raster->mixed = NOT_MIXED;
    for (unsigned light = 0; light <= LIGHT_MAX; light++)
        raster->light[light] = brighter(pixel_of(theme_light(theme, light)),
                                        pixel_of(theme_face(theme)));
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

/* Draws the ROWS of MASK with one colour per ink level.  Returns a pointer to
   the pixel after the last one. */
static uint32_t *fill(const struct raster *raster, raster_mask const mask,
                      unsigned rows, const uint32_t inks[INK_MAX + 1],
                      uint32_t *pixels)
{
    unsigned left = raster->width < 8 ? raster->width : 8;
    unsigned right = raster->width - left;

    for (unsigned row = 0; row < rows; row++) {
        pixels = fill_half((uint32_t)mask[row], left, inks, pixels);
        pixels = fill_half((uint32_t)(mask[row] >> 32), right, inks, pixels);
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

/* Draws a spot of the beam in ROWS of pixels, from the masks for as many. */
static uint32_t *draw_spot(const struct raster *raster, struct spot spot,
                           const raster_mask masks[], unsigned rows,
                           uint32_t *pixels)
{
    uint32_t inks[INK_MAX + 1];

    for (unsigned ink = 0; ink <= INK_MAX; ink++)
        inks[ink] = raster->light[spot.light * ink / INK_MAX];
    return fill(raster, masks[spot.share], rows, inks, pixels);
}

static void draw_face(const struct raster *raster, enum face_part part,
                      uint32_t *pixels)
{
    uint32_t inks[INK_MAX + 1];

    for (unsigned ink = 0; ink <= INK_MAX; ink++)
        inks[ink] = mix(raster->light[0], raster->colour[0], ink);
    fill(raster, raster->face[part], raster->height, inks, pixels);
}

/* Returns true if a cell of a shape shows its character, too. */
static bool has_character(enum cell_shape shape, unsigned index)
{
    return shape <= SHAPE_SELECTOR_IN && index > 0 &&
           index + 1 < cells_shape_length(shape);
}

/* Puts a glyph on a shape, dark on one that is filled. */
static uint64_t overlay(uint64_t shape, uint64_t glyph, bool filled)
{
    uint64_t both = 0;

    for (unsigned shift = 0; shift < 64; shift += 4) {
        uint64_t under = shape >> shift & INK_MAX,
                 over = glyph >> shift & INK_MAX;
        uint64_t most = under > over ? under : over;

        both |= (filled ? most - over : most) << shift;
    }
    return both;
}

static void draw_shape(struct raster *raster, uint16_t cell,
                       enum cell_shape shape, unsigned index, uint32_t *pixels)
{
    const uint64_t *mask = raster->shape[shape][index];
    const uint64_t *glyph = raster->glyph[cell & 0xFF];
    raster_mask both;

    for (unsigned row = 0; row < raster->height; row++)
        both[row] = has_character(shape, index)
                        ? overlay(mask[row], glyph[row], shape % 2 > 0)
                        : mask[row];
    mix_inks(raster, cell >> 8);
    fill(raster, both, raster->height, raster->inks, pixels);
}

static void draw_cell(struct raster *raster, uint16_t cell,
                      const struct beam *beam, uint32_t *pixels)
{
    unsigned rows = raster->height;

    if (beam->part == BEAM_SHAPE && rows > FONT_HEIGHT) {
        draw_shape(raster, cell, beam->spot[0].share, beam->spot[1].share,
                   pixels);
    } else if (beam->spot[0].light == 0 || beam->part == BEAM_SHAPE) {
        mix_inks(raster, cell >> 8);
        fill(raster, raster->glyph[cell & 0xFF], rows, raster->inks, pixels);
    } else if (beam->part == BEAM_FACE) {
        draw_face(raster, beam->spot[0].share, pixels);
    } else if (beam->part == BEAM_EIGHT) {
        for (unsigned i = 0; i < 2; i++)
            pixels = draw_spot(raster, beam->spot[i], raster->four, rows / 2,
                               pixels);
    } else if (beam->spot[1].light == 0) {
        draw_spot(raster, beam->spot[0], raster->beam[beam->part], rows,
                  pixels);
    } else {
        for (unsigned i = 0; i < 2; i++)
            pixels = draw_spot(raster, beam->spot[i],
                               raster->half_beam[beam->part], rows / 2, pixels);
    }
}

static bool is_digit(const struct beam *beam)
{
    return beam->part < BEAM_PARTS && beam->spot[0].light > 0;
}

/* Digits are kept by the length of the tail and by the cell of a pair. */
static struct drawn_cell *place_of(struct raster *raster,
                                   const struct beam *beam)
{
    unsigned form = beam->part * BEAM_SHARES + beam->spot[0].share;

    return &raster->drawn[is_digit(beam) ? 1 + form : 0];
}

const uint32_t *raster_draw(struct raster *raster, uint16_t cell,
                            const struct beam *beam)
{
    struct drawn_cell *drawn = place_of(raster, beam);

    if (is_digit(beam))
        cell = 0;
    if (!drawn->valid || drawn->cell != cell ||
        !cells_same_beam(&drawn->beam, beam)) {
        draw_cell(raster, cell, beam, drawn->pixels);
        drawn->valid = true;
        drawn->cell = cell;
        drawn->beam = *beam;
    }
    return drawn->pixels;
}
