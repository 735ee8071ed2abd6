/* SPDX-License-Identifier: MIT */
/* Draws the tubes of several guests side by side. */
#pragma once

#include "machines_state.h"

/* Draws as many tubes as fit into ROWS rows from ROW on, the one of the guest
   under the cursor among them.  Returns the number of rows used. */
unsigned machines_draw_tubes(struct view *view, unsigned row, unsigned rows);

/* Returns how many tubes are side by side. */
unsigned machines_tubes_across(struct view *view, unsigned rows);
