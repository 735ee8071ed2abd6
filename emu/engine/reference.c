/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: fetch, decode, switch, once an instruction.
 *
 * The plainest way to emulate.  Nothing is kept between two instructions but
 * the machine itself, so there is nothing to go stale when a program writes
 * into itself; the price is that every instruction is taken apart anew each
 * time it is obeyed.
 *
 * Fetch, decode and the switch are those of prepulse.c, where the switches and
 * keys of 1948 act as well; that, more than the switch, is what makes it slow
 * (README, "How fast"; a switch loop alone is emu/check/baseline/switch.c).  In
 * the lecture's words it is T-next, by which all other engines are judged.  It
 * has no V-state, so its interp() is the identity.
 *
 * No way out.  What a program can touch is named by a line, and a line is five
 * digits: word_line() makes 0 to 31 of whatever CI or an instruction holds, and
 * store[] has no other index.  A word that is read becomes A, CI, PI or another
 * word of the store, and is never an address.  A loop in the program is a turn
 * of the loop here, so it takes no more of the PC's stack, and the budget ends
 * it.  tests/lib/isolation.h says how this is shown, of each engine.
 */
#include "engine.h"
#include "emu/machine/prepulse.h"

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    (void)state;
    const bool run_control = !breakpoints_are_none(breakpoints);

    if (machine->neon)
        return (struct outcome){0, RUN_STOP};

    for (uint32_t obeyed = 0; obeyed < budget;) {
        if (run_control && obeyed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){obeyed, RUN_BREAKPOINT};
        uint32_t before = machine->a;
        struct bar bar = prepulse(machine, &controls_normal);

        if (bar.hung)
            return (struct outcome){obeyed, RUN_HUNG};
        obeyed++;
        if (machine->neon)
            return (struct outcome){obeyed, RUN_STOP};
        if (run_control &&
            breakpoints_after(breakpoints, bar.instruction, before, machine->a))
            return (struct outcome){obeyed, RUN_BREAKPOINT};
    }
    return (struct outcome){budget, RUN_BUDGET};
}

const struct engine engine_reference = {
    .name = "reference",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
