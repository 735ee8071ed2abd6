/* SPDX-License-Identifier: MIT */
/* Commands that cut, copy, paste, insert or swap lines of the store.  Notes
   move with their lines, and renumber.h offers to update operands. */
#pragma once

#include "ui/base/view.h"

void line_clear(struct view *view);
void line_copy(struct view *view);
void line_cut(struct view *view);
void line_paste(struct view *view);
/* Inserts an empty line by moving lines down into the next one that is empty
   and not the operand of an instruction. */
void line_insert(struct view *view);
void line_swap_up(struct view *view);
void line_swap_down(struct view *view);
