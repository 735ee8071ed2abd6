/* SPDX-License-Identifier: MIT */
/* Screen driver for framebuffers of any size.  The console is centred. */
#include "drivers/framebuffer.h"
#include "raster.h"
#include "screen_driver.h"

#define PIXELS_AT_ONCE 0x2000 /* pixels drawn before looking at the time */

/* Not static, because the boot tests read these variables. */
struct raster screen_raster;
struct raster_place screen_place;

static unsigned width, height, bits; /* size and depth of the framebuffer */

/* How cells fit on the screen, for grids of at least these sizes */
enum grid { GRID_SHORT, GRID_TUBE, GRID_PAGE, GRIDS };
static const struct cells_size least[GRIDS] = {
    [GRID_SHORT] = {SHORT_ROWS, PAGE_COLUMNS},
    [GRID_TUBE] = {TUBE_ROWS, TUBE_COLUMNS},
    [GRID_PAGE] = {PAGE_ROWS, PAGE_COLUMNS},
};
static struct raster_fit fits[GRIDS];

static struct screen_output output;

static void clear(void)
{
    framebuffer_fill(0, 0, width, height, screen_raster.colour[0]);
}

/* Centres the grid on the screen. */
static void place_grid(const struct raster_fit *fit, struct cells_size size)
{
    unsigned across = size.columns * fit->width * fit->scale;
    unsigned down = size.rows * fit->height * fit->scale;

    screen_place = (struct raster_place){
        .left = (width - across) / 2,
        .top = (height - down) / 2,
        .scale = fit->scale,
        .size = size,
    };
}

static void set_size(struct cells_size size)
{
    const struct raster_fit *fit = fits;

    for (unsigned i = 1; i < GRIDS && size.rows >= least[i].rows; i++)
        fit = &fits[i];
    if (screen_raster.width != fit->width ||
        screen_raster.height != fit->height)
        raster_start(&screen_raster, fit->width, fit->height);
    place_grid(fit, size);
    output.at_once =
        PIXELS_AT_ONCE / (fit->width * fit->height * fit->scale * fit->scale);
    clear();
}

static void set_theme(unsigned theme)
{
    raster_set_theme(&screen_raster, theme);
    clear();
}

static void draw(const struct cells *cells, unsigned row, unsigned column,
                 unsigned count)
{
    const struct raster_place *place = &screen_place;
    unsigned across = screen_raster.width, down = screen_raster.height;

    for (; count > 0; count--, column++) {
        const uint32_t *pixels = raster_draw(
            &screen_raster, cells->at[row][column], &cells->beam[row][column]);

        framebuffer_draw(place->left + column * across * place->scale,
                         place->top + row * down * place->scale, across, down,
                         place->scale, pixels);
    }
}

static void describe(struct strbuf *text)
{
    strbuf_add(text, "%ux%ux%u", width, height, bits);
}

/* A screen without space for 50 rows is always short. */
static bool fit_cells(unsigned scale)
{
    for (unsigned i = 0; i < GRIDS; i++)
        raster_fit(&fits[i], width, height, least[i], scale);
    output.sizes.page =
        fits[GRID_PAGE].scale > 0 ? fits[GRID_PAGE].cells : least[GRID_SHORT];
    output.sizes.tube = fits[GRID_TUBE].cells;
    return fits[GRID_SHORT].scale > 0;
}

static struct screen_output output = {
    .beams = true,
    .set_size = set_size,
    .set_theme = set_theme,
    .draw = draw,
    .describe = describe,
};

const struct screen_output *
screen_framebuffer_find(const struct boot_pixels *pixels,
                        const struct screen_settings *settings)
{
    if (!framebuffer_is_usable(pixels))
        return NULL;
    width = pixels->width;
    height = pixels->height;
    bits = pixels->bits;
    return fit_cells(settings->scale) && framebuffer_start(pixels) ? &output
                                                                   : NULL;
}
