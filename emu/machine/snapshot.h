/* SPDX-License-Identifier: MIT */
/*
 * All there is to know of the Baby between two prepulses: what it is, how the
 * operator's desk stands, and what was counted.  From the same moment the same
 * things follow, until a hand changes something.
 */
#ifndef EMU_MACHINE_SNAPSHOT_H
#define EMU_MACHINE_SNAPSHOT_H

#include "prepulse.h"

struct snapshot {
    struct machine machine;
    struct controls controls;
    bool hung; /* the last prepulse fetched nothing, so none goes out by
                  itself */

    uint64_t uncounted;  /* instructions obeyed before the operator's counts
                            began: those that are shown are zeroed by KCC */
    uint64_t machine_us; /* machine time since then, in microseconds .. */
    uint32_t bar_us;     /* .. of which each prepulse takes so many */
};

/* One prepulse, as prepulse() has it.  KCC has cleared CI at the end of the
   bar, so that the next one fetches whatever this one did. */
struct bar snapshot_prepulse(struct snapshot *snapshot);

#endif
