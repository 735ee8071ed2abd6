/* SPDX-License-Identifier: MIT */
/*
 * A program as stored in a file: the words of the store, and comments.
 */
#pragma once

#include "machine.h"

#define NOTE_SIZE 64   /* bytes of a line's note, including the final zero */
#define HEAD_SIZE 1024 /* bytes of the head comments, including the zero */

struct program {
    uint32_t store[LINES];
    uint32_t a;       /* initial accumulator; zero in all but a few files */
    uint32_t ci;      /* initial CI: the line before the first obeyed */
    uint32_t numbers; /* bit n: line n is a number, not an instruction */
    char note[LINES][NOTE_SIZE]; /* comment beside the line; may be empty */
    char head[HEAD_SIZE];        /* comments before the first line of the store,
                                    without comment marks; rows end in '\n', and the
                                    first row is the title */
};

/* Sets all lines and initial values to zero, and removes all comments. */
void program_clear(struct program *program);

/* Clears MACHINE (machine_clear()) and loads store, A and CI from PROGRAM; CI
   is reduced to five digits where the machine has `ci5`. */
void program_load(const struct program *program, struct machine *machine);
