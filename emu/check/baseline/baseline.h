/* SPDX-License-Identifier: MIT */
/*
 * Baselines for the speed of the engines: a plain interpreter, and each sample
 * program hand-written for the i386.  They implement the interface of an
 * engine, so they are tested and timed like one.
 */
#pragma once

#include "emu/engine/fallback.h"

/* Fetch, decode and switch in a loop, without a further technique. */
extern const struct engine engine_switch;

/* A hand-written program.  Other machines, and a budget too small for one turn
   of its loop, fall back to the reference. */
struct limit {
    unsigned sample; /* of samples[] */
    const struct engine *engine;
    run_fast *execute; /* its hand-written part */
};

#define LIMITS 13

/* Several variants for each sample, in the order of samples[]. */
extern const struct limit limits[LIMITS];
