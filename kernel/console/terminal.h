/* SPDX-License-Identifier: MIT */
/*
 * Draws the console on a VT100-compatible terminal (ECMA-48, "Control Functions
 * for Coded Character Sets"; DEC VT100 User Guide, chapter 3).
 *
 * Only cells that have changed are sent, so that a slow line skips frames but
 * does not lag.  The cursor is always positioned explicitly.  The terminal is
 * queried for its size, and for whether a two-byte UTF-8 character
 * moves the cursor by one column.  If it does not reply, ASCII is used.
 */
#pragma once

#include "cells.h"
#include <stdbool.h>
#include <stddef.h>

#define TERMINAL_SIZE       128     /* size of the output buffer in bytes */
#define TERMINAL_TIMEOUT_US 200000u /* timeout for replies to the queries */

struct terminal {
    bool utf8;        /* true for UTF-8, false for ASCII */
    unsigned rows;    /* height of the terminal, or 0 if unknown */
    unsigned columns; /* its width, valid if `rows` is not 0 */
    bool asking;      /* true while waiting for replies; nothing is drawn */
    uint64_t asked;   /* time when the queries were sent */
    bool left;        /* true after terminal_leave() */
    bool changed;     /* true if the cells may differ from `shown` */
    struct cells_size grid; /* size of `shown` */
    uint16_t shown[CELLS_ROWS_MAX][CELLS_COLUMNS_MAX];
    unsigned row, column;           /* cursor position; see UNKNOWN */
    int attribute;                  /* current attribute, or ANSI_UNDEFINED */
    unsigned look_row, look_column; /* next cell to check for changes */
    const char *words; /* control sequences to send first, or NULL */
    size_t size, sent; /* bytes in the buffer, and bytes already sent */
    char bytes[TERMINAL_SIZE];
};

/* Sets up the terminal, queries it if ASK is set, and redraws the whole screen.
   TERMINAL must be zeroed before the first call. */
void terminal_start(struct terminal *terminal, bool ask, uint64_t now);

/* Releases the terminal for other text, which scrolls below the screen.
   Nothing is drawn until the next terminal_start(). */
void terminal_leave(struct terminal *terminal);

/* Must be called after the cells have changed. */
void terminal_changed(struct terminal *terminal);

/* Processes a cursor position report.  ROW and COLUMN count from 1. */
void terminal_reply(struct terminal *terminal, unsigned row, unsigned column);

/* Checks the timeout for replies, which starts after sending the queries. */
void terminal_turn(struct terminal *terminal, uint64_t now);

/* Returns true if bytes are pending that must be sent before anything else. */
bool terminal_is_sending(const struct terminal *terminal);

/* Returns true if terminal_next() may return bytes. */
bool terminal_has_more(const struct terminal *terminal);

/* Sets *BYTES to the bytes to send next and returns their number. */
size_t terminal_next(struct terminal *terminal, const struct cells *cells,
                     const char **bytes);

/* Records that the first COUNT bytes from terminal_next() were sent. */
void terminal_sent(struct terminal *terminal, size_t count);
