/* SPDX-License-Identifier: MIT */
/*
 * Tests that an engine cannot be made to write outside its machine, V-state
 * and code area by any program.  Each of these buffers is surrounded by
 * canaries and inaccessible pages, and the machine is compared with the
 * expected one after each call.  Used by tests/unit and, with i386 code, by
 * tests/unit32.
 */
#pragma once

#include "emu/check/random_machine.h"
#include "emu/engines.h"
#include "guarded.h"

#define ISOLATION_AREA 65536 /* size of the largest code area in bytes */

/* Performs an additional check of an engine.  Returns false on an error. */
struct isolated;
typedef bool isolated_check(const struct isolated *isolated);

/* An engine under test and its guarded memory. */
struct isolated {
    struct code_area area; /* must be first: open() and seal() cast it */
    const struct engine *engine;
    struct guarded machine_buffer, state_buffer, code_buffer;
    struct machine *machine;
    void *state;
    bool open; /* true while the code area is writable */
    isolated_check *check;
    struct breakpoints breakpoints;
    const char *what; /* name of the current test */
    uint64_t number;
    uint64_t calls, instructions; /* totals since isolated_init() */
};

/* Number of ways to place the buffers.  Bits 0, 1 and 2 select whether the
   machine, the V-state and the code area are placed at the end of their
   buffers. */
#define ISOLATION_SIDES 8

/* Allocates the buffers and installs signal handlers that report a fault and
   exit.  CHECK may be NULL.  Returns false if there is not enough memory. */
bool isolated_init(struct isolated *isolated, isolated_check *check);

/* Executes WORD in every line of the store and with every relevant value of
   CI, including all function digits, all undecoded digits, and after a skip.
   Returns false after reporting an error. */
bool isolation_word(struct isolated *isolated, const struct engine *engine,
                    unsigned sides, uint32_t word);

/* Returns test word I.  Test words cover every function and line number. */
#define ISOLATION_WORDS (8 * LINES * 4)
uint32_t isolation_word_at(unsigned i);

/* Starts a store full of Stores that change nothing from each line in turn.
   Returns false after reporting an error. */
bool isolation_stores(struct isolated *isolated, const struct engine *engine,
                      unsigned sides);

/* Runs a random program with random breakpoints, budgets and edits.  Returns
   false after reporting an error. */
bool isolation_program(struct isolated *isolated, const struct engine *engine,
                       uint64_t number);
