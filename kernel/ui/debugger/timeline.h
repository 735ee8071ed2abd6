/* SPDX-License-Identifier: MIT */
/* Shows the current position of the machine in its history. */
#pragma once

#include "debugger_state.h"

void debug_time_draw(struct view *view, unsigned row);
