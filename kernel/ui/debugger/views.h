/* SPDX-License-Identifier: MIT */
/* Trace, profile or comparison beside the listing; A, CI and PI below. */
#ifndef UI_DEBUGGER_VIEWS_H
#define UI_DEBUGGER_VIEWS_H

#include "debugger_state.h"

void debug_view_draw(struct view *view, unsigned row, unsigned rows);
void debug_registers_draw(struct view *view, unsigned row);

#endif
