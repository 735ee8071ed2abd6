/* SPDX-License-Identifier: MIT */
#include "random_machine.h"

const uint32_t edge_values[EDGE_VALUES] = {
    0,          1,          2,          0x1F,       0x20,
    0x2000,     0x4000,     0x1FFF,     0xE01F,     0x7FFFFFFF,
    0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 0xAAAAAAAA,
};

/* Mixing function of splitmix64 (Steele, Lea and Flood). */
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Mixes the seed so that adjacent seeds do not give overlapping sequences. */
void prng_seed(struct prng *prng, uint64_t number)
{
    prng->at = mix(number + 0x9E3779B97F4A7C15u);
}

uint32_t prng_next(struct prng *prng)
{
    return (uint32_t)(mix(prng->at += 0x9E3779B97F4A7C15u) >> 32);
}

bool prng_one_in(struct prng *prng, unsigned sides)
{
    return prng_next(prng) % sides == 0;
}

/* Returns a random instruction, rarely a Stop. */
static uint32_t random_instruction(struct prng *prng)
{
    static const uint8_t functions[] = {
        JMP, JMP, JRP, JRP, LDN, LDN, LDN, STO,     STO, STO,
        STO, STO, SUB, SUB, SUB, CMP, CMP, SUB + 1, CMP, STP,
    };
    uint32_t function = functions[prng_next(prng) % sizeof functions];
    uint32_t word = function << FUNCTION_BIT | prng_next(prng) % LINES;

    return prng_one_in(prng, 4) ? word | (prng_next(prng) & 0xFFFF1FE0) : word;
}

uint32_t random_word(struct prng *prng)
{
    switch (prng_next(prng) % 16) {
    case 0:
        return prng_next(prng);
    case 1:
        return edge_values[prng_next(prng) % EDGE_VALUES];
    case 2: /* jump target near a carry into the function digits */
        return (prng_next(prng) & 0xE000) + prng_next(prng) % 64 - 32;
    case 3:
    case 4:
        return prng_next(prng) % LINES;
    case 5:
        return 0 - prng_next(prng) % LINES;
    case 6: /* becomes an instruction when LDN negates it */
        return 0 - random_instruction(prng);
    default:
        return random_instruction(prng);
    }
}

static uint32_t random_control(struct prng *prng)
{
    if (!prng_one_in(prng, 4))
        return prng_next(prng) % LINES;
    return prng_one_in(prng, 2)
               ? random_word(prng)
               : (prng_next(prng) & 0x7FFFE000) - 1 - prng_next(prng) % 64;
}

void random_registers(struct prng *prng, struct machine *machine)
{
    machine->a = random_word(prng);
    machine->ci = random_control(prng);
    machine->pi = random_word(prng);
    machine->test = prng_one_in(prng, 4);
    machine->neon = prng_one_in(prng, 64);
}

void random_options(struct prng *prng, struct machine *machine)
{
    machine->ci5 = prng_one_in(prng, 8);
    machine->immediate_test = prng_one_in(prng, 8);
}

static uint32_t random_lines(struct prng *prng)
{
    return prng_one_in(prng, 2) ? 1u << prng_next(prng) % LINES
                                : prng_next(prng) & prng_next(prng);
}

struct breakpoints random_breakpoints(struct prng *prng)
{
    struct breakpoints breakpoints = {0};

    while (prng_one_in(prng, 3))
        switch (prng_next(prng) % 8) {
        case 0:
            breakpoints.when |= 1u << prng_next(prng) % 3;
            break;
        case 1:
        case 2:
            breakpoints.reading |= random_lines(prng);
            break;
        case 3:
        case 4:
            breakpoints.writing |= random_lines(prng);
            break;
        default:
            breakpoints.obeying |= random_lines(prng);
        }
    return breakpoints;
}

struct machine random_machine(struct prng *prng)
{
    struct machine machine = {0};

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = random_word(prng);
    random_registers(prng, &machine);
    random_options(prng, &machine);
    machine.instructions = prng_next(prng);
    machine.prepulses = machine.instructions + prng_next(prng) % 2;
    return machine;
}
