/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "emu/engines.h"
#include "emu/text/mnemonic.h"
#include "emu/check/timed_run.h"

static struct trial trial;
static union engine_state room;

static struct machine short_program(void)
{
    /* 1 LDN 4, 2 STO 5, 3 STP */
    struct machine machine = {0};

    machine.store[1] = LDN << FUNCTION_BIT | 4;
    machine.store[2] = STO << FUNCTION_BIT | 5;
    machine.store[3] = STP << FUNCTION_BIT;
    machine.store[4] = 7;
    return machine;
}

static void start(const struct machine *machine)
{
    assert_true(
        trial_start(&trial, &engine_predecoded, &room, NULL, machine, 1000));
}

static void test_program_begins_again(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    trial.call = 3 * 5 + 2;
    trial_call(&trial);
    assert_int_equal(trial.length, 3);
    assert_int_equal(trial.machine.instructions, 2);
    assert_int_equal(trial.machine.ci, 2);
    assert_int_equal((int32_t)trial.machine.store[5], -7);
}

/* A slice that ends with the Stop begins again, too. */
static void test_stop_at_the_end(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    trial.call = 3;
    trial_call(&trial);
    assert_int_equal(trial.length, 3);
    assert_int_equal(trial.machine.instructions, 0);
    assert_false(trial.machine.neon);
}

static void test_short_slices_do_not_count(void **state)
{
    struct machine machine = short_program();
    uint32_t first;

    (void)state;
    start(&machine);
    first = trial.call;
    trial_call(&trial);
    trial_took(&trial, 999, 5);
    assert_int_equal(trial.call, 2 * first);
    assert_int_equal(trial.slices, 0);
    for (unsigned i = 1; i < 4; i++) {
        trial_call(&trial);
        trial_took(&trial, 1000, 4000);
        assert_int_equal(trial.slices, i);
        assert_int_equal(trial.total.instructions, (uint64_t)2 * first * i);
        assert_int_equal(trial.total.ns, 1000 * i);
        assert_int_equal(trial.last.cycles, 4000);
    }
    /* A pause counts for nothing of what went before. */
    trial_took(&trial, 10, 10);
    assert_int_equal(trial.slices, 0);
    assert_int_equal(trial.total.instructions, 0);
}

static void test_best(void **state)
{
    static const uint64_t took[] = {3000, 2000, 2001};
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    for (unsigned i = 0; i < 3; i++) {
        trial_call(&trial);
        trial_took(&trial, took[i], 10 * took[i]);
    }
    assert_int_equal(trial.best.ns, 2000);
    assert_int_equal(trial.best.cycles, 20000);
    assert_int_equal(trial.best.instructions, trial.call);
}

/* A call that is as long as it may be is one of many in a slice. */
static void test_bounded_calls(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    trial.most = 200;
    for (unsigned i = 0; i < 40 && trial.slices < 2; i++) {
        unsigned before = trial.slices;

        trial_call(&trial);
        assert_true(trial.call <= 200);
        bool whole = trial_took(&trial, 300, 30);

        assert_int_equal(trial.slices, before + whole);
    }
    assert_int_equal(trial.slices, 2);
    assert_int_equal(trial.last.instructions, 4 * 128);
    assert_int_equal(trial.last.ns, 4 * 300);
    assert_int_equal(trial.last.cycles, 4 * 30);
}

/* Half of the work of a call is in an instruction. */
static struct outcome run_half(void *state, struct machine *machine,
                               const struct stops *stops, uint32_t budget)
{
    return engine_reference.run(state, machine, stops, (budget + 1) / 2);
}

/* Only what a call obeyed counts, where the engine ends it early. */
static void test_calls_that_end_early(void **state)
{
    struct machine machine = {0}; /* JMP 0 in all lines: a loop */
    struct engine engine = engine_reference;

    (void)state;
    engine.run = run_half;
    assert_true(trial_start(&trial, &engine, NULL, NULL, &machine, 1000));
    trial_call(&trial);
    assert_true(trial_took(&trial, 1000, 100));
    assert_int_equal(trial.last.instructions, trial.call / 2);
    assert_int_equal(trial.machine.instructions, trial.call / 2);
}

static void test_dead_clock(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    for (unsigned i = 0; i < 20 && trial.slices == 0; i++) {
        trial_call(&trial);
        trial_took(&trial, 0, 0);
    }
    assert_int_equal(trial.slices, 1);
    assert_int_equal(timing_rate(&trial.best), 0);
}

/* Control that fetches nothing, and a lit neon: no time without end. */
static void test_stuck(void **state)
{
    struct machine machine = short_program();

    (void)state;
    machine.ci = 0x8000;
    start(&machine);
    trial_call(&trial);
    assert_true(trial.stuck);
    trial_took(&trial, 1, 1);
    assert_int_equal(trial.slices, 1);
    assert_int_equal(timing_rate(&trial.total), 0);
    assert_int_equal(timing_cycles(&trial.total), 0);

    machine.ci = 0;
    machine.neon = true;
    start(&machine);
    trial_call(&trial);
    assert_true(trial.stuck);
}

static void test_rate(void **state)
{
    struct timing slow = {700, 1000000000, 7000000000};
    struct timing fast = {34000000000, 4000000000, 12000000000};

    (void)state;
    assert_int_equal(timing_rate(&slow), 700);
    assert_int_equal(timing_cycles(&slow), 10000000000);
    assert_int_equal(timing_rate(&fast), 8500000000);
    assert_int_equal(timing_cycles(&fast), 352);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program_begins_again),
        cmocka_unit_test(test_stop_at_the_end),
        cmocka_unit_test(test_short_slices_do_not_count),
        cmocka_unit_test(test_best),
        cmocka_unit_test(test_bounded_calls),
        cmocka_unit_test(test_calls_that_end_early),
        cmocka_unit_test(test_dead_clock),
        cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_rate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
