/* SPDX-License-Identifier: MIT */
#include "snapshot.h"
#include "count.h"

struct bar snapshot_prepulse(struct snapshot *snapshot)
{
    struct bar bar = prepulse(&snapshot->machine, &snapshot->controls);

    snapshot->hung = bar.hung && !(snapshot->controls.strip & KCC);
    count_add(&snapshot->machine_us, snapshot->bar_us);
    return bar;
}
