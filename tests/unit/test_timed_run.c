/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "emu/engines.h"
#include "emu/text/mnemonic.h"
#include "emu/check/timed_run.h"

static struct timed_run timed_run;
static union engine_state room;

static struct machine short_program(void)
{
    struct machine machine = {0};

    machine.store[1] = LDN << FUNCTION_BIT | 4;
    machine.store[2] = STO << FUNCTION_BIT | 5;
    machine.store[3] = STP << FUNCTION_BIT;
    machine.store[4] = 7;
    return machine;
}

static void start(const struct machine *machine)
{
    assert_true(timed_run_start(&timed_run, &engine_predecoded, &room, NULL,
                                machine, 1000));
}

static void test_program_begins_again(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    timed_run.call = 3 * 5 + 2;
    timed_run_call(&timed_run);
    assert_int_equal(timed_run.length, 3);
    assert_int_equal(timed_run.machine.instructions, 2);
    assert_int_equal(timed_run.machine.ci, 2);
    assert_int_equal((int32_t)timed_run.machine.store[5], -7);
}

/* A slice that ends exactly at the Stop must restart the program. */
static void test_stop_at_the_end(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    timed_run.call = 3;
    timed_run_call(&timed_run);
    assert_int_equal(timed_run.length, 3);
    assert_int_equal(timed_run.machine.instructions, 0);
    assert_false(timed_run.machine.neon);
}

static void test_short_slices_do_not_count(void **state)
{
    struct machine machine = short_program();
    uint32_t first;

    (void)state;
    start(&machine);
    first = timed_run.call;
    timed_run_call(&timed_run);
    timed_run_add(&timed_run, 999, 5);
    assert_int_equal(timed_run.call, 2 * first);
    assert_int_equal(timed_run.slices, 0);
    for (unsigned i = 1; i < 4; i++) {
        timed_run_call(&timed_run);
        timed_run_add(&timed_run, 1000, 4000);
        assert_int_equal(timed_run.slices, i);
        assert_int_equal(timed_run.total.instructions, (uint64_t)2 * first * i);
        assert_int_equal(timed_run.total.ns, 1000 * i);
        assert_int_equal(timed_run.last.cycles, 4000);
    }
    /* Time during which the machine did not run must not be counted. */
    timed_run_add(&timed_run, 10, 10);
    assert_int_equal(timed_run.slices, 0);
    assert_int_equal(timed_run.total.instructions, 0);
}

static void test_best_slice(void **state)
{
    static const uint64_t took[] = {3000, 2000, 2001};
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    for (unsigned i = 0; i < 3; i++) {
        timed_run_call(&timed_run);
        timed_run_add(&timed_run, took[i], 10 * took[i]);
    }
    assert_int_equal(timed_run.best.ns, 2000);
    assert_int_equal(timed_run.best.cycles, 20000);
    assert_int_equal(timed_run.best.instructions, timed_run.call);
}

/* If the length of a call is limited, a slice must consist of several calls. */
static void test_bounded_calls(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    timed_run.call_max = 200;
    for (unsigned i = 0; i < 40 && timed_run.slices < 2; i++) {
        unsigned before = timed_run.slices;

        timed_run_call(&timed_run);
        assert_true(timed_run.call <= 200);
        bool whole = timed_run_add(&timed_run, 300, 30);

        assert_int_equal(timed_run.slices, before + whole);
    }
    assert_int_equal(timed_run.slices, 2);
    assert_int_equal(timed_run.last.instructions, 4 * 128);
    assert_int_equal(timed_run.last.ns, 4 * 300);
    assert_int_equal(timed_run.last.cycles, 4 * 30);
}

/* An engine that returns after executing half of its budget. */
static struct outcome run_half(void *state, struct machine *machine,
                               const struct breakpoints *breakpoints,
                               uint32_t budget)
{
    return engine_reference.run(state, machine, breakpoints, (budget + 1) / 2);
}

/* If the engine returns early, only executed instructions must count. */
static void test_calls_that_end_early(void **state)
{
    struct machine machine = {0};
    struct engine engine = engine_reference;

    (void)state;
    engine.run = run_half;
    assert_true(
        timed_run_start(&timed_run, &engine, NULL, NULL, &machine, 1000));
    timed_run_call(&timed_run);
    assert_true(timed_run_add(&timed_run, 1000, 100));
    assert_int_equal(timed_run.last.instructions, timed_run.call / 2);
    assert_int_equal(timed_run.machine.instructions, timed_run.call / 2);
}

static void test_stopped_clock(void **state)
{
    struct machine machine = short_program();

    (void)state;
    start(&machine);
    for (unsigned i = 0; i < 20 && timed_run.slices == 0; i++) {
        timed_run_call(&timed_run);
        timed_run_add(&timed_run, 0, 0);
    }
    assert_int_equal(timed_run.slices, 1);
    assert_int_equal(timing_rate(&timed_run.best), 0);
}

static void test_hung_or_stopped_machine(void **state)
{
    struct machine machine = short_program();

    (void)state;
    machine.ci = 0x8000;
    start(&machine);
    timed_run_call(&timed_run);
    assert_true(timed_run.stuck);
    timed_run_add(&timed_run, 1, 1);
    assert_int_equal(timed_run.slices, 1);
    assert_int_equal(timing_rate(&timed_run.total), 0);
    assert_int_equal(timing_cycles(&timed_run.total), 0);

    machine.ci = 0;
    machine.neon = true;
    start(&machine);
    timed_run_call(&timed_run);
    assert_true(timed_run.stuck);
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
        cmocka_unit_test(test_best_slice),
        cmocka_unit_test(test_bounded_calls),
        cmocka_unit_test(test_calls_that_end_early),
        cmocka_unit_test(test_stopped_clock),
        cmocka_unit_test(test_hung_or_stopped_machine),
        cmocka_unit_test(test_rate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
