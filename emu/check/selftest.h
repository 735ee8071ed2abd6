/* SPDX-License-Identifier: MIT */
/*
 * The self test: checks every engine against the reference and against known
 * results, on the PC it runs on.
 *
 *     selftest_start(...);
 *     while (selftest_slice(&selftest, &lines, &details))
 *         show them;
 *
 * It reports a line for each engine and kind of check, and finally "N passed,
 * N failed".
 */
#pragma once

#include "engine_checks.h"

/* Heading of the columns of the report. */
#define SELFTEST_HEADS "engine       check                passed    failed"

struct selftest {
    const struct engine *const *table;
    struct checked checked; /* the engine under test */
    struct checked other;   /* the engine that alternates with it */
    unsigned engine;        /* row of the engine under test */
    unsigned kind;          /* kind of checks */
    uint32_t step;          /* number of checks of this kind so far */
    struct known_run known;
    uint32_t passed, failed;         /* of this kind and engine */
    uint32_t all_passed, all_failed; /* of earlier kinds and engines */
    struct lockstep first;           /* first failure of this kind */
    bool refused;                    /* it failed to start */
};

/* Starts a test of the engines in TABLE, ended by NULL, the reference first.
   ROOM is memory for two V-states, AREA for translated code, or NULL. */
void selftest_start(struct selftest *selftest,
                    const struct engine *const *table,
                    union engine_state room[2], struct code_area *area);

/*
 * Runs for a few milliseconds.  Adds complete lines of at most 78 characters to
 * LINES, and at the first failure of a kind both states, at most 4,000
 * characters, to DETAILS.  Returns false at the end; all_passed and all_failed
 * are the result.
 */
bool selftest_slice(struct selftest *selftest, struct strbuf *lines,
                    struct strbuf *details);
