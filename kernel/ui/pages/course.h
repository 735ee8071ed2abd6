/* SPDX-License-Identifier: MIT */
/*
 * The teacher's index: which idea of a course on virtual machines is to be
 * seen where.
 */
#ifndef UI_LECTURE_H
#define UI_LECTURE_H

struct ui;

struct idea {
    const char *name;
    const char *keys; /* that show it */
    const char *file; /* that does it */
    const char *exercise;
};

extern const struct idea lecture[];
extern const unsigned lecture_count;

/* What a Baby has nothing to show for. */
extern const char lecture_lacks[];

/* Draws the ideas from FIRST up to END, each with its exercise below it, from
   ROW on; returns the row after them. */
unsigned lecture_draw(struct ui *ui, unsigned row, unsigned first,
                      unsigned end);
void lecture_draw_lacks(struct ui *ui, unsigned row);

#endif
