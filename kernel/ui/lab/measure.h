/* SPDX-License-Identifier: MIT */
/* Timed runs of all engines, and their table. */
#pragma once

#include "lab_state.h"

/* Starts the timed runs of all engines. */
void lab_measure(struct view *view);
/* Executes a slice of a timed run; returns false if none is due. */
bool lab_slice(struct view *view);
/* Accounts the time that the last turn took to its slice; returns false if
   the turn was no slice. */
bool lab_slice_done(struct view *view, uint64_t us, uint64_t cycles);
void lab_table_draw(struct view *view, unsigned row);
