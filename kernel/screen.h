/* SPDX-License-Identifier: MIT */
/*
 * Shows cells on whatever screen this PC has.
 */
#ifndef KERNEL_SCREEN_H
#define KERNEL_SCREEN_H

#include "console/cells.h"
#include <stdbool.h>

/*
 * Starts the screen: 80x50 characters, or 80x25 if SHORT_ROWS.  GRAPHICS:
 * the boot loader left it in a graphics mode, which is not known here.
 * False: there is no screen, and screen_show() does nothing.
 */
bool screen_start(bool short_rows, bool graphics);

/* Shows all in THEME (enum theme) from now on; at first it is green.  Does
   nothing where that is so already. */
void screen_set_theme(unsigned theme);

/* Writes the rows that differ from what is shown. */
void screen_show(const struct cells *cells);

#endif
