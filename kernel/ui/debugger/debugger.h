/* SPDX-License-Identifier: MIT */
/* The debugger page. */
#pragma once

#include "debugger_state.h"

void debug_open(struct view *view);
void debug_draw(struct view *view);
void debug_event(struct view *view, const struct event *event);
/* Switches to the next view beside the listing. */
void debug_next_view(struct view *view);
