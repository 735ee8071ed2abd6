/* SPDX-License-Identifier: MIT */
/* Programs with results worked out by hand or published by the builders. */
#pragma once

#include "emu/engine/engine.h"

/* A call to an engine's run(), and the expected result. */
struct known_call {
    uint32_t breakpoints; /* bitmask of the lines with a breakpoint */
    uint32_t budget;
    uint32_t instructions; /* number of instructions executed */
    enum run_status status;
    uint32_t a, ci;
    bool test;
};

#define KNOWN_CALLS 6

struct known_program {
    const char *name;
    uint32_t store[LINES];
    bool ci5, immediate_test;
    uint8_t line;   /* line to check after the last call */
    uint32_t value; /* expected contents of `line` */
    uint8_t count;  /* number of entries used in `calls` */
    struct known_call calls[KNOWN_CALLS];
};

#define KNOWN_PROGRAMS 9

/* The program of 18 July 1948, Tootill's program, and short test cases. */
extern const struct known_program known_programs[KNOWN_PROGRAMS];
