/* SPDX-License-Identifier: MIT */
/* State of the predecoded engine, declared here so that the lab can show it. */
#pragma once

#include "engine.h"

/* A decoded line of the store. */
struct slot {
    const void *routine; /* address of the routine that executes the line */
    /* Line of the store that the instruction accesses, or NULL if this engine
       has not executed the instruction. */
    uint32_t *operand;

    /* Inline cache of a jump: the last value of CI and its target slot. */
    uint32_t key;
    struct slot *target;
};

struct predecoded {
    /* Slot n is line n, decoded.  The two extra slots wrap around to slot 0. */
    struct slot slot[LINES + 2];
    struct machine *machine; /* machine whose store the operands point into */
    struct breakpoints breakpoints; /* breakpoints of the current call */
    bool run_control;               /* true if there are any breakpoints */
    uint32_t outside;               /* digits of CI that need the reference */
    uint32_t stale; /* bit n is set if the caller changed line n */

    struct slot *target; /* target program counter: next slot to execute */
    struct slot *last;   /* slot executed last */
    uint32_t lap;        /* digits 5-31 of CI, the source program counter */
    uint32_t a;          /* accumulator */

    const void *undecoded; /* address of the routine for undecoded slots */
    uint32_t decoded;      /* number of slots decoded by the current call */
    uint64_t decodings;    /* number of slots decoded by earlier calls */
    struct lines_used used;
    /* Functions and operands of the decoded words.  To set a bit in a mask
       would cost the routines a register. */
    bool seen[STP + 1][LINES];
};
