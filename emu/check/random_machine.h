/* SPDX-License-Identifier: MIT */
/*
 * Pseudo-random machines for testing engines.  Equal seeds give equal machines.
 * Boundary values and common instructions are more likely than others.
 */
#pragma once

#include "emu/engine/engine.h"

struct prng {
    uint64_t at;
};

/* Boundary values of numbers, line numbers and functions. */
#define EDGE_VALUES 15
extern const uint32_t edge_values[EDGE_VALUES];

void prng_seed(struct prng *prng, uint64_t number);

uint32_t prng_next(struct prng *prng);

/* Returns true with a probability of 1 / SIDES. */
bool prng_one_in(struct prng *prng, unsigned sides);

/* Returns a random word for the store, usually an instruction. */
uint32_t random_word(struct prng *prng);

/* Sets the registers, flip-flop and neon to random values. */
void random_registers(struct prng *prng, struct machine *machine);
void random_options(struct prng *prng, struct machine *machine);
struct machine random_machine(struct prng *prng);

/* Returns random breakpoints, usually none. */
struct breakpoints random_breakpoints(struct prng *prng);
