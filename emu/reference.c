/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: fetch, decode, switch, once an instruction.
 *
 * The plainest way to emulate.  Nothing is kept between two instructions but
 * the machine itself, so there is nothing to go stale when a program writes
 * into itself; the price is that every instruction is taken apart anew each
 * time it is obeyed.
 */
#include "engine.h"
#include "prepulse.h"

static struct outcome run(struct machine *machine, uint32_t budget)
{
    if (machine->neon)
        return (struct outcome){0, ENDED_STOP};

    for (uint32_t obeyed = 0; obeyed < budget;) {
        struct bar bar = prepulse(machine, &controls_normal);

        if (bar.hung)
            return (struct outcome){obeyed, ENDED_HUNG};
        obeyed++;
        if (machine->neon)
            return (struct outcome){obeyed, ENDED_STOP};
    }
    return (struct outcome){budget, ENDED_BUDGET};
}

const struct engine engine_reference = {"reference", run};
