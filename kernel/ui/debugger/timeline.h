/* SPDX-License-Identifier: MIT */
/* The position of the machine in its history. */
#ifndef UI_DEBUGGER_TIMELINE_H
#define UI_DEBUGGER_TIMELINE_H

#include "debugger_state.h"

void debug_time_draw(struct view *view, unsigned row);

#endif
