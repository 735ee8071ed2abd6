/* SPDX-License-Identifier: MIT */
/* Displays character cells on the PC's screen. */
#pragma once

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "console/screen_settings.h"

/* Uses the boot loader's framebuffer, if there is one, or a text card, unless
   the settings disable the screen.  Returns the maximum number of rows (24 or
   50), or 0 if there is no usable screen. */
unsigned screen_start(const struct boot_screen *boot,
                      const struct screen_settings *settings);

/* Appends a description of the screen, or the reason why there is none. */
void screen_describe(struct strbuf *text);

/* Sets the number of rows, which must be 24 or 50. */
void screen_set_rows(unsigned rows);

/* Sets the colour theme, a value of enum theme. */
void screen_set_theme(unsigned theme);

/* Forces the next screen_show() to redraw all cells. */
void screen_invalidate(void);

/* Draws some of the changed cells.  Returns false if others remain. */
bool screen_show(const struct cells *cells);
