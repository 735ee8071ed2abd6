/* SPDX-License-Identifier: MIT */
/*
 * Baselines for the speed of the engines: hand-written i386 code for each
 * sample program.  They implement the engine interface, so that they can be
 * tested and timed like any engine.
 */
#pragma once

#include "emu/engine/fallback.h"

/* A hand-written sample program.  Falls back to the reference if the machine
   holds another program or the budget is too small for one iteration. */
struct limit {
    unsigned sample; /* index into samples[] */
    const struct engine *engine;
    run_fast *execute; /* entry point of the hand-written code */
};

#define LIMITS 13

/* Variants of each sample program, in the order of samples[]. */
extern const struct limit limits[LIMITS];
