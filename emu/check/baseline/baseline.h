/* SPDX-License-Identifier: MIT */
/*
 * What the speed of the engines is measured against: a plain interpreter, and
 * each sample program written by hand for the i386.  They keep to the contract
 * of an engine, and so can be tested and timed like one.
 */
#ifndef EMU_CHECK_BASELINE_BASELINE_H
#define EMU_CHECK_BASELINE_BASELINE_H

#include "emu/engine/fallback.h"

/* Fetch, decode, switch, written as one would without any technique. */
extern const struct engine engine_switch;

/* A program written by hand.  Any other machine, or where the budget does not
   last for a turn, it leaves to the reference. */
struct limit {
    unsigned sample; /* of samples[] */
    const struct engine *engine;
    run_fast *obey; /* what is by hand of it */
};

#define LIMITS 13

/* Several for each sample, by sample. */
extern const struct limit limits[LIMITS];

#endif
