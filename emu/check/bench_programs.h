/* SPDX-License-Identifier: MIT */
/*
 * The sample programs of the benchmark.  Each begins with CI, A and flip-flop
 * 0, and stops or loops for ever.
 */
#pragma once

#include "emu/machine/machine.h"

enum {
    SAMPLE_JULY,    /* a real program: short loops, 2,097,154 instructions */
    SAMPLE_LOOP,    /* two instructions, for ever */
    SAMPLE_MIX,     /* every function, 851,962 instructions */
    SAMPLE_REWRITE, /* changes an instruction each turn, for ever */
    SAMPLES,
};

#define SAMPLE_JULY_LENGTH 2097154u /* instructions, with the Stop */

struct sample {
    const char *name; /* one word */
    const char *what; /* one line */
    uint32_t store[LINES];
};

extern const struct sample samples[SAMPLES];

/* The initial machine of SAMPLE. */
struct machine sample_machine(unsigned sample);
