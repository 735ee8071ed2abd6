/* SPDX-License-Identifier: MIT */
/* The blocks of the translator, in ROWS rows. */
#pragma once

#include "lab_state.h"

void lab_blocks_draw(struct view *view, unsigned row, unsigned rows);
