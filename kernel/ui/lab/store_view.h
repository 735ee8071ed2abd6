/* SPDX-License-Identifier: MIT */
/* The left pane of the lab, which shows the store. */
#pragma once

#include "lab_state.h"

/* Adds the lines that the engine has executed to `observed`. */
void lab_discover(struct session *session);
void lab_lines_draw(struct view *view, unsigned row, unsigned rows);
