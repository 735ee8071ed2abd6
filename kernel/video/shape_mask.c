/* SPDX-License-Identifier: MIT */
/*
 * Draws the panel's controls: round buttons, keys, the levers of switches, and
 * lamps.  All of them are rectangles with round corners.
 */
#include "geometry.h"
#include "mask.h"

/* A rectangle with corners of RADIUS around a centre, in units */
struct plate {
    int x, y;         /* centre */
    int across, down; /* half of its size */
    int radius;       /* at most half of the smaller side */
    int edge;         /* its width, or 0 if the plate is filled */
};

static int maximum(int a, int b)
{
    return a > b ? a : b;
}

static int magnitude(int a)
{
    return a < 0 ? -a : a;
}

/* Returns the distance of a point from the edge of PLATE, negative inside. */
static int distance_from(const struct plate *plate, int x, int y)
{
    int dx = magnitude(x - plate->x) - (plate->across - plate->radius);
    int dy = magnitude(y - plate->y) - (plate->down - plate->radius);

    if (dx > 0 && dy > 0)
        return (int)square_root((unsigned)(dx * dx + dy * dy)) - plate->radius;
    return maximum(dx, dy) - plate->radius;
}

/* Returns the ink at a point.  Edges are smooth within one pixel. */
static unsigned ink_of(const struct plate *plate, int x, int y)
{
    int distance = distance_from(plate, x, y);

    if (plate->edge > 0)
        distance = magnitude(distance + plate->edge / 2) - plate->edge / 2;
    if (distance <= -UNIT / 2)
        return INK_MAX;
    if (distance >= UNIT / 2)
        return 0;
    return (unsigned)(UNIT / 2 - distance) * INK_MAX / UNIT;
}

/* Draws PLATES over each other, seen from LEFT, TOP. */
static void draw(raster_mask mask, const struct plate *plates, unsigned count,
                 int left, int top, unsigned width, unsigned height)
{
    for (unsigned y = 0; y < height; y++) {
        mask[y] = 0;
        for (unsigned x = width; x > 0; x--) {
            unsigned most = 0;

            for (unsigned i = 0; i < count; i++) {
                unsigned ink =
                    ink_of(&plates[i], left + (int)(x * UNIT) - UNIT / 2,
                           top + (int)(y * UNIT) + UNIT / 2);

                most = ink > most ? ink : most;
            }
            mask[y] = mask[y] << 4 | most;
        }
    }
}

/* Returns the width of an edge in cells of this WIDTH in pixels. */
static int edge_for(unsigned width)
{
    return maximum(UNIT * 5 / 4, (int)width * UNIT / 7);
}

void mask_lamp(raster_mask mask, bool lit, unsigned width, unsigned height)
{
    int across = (int)(width * UNIT), down = (int)(height * UNIT);
    int radius = (int)minimum(width, height) * UNIT * 7 / 16;
    const struct plate lamp = {across / 2, down / 2, radius,
                               radius,     radius,   lit ? 0 : edge_for(width)};

    draw(mask, &lamp, 1, 0, 0, width, height);
}

/* Buttons, selectors and keys lie across their cells. */
static struct plate plate_of(enum cell_shape shape, int across, int down,
                             int edge)
{
    bool in = shape == SHAPE_BUTTON_IN || shape == SHAPE_SELECTOR_IN ||
              shape == SHAPE_KEY_IN;
    bool key = shape == SHAPE_KEY || shape == SHAPE_KEY_IN;
    int half = down / 2 - UNIT / 2;

    return (struct plate){
        .x = across / 2,
        .y = down / 2,
        .across = across / 2 - UNIT / 2,
        .down = key ? half * 3 / 4 : half,
        .radius = key ? 2 * UNIT : half,
        .edge = in ? 0 : edge,
    };
}

/* A lever is a knob at one end of a slot. */
static void draw_lever(raster_mask mask, bool up, unsigned index,
                       unsigned width, unsigned height)
{
    int across = (int)(width * UNIT), down = (int)(2 * height * UNIT);
    int knob = across * 7 / 16, slot = across / 4;
    const struct plate plates[] = {
        {across / 2, down / 2, slot, down / 2 - UNIT / 2, slot,
         edge_for(width)},
        {across / 2, up ? knob + UNIT / 4 : down - knob - UNIT / 4, knob, knob,
         knob, 0},
    };

    draw(mask, plates, 2, 0, (int)(index * height * UNIT), width, height);
}

void mask_shape(raster_mask mask, enum cell_shape shape, unsigned index,
                unsigned width, unsigned height)
{
    if (shape == SHAPE_LEVER_UP || shape == SHAPE_LEVER_DOWN) {
        draw_lever(mask, shape == SHAPE_LEVER_UP, index, width, height);
        return;
    }
    const struct plate plate =
        plate_of(shape, (int)(cells_shape_length(shape) * width * UNIT),
                 (int)(height * UNIT), edge_for(width));

    draw(mask, &plate, 1, (int)(index * width * UNIT), 0, width, height);
}
