/* SPDX-License-Identifier: MIT */
/* Tests every engine against known results, and in lockstep with the reference
   engine.  The environment variables BABY_PROGRAMS and BABY_FIRST set the
   number of random programs and the index of the first one.  A failure prints
   the index of its program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/engine_checks.h"
#include "tests/lib/break_cases.h"
#include "tests/lib/vectors.h"

#define WORD(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))

static const struct breakpoints no_stops = {0};

static union engine_state states[2 * ENGINES_MAX];

static void start(const struct engine *engine, void *state)
{
    memset(state, 0xA5, sizeof(union engine_state));
    assert_true(engine->start(state, NULL));
}

static void test_table(void **state)
{
    (void)state;
    assert_ptr_equal(engines[0], &engine_reference);
    for (unsigned i = 0; engines[i] != NULL; i++) {
        assert_true(i < ENGINES_MAX);
        assert_true(engines[i]->state_size <= sizeof(union engine_state));
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(engines[i]->name, engines[j]->name);
    }
}

static uint64_t program; /* index of the current random program */

static void check(struct lockstep *lockstep, bool same)
{
    static char buffer[5000];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (same)
        return;
    lockstep_report(lockstep, &text);
    fail_msg("program %llu: %s", (unsigned long long)program, buffer);
}

/* Returns the engine at index I with a fresh state in states[ROOM]. */
static struct checked checked_at(unsigned i, unsigned room)
{
    memset(&states[room], 0xA5, sizeof states[room]);
    return (struct checked){.engine = engines[i], .room = &states[room]};
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL ? strtoull(value, NULL, 10) : otherwise;
}

static void test_random_programs(void **state)
{
    uint64_t first = number_from("BABY_FIRST", 1);
    uint64_t count = number_from("BABY_PROGRAMS", 100000);

    (void)state;
    for (program = first; program < first + count; program++)
        for (unsigned i = 1; engines[i] != NULL; i++) {
            struct checked checked = checked_at(i, 0);

            check(&checked.lockstep, check_program(&checked, program));
        }
}

/* Executes WORD with boundary values for CI, A and the operand. */
static void try_edges(const struct engine *engine, uint32_t word, unsigned i,
                      unsigned flip)
{
    struct machine machine = {
        .a = edge_values[i % EDGE_VALUES],
        .ci = edge_values[i / EDGE_VALUES],
        .pi = edge_values[i * 7 % EDGE_VALUES],
        .test = flip & 1,
    };
    struct lockstep lockstep;

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = line * 0x01012021u;
    machine.store[word & 31] = edge_values[(i * 11 + word) % EDGE_VALUES];
    machine.store[machine_next_control(&machine) & 31] =
        flip & 2 ? word | 0xFFFF1FE0u : word;
    assert_true(
        lockstep_start(&lockstep, engine, states, NULL, &machine, &no_stops));
    check(&lockstep, lockstep_call(&lockstep, 1));
    check(&lockstep, lockstep_call(&lockstep, 2));
}

static void test_edges(void **state)
{
    (void)state;
    program = 0;
    for (unsigned e = 1; engines[e] != NULL; e++)
        for (uint32_t word = 0; word < 8 * LINES; word++)
            for (unsigned i = 0; i < EDGE_VALUES * EDGE_VALUES; i++)
                for (unsigned flip = 0; flip < 4; flip++)
                    try_edges(engines[e], WORD(word / LINES, word % LINES), i,
                              flip);
}

static struct prng prng;

/* Alternates between two machines, each under its own engine. */
static void try_pair(const struct engine *one, const struct engine *other)
{
    struct lockstep lockstep[2];
    struct machine machine[2];
    struct breakpoints breakpoints[2];

    for (unsigned i = 0; i < 2; i++) {
        machine[i] = random_machine(&prng);
        breakpoints[i] = random_breakpoints(&prng);
        assert_true(lockstep_start(&lockstep[i], i == 0 ? one : other,
                                   &states[i], NULL, &machine[i],
                                   &breakpoints[i]));
    }
    for (unsigned turn = 0; turn < 40; turn++)
        check(&lockstep[turn & 1],
              lockstep_call(&lockstep[turn & 1], prng_next(&prng) % 16));
}

static void test_two_machines(void **state)
{
    (void)state;
    for (program = 1; program <= 2000; program++) {
        prng_seed(&prng, program);
        for (unsigned i = 0; engines[i] != NULL; i++)
            for (unsigned j = 0; engines[j] != NULL; j++)
                try_pair(engines[i], engines[j]);
    }
}

static void test_swapping(void **state)
{
    (void)state;
    for (program = 1; program <= 4000; program++)
        for (unsigned i = 0; engines[i] != NULL; i++)
            for (unsigned j = 0; j < i; j++) {
                struct checked checked = checked_at(i, 0);
                struct checked other = checked_at(j, 1);

                check(&checked.lockstep,
                      check_swapping(&checked, &other, program));
            }
}

static const char *const ends[] = {"limit", "stop", "hung"};

static void check_vector(const struct vector *vector,
                         const struct engine *engine)
{
    struct machine machine = vector_machine(vector);

    start(engine, states);
    struct outcome outcome =
        engine->run(states, &machine, &no_stops, (uint32_t)vector->limit);

    assert_string_equal(ends[outcome.status], vector->end);
    assert_int_equal(outcome.instructions, vector->instructions);
    assert_int_equal(machine.instructions, vector->instructions);
    assert_int_equal(machine.prepulses,
                     vector->instructions + (outcome.status == RUN_HUNG));
    assert_int_equal(machine.a, vector->a);
    assert_int_equal(machine.ci, vector->ci);
    assert_int_equal(machine.pi, vector->pi);
    assert_int_equal(machine.test, vector->test);
    assert_int_equal(machine.neon, outcome.status == RUN_STOP);
    assert_int_equal(vector_crc(&machine), vector->crc);
}

static void test_vectors(void **state)
{
    FILE *file = vectors_open();
    struct vector vector;
    unsigned count = 0;

    (void)state;
    assert_non_null(file);
    while (vectors_read(file, &vector)) {
        for (unsigned i = 0; engines[i] != NULL; i++)
            check_vector(&vector, engines[i]);
        count++;
    }
    fclose(file);
    assert_int_equal(count, VECTORS);
}

static void expect(const struct engine *engine, struct machine *machine,
                   struct breakpoints breakpoints, uint32_t budget,
                   uint32_t instructions, enum run_status status)
{
    struct outcome outcome = engine->run(states, machine, &breakpoints, budget);

    assert_int_equal(outcome.instructions, instructions);
    assert_int_equal(outcome.status, status);
}

static void run_known(struct checked *checked, unsigned which)
{
    struct known_run run;
    bool ended;

    assert_true(check_known_begin(checked, &run, which));
    while (!run.done)
        if (!check_known(checked, &run, &ended)) {
            print_error("%s, call %u\n", run.known->name, run.call);
            check(&checked->lockstep, false);
        }
}

static void test_known(void **state)
{
    (void)state;
    for (unsigned i = 0; engines[i] != NULL; i++)
        for (unsigned j = 0; j < KNOWN_PROGRAMS; j++) {
            struct checked checked = checked_at(i, 0);

            run_known(&checked, j);
        }
}

static void test_breakpoints(void **state)
{
    (void)state;
    for (unsigned i = 0; engines[i] != NULL; i++)
        for (unsigned j = 0; j < BREAK_CASES; j++) {
            const struct break_case *wanted = &break_cases[j];
            struct machine machine = wanted->machine;

            start(engines[i], states);
            if (!break_case_is_met(wanted, &machine,
                                   engines[i]->run(states, &machine,
                                                   &wanted->breakpoints,
                                                   wanted->budget)))
                fail_msg("%s: %s", engines[i]->name, wanted->what);
        }
}

/* Runs MACHINE for COUNT instructions. */
static void advance(const struct engine *engine, void *state,
                    struct machine *machine, uint32_t count)
{
    assert_int_equal(engine->run(state, machine, &no_stops, count).instructions,
                     count);
}

/* interp() is onto: each T-state is that of a V-state, namely of the one that
   V(S) makes, even if the V-state described another program before. */
static void check_onto(const struct engine *engine, const struct machine *from)
{
    struct machine machine = *from, expected = *from;
    struct outcome outcome, wanted;

    engine->state_changed(states);
    engine->run(states, &machine, &no_stops, 0);
    assert_true(lockstep_same(&machine, from));
    outcome = engine->run(states, &machine, &no_stops, 1);
    wanted = engine_reference.run(NULL, &expected, &no_stops, 1);
    assert_int_equal(outcome.status, wanted.status);
    assert_true(lockstep_same(&machine, &expected));
}

/* Different V-states stand for the same T-state: that of an engine which has
   run a program, and that of one which takes over. */
static void check_v_states(const struct engine *engine)
{
    struct machine machine = {0}, taken;

    memcpy(machine.store, known_programs[0].store, sizeof machine.store);
    taken = machine;
    start(engine, &states[0]);
    start(engine, &states[1]);
    advance(engine, &states[0], &machine, 692);
    advance(&engine_reference, NULL, &taken, 692);
    assert_true(lockstep_same(&machine, &taken));
    if (engine == &engine_predecoded)
        assert_int_not_equal(states[0].predecoded.decodings,
                             states[1].predecoded.decodings);
    advance(engine, &states[0], &machine, 1000);
    advance(engine, &states[1], &taken, 1000);
    assert_true(lockstep_same(&machine, &taken));
}

static void test_v_states(void **state)
{
    (void)state;
    prng_seed(&prng, 1948);
    for (unsigned i = 0; engines[i] != NULL; i++) {
        check_v_states(engines[i]);
        for (unsigned j = 0; j < 2000; j++) {
            struct machine machine = random_machine(&prng);

            check_onto(engines[i], &machine);
        }
    }
}

static uint32_t executed_lines(const void *state)
{
    return engine_predecoded.lines_used(state).executed;
}

/* The predecoded engine must decode each line only once. */
static void test_decodings(void **state)
{
    struct predecoded *predecoded = &states[0].predecoded;
    struct breakpoints breakpoints = {.obeying = 1u << 30};
    struct machine machine = {0};

    (void)state;
    memcpy(machine.store, known_programs[0].store, sizeof machine.store);
    start(&engine_predecoded, states);
    expect(&engine_predecoded, &machine, breakpoints, UINT32_MAX, 2097154,
           RUN_STOP);
    assert_int_equal(machine.store[27], 131072);
    assert_int_equal(predecoded->decodings, 19);
    assert_int_equal(executed_lines(predecoded), 0xFFFFE);
    engine_predecoded.state_changed(predecoded);
    assert_int_equal(executed_lines(predecoded), 0xFFFFE);
    engine_predecoded.restart(predecoded);
    assert_int_equal(executed_lines(predecoded), 0);
    assert_int_equal(engine_predecoded.lines_used(predecoded).accessed, 0);
    machine.neon = false;
    machine.ci = 0;
    expect(&engine_predecoded, &machine, breakpoints, 2, 2, RUN_BUDGET);
    assert_int_equal(executed_lines(predecoded), 1 << 1 | 1 << 2);
    engine_predecoded.restart(predecoded);
    machine.neon = false;
    machine.ci = 17;
    expect(&engine_predecoded, &machine,
           (struct breakpoints){.obeying = 1u << 19}, 2, 1, RUN_BREAKPOINT);
    assert_int_equal(executed_lines(predecoded), 1u << 18);
}

/* An instruction that the reference executes must be recorded, too. */
static void test_lines_used(void **state)
{
    struct machine machine = {.store = {[1] = WORD(LDN, 9), [2] = WORD(STO, 2)},
                              .ci5 = true};
    struct lines_used used;

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(&engine_predecoded, &states[0]);
        machine.ci = 0;
        expect(&engine_predecoded, &machine, no_stops, 2, 2, RUN_BUDGET);
        used = engine_predecoded.lines_used(&states[0]);
        assert_int_equal(used.executed, 1 << 1 | 1 << 2);
        assert_int_equal(used.accessed, 1 << 9 | 1 << 2);
        machine.ci5 = false;
        machine.store[2] = WORD(STO, 2);
    }
}

/* Decoded instructions of another machine must be discarded. */
static void test_moved_machine(void **state)
{
    struct machine machine = {.store = {[1] = WORD(STO, 9)}, .a = 7}, moved;

    (void)state;
    start(&engine_predecoded, &states[0]);
    expect(&engine_predecoded, &machine, no_stops, 1, 1, RUN_BUDGET);
    moved = machine;
    moved.ci = 0;
    moved.a = 8;
    expect(&engine_predecoded, &moved, no_stops, 1, 1, RUN_BUDGET);
    assert_int_equal(machine.store[9], 7);
    assert_int_equal(moved.store[9], 8);
}

static void test_report(void **state)
{
    struct machine machine = {.store = {[1] = WORD(LDN, 9), [9] = 1}};
    char buffer[5000];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct lockstep lockstep;

    (void)state;
    assert_true(lockstep_start(&lockstep, &engine_threaded, states, NULL,
                               &machine, &no_stops));
    assert_true(lockstep_call(&lockstep, 1));
    lockstep.machine.a = 0xFFFF0000;
    assert_false(lockstep_call(&lockstep, 1));
    lockstep_report(&lockstep, &text);
    assert_false(text.cut);
    assert_non_null(
        strstr(buffer, "                 before    expected    threaded\n"));
    assert_non_null(strstr(
        buffer, "\nA              ffffffff    ffffffff    ffff0000  *\n"));
    assert_non_null(
        strstr(buffer, "\nCI                    1           0           0\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_v_states),
        cmocka_unit_test(test_decodings),
        cmocka_unit_test(test_lines_used),
        cmocka_unit_test(test_moved_machine),
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_swapping),
        cmocka_unit_test(test_two_machines),
        cmocka_unit_test(test_random_programs),
        cmocka_unit_test(test_breakpoints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
