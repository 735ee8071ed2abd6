/* SPDX-License-Identifier: MIT */
/*
 * Snapshot of the complete state between two prepulses: the machine, its
 * controls and the counters.  Execution from a snapshot is deterministic until
 * the operator intervenes.
 */
#pragma once

#include "instruction_set.h"

struct snapshot {
    struct machine machine;
    struct controls controls;
    bool hung; /* true if the machine hung in the last prepulse */

    uint64_t uncounted;  /* instructions before the last counter reset */
    uint64_t machine_us; /* machine time since the last counter reset, in us */
    uint32_t bar_us;     /* machine time per prepulse, in us */
};

/* Calls prepulse() and updates `hung` and `machine_us`.  The machine never
   hangs while KCC is held, because clearing CI allows the next fetch. */
struct bar snapshot_prepulse(struct snapshot *snapshot);
