/* SPDX-License-Identifier: MIT */
/* Draws the trace, profile or comparison view, and the registers. */
#pragma once

#include "debugger_state.h"

void debug_view_draw(struct view *view, unsigned row, unsigned rows);
void debug_registers_draw(struct view *view, unsigned row);
