/* SPDX-License-Identifier: MIT */
#include "handover.h"
#include "prepulse.h"

/* One instruction by the reference; false: it hung. */
static bool obey_one(const struct engine *engine, void *state,
                     struct machine *machine)
{
    struct bar bar = prepulse(machine, &controls_normal);

    if (bar.stored)
        engine->edited(state, machine, bar.action_line);
    return !bar.hung;
}

struct outcome handover_run(const struct engine *engine, obey_fast *obey,
                            void *state, struct machine *machine,
                            const struct stops *stops, uint32_t budget)
{
    uint32_t obeyed = 0;

    while (!machine->neon) {
        if (obeyed == budget)
            return (struct outcome){obeyed, ENDED_BUDGET};
        if (obeyed > 0 && stops_before(stops, machine_next_control(machine)))
            return (struct outcome){obeyed, ENDED_STOPPED_AT};
        uint32_t fast = obey(state, machine, stops, budget - obeyed);

        obeyed += fast;
        if (fast > 0)
            continue;
        if (!obey_one(engine, state, machine))
            return (struct outcome){obeyed, ENDED_HUNG};
        obeyed++;
    }
    return (struct outcome){obeyed, ENDED_STOP};
}
