/* SPDX-License-Identifier: MIT */
/* Solution of exercise 4: keeps each line decoded until it is written to. */
#include "emu/engine/fallback.h"

struct slot {
    bool decoded;
    uint8_t function, line;
    uint32_t word;
};

struct state {
    struct slot slot[LINES];
};

static bool is_plain(const struct machine *machine,
                     const struct breakpoints *breakpoints)
{
    return !machine->ci5 && !machine->immediate_test &&
           !(machine_next_control(machine) & FUNCTION_DIGITS) &&
           breakpoints_are_none(breakpoints);
}

static void decode(struct slot *slot, uint32_t word)
{
    *slot = (struct slot){
        .decoded = true,
        .function = (uint8_t)word_function(word),
        .line = (uint8_t)word_line(word),
        .word = word,
    };
}

static void obey(struct state *state, struct machine *machine)
{
    struct slot *slot;

    machine->ci = machine_next_control(machine);
    slot = &state->slot[word_line(machine->ci)];
    if (!slot->decoded)
        decode(slot, machine->store[word_line(machine->ci)]);
    machine->pi = slot->word;
    machine->test = false;
    machine->prepulses++;
    machine->instructions++;
    switch (slot->function) {
    case JMP:
        machine->ci = machine->store[slot->line];
        break;
    case JRP:
        machine->ci += machine->store[slot->line];
        break;
    case LDN:
        machine->a = 0 - machine->store[slot->line];
        break;
    case STO:
        machine->store[slot->line] = machine->a;
        state->slot[slot->line].decoded = false;
        break;
    case SUB:
    case SUB + 1:
        machine->a -= machine->store[slot->line];
        break;
    case CMP:
        machine->test = machine->a >> (DIGITS - 1);
        break;
    case STP:
        machine->neon = true;
        break;
    }
}

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    uint32_t obeyed = 0;

    for (; obeyed < budget && !machine->neon && is_plain(machine, breakpoints);
         obeyed++)
        obey(state, machine);
    return obeyed;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_student, execute, state, machine, breakpoints,
                        budget);
}

static void state_changed(void *state)
{
    *(struct state *)state = (struct state){0};
}

static void line_written(void *state, const struct machine *machine,
                         unsigned line)
{
    (void)machine;
    ((struct state *)state)->slot[line].decoded = false;
}

static bool start(void *state, struct code_area *area)
{
    (void)area;
    state_changed(state);
    return true;
}

const struct engine engine_student = {
    .name = "student",
    .state_size = sizeof(struct state),
    .start = start,
    .run = run,
    .line_written = line_written,
    .state_changed = state_changed,
};
