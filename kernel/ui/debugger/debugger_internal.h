/* SPDX-License-Identifier: MIT */
/*
 * Between the files that the debugger's page is made of.
 */
#ifndef UI_DEBUGGER_DEBUGGER_INTERNAL_H
#define UI_DEBUGGER_DEBUGGER_INTERNAL_H

#include "ui/base/page.h"

#define DEBUG_RIGHT 33 /* where what stands beside the listing begins */

/* debugger.c: the number that was typed, which is used up; false: none was. */
bool debug_number(struct ui *ui, uint64_t *number);

/* navigate.c: to the present, if it is to be the LAST; else as far back as
   history reaches. */
void debug_go_to_end(struct ui *ui, bool last);

/* store_view.c: ROWS of the listing, from ROW on, with the stops of each
   line. */
void debug_lines_draw(struct ui *ui, unsigned row, unsigned rows);

/* breakpoints.c: all stops in words. */
void breakpoints_draw(struct ui *ui, unsigned row);

/* views.c: what stands beside it, headed in the row before; and A, CI
   and PI, with those of the other time where there is one to compare with. */
void debug_view_draw(struct ui *ui, unsigned row, unsigned rows);
void debug_registers_draw(struct ui *ui, unsigned row);

/* timeline.c: where in history the machine is. */
void debug_time_draw(struct ui *ui, unsigned row);

#endif
