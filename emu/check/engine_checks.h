/* SPDX-License-Identifier: MIT */
/*
 * What an engine has to stand: checks that the self test and the unit tests
 * share.  Each is one of many, chosen by its number, takes some milliseconds
 * at most, and compares the whole T-state after each call.
 */
#ifndef EMU_CHECK_ENGINE_CHECKS_H
#define EMU_CHECK_ENGINE_CHECKS_H

#include "random_machine.h"
#include "emu/engines.h"
#include "known_results.h"
#include "emu/engine/lockstep.h"

/* An engine being checked. */
struct checked {
    const struct engine *engine;
    void *room;               /* for its V-state */
    struct code_area *area;   /* NULL: there is none */
    bool hurry;               /* translate all at once (translator_hurry()) */
    bool refused;             /* it could not begin */
    struct lockstep lockstep; /* the last call: if it failed, that one */
    struct lockstep first;    /* private: the first of several that failed */
    struct prng prng;
};

/*
 * Instruction NUMBER: each function with each line and each pair of options.
 * Obeyed with operand, A and flip-flop at all edges; *PASSED and *FAILED are
 * counted up for each.  The first that failed is left in CHECKED->lockstep.
 */
#define CHECK_INSTRUCTIONS (8 * LINES * 4)
void check_instruction(struct checked *checked, unsigned number,
                       uint32_t *passed, uint32_t *failed);

/* Random program NUMBER, which may write into itself; a hand meddles with it
   now and then.  False: a call differs, or it could not begin. */
bool check_program(struct checked *checked, uint64_t number);

/* The same, under CHECKED or OTHER from call to call. */
bool check_swapping(struct checked *checked, const struct checked *other,
                    uint64_t number);

/* A known program under way. */
struct known_run {
    const struct known *known; /* of this .. */
    unsigned call;             /* .. the call that comes next */
    uint32_t obeyed;           /* by the first part of it */
    bool over;                 /* all its calls were made */
};

/* Begins with PROGRAM, one of known_programs[].  False: that failed. */
bool check_known_begin(struct checked *checked, struct known_run *run,
                       unsigned program);

/* One call, or some of it where it is long.  False: it did not end as it
   must; what was expected is in CHECKED->lockstep.  *ENDED: it ended. */
bool check_known(struct checked *checked, struct known_run *run, bool *ended);

#endif
