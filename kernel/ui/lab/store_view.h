/* SPDX-License-Identifier: MIT */
/* The left pane: ROWS lines of the store, including the cursor's. */
#pragma once

#include "lab_state.h"

/* Adds the executed lines that the engine has recorded to `observed`. */
void lab_discover(struct session *session);
void lab_lines_draw(struct view *view, unsigned row, unsigned rows);
