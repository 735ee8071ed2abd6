/* SPDX-License-Identifier: MIT */
/*
 * Deterministic random machines for testing engines: equal seeds give equal
 * machines.  Edge values and common instructions are over-represented.
 */
#pragma once

#include "emu/engine/engine.h"

struct prng {
    uint64_t at;
};

/* Words at limits of numbers, lines and functions. */
#define EDGE_VALUES 15
extern const uint32_t edge_values[EDGE_VALUES];

/* Starts the sequence with seed NUMBER. */
void prng_seed(struct prng *prng, uint64_t number);

/* Return a random word, and true with a probability of 1 / SIDES. */
uint32_t prng_next(struct prng *prng);
bool prng_one_in(struct prng *prng, unsigned sides);

/* A word of a store, in most cases an instruction. */
uint32_t random_word(struct prng *prng);

/* Set A, CI, PI, flip-flop and neon; set the two options. */
void random_registers(struct prng *prng, struct machine *machine);
void random_options(struct prng *prng, struct machine *machine);
struct machine random_machine(struct prng *prng);

/* In most cases none, sometimes several kinds at once. */
struct breakpoints random_breakpoints(struct prng *prng);
