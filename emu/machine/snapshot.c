/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include "count.h"

struct bar moment_prepulse(struct moment *moment)
{
    struct bar bar = prepulse(&moment->machine, &moment->controls);

    moment->hung = bar.hung && !(moment->controls.strip & KCC);
    count_add(&moment->machine_us, moment->bar_us);
    return bar;
}
