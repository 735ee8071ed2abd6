/* SPDX-License-Identifier: MIT */
/*
 * The programs by which speed is measured.  Each begins with CI, A and
 * flip-flop 0, and either stops or goes round for ever.
 */
#ifndef EMU_CHECK_BENCH_PROGRAMS_H
#define EMU_CHECK_BENCH_PROGRAMS_H

#include "emu/machine/machine.h"

enum {
    SAMPLE_JULY,    /* real work: short loops, stops after 2,097,154 */
    SAMPLE_LOOP,    /* two instructions for ever */
    SAMPLE_MIX,     /* every function, stops after 851,962 */
    SAMPLE_REWRITE, /* changes an instruction each turn, for ever */
    SAMPLES,
};

#define SAMPLE_JULY_LENGTH 2097154u /* instructions to its Stop */

struct sample {
    const char *name; /* one word */
    const char *what; /* one line */
    uint32_t store[LINES];
};

extern const struct sample samples[SAMPLES];

/* The whole machine as SAMPLE begins. */
struct machine sample_machine(unsigned sample);

#endif
