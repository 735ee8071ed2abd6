/* SPDX-License-Identifier: MIT */
/*
 * Operations of the page of machines.  All but the first two act on the machine
 * under the cursor.  If one is refused, a message says why.
 */
#pragma once

#include "machines_state.h"

/* Moves the cursor to the machine at POSITION, counted from 0, or to the
   nearest one. */
void machines_choose(struct view *view, int position);

/* Adds a machine with the program that was read last.  Returns false if it was
   refused. */
bool machines_add(struct view *view);

void machines_clone(struct view *view);
void machines_pause(struct view *view); /* or resumes */
void machines_kill(struct view *view);
void machines_restart(struct view *view);
/* Asks for the key a second time if a program would be lost. */
void machines_remove(struct view *view);

/* Change a setting by so many steps, unless it would leave its range. */
void machines_change_weight(struct view *view, int by);
void machines_change_cap(struct view *view, int by);
void machines_change_speed(struct view *view, int by);

/* Selects the next engine that can run. */
void machines_next_engine(struct view *view);

/* Brings the machine to the other pages and closes this one. */
void machines_focus(struct view *view);
