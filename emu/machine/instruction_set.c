/* SPDX-License-Identifier: MIT */
/*
 * Executes a bar in four beats: Scan 1, Action 1, Scan 2 and Action 2.
 *
 * Sources: Burton, SSEM Programmer's Reference Manual, 2.3 to 2.5 and A1.
 * Where simulators differ (see "Where the sources disagree" in emu/README.md),
 * this follows the machine of 1948, with a 32-digit CI and a test flip-flop.
 */
#include "instruction_set.h"
#include <string.h>

static void set_control(struct machine *machine, uint32_t value)
{
    machine->ci = machine->ci5 ? value & (LINES - 1) : value;
}

/* Performs an action beat, which reads a line and regenerates it.  The
   typewriter erases a digit before the word is read but writes a digit after it
   is read, so a digit written does not affect the instruction in progress.
   With erase_corrupts, the write gate is closed and the line is not
   regenerated.  Sets *FORCED to a mask of digits changed by buttons and keys.
 */
static uint32_t read_line(struct machine *machine,
                          const struct controls *controls, unsigned line,
                          uint32_t *forced)
{
    uint32_t before = machine->store[line];
    uint32_t read = before & ~controls_erases(controls);

    machine->store[line] = read | controls_writes(controls);
    if (controls->erase && controls->erase_corrupts)
        machine->store[line] = 0;
    *forced = before ^ machine->store[line];
    return read;
}

/* Fetches WORD into PI, through the same gates as a jump.  Function digits 000
   in CI copy the word to PI and 100 add it to PI.  Returns false for any
   others, which open no route from the store to PI (Reference Manual A1.4). */
static bool fetch(struct machine *machine, uint32_t control, uint32_t word)
{
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

/* Executes an instruction whose operand has already been read. */
static void obey(struct machine *machine, uint32_t instruction,
                 uint32_t operand)
{
    switch (word_function(instruction)) {
    case JMP:
        set_control(machine, operand);
        break;
    case JRP:
        set_control(machine, machine->ci + operand);
        break;
    case LDN:
        machine->a = 0 - operand;
        break;
    case STO:
        machine->store[word_line(instruction)] = machine->a;
        break;
    case SUB:
    case SUB + 1:
        machine->a -= operand;
        break;
    case CMP:
        test(machine);
        break;
    case STP:
        machine->neon = true;
        break;
    }
}

static void clear_store(struct machine *machine,
                        const struct controls *controls)
{
    if (controls->strip & KSC)
        memset(machine->store, 0, sizeof machine->store);
}

/* Applies the KAC and KCC keys, which act at Action 2. */
static void clear_registers(struct machine *machine,
                            const struct controls *controls)
{
    if (controls->strip & KAC && !controls->kac_dead)
        machine->a = 0;
    if (controls->strip & KCC)
        machine_clear_control(machine);
}

struct bar prepulse(struct machine *machine, const struct controls *controls)
{
    struct bar bar = {0};

    machine->prepulses++;
    machine->neon = false;
    clear_store(machine, controls);

    /* Scan 1 */
    if (!controls->holds_control) {
        machine->ci = machine_next_control(machine);
        machine->test = false;
    }
    uint32_t control = machine->ci;
    if (!controls->manual)
        control &= controls->stat;

    /* Action 1 */
    bar.control_line = (uint8_t)word_line(control);
    uint32_t word =
        read_line(machine, controls, bar.control_line, &bar.control_forced);
    bool fetched = fetch(machine, control, word);

    /* Scan 2 */
    bar.instruction = controls->stat;
    if (!controls->manual)
        bar.instruction &= machine->pi;
    bar.hung = !fetched && !controls->manual;

    /* Action 2 */
    bar.action_line = (uint8_t)word_line(bar.instruction);
    bar.operand =
        read_line(machine, controls, bar.action_line, &bar.action_forced);
    bar.stored = !bar.hung && word_function(bar.instruction) == STO;
    if (!bar.hung)
        obey(machine, bar.instruction, bar.operand);
    if (bar.stored)
        read_line(machine, controls, bar.action_line, &bar.action_forced);
    if (!bar.hung && !controls->manual)
        machine->instructions++;

    clear_registers(machine, controls);
    clear_store(machine, controls);
    return bar;
}

uint32_t idle_bar(struct machine *machine, const struct controls *controls)
{
    struct controls held = *controls;
    uint32_t forced;

    held.erase_corrupts = false; /* applies only to a running machine */
    read_line(machine, &held, word_line(controls->stat), &forced);
    clear_registers(machine, controls);
    clear_store(machine, controls);
    return forced;
}
