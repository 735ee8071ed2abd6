/* SPDX-License-Identifier: MIT */
/*
 * Tests that no program makes its engine write outside the memory given to it:
 * machine, V-state and code area.  Each of these lies between inaccessible
 * pages, among canaries, and the machine is compared with the expected one
 * after each call.  Used by tests/unit and, with i386 code, tests/unit32.
 */
#pragma once

#include "emu/check/random_machine.h"
#include "emu/engines.h"
#include "guarded.h"

#define ISOLATION_AREA 65536 /* size of the largest code area in bytes */

/* Additional check of an engine's state.  Returns false on an error. */
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

/* Number of combinations of buffer ends.  If bit 0, 1 or 2 is set, the machine,
   V-state or code area lies at the end of its buffer, else at the start. */
#define ISOLATION_SIDES 8

/* Allocates buffers for any engine and installs signal handlers that report a
   fault and exit.  CHECK may be NULL.  Returns false if there is no memory. */
bool isolated_init(struct isolated *isolated, isolated_check *check);

/*
 * Starts ENGINE once and executes WORD in every line of the store, with every
 * relevant CI: plain, with each value of the function digits, with all
 * undecoded digits set, and after a skip.  The other lines hold varied
 * instructions.  Reports any error and returns false.
 */
bool isolation_word(struct isolated *isolated, const struct engine *engine,
                    unsigned sides, uint32_t word);

/* Returns test word I.  The words cover every function and line, with none,
   some and all of the undecoded digits set. */
#define ISOLATION_WORDS (8 * LINES * 4)
uint32_t isolation_word_at(unsigned i);

/* Runs random program NUMBER with random breakpoints, budgets, code area size
   and edits between calls.  Reports any error and returns false. */
bool isolation_program(struct isolated *isolated, const struct engine *engine,
                       uint64_t number);
