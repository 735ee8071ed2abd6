/* SPDX-License-Identifier: MIT */
#include "bench_engines.h"
#include "emu/check/baseline/baseline.h"

struct contender contenders[BENCH_CONTENDERS];

unsigned contenders_fill(struct code_area *area, union engine_state *room)
{
    unsigned count = 0;

    for (; engines[count] != NULL && count < ENGINES_MAX; count++)
        contenders[count] = (struct contender){engines[count], RUNS_ENGINE,
                                               RUNS_ALL, &room[count], area};
    /* These keep nothing. */
    contenders[count++] = (struct contender){
        .engine = &engine_switch, .role = RUNS_SWITCH, .runs = RUNS_ALL};
    for (unsigned i = 0; i < LIMITS; i++)
        contenders[count++] = (struct contender){
            .engine = limits[i].engine,
            .role = RUNS_LIMIT,
            .runs = 1u << limits[i].sample,
        };
    return count;
}
