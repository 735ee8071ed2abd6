/* SPDX-License-Identifier: MIT */
/*
 * Checks of an engine, shared by the self-test and the unit tests.  Each check
 * is selected by a number, takes a few milliseconds at most, and compares the
 * whole state of the machine after every call of the engine.
 */
#pragma once

#include "random_machine.h"
#include "emu/engines.h"
#include "known_results.h"
#include "emu/engine/lockstep.h"

struct checked {
    const struct engine *engine;
    void *room;               /* memory for the engine's V-state */
    struct code_area *area;   /* memory for translated code, or NULL */
    bool eager;               /* true to translate code before it is hot */
    bool refused;             /* true if the engine failed to start */
    struct lockstep lockstep; /* last call, or the first failed call */
    struct lockstep first;    /* first failure of check_instruction() */
    struct prng prng;
};

/* Checks one combination of function, line and options with boundary values of
   A and the operand.  Adds the results to *PASSED and *FAILED. */
#define CHECK_INSTRUCTIONS (8 * LINES * 4)
void check_instruction(struct checked *checked, unsigned number,
                       uint32_t *passed, uint32_t *failed);

/* Runs a random program with NUMBER as the seed.  Returns false if a call gives
   a wrong result or the engine cannot start. */
bool check_program(struct checked *checked, uint64_t number);

/* Like check_program(), but switches between two engines at random. */
bool check_swapping(struct checked *checked, const struct checked *other,
                    uint64_t number);

/* Progress of a program with known results. */
struct known_run {
    const struct known_program *known;
    unsigned call;     /* index of the current call */
    uint32_t executed; /* instructions executed so far in that call */
    bool done;         /* true after the last call has been made */
};

/* Loads known_programs[PROGRAM].  Returns false if the engine cannot start. */
bool check_known_begin(struct checked *checked, struct known_run *run,
                       unsigned program);

/* Performs the next call, or part of a long one, and sets *ENDED if it is
   complete.  Returns false if the result differs from the expected one. */
bool check_known(struct checked *checked, struct known_run *run, bool *ended);
