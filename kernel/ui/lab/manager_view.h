/* SPDX-License-Identifier: MIT */
/* The pane that shows the emulation manager as an automaton. */
#pragma once

#include "lab_state.h"

/* Draws the pane in ROWS rows, at least 13. */
void lab_manager_draw(struct view *view, unsigned row, unsigned rows);

/* Takes one arrow of the automaton. */
void lab_arrow(struct view *view);
