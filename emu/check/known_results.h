/* SPDX-License-Identifier: MIT */
/*
 * Programs of which it is known, call by call, how a run of them must end:
 * worked out by hand, or told by those who built the machine.
 */
#ifndef EMU_CHECK_KNOWN_RESULTS_H
#define EMU_CHECK_KNOWN_RESULTS_H

#include "emu/engine/engine.h"

/* A call of run(), and what comes of it. */
struct known_call {
    uint32_t breakpoints; /* as breakpoints->obeying */
    uint32_t budget;
    uint32_t instructions; /* obeyed by this call */
    enum run_status status;
    uint32_t a, ci;
    bool test;
};

#define KNOWN_CALLS 6

struct known {
    const char *name;
    uint32_t store[LINES];
    bool ci5, immediate_test;
    uint8_t line;   /* that holds .. */
    uint32_t value; /* .. this after the last of the calls */
    uint8_t count;  /* of calls */
    struct known_call calls[KNOWN_CALLS];
};

#define KNOWN_PROGRAMS 9

/* The first is that of 18 July 1948, the next Tootill's; then short ones. */
extern const struct known known_programs[KNOWN_PROGRAMS];

#endif
