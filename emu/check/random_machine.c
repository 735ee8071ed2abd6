/* SPDX-License-Identifier: MIT */
#include "random_machine.h"

const uint32_t dice_edges[DICE_EDGES] = {
    0,          1,          2,          0x1F,       0x20,
    0x2000,     0x4000,     0x1FFF,     0xE01F,     0x7FFFFFFF,
    0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 0xAAAAAAAA,
};

/* Steele, Lea and Flood's splitmix. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Two numbers next to each other must not begin one sequence, at two places
   next to each other. */
void dice_shake(struct dice *dice, uint64_t number)
{
    dice->at = mix(number + 0x9E3779B97F4A7C15u);
}

uint32_t dice_roll(struct dice *dice)
{
    return (uint32_t)(mix(dice->at += 0x9E3779B97F4A7C15u) >> 32);
}

bool dice_one_in(struct dice *dice, unsigned sides)
{
    return dice_roll(dice) % sides == 0;
}

/* Jumps more often than not stay in the store, Stops are few. */
static uint32_t instruction(struct dice *dice)
{
    static const uint8_t functions[] = {
        JMP, JMP, JRP, JRP, LDN, LDN, LDN, STO,     STO, STO,
        STO, STO, SUB, SUB, SUB, CMP, CMP, SUB + 1, CMP, STP,
    };
    uint32_t function = functions[dice_roll(dice) % sizeof functions];
    uint32_t word = function << FUNCTION_BIT | dice_roll(dice) % LINES;

    return dice_one_in(dice, 4) ? word | (dice_roll(dice) & 0xFFFF1FE0) : word;
}

uint32_t dice_word(struct dice *dice)
{
    switch (dice_roll(dice) % 16) {
    case 0:
        return dice_roll(dice);
    case 1:
        return dice_edges[dice_roll(dice) % DICE_EDGES];
    case 2: /* where jumps lead out of the store, to function digits */
        return (dice_roll(dice) & 0xE000) + dice_roll(dice) % 64 - 32;
    case 3:
    case 4:
        return dice_roll(dice) % LINES;
    case 5:
        return 0 - dice_roll(dice) % LINES;
    case 6: /* what a LDN makes an instruction of */
        return 0 - instruction(dice);
    default:
        return instruction(dice);
    }
}

static uint32_t control(struct dice *dice)
{
    if (!dice_one_in(dice, 4))
        return dice_roll(dice) % LINES;
    return dice_one_in(dice, 2)
               ? dice_word(dice)
               : (dice_roll(dice) & 0x7FFFE000) - 1 - dice_roll(dice) % 64;
}

void dice_registers(struct dice *dice, struct machine *machine)
{
    machine->a = dice_word(dice);
    machine->ci = control(dice);
    machine->pi = dice_word(dice);
    machine->test = dice_one_in(dice, 4);
    machine->neon = dice_one_in(dice, 64);
}

void dice_options(struct dice *dice, struct machine *machine)
{
    machine->ci5 = dice_one_in(dice, 8);
    machine->immediate_test = dice_one_in(dice, 8);
}

static uint32_t lines(struct dice *dice)
{
    return dice_one_in(dice, 2) ? 1u << dice_roll(dice) % LINES
                                : dice_roll(dice) & dice_roll(dice);
}

struct stops dice_stops(struct dice *dice)
{
    struct stops stops = {0};

    while (dice_one_in(dice, 3))
        switch (dice_roll(dice) % 8) {
        case 0:
            stops.when |= 1u << dice_roll(dice) % 3;
            break;
        case 1:
        case 2:
            stops.reading |= lines(dice);
            break;
        case 3:
        case 4:
            stops.writing |= lines(dice);
            break;
        default:
            stops.obeying |= lines(dice);
        }
    return stops;
}

struct machine dice_machine(struct dice *dice)
{
    struct machine machine = {0};

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = dice_word(dice);
    dice_registers(dice, &machine);
    dice_options(dice, &machine);
    machine.instructions = dice_roll(dice);
    machine.prepulses = machine.instructions + dice_roll(dice) % 2;
    return machine;
}
