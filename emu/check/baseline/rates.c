/* SPDX-License-Identifier: MIT */
/* Wraps the loops of rates.S as an engine, whose instructions are stores, loads
   or taken branches. */
#include "baseline.h"

#define A_ROUND 16u /* operations in a round of rates.S */

typedef void rate(uint32_t *store, uint32_t rounds);

/* The V-state of an entry: which loop it runs. */
struct loop {
    rate *rate;
};

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    const struct loop *loop = state;
    uint32_t rounds = budget / A_ROUND;

    (void)breakpoints;
    if (rounds > 0)
        loop->rate(machine->store, rounds);
    return (struct outcome){rounds * A_ROUND, RUN_BUDGET};
}

static const struct engine engine_rate = {
    .name = "rate",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};

rate rate_stores_word, rate_stores_row, rate_loads_row, rate_jumps_loop,
    rate_jumps_chain;

static struct loop loops[] = {{rate_stores_word},
                              {rate_stores_row},
                              {rate_loads_row},
                              {rate_jumps_loop},
                              {rate_jumps_chain}};

#define ENTRY(name, role, loop)                                                \
    {                                                                          \
        &engine_rate, name, role, RUNS_ALL, loop, NULL                         \
    }

const struct bench_entry rate_entries[RATES] = {
    ENTRY("word", RUNS_STORES, &loops[0]), ENTRY("row", RUNS_STORES, &loops[1]),
    ENTRY("row", RUNS_LOADS, &loops[2]),   ENTRY("loop", RUNS_JUMPS, &loops[3]),
    ENTRY("chain", RUNS_JUMPS, &loops[4]),
};
