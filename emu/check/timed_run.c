/* SPDX-License-Identifier: MIT */
#include "timed_run.h"

/* Numbers of instructions per call. */
#define FIRST_CALL 64u
#define CALL_MAX   (1u << 26)
#define NO_TIME    (1u << 18) /* enough to be measurable by any clock */

#define NS_A_SECOND 1000000000u

bool timed_run_start(struct timed_run *timed_run, const struct engine *engine,
                     void *state, struct code_area *area,
                     const struct machine *machine, uint32_t min_ns)
{
    *timed_run = (struct timed_run){
        .engine = engine,
        .state = state,
        .start = *machine,
        .machine = *machine,
        .call = FIRST_CALL,
        .call_max = CALL_MAX,
        .min_ns = min_ns,
    };
    return engine->start(state, area);
}

static void restart(struct timed_run *timed_run)
{
    timed_run->length =
        timed_run->machine.instructions - timed_run->start.instructions;
    timed_run->machine = timed_run->start;
    timed_run->engine->state_changed(timed_run->state);
}

void timed_run_call(struct timed_run *timed_run)
{
    static const struct breakpoints none = {0};
    uint32_t left = timed_run->call;

    while (left > 0) {
        struct outcome outcome = timed_run->engine->run(
            timed_run->state, &timed_run->machine, &none, left);

        left -= outcome.instructions;
        if (outcome.status == RUN_BUDGET)
            break;
        restart(timed_run);
        timed_run->stuck = timed_run->length == 0;
        if (timed_run->stuck)
            return;
    }
    timed_run->done = timed_run->call - left;
}

/* Returns true if OTHER is empty or slower than ONE. */
static bool is_quicker(const struct timing *one, const struct timing *other)
{
    return other->ns == 0 || timing_rate(one) > timing_rate(other);
}

static void add(struct timing *sum, const struct timing *timing)
{
    sum->instructions += timing->instructions;
    sum->ns += timing->ns;
    sum->cycles += timing->cycles;
}

bool timed_run_add(struct timed_run *timed_run, uint64_t ns, uint64_t cycles)
{
    const struct timing call = {timed_run->done, ns, cycles};

    if (timed_run->stuck) {
        timed_run->slices++;
        return true;
    }
    if (ns < timed_run->min_ns && timed_run->call <= timed_run->call_max / 2 &&
        (ns > 0 || timed_run->call < NO_TIME)) {
        timed_run->call *= 2;
        timed_run->slices = 0;
        timed_run->part = timed_run->total = timed_run->best =
            (struct timing){0};
        return false;
    }
    add(&timed_run->part, &call);
    if (ns > 0 && timed_run->part.ns < timed_run->min_ns)
        return false;
    timed_run->last = timed_run->part;
    timed_run->part = (struct timing){0};
    add(&timed_run->total, &timed_run->last);
    if (is_quicker(&timed_run->last, &timed_run->best))
        timed_run->best = timed_run->last;
    timed_run->slices++;
    return true;
}

uint64_t timing_rate(const struct timing *timing)
{
    uint64_t instructions = timing->instructions, ns = timing->ns;

    /* Scale both values down until the product fits in 64 bits. */
    while (instructions > UINT64_MAX / NS_A_SECOND) {
        instructions /= 2;
        ns /= 2;
    }
    return ns == 0 ? 0 : instructions * NS_A_SECOND / ns;
}

uint64_t timing_cycles(const struct timing *timing)
{
    return timing->instructions == 0
               ? 0
               : timing->cycles * 1000 / timing->instructions;
}
