/* SPDX-License-Identifier: MIT */
/*
 * Random machines, always the same for the same number, to try engines on.
 * Anything may come; what programs are made of, and what is hard for an
 * engine, comes more often.
 */
#ifndef EMU_CHECK_RANDOM_MACHINE_H
#define EMU_CHECK_RANDOM_MACHINE_H

#include "emu/engine/engine.h"

struct prng {
    uint64_t at;
};

/* Words at which something may turn over. */
#define EDGE_VALUES 15
extern const uint32_t edge_values[EDGE_VALUES];

/* Begins the sequence of NUMBER. */
void prng_seed(struct prng *prng, uint64_t number);

/* Any word; whether one in SIDES came. */
uint32_t prng_next(struct prng *prng);
bool prng_one_in(struct prng *prng, unsigned sides);

/* A word as it may stand in a store: an instruction more often than not. */
uint32_t random_word(struct prng *prng);

/* A, CI, PI, flip-flop and neon; both options; all of a machine. */
void random_registers(struct prng *prng, struct machine *machine);
void random_options(struct prng *prng, struct machine *machine);
struct machine random_machine(struct prng *prng);

/* Mostly none, now and then several kinds at once. */
struct breakpoints random_breakpoints(struct prng *prng);

#endif
