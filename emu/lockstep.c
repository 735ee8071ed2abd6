/* SPDX-License-Identifier: MIT */
#include "lockstep.h"
#include <string.h>

bool lockstep_start(struct lockstep *lockstep, const struct engine *engine,
                    void *state, struct code_area *area,
                    const struct machine *from, const struct stops *stops)
{
    *lockstep = (struct lockstep){
        .engine = engine,
        .state = state,
        .stops = *stops,
        .machine = *from,
        .expected = *from,
        .before = *from,
    };
    return engine->start(state, area);
}

bool lockstep_same(const struct machine *one, const struct machine *other)
{
    return memcmp(one->store, other->store, sizeof one->store) == 0 &&
           one->a == other->a && one->ci == other->ci && one->pi == other->pi &&
           one->test == other->test && one->neon == other->neon &&
           one->ci5 == other->ci5 &&
           one->immediate_test == other->immediate_test &&
           one->prepulses == other->prepulses &&
           one->instructions == other->instructions;
}

/* The reference's call, and whether the engine's was the same. */
static bool compare(struct lockstep *lockstep)
{
    const struct outcome *one = &lockstep->outcome;
    struct outcome *other = &lockstep->expected_outcome;

    *other = engine_reference.run(NULL, &lockstep->expected, &lockstep->stops,
                                  lockstep->budget);
    lockstep->compared += other->instructions;
    return one->instructions == other->instructions && one->why == other->why &&
           lockstep_same(&lockstep->machine, &lockstep->expected);
}

bool lockstep_call(struct lockstep *lockstep, uint32_t budget)
{
    lockstep->before = lockstep->expected;
    lockstep->budget = budget;
    lockstep->outcome = lockstep->engine->run(
        lockstep->state, &lockstep->machine, &lockstep->stops, budget);
    return compare(lockstep);
}

bool lockstep_compare(struct lockstep *lockstep, const struct machine *before,
                      const struct machine *after, struct outcome outcome,
                      uint32_t budget)
{
    lockstep->before = lockstep->expected = *before;
    lockstep->machine = *after;
    lockstep->budget = budget;
    lockstep->outcome = outcome;
    return compare(lockstep);
}

/* Marsaglia's xorshift; SEED is not 0. */
static uint32_t draw(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* As often below 4 as below 16, and so on; sometimes 0. */
static uint32_t draw_budget(uint32_t *seed)
{
    uint32_t bits = 2 * (draw(seed) >> 30) + 2;

    return draw(seed) >> (32 - bits);
}

bool lockstep_run(struct lockstep *lockstep, uint32_t limit, uint32_t seed)
{
    uint32_t obeyed = 0;

    while (obeyed < limit) {
        uint32_t budget = seed == 0 ? 1 : draw_budget(&seed);

        if (budget > limit - obeyed)
            budget = limit - obeyed;
        if (!lockstep_call(lockstep, budget))
            return false;
        obeyed += lockstep->outcome.instructions;
        if (lockstep->outcome.why == ENDED_STOP ||
            lockstep->outcome.why == ENDED_HUNG)
            break;
    }
    return true;
}

static void tell(struct text *text, const char *name, uint32_t before,
                 uint32_t expected, uint32_t got)
{
    text_add(text, "%-13s%10x%12x%12x%s\n", name, (unsigned)before,
             (unsigned)expected, (unsigned)got, expected == got ? "" : "  *");
}

/* The lower halves of counts; runs that differ are not that long. */
static void tell_registers(const struct lockstep *lockstep, struct text *text)
{
    const struct machine *before = &lockstep->before;
    const struct machine *expected = &lockstep->expected;
    const struct machine *got = &lockstep->machine;

    tell(text, "A", before->a, expected->a, got->a);
    tell(text, "CI", before->ci, expected->ci, got->ci);
    tell(text, "PI", before->pi, expected->pi, got->pi);
    tell(text, "flip-flop", before->test, expected->test, got->test);
    tell(text, "neon", before->neon, expected->neon, got->neon);
    tell(text, "ci5", before->ci5, expected->ci5, got->ci5);
    tell(text, "immediate", before->immediate_test, expected->immediate_test,
         got->immediate_test);
    tell(text, "prepulses", (uint32_t)before->prepulses,
         (uint32_t)expected->prepulses, (uint32_t)got->prepulses);
    tell(text, "instructions", (uint32_t)before->instructions,
         (uint32_t)expected->instructions, (uint32_t)got->instructions);
}

void lockstep_tell(const struct lockstep *lockstep, struct text *text)
{
    static const char *const why[] = {
        [ENDED_BUDGET] = "budget",
        [ENDED_STOP] = "stop",
        [ENDED_HUNG] = "hung",
        [ENDED_STOPPED_AT] = "stopped-at",
    };
    const struct outcome *expected = &lockstep->expected_outcome;
    const struct outcome *got = &lockstep->outcome;
    char name[8];

    text_add(text, "budget %u, stops %x; hexadecimal from here on\n",
             (unsigned)lockstep->budget, (unsigned)lockstep->stops.obeying);
    text_add(text, "%-13s%10s%12s%12s\n", "", "before", "reference",
             lockstep->engine->name);
    text_add(text, "%-13s%10s%12s%12s%s\n", "ended by", "", why[expected->why],
             why[got->why], expected->why == got->why ? "" : "  *");
    tell(text, "obeyed", 0, expected->instructions, got->instructions);
    tell_registers(lockstep, text);
    for (unsigned line = 0; line < LINES; line++) {
        struct text number = text_begin(name, sizeof name);

        text_add(&number, "line %02u", line);
        tell(text, name, lockstep->before.store[line],
             lockstep->expected.store[line], lockstep->machine.store[line]);
    }
}
