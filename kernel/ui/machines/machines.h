/* SPDX-License-Identifier: MIT */
/*
 * The page of machines: all guests of this PC, as a table or as live tubes, and
 * what can be done with them.  The guest in focus is the one that the other
 * pages show and operate.
 */
#pragma once

#include "machines_state.h"

/* Makes the session of the console guest 1, and removes all others. */
void machines_reset(struct view *view, uint64_t now);

/* Adds guests until there are COUNT, which run the programs of the library, and
   opens the page.  Shows a message if there is no memory for all. */
void machines_fill(struct view *view, unsigned count, uint64_t now);

void machines_open(struct view *view);
void machines_draw(struct view *view);
void machines_event(struct view *view, const struct event *event);
void machines_leave(struct view *view);
/* Measures rates and shares.  Must be called once per turn. */
void machines_turn(struct view *view, uint64_t now);
/* Returns the time of the next measurement, or UINT64_MAX. */
uint64_t machines_due(const struct view *view);

/* Adds a guest with the program that was read last, and opens the page. */
void machines_add_loaded(struct view *view);
