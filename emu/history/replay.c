/* SPDX-License-Identifier: MIT */
#include "replay.h"
#include "emu/machine/count.h"

/* Executes a prepulse.  Returns true if a breakpoint fires after it. */
static bool step(struct snapshot *snapshot,
                 const struct breakpoints *breakpoints)
{
    uint32_t before = snapshot->machine.a;
    struct bar bar = snapshot_prepulse(snapshot);

    return !bar.hung && !snapshot->machine.neon &&
           breakpoints_after(breakpoints, bar.instruction, before,
                             snapshot->machine.a);
}

bool replay(struct history *history, struct position *position,
            const struct breakpoints *breakpoints, uint32_t count)
{
    struct snapshot *snapshot = &position->snapshot;
    struct machine *machine = &snapshot->machine;
    uint64_t before = machine->prepulses;
    bool fired;

    /* The engine requires normal controls and the neon to be off. */
    if (controls_are_normal(&snapshot->controls) && !machine->neon) {
        struct outcome outcome = history->engine->run(
            &history->engine_state, machine, breakpoints, count);

        snapshot->hung = outcome.status == RUN_HUNG;
        count_add(&snapshot->machine_us,
                  (machine->prepulses - before) * snapshot->bar_us);
        fired = outcome.status == RUN_BREAKPOINT;
        history->seek.work += machine->prepulses - before;
    } else {
        fired = step(snapshot, breakpoints);
        history->engine->state_changed(&history->engine_state);
        history->seek.work += WORK_STEP;
    }
    return fired;
}

uint32_t replay_to(struct history *history, struct position *position,
                   uint64_t step, uint32_t budget)
{
    static const struct breakpoints none;
    uint64_t before = history->seek.work, done = 0;

    while (position_step(position) < step && done < budget) {
        replay(history, position, &none,
               min_u32(step - position_step(position), budget - done));
        done = history->seek.work - before;
    }
    return min_u32(done, budget);
}

void replay_from(struct history *history, struct position *position,
                 const struct position *from)
{
    *position = *from;
    history->engine->state_changed(&history->engine_state);
}

/* The current position may be closer than any checkpoint. */
void replay_begin(struct history *history, struct position *position,
                  uint64_t step)
{
    const struct position *near =
        &history_checkpoint_before(history, step)->position;
    uint64_t at = position_step(&history->at);
    bool is_nearer = at <= step && at > position_step(near);

    replay_from(history, position, is_nearer ? &history->at : near);
}
