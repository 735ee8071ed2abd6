/* SPDX-License-Identifier: MIT */
/*
 * Plain interpreter: a single loop around a switch, as fast as this technique
 * allows.  A, CI and PI are kept in registers, a Test increments CI
 * immediately, and runs with breakpoints fall back to the reference.
 */
#include "baseline.h"
#include "emu/machine/controls.h"

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    uint32_t *store = machine->store, left = budget;
    uint32_t a = machine->a, ci = machine->ci + machine->test, pi = machine->pi;
    bool skips = false;

    (void)state;
    if (machine->ci5 || machine->immediate_test ||
        !breakpoints_are_none(breakpoints))
        return 0;
    while (left > 0 && !((ci + 1) & FUNCTION_DIGITS)) {
        ci++;
        left--;
        pi = store[word_line(ci)];
        switch (word_function(pi)) {
        case JMP:
            ci = store[word_line(pi)];
            break;
        case JRP:
            ci += store[word_line(pi)];
            break;
        case LDN:
            a = 0 - store[word_line(pi)];
            break;
        case STO:
            store[word_line(pi)] = a;
            break;
        case SUB:
        case SUB + 1:
            a -= store[word_line(pi)];
            break;
        case CMP:
            ci += a >> (DIGITS - 1);
            break;
        case STP:
            machine->neon = true;
            goto out;
        }
    }
out:
    if (left == budget)
        return 0;
    skips = word_function(pi) == CMP && a >> (DIGITS - 1);
    machine->a = a;
    machine->ci = ci - skips;
    machine->pi = pi;
    machine->test = skips;
    machine->prepulses += budget - left;
    machine->instructions += budget - left;
    return budget - left;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_switch, execute, state, machine, breakpoints,
                        budget);
}

const struct engine engine_switch = {
    .name = "switch",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
