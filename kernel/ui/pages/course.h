/* SPDX-License-Identifier: MIT */
/* A course on virtual machines: each topic with its keys, file, exercise. */
#pragma once

#include "ui/base/view.h"

struct topic {
    const char *name;
    const char *keys; /* keys that show it */
    const char *file; /* file that implements it */
    const char *exercise;
};

extern const struct topic course[];
extern const unsigned course_count;

/* Topics that a Baby cannot show. */
extern const char course_lacks[];

/* Draws topics FIRST to END - 1 from ROW on; returns the row after them. */
unsigned course_draw(struct view *view, unsigned row, unsigned first,
                     unsigned end);
void course_draw_lacks(struct view *view, unsigned row);
