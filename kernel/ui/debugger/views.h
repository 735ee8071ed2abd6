/* SPDX-License-Identifier: MIT */
/* Trace, profile or comparison beside the listing; A, CI and PI below. */
#pragma once

#include "debugger_state.h"

void debug_view_draw(struct view *view, unsigned row, unsigned rows);
void debug_registers_draw(struct view *view, unsigned row);
