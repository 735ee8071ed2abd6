/* SPDX-License-Identifier: MIT */
/* Title bar, run state, counts, rate, message and key bar of a page */
#pragma once

#include "view.h"

void status_draw(struct view *view);
/* Draws the status display without the last instruction. */
void status_draw_around(struct view *view);
/* Draws only the title bar and the key bar. */
void status_draw_bars(struct view *view);
void status_draw_message(struct view *view);
/* Measures the execution rate.  Must be called once per turn of the main loop.
 */
void status_measure(struct view *view, uint64_t now);

/* Converts COUNT events in SPAN microseconds to events per 1,000 seconds,
   rounded.  SPAN must not be 0. */
uint64_t status_per_1000_s(uint64_t count, uint64_t span);

/* Writes the machine time. */
void status_add_time(struct strbuf *text, const struct view *view);
/* Writes the instruction count and the machine time in at most ROOM
   characters.  61 characters are enough for all values. */
void status_add_counts(struct strbuf *text, const struct view *view,
                       size_t room);
/* Writes a rate per second and relative to 1948.  The rate is given in
   thousandths of a prepulse per second. */
void status_add_rate(struct strbuf *text, uint64_t thousandths);
