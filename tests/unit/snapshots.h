/* SPDX-License-Identifier: MIT */
/* Compares machine snapshots in tests of the history. */
#pragma once

#include "emu/engine/lockstep.h"
#include "emu/machine/snapshot.h"

static inline bool snapshots_are_same(const struct snapshot *one,
                                      const struct snapshot *other)
{
    return lockstep_same(&one->machine, &other->machine) &&
           controls_are_same(&one->controls, &other->controls) &&
           one->hung == other->hung && one->uncounted == other->uncounted &&
           one->machine_us == other->machine_us && one->bar_us == other->bar_us;
}
