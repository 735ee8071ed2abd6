/* SPDX-License-Identifier: MIT */
/*
 * Colour themes map the sixteen colours of an attribute to a palette.  A theme
 * imitates one phosphor, with black and six shades for the brightness levels of
 * the tube.  Each colour maps to the shade of its brightness on a standard PC.
 */
#pragma once

#include <stdint.h>

enum theme { THEME_GREEN, THEME_AMBER, THEME_WHITE, THEME_MONO, THEMES };

extern const char *const theme_names[THEMES];

/* Components range from 0 to 63, as in the VGA DAC. */
struct colour {
    uint8_t red, green, blue;
};

/* Returns the palette entry of colour NUMBER (0 to 15) in a theme. */
struct colour theme_colour(unsigned theme, unsigned number);

/* Returns the colour of the tube's face where there is no light. */
struct colour theme_face(unsigned theme);

/* Returns the colour of beam brightness LIGHT (0 to LIGHT_MAX) in a theme. */
struct colour theme_light(unsigned theme, unsigned light);
