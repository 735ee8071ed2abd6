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

static void add_engine(const struct engine *engine, void *state,
                       struct code_area *area)
{
    add(&(struct bench_entry){engine, NULL, bench_role_of(engine), RUNS_ALL,
                              state, area},
        1);
}

unsigned bench_entries_fill(struct code_area *area,
                            union engine_state states[REPORT_ROOMS])
{
    const size_t unit = sizeof states->aligned;
    uint8_t *at = (uint8_t *)states;
    const uint8_t *end = (const uint8_t *)(states + REPORT_ROOMS);

    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++) {
        size_t size = (engines[i]->state_size + unit - 1) / unit * unit;

        if (size > (size_t)(end - at))
            continue;
        add_engine(engines[i], at, area);
        at += size;
    }
    /* The baselines need no state and no code memory. */
    add(&(struct bench_entry){.engine = &engine_lecture,
                              .role = RUNS_OUTSIDER,
                              .runs = RUNS_ALL},
        1);
    add(by_hand_entries, BY_HAND);
    add(rate_entries, RATES);
    return count;
}
