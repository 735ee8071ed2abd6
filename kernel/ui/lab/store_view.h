/* SPDX-License-Identifier: MIT */
/* The left pane of the lab, which shows the store. */
#pragma once

#include "lab_state.h"

void lab_lines_draw(struct view *view, unsigned row, unsigned rows);
