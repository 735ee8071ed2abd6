/* SPDX-License-Identifier: MIT */
#include "timed_run.h"

#define FIRST_CALL   64u        /* instructions */
#define LONGEST_CALL (1u << 26) /* .. */
#define NO_TIME      (1u << 18) /* .. that take some by any clock that goes */

#define NS_A_SECOND 1000000000u

bool trial_start(struct trial *trial, const struct engine *engine, void *state,
                 struct code_area *area, const struct machine *machine,
                 uint32_t least_ns)
{
    *trial = (struct trial){
        .engine = engine,
        .state = state,
        .start = *machine,
        .machine = *machine,
        .call = FIRST_CALL,
        .most = LONGEST_CALL,
        .least_ns = least_ns,
    };
    return engine->start(state, area);
}

static void begin_again(struct trial *trial)
{
    trial->length = trial->machine.instructions - trial->start.instructions;
    trial->machine = trial->start;
    trial->engine->changed(trial->state);
}

void trial_call(struct trial *trial)
{
    static const struct stops none = {0};
    uint32_t left = trial->call;

    while (left > 0) {
        struct outcome outcome =
            trial->engine->run(trial->state, &trial->machine, &none, left);

        left -= outcome.instructions;
        if (outcome.why == ENDED_BUDGET)
            break;
        begin_again(trial);
        trial->stuck = trial->length == 0;
        if (trial->stuck)
            return;
    }
    trial->done = trial->call - left;
}

/* OTHER may be none yet. */
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

bool trial_took(struct trial *trial, uint64_t ns, uint64_t cycles)
{
    const struct timing call = {trial->done, ns, cycles};

    if (trial->stuck) {
        trial->slices++;
        return true;
    }
    if (ns < trial->least_ns && trial->call <= trial->most / 2 &&
        (ns > 0 || trial->call < NO_TIME)) {
        trial->call *= 2;
        trial->slices = 0;
        trial->part = trial->total = trial->best = (struct timing){0};
        return false;
    }
    add(&trial->part, &call);
    if (ns > 0 && trial->part.ns < trial->least_ns)
        return false;
    trial->last = trial->part;
    trial->part = (struct timing){0};
    add(&trial->total, &trial->last);
    if (is_quicker(&trial->last, &trial->best))
        trial->best = trial->last;
    trial->slices++;
    return true;
}

uint64_t timing_rate(const struct timing *timing)
{
    uint64_t instructions = timing->instructions, ns = timing->ns;

    /* So that the product has room. */
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
