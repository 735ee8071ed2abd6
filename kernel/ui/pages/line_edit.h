/* SPDX-License-Identifier: MIT */
/* Commands on the cursor's line: cut, copy, paste, insert, swap.  A line moves
   with its note; operands that name it are not changed. */
#pragma once

#include "ui/base/view.h"

void line_clear(struct view *view);
void line_copy(struct view *view);
void line_cut(struct view *view);
void line_paste(struct view *view);
/* Moves the lines from here to the next empty line down by one. */
void line_insert(struct view *view);
void line_swap_up(struct view *view);
void line_swap_down(struct view *view);
