/* SPDX-License-Identifier: MIT */
/* A short course on virtual machines, shown on the help pages. */
#pragma once

#include "ui/base/view.h"

struct topic {
    const char *name;
    const char *keys; /* keys that demonstrate the topic */
    const char *file; /* source file that implements the topic */
    const char *exercise;
};

extern const struct topic course[];
extern const unsigned course_count;

/* Text about the topics that the Baby cannot demonstrate. */
extern const char course_lacks[];

#define COURSE_PAGE 9 /* topics on a page; the last page has fewer */

/* Draws the topics of page PAGE, counted from 0.  Returns the first free row
   below them. */
unsigned course_draw(struct view *view, unsigned row, unsigned page);
void course_draw_lacks(struct view *view, unsigned row);
