/* SPDX-License-Identifier: MIT */
#include "bench_engines.h"
#include "emu/check/baseline/baseline.h"

struct bench_entry bench_entries[BENCH_ENTRIES_MAX];

static unsigned count;

static void add(const struct bench_entry *entries, unsigned number)
{
    while (number-- > 0)
        bench_entries[count++] = *entries++;
}

unsigned bench_entries_fill(struct code_area *area, union engine_state *states)
{
    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++)
        add(&(struct bench_entry){engines[i], NULL, bench_role_of(engines[i]),
                                  RUNS_ALL, &states[i], area},
            1);
    /* The baselines need no state and no code memory. */
    add(&(struct bench_entry){.engine = &engine_lecture,
                              .role = RUNS_OUTSIDER,
                              .runs = RUNS_ALL},
        1);
    add(by_hand_entries, BY_HAND);
    add(rate_entries, RATES);
    return count;
}
