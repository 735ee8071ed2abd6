/* SPDX-License-Identifier: MIT */
/*
 * The themes: what the sixteen colour numbers of an attribute look like.
 *
 * A theme is the light of one phosphor: darkness and six shades, as many as
 * the tube has levels.  Each colour number is one of them, by how bright it
 * is on a PC with the standard colours, so that a screen made for these reads
 * in every theme, and the other way round.
 */
#ifndef CONSOLE_THEME_H
#define CONSOLE_THEME_H

#include <stdint.h>

enum theme { THEME_GREEN, THEME_AMBER, THEME_WHITE, THEME_MONO, THEMES };

extern const char *const theme_names[THEMES];

/* Red, green and blue, each 0 to 63 as a VGA takes them. */
struct colour {
    uint8_t red, green, blue;
};

/* What colour NUMBER (0 to 15) is in THEME. */
struct colour theme_colour(unsigned theme, unsigned number);

/* What LIGHT of the beam (0 to LIGHT_MAX of cells.h) is in THEME. */
struct colour theme_light(unsigned theme, unsigned light);

#endif
