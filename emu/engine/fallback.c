/* SPDX-License-Identifier: MIT */
#include "fallback.h"
#include "emu/machine/prepulse.h"

/* One instruction by the reference.  If it is a Stop, stops_after() finds
   nothing: that touches no line and leaves A as it was. */
static struct outcome obey_one(const struct engine *engine, void *state,
                               struct machine *machine,
                               const struct stops *stops)
{
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    if (bar.hung)
        return (struct outcome){0, ENDED_HUNG};
    if (bar.stored)
        engine->edited(state, machine, bar.action_line);
    if (stops_after(stops, bar.instruction, before, machine->a))
        return (struct outcome){1, ENDED_STOPPED_AT};
    return (struct outcome){1, ENDED_BUDGET};
}

struct outcome handover_run(const struct engine *engine, obey_fast *obey,
                            void *state, struct machine *machine,
                            const struct stops *stops, uint32_t budget)
{
    struct outcome one;
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
        one = obey_one(engine, state, machine, stops);
        obeyed += one.instructions;
        if (one.why != ENDED_BUDGET)
            return (struct outcome){obeyed, one.why};
    }
    return (struct outcome){obeyed, ENDED_STOP};
}
