/* SPDX-License-Identifier: MIT */
/* T-state and V-state, and the last instruction in its phases. */
#pragma once

#include "lab_state.h"

void lab_states_draw(struct view *view, unsigned row);
