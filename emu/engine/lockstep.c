/* SPDX-License-Identifier: MIT */
#include "lockstep.h"
#include "emu/machine/count.h"
#include <string.h>

bool lockstep_start(struct lockstep *lockstep, const struct engine *engine,
                    void *state, struct code_area *area,
                    const struct machine *from,
                    const struct breakpoints *breakpoints)
{
    *lockstep = (struct lockstep){
        .engine = engine,
        .state = state,
        .breakpoints = *breakpoints,
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

bool lockstep_agrees(const struct lockstep *lockstep)
{
    const struct outcome *one = &lockstep->outcome;
    const struct outcome *other = &lockstep->expected_outcome;

    return one->instructions == other->instructions &&
           one->status == other->status &&
           lockstep_same(&lockstep->machine, &lockstep->expected);
}

/* Runs the reference and returns true if its result matches the engine's. */
static bool compare(struct lockstep *lockstep)
{
    struct outcome *expected = &lockstep->expected_outcome;

    *expected = engine_reference.run(NULL, &lockstep->expected,
                                     &lockstep->breakpoints, lockstep->budget);
    count_up(&lockstep->calls);
    return lockstep_agrees(lockstep);
}

bool lockstep_call(struct lockstep *lockstep, uint32_t budget)
{
    lockstep->before = lockstep->expected;
    lockstep->budget = budget;
    lockstep->outcome = lockstep->engine->run(
        lockstep->state, &lockstep->machine, &lockstep->breakpoints, budget);
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

/* Marsaglia's xorshift generator.  SEED must not be 0. */
static uint32_t draw(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Returns a random number below 4, 16, 64 or 256, each equally likely. */
static uint32_t draw_budget(uint32_t *seed)
{
    uint32_t bits = 2 * (draw(seed) >> 30) + 2;

    return draw(seed) >> (32 - bits);
}

bool lockstep_run(struct lockstep *lockstep, uint32_t limit, uint32_t seed)
{
    uint32_t executed = 0;

    while (executed < limit) {
        uint32_t budget = seed == 0 ? 1 : draw_budget(&seed);

        if (budget > limit - executed)
            budget = limit - executed;
        if (!lockstep_call(lockstep, budget))
            return false;
        executed += lockstep->outcome.instructions;
        if (lockstep->outcome.status == RUN_STOP ||
            lockstep->outcome.status == RUN_HUNG)
            break;
    }
    return true;
}

/* A row of the report, showing a register or a line of the store. */
struct field {
    char name[14];
    uint32_t before, expected, got;
};

#define REGISTERS 10
#define FIELDS    (REGISTERS + LINES)

static struct field line_field(const struct lockstep *lockstep, unsigned line)
{
    struct field field = {
        .before = lockstep->before.store[line],
        .expected = lockstep->expected.store[line],
        .got = lockstep->machine.store[line],
    };
    struct strbuf text = strbuf_begin(field.name, sizeof field.name);

    strbuf_add(&text, "line %02u", line);
    return field;
}

/* Returns row I of the report, with only the low 32 bits of the counts. */
static struct field field_of(const struct lockstep *lockstep, unsigned i)
{
    const struct machine *b = &lockstep->before;
    const struct machine *e = &lockstep->expected;
    const struct machine *g = &lockstep->machine;
    const struct field registers[REGISTERS] = {
        {"obeyed", 0, lockstep->expected_outcome.instructions,
         lockstep->outcome.instructions},
        {"A", b->a, e->a, g->a},
        {"CI", b->ci, e->ci, g->ci},
        {"PI", b->pi, e->pi, g->pi},
        {"flip-flop", b->test, e->test, g->test},
        {"neon", b->neon, e->neon, g->neon},
        {"ci5", b->ci5, e->ci5, g->ci5},
        {"immediate", b->immediate_test, e->immediate_test, g->immediate_test},
        {"prepulses", (uint32_t)b->prepulses, (uint32_t)e->prepulses,
         (uint32_t)g->prepulses},
        {"instructions", (uint32_t)b->instructions, (uint32_t)e->instructions,
         (uint32_t)g->instructions},
    };

    return i < REGISTERS ? registers[i] : line_field(lockstep, i - REGISTERS);
}

static const char *const endings[] = {
    [RUN_BUDGET] = "budget",
    [RUN_STOP] = "stop",
    [RUN_HUNG] = "hung",
    [RUN_BREAKPOINT] = "stopped-at",
};

void lockstep_report(const struct lockstep *lockstep, struct strbuf *text)
{
    enum run_status expected = lockstep->expected_outcome.status;
    enum run_status got = lockstep->outcome.status;

    strbuf_add(text, "budget %u (all other values are hexadecimal)\n",
               (unsigned)lockstep->budget);
    strbuf_add(text,
               "breakpoints: execute %x, read %x, write %x, condition %x\n",
               (unsigned)lockstep->breakpoints.obeying,
               (unsigned)lockstep->breakpoints.reading,
               (unsigned)lockstep->breakpoints.writing,
               (unsigned)lockstep->breakpoints.when);
    strbuf_add(text, "%-13s%10s%12s%12s\n", "", "before", "expected",
               lockstep->engine->name);
    strbuf_add(text, "%-13s%10s%12s%12s%s\n", "ended with", "",
               endings[expected], endings[got], expected == got ? "" : "  *");
    for (unsigned i = 0; i < FIELDS; i++) {
        struct field field = field_of(lockstep, i);

        strbuf_add(text, "%-13s%10x%12x%12x%s\n", field.name,
                   (unsigned)field.before, (unsigned)field.expected,
                   (unsigned)field.got,
                   field.expected == field.got ? "" : "  *");
    }
}

void lockstep_summary(const struct lockstep *lockstep, struct strbuf *text)
{
    enum run_status expected = lockstep->expected_outcome.status;
    enum run_status got = lockstep->outcome.status;

    if (expected != got) {
        strbuf_add(text, "%s: the run ended with %s, not %s",
                   lockstep->engine->name, endings[got], endings[expected]);
        return;
    }
    for (unsigned i = 0; i < FIELDS; i++) {
        struct field field = field_of(lockstep, i);

        if (field.expected == field.got)
            continue;
        strbuf_add(text, "%s: %s is %x, not %x", lockstep->engine->name,
                   field.name, (unsigned)field.got, (unsigned)field.expected);
        return;
    }
}
