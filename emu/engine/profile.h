/* SPDX-License-Identifier: MIT */
/* Execution profile: counts how often each line is obeyed, read and written. */
#pragma once

#include "engine.h"
#include "emu/machine/instruction_set.h"

/* Access counters, to be initialized to zero. */
struct profile {
    uint64_t obeyed[LINES];  /* number of instructions fetched from the line */
    uint64_t read[LINES];    /* number of reads by JMP, JRP, LDN and SUB */
    uint64_t written[LINES]; /* number of writes by STO */
};

/* Counts the accesses of one bar, unless the bar hung.  If MANUAL is set, the
   instruction came from the switches and no line is counted as obeyed. */
void profile_bar(struct profile *profile, const struct bar *bar, bool manual);

/* Runs MACHINE like the run() function of an engine, with normal controls, and
   counts its accesses.  Keeps no state between calls. */
struct outcome profile_run(struct profile *profile, struct machine *machine,
                           const struct breakpoints *breakpoints,
                           uint32_t budget);
