/* SPDX-License-Identifier: MIT */
/* Functions that draw text on a page */
#pragma once

#include "view.h"

/* Draw the title bar, which ends with RIGHT, and the key bar.  They are the
   first and the last row of the grid, whatever the window. */
void page_title(struct view *view, const char *text, const char *right);
void page_keys(struct view *view, const char *text);

/* Sets the window to the whole grid and clears the title bar, or the key bar if
   KEYS is true.  Returns the window to go back to. */
struct window page_bar(struct view *view, bool keys);

/* Copies the first line of the word-wrapped TEXT to LINE, which holds SIZE
   bytes.  Returns the start of the next line. */
const char *page_wrap(const char *text, char *line, unsigned size);
void page_text(struct view *view, unsigned row, unsigned column,
               uint8_t attribute, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Draws at most 23 characters, right-aligned to end at column RIGHT. */
void page_text_right(struct view *view, unsigned row, unsigned right,
                     uint8_t attribute, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Draws NUMBER * 1000^POWER in three figures (see strbuf_add_si()), to end at
   column RIGHT. */
void page_si_right(struct view *view, unsigned row, unsigned right,
                   uint8_t attribute, uint64_t number, int power);
/* Draws TEXT in WIDTH columns, ending in two dots if it is too long. */
void page_cut(struct view *view, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text);
/* Returns the line of the store to show in row I of ROWS.  The current line is
   in the middle row if possible. */
unsigned page_line(const struct view *view, unsigned rows, unsigned i);
/* Draws word-wrapped TEXT in at most ROWS rows of WIDTH columns, ending in
   "..." if it is too long.  Returns the row below the text. */
unsigned page_prose(struct view *view, unsigned row, unsigned rows,
                    unsigned column, unsigned width, uint8_t attribute,
                    const char *text);
