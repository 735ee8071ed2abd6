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
    bool manual = position->moment.controls.manual;

    if (history_next(history, position, &bar))
        profile_bar(history->search.profile, &bar, manual);
}

/* COUNT prepulses at most, by an engine that counts. */
static void run(struct history *history, struct position *position,
                uint32_t count)
{
    static const struct stops none;
    struct moment *moment = &position->moment;
    uint64_t before = moment->machine.prepulses;
    struct outcome outcome =
        profile_run(history->search.profile, &moment->machine, &none, count);

    moment->hung = outcome.why == ENDED_HUNG;
    count_add(&moment->machine_us,
              (moment->machine.prepulses - before) * moment->bar_us);
}

static bool turn(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;
    struct position *at = &search->at;
    const struct moment *moment = &at->moment;
    uint64_t from = position_step(at), done = 0, extra = 0;

    while (from + done < search->step && done + extra < budget) {
        uint64_t room = history_room_after(history, from + done);
        uint32_t most =
            at_most(search->step - from - done, budget - done - extra);

        if (room == 0 || moment->machine.neon ||
            !controls_are_normal(&moment->controls)) {
            step(history, at);
            extra += WORK_STEP;
        } else {
            run(history, at, at_most(room, most));
        }
        done = position_step(at) - from;
    }
    return from + done < search->step;
}

void history_search_tally(struct history *history, const struct position *from,
                          struct profile *profile)
{
    struct searching *search = &history->search;

    search_begin(history, turn);
    search->at = *from;
    search->step = position_step(&history->at);
    search->profile = profile;
    search->aside = true;
}
