/* SPDX-License-Identifier: MIT */
/* Screen driver for framebuffers of any size.  The console is centred. */
#include "drivers/framebuffer.h"
#include "raster.h"
#include "screen_driver.h"

#define PIXELS_AT_ONCE 0x2000 /* pixels drawn before looking at the time */

/* Not static, because the boot tests read these variables. */
struct raster screen_raster;
struct raster_fit screen_fit;

static unsigned width, height, bits; /* size and depth of the framebuffer */
static bool tall;                    /* true for 24 rows of double height */

/* Clears the whole screen.  24 rows of double height do not cover all of it. */
static void clear(void)
{
    framebuffer_fill(0, 0, width, height, screen_raster.colour[0]);
}

static void set_rows(unsigned rows)
{
    tall = rows < 50;
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
    static uint32_t pixels[2 * RASTER_HEIGHT_MAX * RASTER_WIDTH_MAX];
    const struct raster_fit *fit = &screen_fit;
    unsigned cell_height = tall ? 2 * fit->height : fit->height;

    for (; count > 0; count--, column++) {
        raster_draw(&screen_raster, cells->at[row][column],
                    &cells->beam[row][column], tall, pixels);
        framebuffer_draw(fit->left + column * fit->width * fit->scale,
                         fit->top + row * cell_height * fit->scale, fit->width,
                         cell_height, fit->scale, pixels);
    }
}

static void describe(struct strbuf *text)
{
    strbuf_add(text, "%ux%ux%u", width, height, bits);
}

const struct screen_output *
screen_framebuffer_find(const struct boot_pixels *pixels,
                        const struct screen_settings *settings)
{
    static struct screen_output output = {
        .rows_max = 50,
        .beams = true,
        .set_rows = set_rows,
        .set_theme = set_theme,
        .draw = draw,
        .describe = describe,
    };

    if (!framebuffer_is_usable(pixels) ||
        !raster_fit(&screen_fit, pixels->width, pixels->height,
                    settings->scale) ||
        !framebuffer_start(pixels))
        return NULL;
    width = pixels->width;
    height = pixels->height;
    bits = pixels->bits;
    raster_start(&screen_raster, screen_fit.width, screen_fit.height);
    output.at_once = PIXELS_AT_ONCE / (screen_fit.width * screen_fit.height *
                                       screen_fit.scale * screen_fit.scale);
    return &output;
}
