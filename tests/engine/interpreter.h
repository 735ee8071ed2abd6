/* SPDX-License-Identifier: MIT */
/* Solution of the exercises 1 to 3 of emu/README.md.  FUNCTIONS is a bitmask of
   the functions that the engine knows. */
#include "emu/engine/fallback.h"

static bool is_plain(const struct machine *machine,
                     const struct breakpoints *breakpoints)
{
    return !machine->ci5 && !machine->immediate_test &&
           !(machine_next_control(machine) & FUNCTION_DIGITS) &&
           breakpoints_are_none(breakpoints);
}

static bool obey(struct machine *machine)
{
    uint32_t ci = machine_next_control(machine);
    uint32_t pi = machine->store[word_line(ci)];
    uint32_t *line = &machine->store[word_line(pi)];

    if (!(FUNCTIONS >> word_function(pi) & 1))
        return false;
    machine->ci = ci;
    machine->pi = pi;
    machine->test = false;
    machine->prepulses++;
    machine->instructions++;
    switch (word_function(pi)) {
    case JMP:
        machine->ci = *line;
        break;
    case JRP:
        machine->ci += *line;
        break;
    case LDN:
        machine->a = 0 - *line;
        break;
    case STO:
        *line = machine->a;
        break;
    case SUB:
    case SUB + 1:
        machine->a -= *line;
        break;
    case CMP:
        machine->test = machine->a >> (DIGITS - 1);
        break;
    case STP:
        machine->neon = true;
        break;
    }
    return true;
}

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    uint32_t obeyed = 0;

    (void)state;
    while (obeyed < budget && !machine->neon &&
           is_plain(machine, breakpoints) && obey(machine))
        obeyed++;
    return obeyed;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_student, execute, state, machine, breakpoints,
                        budget);
}

const struct engine engine_student = {
    .name = "student",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
