/* SPDX-License-Identifier: MIT */
/*
 * What the predecoded engine keeps besides the machine; predecoded.c explains
 * it.  Others may look, not touch.
 */
#ifndef EMU_ENGINE_PREDECODED_H
#define EMU_ENGINE_PREDECODED_H

#include "emu/machine/breakpoints.h"

/* A line of the store, decoded. */
struct slot {
    const void *routine; /* where the routine that obeys it begins */
    uint32_t *operand;   /* the line of the store that it acts on; NULL: it
                            was not obeyed here */

    /* Inline cache of a jump: CI of last time, and the slot it led to. */
    uint32_t key;
    struct slot *target;
};

struct predecoded {
    /* Slot n is line n, decoded; the two behind lead round to the first. */
    struct slot slot[LINES + 2];
    struct machine *machine;        /* in whose store the operands lie */
    struct breakpoints breakpoints; /* that slots were made for .. */
    bool run_control;               /* .. whether there are any .. */
    uint32_t outside;               /* .. and fallback_digits() of them */
    uint32_t stale;                 /* bit n: line n was changed from outside */

    /* While a call runs, and as it ended. */
    struct slot *target; /* target program counter: the next slot */
    struct slot *last;   /* the one obeyed last */
    uint32_t lap;        /* digits 5-31 of the source program counter, CI */
    uint32_t a;          /* accumulator */

    /* For those who look. */
    const void *undecoded; /* routine of a slot that waits to be decoded */
    uint32_t decoded;      /* slots, by the call under way; .. */
    uint64_t decodings;    /* .. by those before it, since the start */
    uint32_t obeyed;       /* bit n: line n was, since all was last stale */
};

#endif
