/* SPDX-License-Identifier: MIT */
/*
 * The complete state of the Baby between two prepulses: machine, controls and
 * counts.  Equal snapshots continue equally until the operator changes
 * something.
 */
#pragma once

#include "instruction_set.h"

struct snapshot {
    struct machine machine;
    struct controls controls;
    bool hung; /* the last prepulse fetched nothing; no automatic one follows */

    uint64_t uncounted;  /* instructions obeyed before the counts on the
                            screen were last zeroed, as by KCC */
    uint64_t machine_us; /* machine time since then, in microseconds */
    uint32_t bar_us;     /* microseconds of machine time per prepulse */
};

/* Performs prepulse() and updates `hung` and `machine_us`.  A bar with KCC held
   never hangs the machine: it ends with CI cleared, so the next one fetches. */
struct bar snapshot_prepulse(struct snapshot *snapshot);
