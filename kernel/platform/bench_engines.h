/* SPDX-License-Identifier: MIT */
/*
 * The entries of `bench`: the engines, and the baselines that their speed is
 * compared with.
 */
#pragma once

#include "emu/check/bench.h"
#include "emu/engines.h"

extern struct bench_entry bench_entries[BENCH_ENTRIES_MAX];

/* Fills in bench_entries and returns their number.  AREA holds translated code,
   STATES one V-state for each engine. */
unsigned bench_entries_fill(struct code_area *area, union engine_state *states);
