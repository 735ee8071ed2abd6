/* SPDX-License-Identifier: MIT */
/*
 * Brightness of the lines on the monitor tube, and the appearance of changing
 * digits.
 *
 * The more often a line is accessed, the brighter it is.  The refresh scan
 * accesses every line once in 16 bars, and each action beat accesses the
 * selected line.  The bars of a frame are logged and converted to brightness at
 * the end of the frame.  Brightness decays with a half-life of about 60 ms.
 */
#pragma once

#include "emu/machine/instruction_set.h"

#define PHOSPHOR_BARS_MAX 1024 /* nominal limit on bars logged per frame */
#define PHOSPHOR_ONE      4096 /* brightness of one access per bar */

/* Registers whose digits are averaged over a frame. */
enum phosphor_register {
    PHOSPHOR_A,
    PHOSPHOR_CI,
    PHOSPHOR_PI,
    PHOSPHOR_REGISTERS
};

/* Bit-sliced counters for 32 digits: word i holds bit i of every counter.  They
   can exceed PHOSPHOR_BARS_MAX, because a frame may also log one bar per turn
   and the first bars after a load. */
#define TALLY_WORDS 16

struct tally {
    uint32_t word[TALLY_WORDS];
};

struct phosphor {
    uint32_t level[LINES]; /* brightness in 1/PHOSPHOR_ONE accesses per bar */
    /* Time for which each digit was 1, in quarters of the frame. */
    uint8_t share[LINES][DIGITS];
    uint8_t register_share[PHOSPHOR_REGISTERS][DIGITS];
    bool active; /* true if any bar ran during the frame */

    /* Log of the current frame. */
    uint32_t bars;
    uint32_t accesses[LINES];
    uint32_t written;             /* bit n is set if line n was written */
    uint32_t since[LINES];        /* bar in which each line was last written */
    uint32_t ones[LINES][DIGITS]; /* number of bars in which each digit was 1 */
    struct tally tally[PHOSPHOR_REGISTERS];
};

/* Logs BAR.  MACHINE is the state of the machine after the bar. */
void phosphor_log(struct phosphor *phosphor, const struct bar *bar,
                  const struct machine *machine);

/* Shows the operator's edits at once, without waiting for the end of the frame.
   While the machine runs, whatever it writes is shown at the end of the frame.
 */
void phosphor_refresh(struct phosphor *phosphor, const struct machine *machine,
                      bool runs);

/* Ends a 20 ms frame.  SELECTED is the line accessed in every bar while the
   machine is at rest.  Returns false if the picture is stable: nothing visible
   changed, and nothing will while the machine is at rest. */
bool phosphor_frame(struct phosphor *phosphor, const struct machine *machine,
                    unsigned selected);
