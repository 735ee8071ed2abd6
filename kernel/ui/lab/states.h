/* SPDX-License-Identifier: MIT */
/* T-state beside V-state, and the last instruction. */
#ifndef UI_LAB_STATES_H
#define UI_LAB_STATES_H

#include "lab_state.h"

void lab_states_draw(struct view *view, unsigned row);

#endif
