/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: executes one instruction at a time with prepulse().
 *
 * This is the simplest way to emulate a machine.  Nothing but the machine is
 * kept between instructions, so nothing becomes stale when a program modifies
 * itself.  The cost is that an instruction is decoded each time it is executed.
 *
 * prepulse() (instruction_set.c) also emulates the switches and keys of 1948,
 * which makes this engine slow (tests/README.md, "Speed").  A bare switch loop
 * is in emu/check/baseline/switch.c.  In the lecture's terms prepulse() is
 * T-next, which defines the correct result for all other engines.  There is no
 * V-state, and interp() is the identity.
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
        "This engine fetches, decodes and executes bar by bar. "
        "The beats, switches and keys of 1948 take most of its time. "
        "On a modern PC, a plain switch loop is about as fast as threaded "
        "(see the boot option bench). "
        "An old PC cannot predict its one indirect jump for all functions.\n"
        "The engine keeps no state other than the machine's.\n"
        "emu/engine/reference.c, emu/machine/instruction_set.c",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
