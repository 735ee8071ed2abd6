/* SPDX-License-Identifier: MIT */
/* Displays character cells on the PC's screen. */
#pragma once

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "console/screen_settings.h"

/* Uses the boot loader's framebuffer, if there is one, or a text card, unless
   the settings disable the screen.  Returns how many cells fit on it, or 0 rows
   if there is no usable screen. */
struct screen_sizes screen_start(const struct boot_screen *boot,
                                 const struct screen_settings *settings);

/* Appends a description of the screen, or the reason why there is none. */
void screen_describe(struct strbuf *text);

/* Sets the size of the grid, which must be 24 rows of 80 columns or fit on the
   screen. */
void screen_set_size(struct cells_size size);

/* Sets the colour theme, a value of enum theme. */
void screen_set_theme(unsigned theme);

/* Forces the next screen_show() to redraw all cells. */
void screen_invalidate(void);

/* Draws some of the changed cells and adds their number to *DRAWN.  Returns
   false if others remain. */
bool screen_show(const struct cells *cells, unsigned *drawn);
