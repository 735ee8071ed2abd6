/* SPDX-License-Identifier: MIT */
/*
 * That no program of the Baby touches a byte outside of what its engine was
 * given: the machine, the V-state and the code area, each between pages that
 * nobody may touch, among canaries, and the whole of the machine compared with
 * what it is to be after each call.
 *
 * For every engine: of tests/unit for any host, and of tests/unit32, where
 * i386 code runs.
 */
#ifndef TESTS_LIB_ISOLATION_H
#define TESTS_LIB_ISOLATION_H

#include "emu/check/random_machine.h"
#include "emu/engines.h"
#include "guarded.h"

#define ISOLATION_AREA 65536 /* bytes of code area, at most */

/* Whether all is well with an engine. */
struct isolated;
typedef bool isolated_look(const struct isolated *isolated);

/* An engine shut in with a machine. */
struct isolated {
    struct code_area area; /* the first, as open() and seal() get it only */
    const struct engine *engine;
    struct guarded machine_room, state_room, code_room;
    struct machine *machine;
    void *state;
    bool open; /* the area is */
    isolated_look *look;
    struct breakpoints breakpoints;
    const char *what; /* the test under way, and its number */
    uint64_t number;
    uint64_t calls, instructions; /* since it was made */
};

/* Against which of their sides machine, V-state and area lie: a bit for each
   that lies at the end of its room. */
#define ISOLATION_SIDES 8

/* Room for any engine, to LOOK at now and then, if it is not NULL.  False: no
   memory.  From now on a fault tells where it was, by *ISOLATED, and ends the
   program. */
bool isolated_make(struct isolated *isolated, isolated_look *look);

/*
 * WORD in each line of a store full of all kinds of words, and control there by
 * all CI that matter: as it is, with each of the function digits, with all
 * high digits, and by a skip.  ENGINE is begun once.  False: something is not
 * as it must be, which was told.
 */
bool isolation_word(struct isolated *isolated, const struct engine *engine,
                    unsigned sides, uint32_t word);

/* How many words there are: each function and line, with no, all and some of
   the digits that are not decoded; number I of them. */
#define ISOLATION_WORDS (8 * LINES * 4)
uint32_t isolation_word_at(unsigned i);

/* Random program NUMBER with random stops, budgets, area, and a hand that
   meddles between two calls. */
bool isolation_program(struct isolated *isolated, const struct engine *engine,
                       uint64_t number);

#endif
