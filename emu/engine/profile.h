/* SPDX-License-Identifier: MIT */
/*
 * Counts how often each line of the store was obeyed, read and written: where
 * a program spends its time, and which lines are data.
 */
#pragma once

#include "engine.h"
#include "emu/machine/instruction_set.h"

/* Counters; initialize to zero. */
struct profile {
    uint64_t obeyed[LINES];  /* instructions fetched from the line */
    uint64_t read[LINES];    /* operands of JMP, JRP, LDN and SUB */
    uint64_t written[LINES]; /* STO to the line, even of the same word */
};

/*
 * Counts one bar of prepulse().  With MANUAL (Man) the instruction came from
 * the switches, and no line counts as obeyed.  A hung bar counts nothing.
 */
void profile_bar(struct profile *profile, const struct bar *bar, bool manual);

/*
 * Runs MACHINE like run() of an engine (engine.h), with normal controls, and
 * counts accesses.  Keeps no state between two calls, so calls may alternate
 * with those of any engine.
 */
struct outcome profile_run(struct profile *profile, struct machine *machine,
                           const struct breakpoints *breakpoints,
                           uint32_t budget);
