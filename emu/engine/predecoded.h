/* SPDX-License-Identifier: MIT */
/*
 * V-state of the predecoded engine (predecoded.c), for the lab to display.
 */
#pragma once

#include "emu/machine/breakpoints.h"

/* A line of the store, decoded. */
struct slot {
    const void *routine; /* address of the routine that executes it */
    uint32_t *operand;   /* the line that it reads or writes; NULL: this
                            engine has not executed the line */

    /* Inline cache of a jump: the last CI and the slot it led to. */
    uint32_t key;
    struct slot *target;
};

struct predecoded {
    /* Slot n is line n, decoded; the two extra slots continue at slot 0. */
    struct slot slot[LINES + 2];
    struct machine *machine;        /* owner of the store with the operands */
    struct breakpoints breakpoints; /* of the current call */
    bool run_control;               /* there are breakpoints */
    uint32_t outside;               /* fallback_digits() of the breakpoints */
    uint32_t stale;                 /* bit n: line n was changed from outside */

    /* During a call, and at its end. */
    struct slot *target; /* target program counter: the next slot */
    struct slot *last;   /* the slot executed last */
    uint32_t lap;        /* digits 5-31 of the source program counter, CI */
    uint32_t a;          /* accumulator */

    /* For display. */
    const void *undecoded; /* the routine of undecoded slots */
    uint32_t decoded;      /* slots decoded by the current call */
    uint64_t decodings;    /* slots decoded by earlier calls since start() */
    uint32_t executed;     /* bit n: line n was executed since the last
                            state_changed() */
};
