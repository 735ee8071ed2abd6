/* SPDX-License-Identifier: MIT */
/*
 * Counting what was obeyed on a way that is gone once more.
 */
#include "emu/machine/count.h"
#include "history_internal.h"

/* One step, whatever it is. */
static void step(struct history *history, struct position *position)
{
    struct bar bar;
    bool manual = position->snapshot.controls.manual;

    if (history_next(history, position, &bar))
        profile_bar(history->seek.profile, &bar, manual);
}

/* COUNT prepulses at most, by an engine that counts. */
static void run(struct history *history, struct position *position,
                uint32_t count)
{
    static const struct breakpoints none;
    struct snapshot *snapshot = &position->snapshot;
    uint64_t before = snapshot->machine.prepulses;
    struct outcome outcome =
        profile_run(history->seek.profile, &snapshot->machine, &none, count);

    snapshot->hung = outcome.status == RUN_HUNG;
    count_add(&snapshot->machine_us,
              (snapshot->machine.prepulses - before) * snapshot->bar_us);
}

static bool turn(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;
    struct position *at = &seek->at;
    const struct snapshot *snapshot = &at->snapshot;
    uint64_t from = position_step(at), done = 0, extra = 0;

    while (from + done < seek->step && done + extra < budget) {
        uint64_t room = history_steps_after(history, from + done);
        uint32_t most =
            at_most(seek->step - from - done, budget - done - extra);

        if (room == 0 || snapshot->machine.neon ||
            !controls_are_normal(&snapshot->controls)) {
            step(history, at);
            extra += WORK_STEP;
        } else {
            run(history, at, at_most(room, most));
        }
        done = position_step(at) - from;
    }
    return from + done < seek->step;
}

void history_profile_range(struct history *history, const struct position *from,
                           struct profile *profile)
{
    struct seek *seek = &history->seek;

    seek_begin(history, turn);
    seek->at = *from;
    seek->step = position_step(&history->at);
    seek->profile = profile;
    seek->preview = true;
}
