/* SPDX-License-Identifier: MIT */
/*
 * The operator's desk of 1948: switches, and the buttons and keys held down.
 *
 * Sources: Burton, SSEM Programmer's Reference Manual, A3.3; his answers of
 * 2000-01 to Sharp where they add to it.  Whatever is held acts in every bar.
 */
#ifndef EMU_MACHINE_CONTROLS_H
#define EMU_MACHINE_CONTROLS_H

#include "machine.h"

/* All the digits that the staticisor decodes: the line and the function. */
#define STATICISOR      0xE01Fu
#define FUNCTION_DIGITS 0xE000u

/* Keys of the strip that are connected, as bits. */
enum strip {
    KLC = 1, /* clears the action line; while running, every line accessed */
    KSC = 2, /* clears the store, in every beat */
    KAC = 4, /* clears A at Action 2 */
    KCC = 8, /* clears CI, PI and A at Action 2, not the test flip-flop */
};

struct controls {
    /*
     * The L and F switches, each at the digit it governs (0-4, 13-15): down
     * is 1.  In Auto a switch that is up makes its digit read 0, of the
     * instruction and of CI; CI and PI themselves keep theirs.
     */
    uint32_t stat;
    bool manual; /* Man: the switches are the instruction */
    bool erase;  /* Write/Erase: what a button of the typewriter does */

    /* Held down. */
    uint32_t typewriter; /* buttons, each at its digit */
    uint32_t strip;      /* keys */

    /* Where the sources disagree; all false is the default. */
    bool kac_dead;       /* KAC is not connected (Reference Manual A3.3.4.4) */
    bool erase_corrupts; /* at Erase a running machine loses each line that
                            it accesses, once read (A3.3.3) */
    bool holds_control;  /* CI is not counted and a Test still skips (Burton
                            2000, of a single manual instruction) */
};

/* Auto, all switches down, Write, nothing held: as a program needs them, and
   as the fast engines expect them. */
extern const struct controls controls_normal;
bool controls_are_normal(const struct controls *controls);

bool controls_are_same(const struct controls *one,
                       const struct controls *other);

/*
 * The digits of a line that what is held sets to 0 as the line is read, and
 * those it sets to 1 once it was read.  Two buttons at once do nothing.
 */
uint32_t controls_erases(const struct controls *controls);
uint32_t controls_writes(const struct controls *controls);

#endif
