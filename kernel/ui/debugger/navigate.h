/* SPDX-License-Identifier: MIT */
/* Commands that move through history.  F7 works on every page. */
#pragma once

#include "debugger_state.h"

/* Handles the result of a seek that has finished.  Called after each key and
 * once per turn. */
void debug_complete_seek(struct view *view);
void debug_cancel_seek(struct view *view);

void debug_back(struct view *view);
void debug_back_to_breakpoint(struct view *view);
void debug_back_to_write(struct view *view);
void debug_go(struct view *view);
/* Goes to the present if LAST is true, or else to the start of history. */
void debug_go_to_end(struct view *view, bool last);
void debug_profile(struct view *view);
void debug_compare(struct view *view);
