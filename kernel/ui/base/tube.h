/* SPDX-License-Identifier: MIT */
/* Draws the tube with its frame, line numbers and marks, and the registers. */
#pragma once

#include "view.h"

void tube_draw(struct view *view);
void tube_draw_registers(struct view *view);

/* On a wide screen, draws the tube and the registers to the right of a page of
   80 columns, with line 0 in ROW. */
void tube_draw_beside(struct view *view, unsigned row);

/* Draws the tube of SESSION with two columns per digit. */
void tube_draw_large(struct view *view, const struct session *session,
                     enum monitor monitor);

/* Draws TEXT in words in the caption beside the large tube, below LABEL, which
   may be empty.  Returns the next free row. */
unsigned tube_caption(struct view *view, unsigned row, uint8_t attribute,
                      const char *label, const char *text);
