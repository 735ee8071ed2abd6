/* SPDX-License-Identifier: MIT */
#include "machine.h"

void machine_clear(struct machine *machine)
{
    *machine = (struct machine){
        .ci5 = machine->ci5,
        .immediate_test = machine->immediate_test,
    };
}

void machine_clear_control(struct machine *machine)
{
    machine->a = 0;
    machine->ci = 0;
    machine->pi = 0;
}

bool machine_saturate(struct machine *machine)
{
    if (machine->prepulses <= COUNT_MAX)
        return false;
    machine->prepulses = COUNT_MAX;
    if (machine->instructions > COUNT_MAX)
        machine->instructions = COUNT_MAX;
    return true;
}
