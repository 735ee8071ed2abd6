/* SPDX-License-Identifier: MIT */
/*
 * A timed run: an engine runs a program repeatedly, in slices of one or more
 * calls.  The caller has the clock:
 *
 *     timed_run_start(...);
 *     do {
 *         timed_run_call(&run);
 *         timed_run_add(&run, duration of the call);
 *     } while (run.slices < number of slices wanted);
 */
#pragma once

#include "emu/engine/engine.h"

/* Instructions executed, and the time they took. */
struct timing {
    uint64_t instructions;
    uint64_t ns;
    uint64_t cycles; /* of the PC's processor; 0: it has no counter */
};

struct timed_run {
    const struct engine *engine;
    void *state;            /* its V-state */
    struct machine start;   /* initial machine of the program */
    struct machine machine; /* current machine */
    uint64_t length;        /* instructions of the last complete run, to a Stop
                               or a hang; 0: none yet */
    bool stuck;             /* the program hangs at its start */
    uint32_t call;          /* instructions of the next call */
    uint32_t call_max;      /* maximum of `call` */
    uint32_t done;          /* instructions of the last call; less than `call`
                               if the engine limits work, translator_limit_work() */
    struct timing part;     /* of the slice in progress */
    unsigned slices;        /* number of valid slices */
    struct timing last;     /* of the last valid slice */
    struct timing best;     /* of the fastest valid slice */
    struct timing total;    /* of all valid slices */
    uint32_t min_ns;        /* minimum duration of a slice */
};

/*
 * Starts ENGINE with STATE, memory for its V-state, and AREA; returns the
 * result of engine->start().  MACHINE is copied.  A slice takes at least
 * MIN_NS.  A call takes at most twice as long while the engine's speed is
 * constant; otherwise timed_run->call_max limits it.
 */
bool timed_run_start(struct timed_run *timed_run, const struct engine *engine,
                     void *state, struct code_area *area,
                     const struct machine *machine, uint32_t min_ns);

/* Executes at most timed_run->call instructions, restarting the program when it
   stops or hangs. */
void timed_run_call(struct timed_run *timed_run);

/*
 * Adds the duration of the last call in ns and CYCLES.  Returns true at the end
 * of a slice.  If the call was too short for a slice, doubles the next one, up
 * to the maximum, and discards all slices so far.  With a stopped clock slices
 * soon end with a duration of 0.
 */
bool timed_run_add(struct timed_run *timed_run, uint64_t ns, uint64_t cycles);

/* Instructions per second; 0 if the duration is 0. */
uint64_t timing_rate(const struct timing *timing);

/* Cycles of the PC's processor per 1,000 instructions; 0: unknown. */
uint64_t timing_cycles(const struct timing *timing);
