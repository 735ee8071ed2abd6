/* SPDX-License-Identifier: MIT */
/* Interface between screen.c and the screen drivers. */
#pragma once

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "console/screen_settings.h"

struct screen_output {
    struct screen_sizes sizes; /* how many cells fit on the screen */
    unsigned at_once; /* number of cells to draw before looking at the time */
    bool beams;       /* true if beams can be drawn as well as characters */
    /* Sets the size of the grid and clears the screen. */
    void (*set_size)(struct cells_size size);
    void (*set_theme)(unsigned theme);
    /* Draws COUNT cells of a row, starting at COLUMN. */
    void (*draw)(const struct cells *cells, unsigned row, unsigned column,
                 unsigned count);
    void (*describe)(struct strbuf *text);
};

/* Return the driver of the screen, or NULL if there is no usable screen.
   set_size() must be called before draw(). */
const struct screen_output *
screen_text_find(const struct screen_settings *settings);
const struct screen_output *
screen_framebuffer_find(const struct boot_pixels *pixels,
                        const struct screen_settings *settings);
