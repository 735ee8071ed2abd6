/* SPDX-License-Identifier: MIT */
#include "program.h"
#include <string.h>

void program_clear(struct program *program)
{
    memset(program, 0, sizeof *program);
}

void program_load(const struct program *program, struct machine *machine)
{
    machine_clear(machine);
    memcpy(machine->store, program->store, sizeof machine->store);
    machine->a = program->a;
    machine->ci = program->ci;
    if (machine->ci5)
        machine->ci = word_line(machine->ci);
}
