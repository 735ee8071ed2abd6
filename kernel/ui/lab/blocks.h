/* SPDX-License-Identifier: MIT */
/* Shows the translator's blocks on the lab page. */
#pragma once

#include "lab_state.h"

void lab_blocks_draw(struct view *view, unsigned row, unsigned rows);
