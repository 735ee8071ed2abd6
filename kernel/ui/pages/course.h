/* SPDX-License-Identifier: MIT */
/*
 * The teacher's index: which idea of a course on virtual machines is to be
 * seen where.
 */
#ifndef UI_PAGES_COURSE_H
#define UI_PAGES_COURSE_H

struct ui;

struct topic {
    const char *name;
    const char *keys; /* that show it */
    const char *file; /* that does it */
    const char *exercise;
};

extern const struct topic course[];
extern const unsigned course_count;

/* What a Baby has nothing to show for. */
extern const char course_lacks[];

/* Draws the ideas from FIRST up to END, each with its exercise below it, from
   ROW on; returns the row after them. */
unsigned course_draw(struct ui *ui, unsigned row, unsigned first, unsigned end);
void course_draw_lacks(struct ui *ui, unsigned row);

#endif
