/* SPDX-License-Identifier: MIT */
/*
 * Obeying once more what was obeyed before.
 */
#include "emu/machine/count.h"
#include "history_internal.h"

/* A prepulse by the reference.  True: it is one to stop after. */
static bool step(struct moment *moment, const struct stops *stops)
{
    uint32_t before = moment->machine.a;
    struct bar bar = moment_prepulse(moment);

    return !bar.hung && !moment->machine.neon &&
           stops_after(stops, bar.instruction, before, moment->machine.a);
}

bool replay(struct history *history, struct position *position,
            const struct stops *stops, uint32_t count)
{
    struct moment *moment = &position->moment;
    struct machine *machine = &moment->machine;
    uint64_t before = machine->prepulses;
    bool fired;

    /* Where none goes out by itself, one did by KC. */
    if (controls_are_normal(&moment->controls) && !machine->neon) {
        struct outcome outcome =
            history->engine->run(&history->engine_state, machine, stops, count);

        moment->hung = outcome.why == ENDED_HUNG;
        count_add(&moment->machine_us,
                  (machine->prepulses - before) * moment->bar_us);
        fired = outcome.why == ENDED_STOPPED_AT;
        history->search.work += machine->prepulses - before;
    } else {
        fired = step(moment, stops);
        history->engine->changed(&history->engine_state);
        history->search.work += WORK_STEP;
    }
    return fired;
}

uint32_t replay_to(struct history *history, struct position *position,
                   uint64_t step, uint32_t budget)
{
    static const struct stops none;
    uint64_t before = history->search.work, done = 0;

    while (position_step(position) < step && done < budget) {
        replay(history, position, &none,
               at_most(step - position_step(position), budget - done));
        done = history->search.work - before;
    }
    return at_most(done, budget);
}

void replay_from(struct history *history, struct position *position,
                 const struct position *from)
{
    *position = *from;
    history->engine->changed(&history->engine_state);
}

/* Where one stands, if no checkpoint is nearer. */
void replay_begin(struct history *history, struct position *position,
                  uint64_t step)
{
    const struct position *near = &history_before(history, step)->position;
    uint64_t at = position_step(&history->at);
    bool is_nearer = at <= step && at > position_step(near);

    replay_from(history, position, is_nearer ? &history->at : near);
}
