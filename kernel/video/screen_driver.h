/* SPDX-License-Identifier: MIT */
/*
 * Interface between screen.c and the kinds of screens.
 */
#pragma once

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "console/screen_settings.h"

struct screen_output {
    unsigned rows_max; /* 24 or 50 */
    unsigned at_once;  /* cells drawn in about 5 ms on a slow screen */
    bool beams;        /* draws beams, not only characters */
    /* Clears the screen. */
    void (*set_rows)(unsigned rows);
    void (*set_theme)(unsigned theme);
    /* Draws COUNT cells of ROW from COLUMN on. */
    void (*draw)(const struct cells *cells, unsigned row, unsigned column,
                 unsigned count);
    void (*describe)(struct strbuf *text);
};

/* Return NULL if there is no usable screen.  Call set_rows() before draw(). */
const struct screen_output *
screen_text_find(const struct screen_settings *settings);
const struct screen_output *
screen_framebuffer_find(const struct boot_pixels *pixels,
                        const struct screen_settings *settings);
