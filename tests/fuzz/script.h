/* SPDX-License-Identifier: MIT */
/* Decodes a fuzzer's input into a machine, breakpoints and a list of moves. */
#pragma once

#include "emu/engine/engine.h"
#include "fuzz.h"

#define MOVES_MAX 64

enum move_kind {
    MOVE_CALL,
    MOVE_EDIT,
    MOVE_REGISTERS,
    MOVE_KC,
    MOVE_OPTIONS,
    MOVE_BREAKPOINTS,
    MOVE_LOAD,
};

struct move {
    enum move_kind kind;
    uint32_t budget;
    unsigned line;
    uint32_t word;
    struct machine machine;
    struct breakpoints breakpoints;
};

static inline void read_registers(struct input *input, struct machine *machine)
{
    uint8_t flags = input_byte(input);

    machine->a = input_word(input);
    machine->ci = input_word(input);
    machine->pi = input_word(input);
    machine->test = flags & 1;
    machine->neon = (flags & 6) == 6;
    machine->ci5 = (flags & 24) == 24;
    machine->immediate_test = (flags & 96) == 96;
}

static inline struct breakpoints read_breakpoints(struct input *input)
{
    struct breakpoints breakpoints = {0};
    uint8_t flags = input_byte(input);

    if (flags & 8)
        breakpoints.obeying = input_word(input);
    if (flags & 16)
        breakpoints.reading = input_word(input);
    if (flags & 32)
        breakpoints.writing = input_word(input);
    breakpoints.when = flags & (BREAK_ON_A | BREAK_ON_LEAVING);
    return breakpoints;
}

static inline struct machine read_machine(struct input *input)
{
    struct machine machine = {0};

    read_registers(input, &machine);
    input_read(input, machine.store, sizeof machine.store);
    machine.prepulses = input_byte(input);
    return machine;
}

static inline struct move read_move(struct input *input)
{
    uint8_t byte = input_byte(input);
    struct move move = {.kind = byte >> 5};

    if (move.kind > MOVE_LOAD)
        move.kind = MOVE_CALL;
    move.line = byte % LINES;
    switch (move.kind) {
    case MOVE_CALL:
        move.budget = byte % LINES * (1u + input_byte(input) % 32);
        break;
    case MOVE_EDIT:
        move.word = input_word(input);
        break;
    case MOVE_REGISTERS:
    case MOVE_OPTIONS:
        read_registers(input, &move.machine);
        break;
    case MOVE_BREAKPOINTS:
        move.breakpoints = read_breakpoints(input);
        break;
    case MOVE_LOAD:
        input_read(input, move.machine.store, sizeof move.machine.store);
        break;
    default:
        break;
    }
    return move;
}

/* Applies a move to the machine and the breakpoints. */
static inline void move_do(const struct move *move, struct machine *machine,
                           struct breakpoints *breakpoints)
{
    const struct machine *from = &move->machine;

    switch (move->kind) {
    case MOVE_EDIT:
        machine->store[move->line] = move->word;
        break;
    case MOVE_REGISTERS:
        machine->a = from->a;
        machine->ci = from->ci;
        machine->pi = from->pi;
        machine->test = from->test;
        machine->neon = from->neon;
        break;
    case MOVE_KC:
        machine->neon = false;
        break;
    case MOVE_OPTIONS:
        machine->ci5 = from->ci5;
        machine->immediate_test = from->immediate_test;
        break;
    case MOVE_BREAKPOINTS:
        *breakpoints = move->breakpoints;
        break;
    case MOVE_LOAD:
        memcpy(machine->store, from->store, sizeof machine->store);
        break;
    default:
        break;
    }
}

/* Notifies the engine of a change, as required by the engine interface. */
static inline void move_notify(const struct move *move,
                               const struct engine *engine, void *state,
                               const struct machine *machine)
{
    if (move->kind == MOVE_EDIT)
        engine->line_written(state, machine, move->line);
    else if (move->kind >= MOVE_OPTIONS)
        engine->state_changed(state);
}
