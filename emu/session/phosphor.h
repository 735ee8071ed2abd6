/* SPDX-License-Identifier: MIT */
/*
 * Brightness of the lines on the monitor tube, and the look of changing digits.
 *
 * A line is brighter the more often it is accessed: once in 16 bars by the
 * refresh scan, and once by each action beat that selects it.  The bars of a
 * frame are logged here; at the end of the frame the log becomes brightness,
 * which decays like phosphor with a half-life of about 60 ms.
 */
#pragma once

#include "emu/machine/instruction_set.h"

#define PHOSPHOR_BARS_MAX 1024 /* bars logged for a frame */
#define PHOSPHOR_ONE      4096 /* one access in every bar */

/* The registers whose digits are averaged. */
enum phosphor_register {
    PHOSPHOR_A,
    PHOSPHOR_CI,
    PHOSPHOR_PI,
    PHOSPHOR_REGISTERS
};

/* 32 counters, one for each digit: word i holds digit i of all of them.  They
   hold more than PHOSPHOR_BARS_MAX, as a frame may log more: one bar a turn,
   and the first bars after a load. */
#define TALLY_WORDS 16

struct tally {
    uint32_t word[TALLY_WORDS];
};

struct phosphor {
    uint32_t level[LINES]; /* brightness, in 1/PHOSPHOR_ONE accesses a bar */
    uint8_t share[LINES]
                 [DIGITS]; /* time a digit was 1: 0 never, 4 the whole frame */

    uint8_t register_share[PHOSPHOR_REGISTERS][DIGITS];
    bool active; /* bars ran in the frame */

    /* The log of the current frame. */
    uint32_t bars;
    uint32_t accesses[LINES];
    uint32_t written;             /* bit n: line n was written */
    uint32_t since[LINES];        /* bar of the last write */
    uint32_t ones[LINES][DIGITS]; /* bars for which the digit was 1 */
    struct tally tally[PHOSPHOR_REGISTERS];
};

/* Logs BAR, which led to MACHINE. */
void phosphor_log(struct phosphor *phosphor, const struct bar *bar,
                  const struct machine *machine);

/*
 * Shows changes by hand at once.  While the machine RUNS, registers and lines
 * written in this frame are shown at the end of the frame.
 */
void phosphor_refresh(struct phosphor *phosphor, const struct machine *machine,
                      bool runs);

/*
 * Ends a frame of 20 ms.  On a machine at rest, line SELECTED is accessed in
 * every bar.  False: nothing visible changed, nor will it while the machine
 * is at rest.
 */
bool phosphor_frame(struct phosphor *phosphor, const struct machine *machine,
                    unsigned selected);
