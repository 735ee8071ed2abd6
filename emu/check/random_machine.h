/* SPDX-License-Identifier: MIT */
/*
 * Random machines, always the same for the same number, to try engines on.
 * Anything may come; what programs are made of, and what is hard for an
 * engine, comes more often.
 */
#ifndef EMU_DICE_H
#define EMU_DICE_H

#include "emu/engine/engine.h"

struct dice {
    uint64_t at;
};

/* Words at which something may turn over. */
#define DICE_EDGES 15
extern const uint32_t dice_edges[DICE_EDGES];

/* Begins the sequence of NUMBER. */
void dice_shake(struct dice *dice, uint64_t number);

/* Any word; whether one in SIDES came. */
uint32_t dice_roll(struct dice *dice);
bool dice_one_in(struct dice *dice, unsigned sides);

/* A word as it may stand in a store: an instruction more often than not. */
uint32_t dice_word(struct dice *dice);

/* A, CI, PI, flip-flop and neon; both options; all of a machine. */
void dice_registers(struct dice *dice, struct machine *machine);
void dice_options(struct dice *dice, struct machine *machine);
struct machine dice_machine(struct dice *dice);

/* Mostly none, now and then several kinds at once. */
struct stops dice_stops(struct dice *dice);

#endif
