/* SPDX-License-Identifier: MIT */
/*
 * How brightly each line of the store glows, and what a digit that changes
 * looks like.
 *
 * On the monitor tube a line is brighter the more often it is accessed: once
 * in 16 bars by the refresh scan, and once for each action beat that selects
 * it.  The bars of a frame are logged here; a frame's end turns the log into
 * brightness, which follows with a half-life of about 60 ms as phosphor does.
 */
#ifndef EMU_SESSION_PHOSPHOR_H
#define EMU_SESSION_PHOSPHOR_H

#include "emu/machine/prepulse.h"

#define PHOSPHOR_BARS_MAX 1024 /* most bars that are logged for a frame */
#define PHOSPHOR_ONE      4096 /* one access in every bar */

/* The registers whose digits are averaged. */
enum phosphor_register {
    PHOSPHOR_A,
    PHOSPHOR_CI,
    PHOSPHOR_PI,
    PHOSPHOR_REGISTERS
};

/* How often each of 32 digits was 1: word i holds digit i of all the 32
   counts.  A frame may log more than PHOSPHOR_BARS_MAX: one bar a
   turn, and the first after a load. */
#define TALLY_WORDS 16

struct tally {
    uint32_t word[TALLY_WORDS];
};

struct phosphor {
    uint32_t level[LINES]; /* brightness, in 1/PHOSPHOR_ONE accesses a bar */
    uint8_t share[LINES][DIGITS]; /* digit was 1: 0 never, 4 all the frame */

    uint8_t register_share[PHOSPHOR_REGISTERS][DIGITS]; /* the same */
    bool active; /* there were bars in the frame */

    /* The log of the frame under way. */
    uint32_t bars;
    uint32_t accesses[LINES];
    uint32_t written;             /* bit n: line n was written */
    uint32_t since[LINES];        /* bar of the last writing */
    uint32_t ones[LINES][DIGITS]; /* bars for which the digit was 1 */
    struct tally tally[PHOSPHOR_REGISTERS];
};

/* Logs BAR, after which MACHINE is as it is now. */
void phosphor_log(struct phosphor *phosphor, const struct bar *bar,
                  const struct machine *machine);

/*
 * Shows at once what was changed by hand.  While the machine RUNS lines that
 * it has written in this frame, and registers, wait for the frame's end.
 */
void phosphor_refresh(struct phosphor *phosphor, const struct machine *machine,
                      bool runs);

/*
 * Ends a frame of 20 ms.  While the machine stands still line SELECTED is
 * accessed in every bar.  False: nothing that is seen changed, nor will it
 * while the machine stands still.
 */
bool phosphor_frame(struct phosphor *phosphor, const struct machine *machine,
                    unsigned selected);

#endif
