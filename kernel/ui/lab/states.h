/* SPDX-License-Identifier: MIT */
/* Draws the T-state, the V-state and the phases of the last instruction. */
#pragma once

#include "lab_state.h"

void lab_states_draw(struct view *view, unsigned row);
