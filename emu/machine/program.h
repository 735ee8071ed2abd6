/* SPDX-License-Identifier: MIT */
/* A program as stored in a file: the contents of the store, and comments. */
#pragma once

#include "machine.h"

#define NOTE_SIZE 64   /* size of a note, including the NUL */
#define HEAD_SIZE 1024 /* size of the head comments, including the NUL */

struct program {
    uint32_t store[LINES];
    uint32_t a;       /* initial accumulator, zero in most programs */
    uint32_t ci;      /* initial CI, one before the first line executed */
    uint32_t numbers; /* bitmask of lines that are numbers, not instructions */
    char note[LINES][NOTE_SIZE]; /* comment on each line, possibly empty */
    /* Comments at the head of the file, without comment characters.  The first
       row is the title, and each row ends with a newline. */
    char head[HEAD_SIZE];
};

void program_clear(struct program *program);

/* Clears the machine and loads the store, A and CI from the program.  CI is
   reduced to five digits if the machine has `ci5` set. */
void program_load(const struct program *program, struct machine *machine);
