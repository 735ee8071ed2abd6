/* SPDX-License-Identifier: MIT */
/* Shows what a static translator would make of the program. */
#pragma once

#include "lab_state.h"

/* Draws the pane, of which the heading is in the row above ROW. */
void lab_static_draw(struct view *view, unsigned row);
