/* SPDX-License-Identifier: MIT */
/* Store listing of the debugger, with the breakpoints on each line. */
#pragma once

#include "debugger_state.h"

void debug_lines_draw(struct view *view, unsigned row, unsigned rows);
