/* SPDX-License-Identifier: MIT */
#include "bench_engines.h"
#include "emu/check/baseline/baseline.h"

struct bench_entry bench_entries[BENCH_ENTRIES_MAX];

unsigned bench_entries_fill(struct code_area *area, union engine_state *states)
{
    unsigned count = 0;

    for (; engines[count] != NULL && count < ENGINES_MAX; count++)
        bench_entries[count] =
            (struct bench_entry){engines[count], bench_role_of(engines[count]),
                                 RUNS_ALL, &states[count], area};
    /* The baselines need no state and no code memory. */
    for (unsigned i = 0; i < LIMITS; i++)
        bench_entries[count++] = (struct bench_entry){
            .engine = limits[i].engine,
            .role = RUNS_LIMIT,
            .runs = 1u << limits[i].sample,
        };
    return count;
}
