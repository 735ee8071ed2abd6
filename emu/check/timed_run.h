/* SPDX-License-Identifier: MIT */
/*
 * A trial of speed: an engine obeys a program again and again, in slices of one
 * or more calls that the caller times.  Nothing here reads a clock.
 *
 *     timed_run_start(...);
 *     do {
 *         timed_run_call(&trial);
 *         timed_run_add(&trial, how long that was);
 *     } while (trial.slices < as many as are wanted);
 */
#ifndef EMU_CHECK_TIMED_RUN_H
#define EMU_CHECK_TIMED_RUN_H

#include "emu/engine/engine.h"

/* What an engine did, and in which time. */
struct timing {
    uint64_t instructions;
    uint64_t ns;
    uint64_t cycles; /* of the PC's processor; 0: it counts none */
};

struct timed_run {
    const struct engine *engine;
    void *state;            /* its V-state */
    struct machine start;   /* where the program begins .. */
    struct machine machine; /* .. and where it is */
    uint64_t length;        /* instructions from the start to a Stop, or until
                               it hung, the last time; 0: it did not yet */
    bool stuck;             /* it fetches nothing from the start */
    uint32_t call;          /* instructions that come next */
    uint32_t most;          /* .. never more than these */
    uint32_t done;          /* .. and came; an engine that counts its work
                               (translator_weigh()) may end a call early */
    struct timing part;     /* of the slice under way */
    unsigned slices;        /* that count */
    struct timing last;     /* of the last slice that counts .. */
    struct timing best;     /* .. of the quickest */
    struct timing total;    /* .. of all of them */
    uint32_t least_ns;      /* a slice goes on until it took so long */
};

/*
 * STATE is room for the V-state of ENGINE, which is begun with AREA, as
 * engine->start() has it; false: that failed.  MACHINE is copied.  A slice
 * takes LEAST_NS at least.  A call takes up to twice as long where the engine
 * is as quick all the time; timed_run->most bounds it where it is not.
 */
bool timed_run_start(struct timed_run *timed_run, const struct engine *engine,
                     void *state, struct code_area *area,
                     const struct machine *machine, uint32_t least_ns);

/* Obeys timed_run->call instructions at most.  Where the machine stops or hangs
   before that, it begins again. */
void timed_run_call(struct timed_run *timed_run);

/* Tells that the last call took NS, and CYCLES of the processor; true: a slice
   is done.  The next call is twice as long, if it may be, where this one was
   too short for a slice; then nothing that went before counts.  A clock that
   stands still ends it soon, with no time at all. */
bool timed_run_add(struct timed_run *timed_run, uint64_t ns, uint64_t cycles);

/* Instructions a second; 0 where nothing took any time. */
uint64_t timing_rate(const struct timing *timing);
/* Cycles of the PC's processor for 1,000 instructions; 0: not known. */
uint64_t timing_cycles(const struct timing *timing);

#endif
