/* SPDX-License-Identifier: MIT */
/* T-state and V-state, and the last instruction in its phases. */
#ifndef UI_LAB_STATES_H
#define UI_LAB_STATES_H

#include "lab_state.h"

void lab_states_draw(struct view *view, unsigned row);

#endif
