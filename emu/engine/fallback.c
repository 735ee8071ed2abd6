/* SPDX-License-Identifier: MIT */
#include "fallback.h"
#include "emu/machine/instruction_set.h"

/* Executes one instruction with the reference.  STP never hits a breakpoint
   because it accesses no line and leaves A unchanged. */
static struct outcome execute_one(const struct engine *engine, void *state,
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

struct outcome fallback_run(const struct engine *engine, run_fast *execute,
                            void *state, struct machine *machine,
                            const struct breakpoints *breakpoints,
                            uint32_t budget)
{
    struct outcome one;
    uint32_t executed = 0;

    while (!machine->neon) {
        if (executed == budget)
            return (struct outcome){executed, RUN_BUDGET};
        if (executed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){executed, RUN_BREAKPOINT};
        uint32_t fast = execute(state, machine, breakpoints, budget - executed);

        executed += fast;
        if (fast > 0)
            continue;
        one = execute_one(engine, state, machine, breakpoints);
        executed += one.instructions;
        if (one.status != RUN_BUDGET)
            return (struct outcome){executed, one.status};
    }
    return (struct outcome){executed, RUN_STOP};
}
