/* SPDX-License-Identifier: MIT */
/* Sample programs for the benchmark.  Each starts with CI and A set to zero. */
#pragma once

#include "emu/machine/machine.h"

enum {
    SAMPLE_JULY,    /* real program of 1948, with short inner loops */
    SAMPLE_LOOP,    /* infinite loop of two instructions */
    SAMPLE_MIX,     /* uses every function in 851,962 instructions */
    SAMPLE_REWRITE, /* infinite loop that modifies its own code */
    SAMPLES,
};

#define SAMPLE_JULY_LENGTH 2097154u /* instructions executed by SAMPLE_JULY */

struct sample {
    const char *name; /* short name, a single word */
    const char *what; /* one-line description */
    uint32_t store[LINES];
};

extern const struct sample samples[SAMPLES];

/* Returns a cleared machine with the given sample loaded. */
struct machine sample_machine(unsigned sample);
