/* SPDX-License-Identifier: MIT */
/* Gives operands the new numbers of lines that were moved in the editor.  Moves
   add up, until the store is changed in another way. */
#pragma once

#include "ui/base/view.h"

/* Called before lines move. */
void renumber_begin(struct view *view);
/* Exchanges two lines in the table of moved lines. */
void renumber_swap(struct view *view, unsigned a, unsigned b);
/* Called after the lines have moved.  Shows MOVED, such as "Lines 1 to 4 moved
   down", with the number of operands that still refer to the former places. */
void renumber_offer(struct view *view, const char *moved);

/* Command: renumbers the operands, as one action for undo. */
void renumber_operands(struct view *view);
