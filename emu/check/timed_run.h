/* SPDX-License-Identifier: MIT */
/*
 * Measures the speed of an engine, which runs a program repeatedly in slices of
 * one or more calls.  The caller measures the time of each call:
 *
 *     timed_run_start(...);
 *     do {
 *         timed_run_call(&run);
 *         timed_run_add(&run, duration of the call);
 *     } while (run.slices < required number of slices);
 */
#pragma once

#include "emu/engine/engine.h"

struct timing {
    uint64_t instructions;
    uint64_t ns;
    uint64_t cycles; /* processor cycles, or 0 if there is no cycle counter */
};

struct timed_run {
    const struct engine *engine;
    void *state;            /* V-state of the engine */
    struct machine start;   /* initial state of the machine */
    struct machine machine; /* current state of the machine */
    uint64_t length;     /* instructions in a complete run, or 0 if unknown */
    bool stuck;          /* true if the program hangs immediately */
    uint32_t call;       /* budget of the next call, in instructions */
    uint32_t call_max;   /* maximum value of `call` */
    uint32_t done;       /* instructions executed by the last call */
    struct timing part;  /* timing of the unfinished slice */
    unsigned slices;     /* number of complete slices */
    struct timing last;  /* timing of the last slice */
    struct timing best;  /* timing of the fastest slice */
    struct timing total; /* total of all slices */
    uint32_t min_ns;     /* minimum duration of a slice, in ns */
};

/* Starts the engine on a copy of MACHINE.  STATE is memory for its V-state.
   A slice takes at least MIN_NS, and a call normally at most twice as long.
   Returns false if the engine cannot start. */
bool timed_run_start(struct timed_run *timed_run, const struct engine *engine,
                     void *state, struct code_area *area,
                     const struct machine *machine, uint32_t min_ns);

/* Executes up to timed_run->call instructions, and restarts the program
   whenever it stops or hangs. */
void timed_run_call(struct timed_run *timed_run);

/* Records the duration of the last call.  Returns true if a slice is complete.
   If the call was too short, discards all slices and doubles the length of the
   next call.  A slice of 0 ns means that the clock has stopped. */
bool timed_run_add(struct timed_run *timed_run, uint64_t ns, uint64_t cycles);

/* Returns instructions per second, or 0 if the duration is 0. */
uint64_t timing_rate(const struct timing *timing);

/* Returns processor cycles per 1,000 instructions, or 0 if unknown. */
uint64_t timing_cycles(const struct timing *timing);
