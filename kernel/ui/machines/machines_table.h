/* SPDX-License-Identifier: MIT */
/* Draws the guests as a table, and the one under the cursor in full. */
#pragma once

#include "machines_state.h"

/* Draws the table in ROWS rows from ROW on, with its heading. */
void machines_draw_table(struct view *view, unsigned row, unsigned rows);

/* Rows of machines_draw_chosen() */
#define MACHINES_CHOSEN_ROWS 3

/* Draws name, account and exits of the guest under the cursor. */
void machines_draw_chosen(struct view *view, unsigned row);

/* Returns the title of a guest's program, or the name of its file. */
const char *machines_title(struct view *view, unsigned number);
/* Returns its state in one word. */
const char *machines_state(struct view *view, unsigned number);
/* Returns the number of the guest that is I-th in the list, or 0. */
unsigned machines_number(struct view *view, unsigned i);
/* Returns the position in the list of the guest under the cursor. */
unsigned machines_position(struct view *view);
