/* SPDX-License-Identifier: MIT */
/*
 * Runs two machines side by side, one under the translator and one under the
 * reference, and compares them after each call.
 *
 * Machine, V-state and code area each end at an inaccessible page.  The code
 * area is either writable or executable, never both.
 */
#pragma once

#include "emu/translator/translator.h"

struct harness {
    struct machine *machine; /* run by the translator */
    struct machine reference;
    struct translator *translator;
    struct breakpoints breakpoints;
    struct code_area area;
    unsigned failures;
    unsigned
        stride; /* an exhaustive test runs every STRIDE-th case; prime, so that
                   each value of each factor still occurs; 1 runs all */

    /* Totals over all programs since harness_alloc(). */
    uint64_t instructions, calls, translations, invalidations, flushes, rests;
    uint64_t hits, misses, chains, entered;
};

#define HARNESS_AREA 65536 /* largest code area in bytes */

/* Returns false without memory. */
bool harness_alloc(struct harness *harness);

/* Starts again with the state in harness->reference and AREA bytes of code. */
void harness_start(struct harness *harness, size_t area);

/* Adds the counts of the last program; harness_start() does so itself. */
void harness_count(struct harness *harness);

/* Runs both machines.  Prints both and returns false if they differ. */
bool harness_run(struct harness *harness, uint32_t budget, const char *what);

/* Copies harness->reference to the translator's machine after a change. */
void harness_copy(struct harness *harness);

/* selftest.c: the self test as on the boot line `selftest`. */
void test_selftest(struct harness *harness);

/* isolation.c: no program accesses memory outside its own. */
void test_isolation(struct harness *harness);

/* The next number of the xorshift64* sequence at SEED; and one below LIMIT. */
uint32_t next_random(uint64_t *seed);
uint32_t random_below(uint64_t *seed, uint32_t limit);
