/* SPDX-License-Identifier: MIT */
/*
 * The bench on which the translator is tested: two machines side by side, one
 * under the translator and one under the reference, compared after each call.
 *
 * Machine, V-state and code area each end at a page that nobody may touch.
 * The code area is either writable or executable, never both.
 */
#ifndef TESTS_TRANSLATOR_BENCH_H
#define TESTS_TRANSLATOR_BENCH_H

#include "emu/translator.h"

struct bench {
    struct machine *machine; /* the translator's */
    struct machine reference;
    struct translator *translator;
    struct stops stops;
    struct code_area area;
    unsigned failures;

    /* Over all programs since the bench was made. */
    uint64_t instructions, calls, translations, invalidations, flushes, rests;
    uint64_t hits, misses, chains, entered;
};

#define BENCH_AREA 65536 /* bytes of code area, at most */

/* False: no memory. */
bool bench_make(struct bench *bench);

/* Begins anew with the state that is in bench->reference, and an area of
   AREA bytes. */
void bench_begin(struct bench *bench, size_t area);

/* Adds the counts of the program before; bench_begin() does so itself. */
void bench_count(struct bench *bench);

/* Runs both; false, and both are printed: they differ. */
bool bench_run(struct bench *bench, uint32_t budget, const char *what);

/* Copies what was changed in bench->reference to the other machine. */
void bench_copy(struct bench *bench);

/* selftest.c: as `selftest` on the boot line does it. */
void test_selftest(struct bench *bench);

/* A number of the sequence that SEED is at, and one below LIMIT. */
uint32_t draw(uint64_t *seed);
uint32_t draw_below(uint64_t *seed, uint32_t limit);

#endif
