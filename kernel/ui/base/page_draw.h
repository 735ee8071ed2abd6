/* SPDX-License-Identifier: MIT */
/* Draws text on pages. */
#pragma once

#include "view.h"

/* Draw TEXT in the first row; in the last row. */
void page_title(struct view *view, const char *text);
void page_keys(struct view *view, const char *text);
/* Copies as much of TEXT to LINE (SIZE bytes) as fits, up to an end of line or
   else a blank; returns the start of the rest. */
const char *page_wrap(const char *text, char *line, unsigned size);
void page_text(struct view *view, unsigned row, unsigned column,
               uint8_t attribute, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Draws TEXT in WIDTH columns; a longer one ends in two dots. */
void page_cut(struct view *view, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text);
/* The line of the store in row I of ROWS, of which the cursor's line is in the
   middle if possible. */
unsigned page_line(const struct view *view, unsigned rows, unsigned i);
/* Draws TEXT in at most ROWS rows of WIDTH columns; a longer one ends in "...".
   Returns the row after it. */
unsigned page_prose(struct view *view, unsigned row, unsigned rows,
                    unsigned column, unsigned width, uint8_t attribute,
                    const char *text);
