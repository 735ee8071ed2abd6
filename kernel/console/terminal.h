/* SPDX-License-Identifier: MIT */
/*
 * Draws cells on a terminal of the VT100 family (ECMA-48, "Control Functions
 * for Coded Character Sets"; DEC VT100 User Guide, chapter 3).
 *
 * Remembers what the terminal shows and sends only differences to the current
 * cells, so that a slow line skips frames but does not lag.  Positions the
 * cursor explicitly: no line feeds, no wrapping at the last column.
 *
 * Queries two properties: the number of rows, and whether a character of two
 * bytes moves the cursor by one column, as in UTF-8.  A terminal that does not
 * reply gets ASCII.
 */
#pragma once

#include "cells.h"
#include <stdbool.h>
#include <stddef.h>

#define TERMINAL_SIZE       128     /* output buffer in bytes */
#define TERMINAL_TIMEOUT_US 200000u /* timeout for replies */

struct terminal {
    bool utf8;      /* else ASCII */
    unsigned rows;  /* height of the terminal; 0: unknown */
    bool asking;    /* waiting for replies; no cells are drawn */
    uint64_t asked; /* time of the queries */
    bool left;      /* released by terminal_leave() */
    bool changed;   /* the cells may differ from `shown` */
    unsigned grid;  /* rows of the cells in `shown` */
    uint16_t shown[CELLS_ROWS_MAX][CELLS_COLUMNS];
    unsigned row, column;           /* cursor; column 80: unknown */
    int attribute;                  /* current one, or ANSI_UNDEFINED */
    unsigned look_row, look_column; /* where to search for differences */
    const char *words; /* control sequences to send first, or NULL */
    size_t size, sent; /* bytes in `bytes`, and of them sent */
    char bytes[TERMINAL_SIZE];
};

/* Sets the terminal up, queries it if ASK, and redraws all of it.  Initialize
   TERMINAL with zeros before the first call. */
void terminal_start(struct terminal *terminal, bool ask, uint64_t now);

/* Releases the terminal to other text, which continues below the screen and
   scrolls.  Draws no cells until terminal_start(). */
void terminal_leave(struct terminal *terminal);

/* Call after changes of the cells. */
void terminal_changed(struct terminal *terminal);

/* Processes a reply: the cursor is at ROW and COLUMN, from 1. */
void terminal_reply(struct terminal *terminal, unsigned row, unsigned column);

/* Checks the timeout for replies. */
void terminal_turn(struct terminal *terminal, uint64_t now);

/* Whether bytes are pending, which must be sent before anything else. */
bool terminal_is_sending(const struct terminal *terminal);

/* Whether terminal_next() may return bytes. */
bool terminal_has_more(const struct terminal *terminal);

/* Returns the number of bytes to send and sets *BYTES to the first. */
size_t terminal_next(struct terminal *terminal, const struct cells *cells,
                     const char **bytes);

/* Records that COUNT of them, possibly 0, were sent. */
void terminal_sent(struct terminal *terminal, size_t count);
