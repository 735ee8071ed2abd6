/* SPDX-License-Identifier: MIT */
/*
 * Runs a machine under the translator and a copy of it under the reference
 * engine, and compares them after each call.
 *
 * The machine, the V-state and the code area are each followed by an
 * inaccessible page.  The code area is either writable or executable, never
 * both.
 */
#pragma once

#include "emu/translator/translator.h"

struct harness {
    struct machine *machine; /* machine run by the translator */
    struct machine reference;
    struct translator *translator;
    struct breakpoints breakpoints;
    struct code_area area;
    unsigned failures;
    unsigned
        /* Exhaustive tests run every STRIDE-th case.  A prime number ensures
           that all values of each parameter still occur. */
        stride;

    /* Totals over all programs since harness_alloc(). */
    uint64_t instructions, calls, translations, invalidations, flushes, rests;
    uint64_t hits, misses, chains, prepaid, entered, versions;
};

#define HARNESS_AREA 65536 /* size of the largest code area in bytes */

/* Returns false if there is not enough memory. */
bool harness_alloc(struct harness *harness);

/* Clears harness->reference and its options, and loads SIZE bytes of words from
   line 0 on.  Returns that machine. */
struct machine *harness_load(struct harness *harness, const uint32_t *words,
                             size_t size);

/* Restarts both machines from harness->reference, with AREA bytes for code. */
void harness_start(struct harness *harness, size_t area);

/* Adds the counts of the last program.  Called by harness_start(). */
void harness_count(struct harness *harness);

/* Runs both machines.  If they differ, prints both and returns false. */
bool harness_run(struct harness *harness, uint32_t budget, const char *what);

/* Runs a single box of the emulation manager, and the reference as far. */
void harness_run_box(struct harness *harness, const char *what);

/* Copies harness->reference to the translator's machine after a change. */
void harness_copy(struct harness *harness);

/* Writes WORD into LINE of both machines, as an operator could. */
void harness_write(struct harness *harness, unsigned line, uint32_t word);

/* Tests the predictions of indirect jumps and of rewritten lines. */
void test_prediction(struct harness *harness);

/* Tests exits that are paid for by the block before. */
void test_chaining(struct harness *harness);

/* Tests the emulation manager: its counts, and its boxes one by one. */
void test_manager(struct harness *harness);

/* Reports a failure unless HOLDS. */
void expect(struct harness *harness, bool holds, const char *what);

/* Runs the self-test in the same way as the boot option `selftest`. */
void test_selftest(struct harness *harness);

/* Checks that no program accesses memory outside its own machine. */
void test_isolation(struct harness *harness);

/* Return the next random number, in the full 32-bit range or below LIMIT. */
uint32_t next_random(uint64_t *seed);
uint32_t random_below(uint64_t *seed, uint32_t limit);
