/* SPDX-License-Identifier: MIT */
/*
 * The operator's controls of 1948: switches, typewriter buttons and keys.
 * Buttons and keys act in every bar while they are held down.
 *
 * Sources: Burton, SSEM Programmer's Reference Manual, A3.3, and his answers to
 * Sharp of 2000-01.
 */
#pragma once

#include "machine.h"

/* Digits decoded by the staticisor: the line number and the function. */
#define STATICISOR      0xE01Fu
#define FUNCTION_DIGITS 0xE000u

/* Bits for the four keys that are connected in the strip of ten. */
enum strip {
    KLC = 1, /* clears every line that is accessed */
    KSC = 2, /* clears the store in every beat */
    KAC = 4, /* clears A at Action 2 */
    KCC = 8, /* clears CI, PI and A at Action 2, but not the flip-flop */
};

struct controls {
    /* L and F switches, in digits 0-4 and 13-15.  A bit is set if its switch is
       down.  In Man they form the instruction.  In Auto a switch that is up
       forces its digit to 0 in the staticisor, but not in CI or PI. */
    uint32_t stat;
    bool manual; /* true for Man, false for Auto */
    bool erase;  /* true for Erase, false for Write */

    uint32_t typewriter; /* bitmask of the typewriter buttons held down */
    uint32_t strip;      /* bitmask of the keys held down, from enum strip */

    /* Options on which the sources disagree, all false by default. */
    bool kac_dead;       /* true if KAC is not connected (Burton, A3.3.4.4) */
    bool erase_corrupts; /* true if a run in Erase clears each line that is read
                            (Burton, A3.3.3) */
    bool holds_control;  /* true if CI and the flip-flop are not updated before
                            a single manual instruction (Burton 2000) */
};

/* Controls set for running a program: Auto, Write, all switches down, nothing
   held.  The fast engines support no other setting. */
extern const struct controls controls_normal;
bool controls_are_normal(const struct controls *controls);

bool controls_are_same(const struct controls *one,
                       const struct controls *other);

/* Returns a mask of the digits to clear before a line is read. */
uint32_t controls_erases(const struct controls *controls);

/* Returns a mask of the digits to set after a line is read. */
uint32_t controls_writes(const struct controls *controls);
