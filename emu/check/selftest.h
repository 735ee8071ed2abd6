/* SPDX-License-Identifier: MIT */
/*
 * Self-test that checks every engine on the user's PC against the reference and
 * against known results.
 *
 *     selftest_start(...);
 *     while (selftest_slice(&selftest, &lines, &details))
 *         print the lines and details;
 *
 * The report has one line for each engine and kind of check, followed by the
 * total "N passed, N failed".
 */
#pragma once

#include "engine_checks.h"

#define SELFTEST_HEADS "engine       check                passed    failed"

struct selftest {
    const struct engine *const *table;
    struct checked checked; /* engine under test */
    struct checked other;   /* second engine, for tests of switching engines */
    unsigned engine;        /* index of the engine under test */
    unsigned kind;          /* kind of check in progress */
    uint32_t step;          /* number of steps completed */
    struct known_run known;
    uint32_t passed, failed;         /* results of the current kind of check */
    uint32_t all_passed, all_failed; /* totals of completed checks */
    struct lockstep first;           /* details of the first failed call */
    bool refused;                    /* true if the engine failed to start */
};

/* Starts a test of all engines in TABLE, which starts with the reference and
   ends with NULL.  AREA is memory for translated code and may be NULL. */
void selftest_start(struct selftest *selftest,
                    const struct engine *const *table,
                    union engine_state room[2], struct code_area *area);

/* Runs for a few milliseconds.  Adds any results to LINES, in lines of at most
   78 characters, and a report of the first failure to DETAILS, of at most 4,000
   characters.  Returns false when the test is complete. */
bool selftest_slice(struct selftest *selftest, struct strbuf *lines,
                    struct strbuf *details);
