/* SPDX-License-Identifier: MIT */
/*
 * What screen.c knows of a screen, whatever kind it is.
 */
#ifndef VIDEO_SCREEN_DRIVER_H
#define VIDEO_SCREEN_DRIVER_H

#include "arch/multiboot.h"
#include "console/cells.h"
#include "emu/text/strbuf.h"
#include "services/options.h"

struct screen_output {
    unsigned rows_most; /* 24 or 50 */
    unsigned at_once;   /* cells that take some 5 ms on a slow one */
    bool beams;         /* it draws them; else it has characters only */
    /* All is black after it. */
    void (*set_rows)(unsigned rows);
    void (*set_theme)(unsigned theme);
    /* Draws COUNT cells of ROW, which has as many rows as set_rows() said, from
       COLUMN on. */
    void (*draw)(const struct cells *cells, unsigned row, unsigned column,
                 unsigned count);
    void (*describe)(struct strbuf *text);
};

/* NULL: there is none, or none that is reached.  Nothing is drawn until the
   first set_rows(). */
const struct screen_output *screen_text_find(const struct options *options);
const struct screen_output *screen_pixels_find(const struct boot_pixels *pixels,
                                               const struct options *options);

#endif
