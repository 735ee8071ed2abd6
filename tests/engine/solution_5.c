/* SPDX-License-Identifier: MIT */
/* Solution of exercise 5: translates runs of LDN and SUB to i386 code.  Obeys
   all other instructions, and blocks longer than the budget, one by one. */
#include "emu/engine/fallback.h"
#include <string.h>

#define CODE_MAX (4 + 7 * LINES + 1) /* bytes of the longest block */

struct block {
    bool known;
    uint8_t length; /* number of instructions, or 0 if none is translated */
    uint32_t at;    /* offset in the code area */
};

struct state {
    struct block block[LINES];
    struct code_area *area;
    uint32_t used; /* bytes of the code area */
    const struct machine *machine;
};

/* A block takes A and returns it. */
typedef uint32_t block_code(uint32_t a);

static bool is_plain(const struct machine *machine,
                     const struct breakpoints *breakpoints)
{
    return !machine->ci5 && !machine->immediate_test &&
           !(machine_next_control(machine) & FUNCTION_DIGITS) &&
           breakpoints_are_none(breakpoints);
}

static void forget(struct state *state)
{
    memset(state->block, 0, sizeof state->block);
    state->used = 0;
}

/* Forgets the blocks that contain LINE. */
static void forget_line(struct state *state, unsigned line)
{
    for (unsigned i = 0; i <= line; i++)
        if (i == line || i + state->block[i].length > line)
            state->block[i].known = false;
}

static void emit(struct state *state, const void *code, uint32_t size)
{
    memcpy(state->area->at + state->used, code, size);
    state->used += size;
}

/* Translates one instruction.  Returns false if it is no LDN or SUB. */
static bool translate_one(struct state *state, const struct machine *machine,
                          uint32_t word)
{
    static const uint8_t load[] = {0xA1};           /* mov eax, [address] */
    static const uint8_t negate[] = {0xF7, 0xD8};   /* neg eax */
    static const uint8_t subtract[] = {0x2B, 0x05}; /* sub eax, [address] */
    uint32_t address = (uint32_t)(uintptr_t)&machine->store[word_line(word)];

    switch (word_function(word)) {
    case LDN:
        emit(state, load, sizeof load);
        emit(state, &address, sizeof address);
        emit(state, negate, sizeof negate);
        return true;
    case SUB:
    case SUB + 1:
        emit(state, subtract, sizeof subtract);
        emit(state, &address, sizeof address);
        return true;
    default:
        return false;
    }
}

static void translate(struct state *state, const struct machine *machine,
                      unsigned line)
{
    static const uint8_t enter[] = {0x8B, 0x44, 0x24, 4}; /* mov eax, [esp+4] */
    static const uint8_t leave[] = {0xC3};                /* ret */
    struct block *block = &state->block[line];

    if (state->used + CODE_MAX > state->area->size)
        forget(state);
    *block = (struct block){.known = true, .at = state->used};
    state->area->open(state->area);
    emit(state, enter, sizeof enter);
    for (; line < LINES && translate_one(state, machine, machine->store[line]);
         line++)
        block->length++;
    emit(state, leave, sizeof leave);
    state->area->seal(state->area);
}

static void run_block(struct state *state, struct machine *machine,
                      const struct block *block)
{
    block_code *code = (block_code *)(uintptr_t)(state->area->at + block->at);

    machine->a = code(machine->a);
    machine->ci = machine_next_control(machine) + block->length - 1;
    machine->pi = machine->store[word_line(machine->ci)];
    machine->test = false;
    machine->prepulses += block->length;
    machine->instructions += block->length;
}

static void obey(struct state *state, struct machine *machine)
{
    unsigned line;

    machine->ci = machine_next_control(machine);
    machine->pi = machine->store[word_line(machine->ci)];
    machine->test = false;
    machine->prepulses++;
    machine->instructions++;
    line = word_line(machine->pi);
    switch (word_function(machine->pi)) {
    case JMP:
        machine->ci = machine->store[line];
        break;
    case JRP:
        machine->ci += machine->store[line];
        break;
    case LDN:
        machine->a = 0 - machine->store[line];
        break;
    case STO:
        machine->store[line] = machine->a;
        forget_line(state, line);
        break;
    case SUB:
    case SUB + 1:
        machine->a -= machine->store[line];
        break;
    case CMP:
        machine->test = machine->a >> (DIGITS - 1);
        break;
    case STP:
        machine->neon = true;
        break;
    }
}

/* Obeys a block or one instruction.  Returns the number of instructions. */
static uint32_t obey_next(struct state *state, struct machine *machine,
                          uint32_t budget)
{
    unsigned line = word_line(machine_next_control(machine));
    struct block *block = &state->block[line];

    if (!block->known)
        translate(state, machine, line);
    if (block->length > 0 && block->length <= budget) {
        run_block(state, machine, block);
        return block->length;
    }
    obey(state, machine);
    return 1;
}

static uint32_t execute(void *memory, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    struct state *state = memory;
    uint32_t obeyed = 0;

    if (state->machine != machine)
        forget(state);
    state->machine = machine;
    while (obeyed < budget && !machine->neon && is_plain(machine, breakpoints))
        obeyed += obey_next(state, machine, budget - obeyed);
    return obeyed;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_student, execute, state, machine, breakpoints,
                        budget);
}

static bool start(void *state, struct code_area *area)
{
    *(struct state *)state = (struct state){.area = area};
    return area != NULL && area->size >= CODE_MAX;
}

static void line_written(void *state, const struct machine *machine,
                         unsigned line)
{
    (void)machine;
    forget_line(state, line);
}

static void state_changed(void *state)
{
    forget(state);
}

const struct engine engine_student = {
    .name = "student",
    .state_size = sizeof(struct state),
    .start = start,
    .run = run,
    .line_written = line_written,
    .state_changed = state_changed,
};
