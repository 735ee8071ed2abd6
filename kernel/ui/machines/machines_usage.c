/* SPDX-License-Identifier: MIT */
#include "machines_usage.h"
#include "ui/base/status.h"

#define SPAN_US     1000000u
#define SPAN_MAX_US 4000000u /* after a longer gap, measuring starts again */

/* Returns the time since the last measurement of all guests that compete. */
static uint64_t time_of_all(struct view *view)
{
    const struct machines *machines = machines_of(view);
    uint64_t all = 0;

    for (unsigned number = 1; number <= view->guests->capacity; number++)
        if (guests_competes(view->guests, number))
            all += guests_get(view->guests, number)->account.us -
                   machines->usage[number - 1].us;
    return all;
}

static void measure(struct view *view, uint64_t span)
{
    struct machines *machines = machines_of(view);
    uint64_t all = time_of_all(view);

    machines->rate = 0;
    for (unsigned number = 1; number <= view->guests->capacity; number++) {
        const struct guest *guest = guests_get(view->guests, number);
        struct usage *usage = &machines->usage[number - 1];
        uint64_t us = guest->account.us - usage->us;

        if (!guest->present)
            continue;
        usage->share = all > 0 && guests_competes(view->guests, number)
                           ? (unsigned)((us * 1000 + all / 2) / all)
                           : 0;
        usage->rate = status_per_1000_s(
            guest->account.instructions - usage->instructions, span);
        machines->rate += usage->rate;
    }
    machines->known = true;
}

static void begin(struct view *view, uint64_t now)
{
    struct machines *machines = machines_of(view);

    machines->measured = now;
    for (unsigned number = 1; number <= view->guests->capacity; number++) {
        const struct guest *guest = guests_get(view->guests, number);

        machines->usage[number - 1].us = guest->account.us;
        machines->usage[number - 1].instructions = guest->account.instructions;
    }
}

void machines_measure(struct view *view, uint64_t now)
{
    struct machines *machines = machines_of(view);
    uint64_t span = now - machines->measured;

    if (machines->measured != 0 && span < SPAN_US)
        return;
    if (machines->measured != 0 && span < SPAN_MAX_US) {
        measure(view, span);
        view->changed = true;
    }
    begin(view, now);
}

uint64_t machines_next(const struct machines *machines)
{
    return machines->measured + SPAN_US;
}

void machines_forget(struct machines *machines)
{
    machines->measured = 0;
    machines->known = false;
}
