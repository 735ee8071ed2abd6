/* SPDX-License-Identifier: MIT */
/*
 * The four beats of a bar: Scan 1, Action 1, Scan 2, Action 2.
 *
 * Sources: Burton, SSEM Programmer's Reference Manual, 2.3 to 2.5 and A1;
 * where simulators differ (README, "Where the sources disagree") this is the
 * machine with its 32-digit control and its test flip-flop.
 */
#include "prepulse.h"

const struct controls controls_normal = {.stat = STATICISOR};

static void set_control(struct machine *machine, uint32_t value)
{
    machine->ci = machine->ci5 ? value & (LINES - 1) : value;
}

/*
 * Action 1.  The fetch goes through the same gates as a jump: function
 * digits 000 in CI copy the line to PI, 100 add it to what PI held, and any
 * others leave no way from store to PI (Reference Manual A1.4).
 */
static bool fetch(struct machine *machine, uint32_t control)
{
    uint32_t word = machine->store[word_line(control)];

    switch (word_function(control)) {
    case JMP:
        machine->pi = word;
        return true;
    case JRP:
        machine->pi += word;
        return true;
    default:
        return false;
    }
}

static void test(struct machine *machine)
{
    bool negative = machine->a >> (DIGITS - 1);

    if (!machine->immediate_test)
        machine->test = negative;
    else if (negative)
        set_control(machine, machine->ci + 1);
}

/* Action 2. */
static void obey(struct machine *machine, uint32_t instruction)
{
    uint32_t *line = &machine->store[word_line(instruction)];

    switch (word_function(instruction)) {
    case JMP:
        set_control(machine, *line);
        break;
    case JRP:
        set_control(machine, machine->ci + *line);
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
        test(machine);
        break;
    case STP:
        machine->neon = true;
        break;
    }
}

struct bar prepulse(struct machine *machine, const struct controls *controls)
{
    machine->prepulses++;
    machine->neon = false;

    /* Scan 1 */
    set_control(machine, machine->ci + (machine->test ? 2 : 1));
    machine->test = false;
    uint32_t control = machine->ci & controls->stat;

    /* Action 1, Scan 2 */
    bool fetched = fetch(machine, control);
    uint32_t instruction = controls->stat;
    if (!controls->manual)
        instruction &= machine->pi;

    /* Action 2 */
    uint32_t operand = machine->store[word_line(instruction)];
    bool hung = !fetched && !controls->manual;
    if (!hung)
        obey(machine, instruction);
    if (!hung && !controls->manual)
        machine->instructions++;

    return (struct bar){
        .control_line = (uint8_t)word_line(control),
        .action_line = (uint8_t)word_line(instruction),
        .stored = !hung && word_function(instruction) == STO,
        .hung = hung,
        .instruction = instruction,
        .operand = operand,
    };
}
