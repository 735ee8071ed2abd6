/* SPDX-License-Identifier: MIT */
/* The blocks of the translator, in ROWS rows. */
#ifndef UI_LAB_BLOCKS_H
#define UI_LAB_BLOCKS_H

#include "lab_state.h"

void lab_blocks_draw(struct view *view, unsigned row, unsigned rows);

#endif
