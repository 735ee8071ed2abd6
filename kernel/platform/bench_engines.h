/* SPDX-License-Identifier: MIT */
/*
 * Who takes part in `bench`: the engines, and what their speed is measured
 * against on this very PC.
 */
#ifndef PLATFORM_BENCH_ENGINES_H
#define PLATFORM_BENCH_ENGINES_H

#include "emu/check/bench.h"
#include "emu/engines.h"

extern struct bench_entry bench_entries[BENCH_CONTENDERS];

/* Fills them in and returns how many there are.  AREA is for translated code,
   ROOM for the V-states, one for each engine. */
unsigned contenders_fill(struct code_area *area, union engine_state *room);

#endif
