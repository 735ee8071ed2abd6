/* SPDX-License-Identifier: MIT */
/*
 * Colour themes: map the sixteen colours of an attribute to a palette.
 *
 * A theme imitates one phosphor: black and six shades, as many as the tube has
 * levels.  Each colour maps to the shade of its brightness on a standard PC.
 */
#pragma once

#include <stdint.h>

enum theme { THEME_GREEN, THEME_AMBER, THEME_WHITE, THEME_MONO, THEMES };

extern const char *const theme_names[THEMES];

/* Each 0 to 63, as in the VGA DAC. */
struct colour {
    uint8_t red, green, blue;
};

/* Returns colour NUMBER (0 to 15) in THEME. */
struct colour theme_colour(unsigned theme, unsigned number);

/* Returns the colour of beam LIGHT (0 to LIGHT_MAX of cells.h) in THEME. */
struct colour theme_light(unsigned theme, unsigned light);
