/* SPDX-License-Identifier: MIT */
/* Timed runs of all engines, and the table of their results. */
#pragma once

#include "lab_state.h"

void lab_measure(struct view *view);
/* Runs a slice of a timed run.  Returns false if there is nothing to run. */
bool lab_slice(struct view *view);
/* Records the duration of the last turn.  Returns false if it ran no slice. */
bool lab_slice_done(struct view *view, uint64_t us, uint64_t cycles);
void lab_table_draw(struct view *view, unsigned row);
