/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: fetch, decode and switch for each instruction.
 *
 * The plainest way to emulate.  It keeps nothing between two instructions but
 * the machine, so nothing becomes stale when a program modifies itself; the
 * cost is that it decodes an instruction each time it executes it.
 *
 * Fetch, decode and switch are those of instruction_set.c, which also emulates
 * the switches and keys of 1948; that, more than the switch, makes this engine
 * slow (tests/README.md, "Speed"; emu/check/baseline/switch.c is a switch loop
 * alone).  In the lecture's words it is T-next, which defines the correct
 * result for all other engines.  It has no V-state: interp() is the identity.
 *
 * Isolation: a program cannot reach anything but its machine.  word_line()
 * reduces any CI and any instruction to a line from 0 to 31, the only index
 * into store[].  A word read becomes A, CI, PI or a word of the store, never
 * an address.  A loop in the program is an iteration of the loop here, so it
 * uses no stack of the PC, and the budget ends it.  tests/lib/isolation.h
 * tests this for each engine.
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
    .story = "Fetch, decode and execute, bar by bar, with all beats, switches "
             "and keys of 1948: they take most of its time. A plain switch "
             "loop is about as fast as threaded on a modern PC (boot option "
             "bench); all functions share one indirect jump, which an old PC "
             "cannot predict.\n"
             "It keeps no state but the machine's.\n"
             "emu/engine/reference.c, emu/machine/instruction_set.c",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
