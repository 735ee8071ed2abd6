/* SPDX-License-Identifier: MIT */
/* Commands that set and remove breakpoints, and the list of all breakpoints. */
#pragma once

#include "debugger_state.h"

void breakpoint_toggle_here(struct view *view);
void breakpoint_toggle_read(struct view *view);
void breakpoint_toggle_written(struct view *view);
void breakpoint_toggle_negative(struct view *view);
void breakpoint_toggle_zero(struct view *view);
void breakpoint_toggle_leaving(struct view *view);
void breakpoint_toggle_after(struct view *view);
void breakpoint_clear_all(struct view *view);

void breakpoints_draw(struct view *view, unsigned row);
void debug_show_stop_reason(struct view *view);
