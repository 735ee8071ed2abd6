/* SPDX-License-Identifier: MIT */
/*
 * How often each line of the store was obeyed, read and written: where a
 * program spends its time, and which lines are its data.
 */
#ifndef EMU_ENGINE_PROFILE_H
#define EMU_ENGINE_PROFILE_H

#include "engine.h"
#include "emu/machine/prepulse.h"

/* All zero: nothing was counted yet. */
struct profile {
    uint64_t obeyed[LINES];  /* an instruction was fetched from the line */
    uint64_t read[LINES];    /* it was the operand of JMP, JRP, LDN or SUB */
    uint64_t written[LINES]; /* STO wrote it, the same word or another */
};

/*
 * Counts one bar of prepulse().  MANUAL: it was given in Man, where what is
 * obeyed comes from the switches, so that no line counts as obeyed.  A hung
 * bar counts nothing.
 */
void profile_bar(struct profile *profile, const struct bar *bar, bool manual);

/*
 * Runs MACHINE as an engine's run() does (engine.h), normal controls and
 * STOPS included, and counts what it obeys.  It needs nothing between two
 * calls, so it may take turns with any engine.
 */
struct outcome profile_run(struct profile *profile, struct machine *machine,
                           const struct breakpoints *breakpoints,
                           uint32_t budget);

#endif
