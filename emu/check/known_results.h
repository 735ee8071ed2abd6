/* SPDX-License-Identifier: MIT */
/*
 * Programs with known results for each call of run(), worked out by hand or
 * published by the builders of the machine.
 */
#pragma once

#include "emu/engine/engine.h"

/* A call of run() and its result. */
struct known_call {
    uint32_t breakpoints; /* breakpoints->obeying */
    uint32_t budget;
    uint32_t instructions; /* executed by this call */
    enum run_status status;
    uint32_t a, ci;
    bool test;
};

#define KNOWN_CALLS 6

struct known_program {
    const char *name;
    uint32_t store[LINES];
    bool ci5, immediate_test;
    uint8_t line;   /* a line to check after the last call */
    uint32_t value; /* the word in `line` then */
    uint8_t count;  /* number of calls */
    struct known_call calls[KNOWN_CALLS];
};

#define KNOWN_PROGRAMS 9

/* The program of 18 July 1948, Tootill's program, and short ones. */
extern const struct known_program known_programs[KNOWN_PROGRAMS];
