/* SPDX-License-Identifier: MIT */
/* The left pane: ROWS lines of the store, the cursor's among them. */
#ifndef UI_LAB_STORE_VIEW_H
#define UI_LAB_STORE_VIEW_H

#include "lab_state.h"

/* Asks the engine which lines were executed. */
void lab_discover(struct session *session);
void lab_lines_draw(struct view *view, unsigned row, unsigned rows);

#endif
