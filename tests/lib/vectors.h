/* SPDX-License-Identifier: MIT */
/* Reads tests/conformance/vectors.txt, whose format is described in the
   README.md beside it. */
#pragma once

#include "emu/machine/machine.h"
#include <stdio.h>

#define VECTORS 900 /* number of vectors */

struct vector {
    char name[32], options[40], end[8];
    unsigned long long limit, instructions;
    unsigned a, ci, pi, test, crc;
    uint32_t store[LINES];
};

/* Opens the file, which is found from the project's folder, behind its heading.
   Returns NULL on an error. */
FILE *vectors_open(void);

/* Reads the next vector.  Returns false at the end of the file. */
bool vectors_read(FILE *file, struct vector *vector);

/* Returns the machine at the start of the vector's run. */
struct machine vector_machine(const struct vector *vector);

/* Returns the CRC-32 of the store, A, CI, PI and the flip-flop. */
uint32_t vector_crc(const struct machine *machine);
