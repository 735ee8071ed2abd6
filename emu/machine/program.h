/* SPDX-License-Identifier: MIT */
/*
 * A program as it stands in a file: words for the store, and what people
 * wrote beside them.
 */
#ifndef EMU_MACHINE_PROGRAM_H
#define EMU_MACHINE_PROGRAM_H

#include "machine.h"

#define NOTE_SIZE 64   /* bytes of a line's note with its ending zero */
#define HEAD_SIZE 1024 /* bytes of the head comments with the ending zero */

struct program {
    uint32_t store[LINES];
    uint32_t a;       /* starting values: zero in all but a few files */
    uint32_t ci;      /* the line before the first to be obeyed */
    uint32_t numbers; /* bit n: line n is a number, not an instruction */
    char note[LINES][NOTE_SIZE]; /* comment beside the line; may be empty */
    /*
     * Comments before the first line of the store, without their marks, one
     * a row, rows ended by '\n'.  The first row is the title.
     */
    char head[HEAD_SIZE];
};

/* An empty program: all lines zero, no notes. */
void program_clear(struct program *program);

/* Sets store, A and CI of MACHINE from PROGRAM, of CI no more digits than it
   keeps; the rest becomes zero, but the compatibility switches stay. */
void program_load(const struct program *program, struct machine *machine);

#endif
