/* SPDX-License-Identifier: MIT */
/* Title bar, run state, counts, rate, message, and the line of keys. */
#pragma once

#include "view.h"

void status_draw(struct view *view);
/* The same without the last instruction in words. */
void status_draw_around(struct view *view);
void status_draw_message(struct view *view);
/* Measures the rate; due in each turn. */
void status_measure(struct view *view, uint64_t now);

/* Writes the count of instructions and the machine time, in at most ROOM
   characters; 61 are enough for any values. */
void status_add_counts(struct strbuf *text, const struct view *view,
                       size_t room);
/* Writes a rate, given in thousandths of a prepulse per second, and then the
   rate as a multiple of that of 1948. */
void status_add_rate(struct strbuf *text, uint64_t thousandths);
