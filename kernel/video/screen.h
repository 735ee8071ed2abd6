/* SPDX-License-Identifier: MIT */
/*
 * Shows cells on the PC's screen.
 */
#pragma once

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "console/screen_settings.h"

/* Uses the framebuffer in BOOT, else the text card found, unless OPTIONS
   disable the screen.  Returns the maximum number of rows, 24 or 50; 0 if there
   is no screen, and then nothing is shown. */
unsigned screen_start(const struct boot_screen *boot,
                      const struct screen_settings *settings);

/* Appends the screen's description, or why there is none. */
void screen_describe(struct strbuf *text);

/* Sets the number of rows, 24 or 50. */
void screen_set_rows(unsigned rows);

/* THEME is an enum theme. */
void screen_set_theme(unsigned theme);

/* Makes screen_show() redraw all cells. */
void screen_invalidate(void);

/* Draws changed cells for a few milliseconds; returns false if some remain. */
bool screen_show(const struct cells *cells);
