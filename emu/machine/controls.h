/* SPDX-License-Identifier: MIT */
/*
 * The operator's controls of 1948: switches, and the buttons and keys held
 * down.  Held buttons and keys act in every bar.
 *
 * Sources: Burton, SSEM Programmer's Reference Manual, A3.3; additions from
 * his answers of 2000-01 to Sharp.
 */
#pragma once

#include "machine.h"

/* The digits that the staticisor decodes: line number and function. */
#define STATICISOR      0xE01Fu
#define FUNCTION_DIGITS 0xE000u

/* The connected keys of the strip of ten, as bits. */
enum strip {
    KLC = 1, /* clears the action line; while running, every line accessed */
    KSC = 2, /* clears the store, in every beat */
    KAC = 4, /* clears A at Action 2 */
    KCC = 8, /* clears CI, PI and A at Action 2, not the test flip-flop */
};

struct controls {
    /*
     * The L and F switches, each as the digit it governs (0-4, 13-15); 1 is
     * down.  In Auto an L or F switch that is up makes the staticisor read 0
     * in its digit, of CI and of the instruction; the digits of CI and PI
     * themselves do not change.
     */
    uint32_t stat;
    bool manual; /* Man: the switches are the instruction */
    bool erase;  /* Erase: a button of the typewriter clears its digit */

    uint32_t typewriter; /* buttons held down, each as its digit */
    uint32_t strip;      /* keys held down, bits of enum strip */

    /* Questions on which the sources disagree; all false by default. */
    bool kac_dead;       /* KAC is not connected (Reference Manual A3.3.4.4) */
    bool erase_corrupts; /* at Erase a running machine clears each line that
                            it accesses, after reading it (A3.3.3) */
    bool holds_control;  /* CI does not count and the flip-flop stays set
                            (Burton 2000, of a single manual instruction) */
};

/* Auto, all switches down, Write, nothing held: the position for running a
   program, and the only one that the fast engines support. */
extern const struct controls controls_normal;
bool controls_are_normal(const struct controls *controls);

bool controls_are_same(const struct controls *one,
                       const struct controls *other);

/*
 * The digits of an accessed line that held buttons and keys set to 0 as the
 * line is read, and to 1 after it is read.  Two buttons at once do nothing.
 */
uint32_t controls_erases(const struct controls *controls);
uint32_t controls_writes(const struct controls *controls);
