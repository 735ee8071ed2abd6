/* SPDX-License-Identifier: MIT */
/* Timed runs of all engines, and their table. */
#ifndef UI_LAB_MEASURE_H
#define UI_LAB_MEASURE_H

#include "lab_state.h"

void lab_measure(struct view *view);
/* Executes a slice of a timed run; false: none is due.  The time it took goes
   to lab_took(), which returns false if there was no slice. */
bool lab_slice(struct view *view);
bool lab_took(struct view *view, uint64_t us, uint64_t cycles);
void lab_table_draw(struct view *view, unsigned row);

#endif
