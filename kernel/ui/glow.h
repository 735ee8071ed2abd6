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
#ifndef UI_GLOW_H
#define UI_GLOW_H

#include "emu/prepulse.h"

#define GLOW_BARS_MAX 1024 /* most bars that are logged for a frame */
#define GLOW_ONE      4096 /* one access in every bar */

struct glow {
    uint32_t level[LINES];        /* brightness, in 1/GLOW_ONE accesses a bar */
    uint8_t share[LINES][DIGITS]; /* digit was 1: 0 never, 4 all the frame */

    /* The log of the frame under way. */
    uint32_t bars;
    uint32_t accesses[LINES];
    uint32_t written;             /* bit n: line n was written */
    uint32_t since[LINES];        /* bar of the last writing */
    uint32_t ones[LINES][DIGITS]; /* bars for which the digit was 1 */
};

void glow_clear(struct glow *glow);

void glow_log(struct glow *glow, const struct bar *bar);

/*
 * Ends a frame of 20 ms.  While the machine stands still the line that CI
 * selects is accessed in every bar.  False: no brightness changed, nor will
 * any while the machine stands still.
 */
bool glow_frame(struct glow *glow, const struct machine *machine);

#endif
