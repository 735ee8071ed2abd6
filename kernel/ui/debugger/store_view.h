/* SPDX-License-Identifier: MIT */
/* The listing of the debugger, with the breakpoints of each line. */
#ifndef UI_DEBUGGER_STORE_VIEW_H
#define UI_DEBUGGER_STORE_VIEW_H

#include "debugger_state.h"

void debug_lines_draw(struct view *view, unsigned row, unsigned rows);

#endif
