/* SPDX-License-Identifier: MIT */
#include "fallback.h"
#include "emu/machine/prepulse.h"

/* One instruction by the reference.  If it is a Stop, breakpoints_after() finds
   nothing: that touches no line and leaves A as it was. */
static struct outcome obey_one(const struct engine *engine, void *state,
                               struct machine *machine,
                               const struct breakpoints *breakpoints)
{
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    if (bar.hung)
        return (struct outcome){0, RUN_HUNG};
    if (bar.stored)
        engine->line_written(state, machine, bar.action_line);
    if (breakpoints_after(breakpoints, bar.instruction, before, machine->a))
        return (struct outcome){1, RUN_BREAKPOINT};
    return (struct outcome){1, RUN_BUDGET};
}

struct outcome fallback_run(const struct engine *engine, run_fast *obey,
                            void *state, struct machine *machine,
                            const struct breakpoints *breakpoints,
                            uint32_t budget)
{
    struct outcome one;
    uint32_t obeyed = 0;

    while (!machine->neon) {
        if (obeyed == budget)
            return (struct outcome){obeyed, RUN_BUDGET};
        if (obeyed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){obeyed, RUN_BREAKPOINT};
        uint32_t fast = obey(state, machine, breakpoints, budget - obeyed);

        obeyed += fast;
        if (fast > 0)
            continue;
        one = obey_one(engine, state, machine, breakpoints);
        obeyed += one.instructions;
        if (one.status != RUN_BUDGET)
            return (struct outcome){obeyed, one.status};
    }
    return (struct outcome){obeyed, RUN_STOP};
}
