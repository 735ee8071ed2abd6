/* SPDX-License-Identifier: MIT */
#include "engine_checks.h"
#include <string.h>

static const struct breakpoints no_stops = {0};

static bool begin(struct checked *checked, const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    checked->refused =
        !lockstep_start(&checked->lockstep, checked->engine, checked->room,
                        checked->area, machine, breakpoints);
    if (!checked->refused && checked->eager)
        translator_set_eager(checked->engine, checked->room);
    return !checked->refused;
}

static const uint32_t boundary[] = {0,          1,          0x7FFFFFFF,
                                    0x80000000, 0x80000001, 0xFFFFFFFF};
#define BOUNDARIES ((unsigned)(sizeof boundary / sizeof *boundary))

#define WRITTEN 20 /* line written by the STO after the instruction */

/* Number of combinations of flip-flop, A and operand. */
#define CASES (2 * BOUNDARIES * BOUNDARIES)

/* Sets up a machine that is about to execute instruction NUMBER with the
   operands of case WHICH, followed by a STO or a Test. */
static void set_case(struct machine *machine, unsigned number, unsigned which)
{
    static const uint8_t places[] = {0, 1, 5, 29, 30, 31};
    unsigned function = number % 8, line = number / 8 % LINES;
    unsigned options = number / (8 * LINES);
    unsigned place = places[(number + line) % sizeof places];
    uint32_t idle = (line ^ options) & 1 ? 0xFFFF1FE0 : 0;
    unsigned operand = which / (2 * BOUNDARIES) + line + options;

    *machine = (struct machine){
        .a = boundary[which / 2 % BOUNDARIES],
        .test = which & 1,
        .ci = place - 1u - (which & 1),
        .ci5 = options & 1,
        .immediate_test = options & 2,
    };
    for (unsigned i = 0; i < LINES; i++)
        machine->store[i] = STP << FUNCTION_BIT;
    machine->store[line] = boundary[operand % BOUNDARIES];
    machine->store[(place + 1) % LINES] =
        (line & 2 ? CMP : STO) << FUNCTION_BIT | WRITTEN;
    machine->store[place] = function << FUNCTION_BIT | line | idle;
}

/* Sets up a case, reporting only changed lines to preserve the V-state. */
static void begin_case(struct lockstep *lockstep, unsigned number,
                       unsigned which)
{
    set_case(&lockstep->machine, number, which);
    for (unsigned line = 0; line < LINES; line++)
        if (lockstep->machine.store[line] != lockstep->expected.store[line])
            lockstep->engine->line_written(lockstep->state, &lockstep->machine,
                                           line);
    lockstep->expected = lockstep->machine;
}

/* Executes the instruction by itself, then together with the next two. */
static bool check_case(struct lockstep *lockstep, unsigned number,
                       unsigned which)
{
    for (uint32_t budget = 1; budget <= 3; budget += 2) {
        begin_case(lockstep, number, which);
        if (!lockstep_call(lockstep, budget))
            return false;
    }
    return true;
}

void check_instruction(struct checked *checked, unsigned number,
                       uint32_t *passed, uint32_t *failed)
{
    struct machine machine;
    uint32_t before = *failed;

    set_case(&machine, number, 0);
    if (!begin(checked, &machine, &no_stops)) {
        *failed += CASES;
        return;
    }
    for (unsigned which = 0; which < CASES; which++) {
        bool same = check_case(&checked->lockstep, number, which);

        *(same ? passed : failed) += 1;
        if (!same && *failed == before + 1)
            checked->first = checked->lockstep;
    }
    if (*failed > before)
        checked->lockstep = checked->first;
}

/* Makes a random change, and notifies the engine only if this is required. */
static void change_something(struct lockstep *lockstep, struct prng *prng)
{
    struct machine *machine = &lockstep->machine;
    unsigned line = prng_next(prng) % LINES;

    switch (prng_next(prng) % 8) {
    case 0:
        *machine = random_machine(prng);
        lockstep->engine->state_changed(lockstep->state);
        break;
    case 1:
        random_options(prng, machine);
        lockstep->engine->state_changed(lockstep->state);
        break;
    case 2:
        lockstep->breakpoints = random_breakpoints(prng);
        lockstep->engine->state_changed(lockstep->state);
        break;
    case 3:
    case 4:
        random_registers(prng, machine);
        break;
    default:
        machine->store[line] = random_word(prng);
        lockstep->engine->line_written(lockstep->state, machine, line);
    }
    lockstep->expected = *machine;
}

static bool begin_random(struct checked *checked, uint64_t number)
{
    struct prng *prng = &checked->prng;

    prng_seed(prng, number);
    struct machine machine = random_machine(prng);
    struct breakpoints breakpoints = random_breakpoints(prng);

    return begin(checked, &machine, &breakpoints);
}

bool check_program(struct checked *checked, uint64_t number)
{
    struct lockstep *lockstep = &checked->lockstep;
    struct prng *prng = &checked->prng;

    if (!begin_random(checked, number))
        return false;
    for (unsigned round = 0; round < 4; round++) {
        uint32_t seed = number & 1 ? prng_next(prng) | 1 : 0;

        if (!lockstep_run(lockstep, 1 + prng_next(prng) % 64, seed))
            return false;
        change_something(lockstep, prng);
    }
    return lockstep_run(lockstep, 500, prng_next(prng) | 1);
}

bool check_swapping(struct checked *checked, const struct checked *other,
                    uint64_t number)
{
    struct lockstep *lockstep = &checked->lockstep;
    struct prng *prng = &checked->prng;

    if (!begin_random(checked, number))
        return false;
    checked->refused = !other->engine->start(other->room, other->area);
    if (checked->refused)
        return false;
    if (other->eager)
        translator_set_eager(other->engine, other->room);
    for (unsigned turn = 0; turn < 60; turn++) {
        const struct checked *next = prng_one_in(prng, 2) ? checked : other;

        lockstep->engine = next->engine;
        lockstep->state = next->room;
        next->engine->state_changed(next->room);
        if (!lockstep_call(lockstep, prng_next(prng) % 32))
            return false;
    }
    return true;
}

#define CALL_MAX 5000u /* maximum number of instructions per call */

bool check_known_begin(struct checked *checked, struct known_run *run,
                       unsigned program)
{
    const struct known_program *known = &known_programs[program];
    struct machine machine = {
        .ci5 = known->ci5,
        .immediate_test = known->immediate_test,
    };

    memcpy(machine.store, known->store, sizeof machine.store);
    *run = (struct known_run){.known = known};
    return begin(checked, &machine, &no_stops);
}

/* Sets the expected result of a call.  Only the fields of CALL are checked. */
static void expect(struct lockstep *lockstep, const struct known_program *known,
                   const struct known_call *call)
{
    struct machine *expected = &lockstep->expected;

    *expected = lockstep->machine;
    expected->a = call->a;
    expected->ci = call->ci;
    expected->test = call->test;
    expected->neon = call->status == RUN_STOP;
    if (call == &known->calls[known->count - 1])
        expected->store[known->line] = known->value;
    lockstep->expected_outcome =
        (struct outcome){call->instructions, call->status};
}

bool check_known(struct checked *checked, struct known_run *run, bool *ended)
{
    const struct known_call *call = &run->known->calls[run->call];
    struct lockstep *lockstep = &checked->lockstep;
    struct outcome *outcome = &lockstep->outcome;
    uint32_t left = call->budget - run->executed;
    bool part = left > CALL_MAX;

    if (lockstep->breakpoints.obeying != call->breakpoints) {
        lockstep->breakpoints.obeying = call->breakpoints;
        checked->engine->state_changed(checked->room);
    }
    if (run->executed == 0)
        lockstep->before = lockstep->machine;
    lockstep->budget = call->budget;
    *outcome =
        checked->engine->run(checked->room, &lockstep->machine,
                             &lockstep->breakpoints, part ? CALL_MAX : left);
    run->executed += outcome->instructions;
    *ended =
        !part || outcome->status != RUN_BUDGET || outcome->instructions == 0;
    if (!*ended)
        return true;
    outcome->instructions = run->executed;
    run->executed = 0;
    run->done = ++run->call == run->known->count;
    expect(lockstep, run->known, call);
    return lockstep_agrees(lockstep);
}
