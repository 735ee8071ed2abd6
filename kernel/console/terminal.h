/* SPDX-License-Identifier: MIT */
/*
 * Cells made into bytes for a terminal of the VT100 family (ECMA-48, "Control
 * Functions for Coded Character Sets"; DEC VT100 User Guide, chapter 3).
 *
 * It remembers what the terminal shows and sends what differs from the cells
 * as they are when it can send, so that on a slow line frames are left out
 * and nothing is late.  The cursor is addressed, never led to a new line or
 * past the last column.
 *
 * Terminals are asked two things: how many rows they have, and whether a
 * character of two bytes moves the cursor by one column, as in UTF-8.  One
 * that does not answer gets ASCII.
 */
#ifndef CONSOLE_TERMINAL_H
#define CONSOLE_TERMINAL_H

#include "cells.h"
#include <stdbool.h>
#include <stddef.h>

#define TERMINAL_SIZE        128     /* bytes that may be under way */
#define TERMINAL_PATIENCE_US 200000u /* that answers are waited for */

struct terminal {
    bool utf8;      /* what it takes; else ASCII */
    unsigned rows;  /* that it has; 0: it has not said */
    bool asking;    /* cells wait for its answers .. */
    uint64_t asked; /* .. and have since then */
    bool left;      /* something else is written on it */
    bool changed;   /* the cells may differ from what it shows */
    unsigned grid;  /* rows of the cells that it shows */
    uint16_t shown[CELLS_ROWS_MAX][CELLS_COLUMNS];
    unsigned row, column;           /* of its cursor; column 80: nobody knows */
    int attribute;                  /* that it writes in, as ansi.h has it */
    unsigned look_row, look_column; /* where the next difference may be */
    const char *words;              /* to be sent first; NULL: none */
    size_t size, sent;              /* of `bytes` */
    char bytes[TERMINAL_SIZE];
};

/* Sets the terminal up and draws all anew, whatever is there; before that it
   is asked, if ASK.  A TERMINAL of all zeros may be started. */
void terminal_start(struct terminal *terminal, bool ask, uint64_t now);

/* Leaves it to somebody else's text, which is to come below what it shows and
   scrolls; until terminal_start() no cell is drawn. */
void terminal_leave(struct terminal *terminal);

/* Tells that cells have changed. */
void terminal_changed(struct terminal *terminal);

/* The terminal has answered that its cursor is at ROW and COLUMN, from 1. */
void terminal_answer(struct terminal *terminal, unsigned row, unsigned column);

/* Lets time pass: answers are not waited for without end. */
void terminal_turn(struct terminal *terminal, uint64_t now);

/* Whether bytes are under way, which nothing else may come before. */
bool terminal_is_sending(const struct terminal *terminal);

/* Whether terminal_next() may have something. */
bool terminal_has_more(const struct terminal *terminal);

/* How many bytes are to be sent next; *BYTES is where they are. */
size_t terminal_next(struct terminal *terminal, const struct cells *cells,
                     const char **bytes);

/* Tells that COUNT of them, which may be 0, were taken. */
void terminal_took(struct terminal *terminal, size_t count);

#endif
