/* SPDX-License-Identifier: MIT */
#include "theme.h"
#include "cells.h"

#define SHADES     7
#define FACE_SHARE 6 /* the face has 1/6 of the light of the second shade */

const char *const theme_names[THEMES] = {
    [THEME_GREEN] = "green",
    [THEME_AMBER] = "amber",
    [THEME_WHITE] = "white",
    [THEME_MONO] = "mono",
};

/* Shades from dark to bright.  From the second on, each emits about 4/3 of the
   light of the previous one, where light is the 2.4th power of the values.  A
   phosphor at the maximum of its own colour turns white.  Green increases in
   every step, because a monochrome monitor may show only green. */
static const struct colour shades[THEMES][SHADES] = {
    /* P1 phosphor, used in the tubes of 1948 */
    [THEME_GREEN] = {{1, 4, 2},
                     {4, 35, 12},
                     {6, 44, 17},
                     {9, 50, 20},
                     {12, 56, 24},
                     {26, 61, 38},
                     {60, 63, 60}},
    /* P134 phosphor, used in amber terminals */
    [THEME_AMBER] = {{3, 2, 0},
                     {39, 27, 0},
                     {48, 34, 0},
                     {54, 39, 0},
                     {61, 44, 2},
                     {63, 51, 22},
                     {63, 59, 46}},
    /* P4 phosphor, the bluish white of television */
    [THEME_WHITE] = {{1, 1, 3},
                     {26, 30, 34},
                     {32, 37, 42},
                     {37, 42, 48},
                     {42, 48, 54},
                     {49, 55, 61},
                     {61, 62, 63}},
    /* for monitors that show one signal or the sum of three */
    [THEME_MONO] = {{0, 0, 0},
                    {29, 29, 29},
                    {37, 37, 37},
                    {42, 42, 42},
                    {48, 48, 48},
                    {54, 54, 54},
                    {62, 62, 62}},
};

/* Shades of the sixteen standard colours, from black to bright white. */
static const uint8_t shade_of[16] = {
    0, 1, 2, 2, 1, 1, 1, 3, 1, 1, 4, 4, 2, 3, 5, 6,
};

struct colour theme_colour(unsigned theme, unsigned number)
{
    return shades[theme][shade_of[number]];
}

/* Interpolates between two shades.  LIGHT must be between FROM and TO. */
static uint8_t between(uint8_t from_shade, uint8_t to_shade, unsigned light,
                       unsigned from, unsigned to)
{
    return (uint8_t)((from_shade * (to - light) + to_shade * (light - from)) /
                     (to - from));
}

struct colour theme_face(unsigned theme)
{
    struct colour dark = shades[theme][0], dim = shades[theme][1];

    return (struct colour){between(dark.red, dim.red, 1, 0, FACE_SHARE),
                           between(dark.green, dim.green, 1, 0, FACE_SHARE),
                           between(dark.blue, dim.blue, 1, 0, FACE_SHARE)};
}

struct colour theme_light(unsigned theme, unsigned light)
{
    /* Shades by brightness.  Only the brightest lines turn white. */
    static const struct {
        uint8_t light, shade;
    } points[] = {{0, 0}, {16, 1}, {50, 4}, {57, 5}, {LIGHT_MAX, 6}};
    unsigned i = 1;

    while (points[i].light < light && points[i].light < LIGHT_MAX)
        i++;
    struct colour low = shades[theme][points[i - 1].shade];
    struct colour high = shades[theme][points[i].shade];
    unsigned from = points[i - 1].light, to = points[i].light;

    return (struct colour){between(low.red, high.red, light, from, to),
                           between(low.green, high.green, light, from, to),
                           between(low.blue, high.blue, light, from, to)};
}
