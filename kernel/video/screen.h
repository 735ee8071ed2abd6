/* SPDX-License-Identifier: MIT */
/*
 * Cells brought to the screen that this PC has.
 */
#ifndef VIDEO_SCREEN_H
#define VIDEO_SCREEN_H

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "services/options.h"

/*
 * Takes the screen that the boot loader TOLD of, else the card that is found,
 * and as OPTIONS say.  Returns the most rows that it shows, 24 or 50; 0: there
 * is no screen, and nothing is ever shown.
 */
unsigned screen_start(const struct boot_screen *told,
                      const struct options *options);

/* What was found, or why there is none. */
void screen_describe(struct strbuf *text);

/* From now on cells have ROWS rows, 24 or 50. */
void screen_set_rows(unsigned rows);

/* Sets what the colours look like; THEME is an enum theme. */
void screen_set_theme(unsigned theme);

/* All is to be drawn again, as where a card has lost some of it. */
void screen_forget(void);

/*
 * Shows what has changed of CELLS, as much as takes a few milliseconds.
 * False: there is more, for another call.
 */
bool screen_show(const struct cells *cells);

#endif
