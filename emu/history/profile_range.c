/* SPDX-License-Identifier: MIT */
#include "profile_range.h"
#include "emu/machine/count.h"
#include "replay.h"
#include "seek.h"

/* Advances by one step, which is either a prepulse or an action. */
static void step(struct history *history, struct position *position)
{
    struct bar bar;
    bool manual = position->snapshot.controls.manual;

    if (history_next(history, position, &bar))
        profile_bar(history->seek.profile, &bar, manual);
}

/* Executes at most COUNT prepulses with profiling. */
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

static bool advance(struct history *history, uint32_t budget)
{
    struct seek *seek = &history->seek;
    struct position *at = &seek->at;
    const struct snapshot *snapshot = &at->snapshot;
    uint64_t from = position_step(at), done = 0, extra = 0;

    while (from + done < seek->step && done + extra < budget) {
        uint64_t ahead = history_steps_after(history, from + done);
        uint32_t count =
            min_u32(seek->step - from - done, budget - done - extra);

        if (ahead == 0 || snapshot->machine.neon ||
            !controls_are_normal(&snapshot->controls)) {
            step(history, at);
            extra += WORK_STEP;
        } else {
            run(history, at, min_u32(ahead, count));
        }
        done = position_step(at) - from;
    }
    return from + done < seek->step;
}

void history_profile_range(struct history *history, const struct position *from,
                           struct profile *profile)
{
    struct seek *seek = &history->seek;

    seek_begin(history, advance);
    seek->at = *from;
    seek->step = position_step(&history->at);
    seek->profile = profile;
    seek->preview = true;
}
