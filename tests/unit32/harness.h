/* SPDX-License-Identifier: MIT */
/*
 * What the translator is tested in: two machines side by side, one
 * under the translator and one under the reference, compared after each call.
 *
 * Machine, V-state and code area each end at a page that nobody may touch.
 * The code area is either writable or executable, never both.
 */
#ifndef TESTS_UNIT32_HARNESS_H
#define TESTS_UNIT32_HARNESS_H

#include "emu/translator/translator.h"

struct harness {
    struct machine *machine; /* the translator's */
    struct machine reference;
    struct translator *translator;
    struct breakpoints breakpoints;
    struct code_area area;
    unsigned failures;
    unsigned stride; /* test every so many cases of an exhaustive test; 1: all,
                        and prime, so that every value of each factor occurs */

    /* Over all programs since the harness was made. */
    uint64_t instructions, calls, translations, invalidations, flushes, rests;
    uint64_t hits, misses, chains, entered;
};

#define HARNESS_AREA 65536 /* bytes of code area, at most */

/* False: no memory. */
bool harness_make(struct harness *harness);

/* Begins anew with the state that is in harness->reference, and an area of
   AREA bytes. */
void harness_begin(struct harness *harness, size_t area);

/* Adds the counts of the program before; harness_begin() does so itself. */
void harness_count(struct harness *harness);

/* Runs both; false, and both are printed: they differ. */
bool harness_run(struct harness *harness, uint32_t budget, const char *what);

/* Copies what was changed in harness->reference to the other machine. */
void harness_copy(struct harness *harness);

/* selftest.c: as `selftest` on the boot line does it. */
void test_selftest(struct harness *harness);

/* isolation.c: that nothing gets out. */
void test_isolation(struct harness *harness);

/* A number of the sequence that SEED is at, and one below LIMIT. */
uint32_t draw(uint64_t *seed);
uint32_t draw_below(uint64_t *seed, uint32_t limit);

#endif
