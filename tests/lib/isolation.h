/* SPDX-License-Identifier: MIT */
/*
 * Tests that no program of the Baby touches a byte outside the memory given to
 * its engine: machine, V-state and code area.  Each lies between inaccessible
 * pages, among canaries, and the whole machine is compared with the expected
 * one after each call.
 *
 * Used for every engine: on any host by tests/unit, and with i386 code by
 * tests/unit32.
 */
#pragma once

#include "emu/check/random_machine.h"
#include "emu/engines.h"
#include "guarded.h"

#define ISOLATION_AREA 65536 /* largest code area in bytes */

/* An additional check of an engine's state; returns false on an error. */
struct isolated;
typedef bool isolated_check(const struct isolated *isolated);

/* An engine and its guarded memory. */
struct isolated {
    struct code_area area; /* must be first, for open() and seal() */
    const struct engine *engine;
    struct guarded machine_buffer, state_buffer, code_buffer;
    struct machine *machine;
    void *state;
    bool open; /* the code area is writable */
    isolated_check *check;
    struct breakpoints breakpoints;
    const char *what; /* name of the current test */
    uint64_t number;
    uint64_t calls, instructions; /* totals since isolated_init() */
};

/* Combinations of buffer ends.  Bits 0 to 2: machine, V-state and code area lie
   at the end of their buffers, not at the beginning. */
#define ISOLATION_SIDES 8

/* Allocates buffers for any engine.  CHECK may be NULL.  Returns false if there
   is no memory.  Installs signal handlers that report a fault of *ISOLATED and
   end the program. */
bool isolated_init(struct isolated *isolated, isolated_check *check);

/*
 * Runs WORD in each line of a store full of all kinds of words, with every
 * relevant CI: plain, with each value of the function digits, with all high
 * digits, and after a skip.  Starts ENGINE once.  Reports an error and returns
 * false.
 */
bool isolation_word(struct isolated *isolated, const struct engine *engine,
                    unsigned sides, uint32_t word);

/* Word number I: each function and line, with none, all and some of the
   undecoded digits. */
#define ISOLATION_WORDS (8 * LINES * 4)
uint32_t isolation_word_at(unsigned i);

/* Runs random program NUMBER with random breakpoints, budgets and code area,
   and with edits between the calls.  Returns false on an error. */
bool isolation_program(struct isolated *isolated, const struct engine *engine,
                       uint64_t number);
