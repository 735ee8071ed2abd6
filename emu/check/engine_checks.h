/* SPDX-License-Identifier: MIT */
/*
 * Checks of an engine, shared by the self test and the unit tests.  Each check
 * is one of many, selected by its number, takes at most some milliseconds, and
 * compares the whole T-state after each call.
 */
#pragma once

#include "random_machine.h"
#include "emu/engines.h"
#include "known_results.h"
#include "emu/engine/lockstep.h"

/* An engine being checked. */
struct checked {
    const struct engine *engine;
    void *room;               /* memory for its V-state */
    struct code_area *area;   /* may be NULL */
    bool eager;               /* applies translator_set_eager() */
    bool refused;             /* the engine could not start */
    struct lockstep lockstep; /* the call that failed, or the last one */
    struct lockstep first;    /* private: the first call that failed */
    struct prng prng;
};

/*
 * Checks instruction NUMBER of all functions with all lines and options, with
 * edge values of operand and A, and both states of the flip-flop.  Adds the
 * cases to *PASSED and *FAILED; leaves the first failure in CHECKED->lockstep.
 */
#define CHECK_INSTRUCTIONS (8 * LINES * 4)
void check_instruction(struct checked *checked, unsigned number,
                       uint32_t *passed, uint32_t *failed);

/* Checks random program NUMBER, which may modify itself, with random changes
   between calls.  Returns false if a call differs or the engine cannot start.
 */
bool check_program(struct checked *checked, uint64_t number);

/* The same, with each call under CHECKED or OTHER at random. */
bool check_swapping(struct checked *checked, const struct checked *other,
                    uint64_t number);

/* A run of a known program. */
struct known_run {
    const struct known_program *known; /* the program */
    unsigned call;                     /* index of the next call */
    uint32_t executed; /* instructions by earlier parts of that call */
    bool done;         /* all calls were made */
};

/* Starts with known_programs[PROGRAM].  Returns false if the engine cannot
   start. */
bool check_known_begin(struct checked *checked, struct known_run *run,
                       unsigned program);

/* Makes one call, or part of a long one; sets *ENDED at the end of the call.
   Returns false if the end is wrong; CHECKED->lockstep has the expected one. */
bool check_known(struct checked *checked, struct known_run *run, bool *ended);
