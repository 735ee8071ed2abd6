/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: executes one instruction at a time with prepulse().
 *
 * This is the specification of the machine and of all other engines.  In the
 * lecture's terms prepulse() (instruction_set.c) is T-next, which defines the
 * correct result.  There is no V-state, and interp() is the identity.
 *
 * It is not the first step towards a fast engine, which is switch.c: prepulse()
 * also emulates the beats, switches and keys of 1948, and these take most of
 * its time (tests/README.md, "Speed").
 *
 * Isolation: a program cannot reach anything but its machine.  word_line()
 * reduces any CI and any instruction to a line from 0 to 31, the only index
 * into store[].  A word read from the store becomes A, CI, PI or another word,
 * never an address.  A loop in the program uses no stack and ends with the
 * budget.  tests/lib/isolation.h tests this for each engine.
 */
#include "emu/machine/instruction_set.h"
#include "engine.h"

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    (void)state;
    const bool run_control = !breakpoints_are_none(breakpoints);

    if (machine->neon)
        return (struct outcome){0, RUN_STOP};

    for (uint32_t executed = 0; executed < budget;) {
        if (run_control && executed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){executed, RUN_BREAKPOINT};
        uint32_t before = machine->a;
        struct bar bar = prepulse(machine, &controls_normal);

        if (bar.hung)
            return (struct outcome){executed, RUN_HUNG};
        executed++;
        if (machine->neon)
            return (struct outcome){executed, RUN_STOP};
        if (run_control &&
            breakpoints_after(breakpoints, bar.instruction, before, machine->a))
            return (struct outcome){executed, RUN_BREAKPOINT};
    }
    return (struct outcome){budget, RUN_BUDGET};
}

const struct engine engine_reference = {
    .name = "reference",
    .story =
        "This engine is the specification: lockstep (L) compares every other "
        "engine with it. "
        "It executes each beat of a bar, and applies the switches and keys of "
        "1948, which takes most of its time. "
        "The engine switch leaves them out. "
        "All speeds are multiples of its speed.\n"
        "The engine keeps no state other than the machine's.\n"
        "emu/engine/reference.c, emu/machine/instruction_set.c",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
