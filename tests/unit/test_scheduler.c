/* SPDX-License-Identifier: MIT */
/* Tests how the processor's time is divided, on a simulated clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/guests/scheduler.h"

#define SECOND   UINT64_C(1000000)
#define CALL_US  1000u
#define SLICE_US 5000u

static struct scheduler scheduler;
static uint64_t now, begun;

/* What each entity got and asked for, in microseconds. */
static uint64_t used[SCHEDULER_MAX], last[SCHEDULER_MAX];
static double entitled[SCHEDULER_MAX], served[SCHEDULER_MAX];
static double waited, behind, ahead; /* worst of all */

static uint32_t random_state;

static uint32_t any(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* Durations of calls. */

static uint32_t whole_call(void)
{
    return CALL_US;
}

static uint32_t random_call(void)
{
    return 1 + any(CALL_US);
}

static uint32_t overrun_us; /* longest call that overruns */

static uint32_t overrunning_call(void)
{
    if (any(10) > 0)
        return random_call();
    return any(2) ? overrun_us : 1 + any(overrun_us);
}

static void forget_times(void)
{
    begun = now;
    waited = behind = ahead = 0;
    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        used[i] = 0;
        last[i] = now;
        entitled[i] = served[i] = 0;
    }
}

static void start(void)
{
    random_state = 1948;
    now = UINT64_C(1) << 40;
    scheduler_start(&scheduler, now);
    scheduler_set_slice(&scheduler, CALL_US, SLICE_US);
    forget_times();
}

static void add(unsigned number, unsigned weight)
{
    scheduler_add(&scheduler, number, weight, now);
    scheduler_wake(&scheduler, number);
    last[number] = now;
}

static void add_all(unsigned count, unsigned weight)
{
    for (unsigned i = 0; i < count; i++)
        add(i, weight);
}

static unsigned weights(void)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < SCHEDULER_MAX; i++)
        if (scheduler.entity[i].joined)
            sum += scheduler.entity[i].weight;
    return sum;
}

static double max(double one, double other)
{
    return one > other ? one : other;
}

/* Gives each entity that competes its share of TOOK.  Waits are counted in
   entitled time: a wait of T at the share f as f T. */
static void entitle(unsigned current, uint64_t took)
{
    double sum = weights();

    for (unsigned i = 0; i < SCHEDULER_MAX; i++) {
        const struct entity *entity = &scheduler.entity[i];

        if (!entity->joined)
            continue;
        entitled[i] += (double)took * entity->weight / sum;
        behind = max(behind, entitled[i] - (double)used[i]);
        ahead = max(ahead, (double)used[i] - entitled[i]);
        waited = max(waited, entitled[i] - served[i]);
    }
    served[current] = entitled[current];
}

/* Makes one call, or sleeps if nothing can run.  Returns the entity, or -1. */
static int call(uint64_t took)
{
    int next = scheduler_next(&scheduler, now);

    if (next < 0) {
        uint32_t wait = scheduler_wait(&scheduler, now);

        assert_true(wait > 0);
        now += wait < SECOND ? wait : SECOND;
        return next;
    }
    assert_int_equal(scheduler_wait(&scheduler, now), 0);
    used[next] += took;
    entitle((unsigned)next, took);
    now += took;
    last[next] = now;
    scheduler_charge(&scheduler, took);
    return next;
}

static void run_for(uint64_t span, uint32_t (*duration)(void))
{
    uint64_t end = now + span;

    while (now < end)
        call(duration());
}

/* Checks that USED is EXPECTED within 1 % or SLACK, whichever is more. */
static void check_near(uint64_t got, double expected, double slack)
{
    double error = (double)got - expected;

    slack = max(slack, expected / 100);
    if (error > slack || error < -slack)
        fail_msg("%.0f us, not %.0f +- %.0f", (double)got, expected, slack);
}

/* Checks the shares of the first COUNT entities by their weights. */
static void check_shares(unsigned count, double slack)
{
    uint64_t sum = 0;
    unsigned all = 0;

    for (unsigned i = 0; i < count; i++) {
        sum += used[i];
        all += scheduler.entity[i].weight;
    }
    for (unsigned i = 0; i < count; i++)
        check_near(used[i], (double)sum * scheduler.entity[i].weight / all,
                   slack);
}

static void add_1_2_4(void)
{
    add(0, 1);
    add(1, 2);
    add(2, 4);
}

static void test_weights(void **state)
{
    (void)state;
    start();
    add_1_2_4();
    run_for(10 * SECOND, whole_call);
    check_shares(3, 0);
    forget_times();
    run_for(10 * SECOND, random_call);
    check_shares(3, 0);
}

/* One call in ten lasts up to five slices. */
static void test_weights_with_overruns(void **state)
{
    (void)state;
    start();
    add_1_2_4();
    overrun_us = 5 * SLICE_US;
    run_for(10 * SECOND, overrunning_call);
    check_shares(3, 6 * SLICE_US);
    forget_times();
    run_for(100 * SECOND, overrunning_call);
    check_shares(3, 0);
    /* Only one entity overruns. */
    forget_times();
    while (now < begun + 10 * SECOND)
        call(scheduler_next(&scheduler, now) == 0 ? 10 * SLICE_US : CALL_US);
    check_shares(3, 10 * SLICE_US);
}

/* Others join and leave all the time. */
static void test_weights_with_joining(void **state)
{
    (void)state;
    start();
    add_1_2_4();
    while (now < begun + 10 * SECOND) {
        unsigned other = 3 + any(SCHEDULER_MAX - 3);

        if (any(2))
            add(other, 1 + any(8));
        else
            scheduler_sleep(&scheduler, other);
        if (any(4) == 0)
            for (other = 3; other < SCHEDULER_MAX; other++)
                scheduler_sleep(&scheduler, other);
        run_for(any(20000), random_call);
    }
    check_shares(3, SLICE_US + CALL_US);
    assert_true(used[3] > 0);
}

static void test_64_entities(void **state)
{
    (void)state;
    start();
    add_all(SCHEDULER_MAX, 8);
    run_for(10 * SECOND, whole_call);
    check_shares(SCHEDULER_MAX, SLICE_US);
    /* With slices of one call, 1 % is possible. */
    start();
    add_all(SCHEDULER_MAX, 8);
    scheduler_set_slice(&scheduler, CALL_US / 2, CALL_US / 2);
    run_for(10 * SECOND, random_call);
    check_shares(SCHEDULER_MAX, CALL_US + CALL_US / 2);
}

static void test_64_weights(void **state)
{
    (void)state;
    start();
    for (unsigned i = 0; i < SCHEDULER_MAX; i++)
        add(i, 1 + i);
    run_for(10 * SECOND, random_call);
    check_shares(SCHEDULER_MAX, SLICE_US + CALL_US);
    run_for(90 * SECOND, random_call);
    check_shares(SCHEDULER_MAX, SLICE_US + CALL_US);
}

/* A heavy entity among light ones, and a light one among heavy ones. */
static void test_extreme_weights(void **state)
{
    (void)state;
    for (unsigned light = 0; light < 2; light++) {
        start();
        add_all(SCHEDULER_MAX, light ? WEIGHT_MAX : 1);
        add(0, light ? 1 : WEIGHT_MAX);
        run_for(10 * SECOND, random_call);
        check_shares(SCHEDULER_MAX, 2 * SLICE_US);
        assert_true(behind < 2 * SLICE_US);
    }
}

static void test_no_credit_for_absence(void **state)
{
    (void)state;
    start();
    add_all(2, 1);
    scheduler_sleep(&scheduler, 1);
    run_for(10 * SECOND, whole_call);
    assert_int_equal(used[1], 0);
    scheduler_wake(&scheduler, 1);
    add(2, 1);
    forget_times();
    run_for(3 * SECOND, whole_call);
    check_shares(3, SLICE_US);
    assert_true(waited <= 2 * SLICE_US);
}

/* Nor does one that has slept longer than all others. */
static void test_all_asleep(void **state)
{
    (void)state;
    start();
    add_all(2, 1);
    run_for(SECOND, whole_call);
    scheduler_sleep(&scheduler, 0);
    run_for(SECOND, whole_call);
    scheduler_sleep(&scheduler, 1);
    assert_int_equal(scheduler_next(&scheduler, now), -1);
    assert_int_equal(scheduler_wait(&scheduler, now), UINT32_MAX);
    now += 10 * SECOND;
    scheduler_wake(&scheduler, 0);
    run_for(SECOND / 10, whole_call);
    scheduler_wake(&scheduler, 1);
    forget_times();
    run_for(SECOND, whole_call);
    check_shares(2, SLICE_US);
}

/* An entity that sleeps after a long slice still owes it. */
static void test_overrun_is_not_forgiven(void **state)
{
    (void)state;
    start();
    add_all(2, 1);
    while (call(CALL_US) != 0)
        continue;
    while (scheduler_next(&scheduler, now) != 0)
        call(CALL_US);
    call(SECOND / 10);
    scheduler_sleep(&scheduler, 0);
    call(CALL_US);
    scheduler_wake(&scheduler, 0);
    forget_times();
    run_for(SECOND / 20, whole_call);
    assert_int_equal(used[0], 0);
    run_for(SECOND / 10, whole_call);
    assert_true(used[0] > 0);
}

static void test_change_of_weight(void **state)
{
    (void)state;
    start();
    add_all(3, 1);
    run_for(SECOND, whole_call);
    /* One that is ahead by a slice must not wait longer at another weight. */
    for (unsigned i = 0; i < 1000; i++) {
        unsigned number = any(3);

        scheduler_set_weight(&scheduler, number,
                             any(2) ? 1 : 1 + any(WEIGHT_MAX));
        for (unsigned j = 0; j < 7; j++)
            call(CALL_US);
    }
    assert_true(behind < 3 * SLICE_US);
    assert_true(ahead < 3 * SLICE_US);
    forget_times();
    run_for(10 * SECOND, whole_call);
    check_shares(3, SLICE_US);
}

/* ---- Caps ---- */

static void set_cap(unsigned number, unsigned percent)
{
    scheduler_set_cap(&scheduler, number, percent, now);
}

static const unsigned caps[] = {1, 10, 33, 50, 99};

static void test_cap_alone(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof caps / sizeof *caps; i++) {
        start();
        add(0, 1);
        set_cap(0, caps[i]);
        run_for(10 * SECOND, random_call);
        check_near(used[0], (double)caps[i] * SECOND / 10, CALL_US);
    }
}

static void test_cap_beside_others(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof caps / sizeof *caps; i++) {
        start();
        add(0, WEIGHT_MAX);
        add_all(3, 1);
        add(0, WEIGHT_MAX);
        set_cap(0, caps[i]);
        run_for(10 * SECOND, random_call);
        double all = (double)(now - begun);
        double share = all * WEIGHT_MAX / (WEIGHT_MAX + 2);

        check_near(used[0], caps[i] == 99 ? share : all * caps[i] / 100,
                   2 * CALL_US);
        check_near(used[1], (all - (double)used[0]) / 2, 0);
    }
}

/* Of 64 entities at equal weight, a cap of 1 % is below the share. */
static void test_cap_among_64(void **state)
{
    (void)state;
    start();
    add_all(SCHEDULER_MAX, 1);
    set_cap(5, 1);
    run_for(10 * SECOND, random_call);
    check_near(used[5], SECOND / 10, CALL_US);
    /* All are capped, and the processor sleeps for 36 % of the time. */
    start();
    add_all(SCHEDULER_MAX, 1);
    for (unsigned i = 0; i < SCHEDULER_MAX; i++)
        set_cap(i, 1);
    run_for(10 * SECOND, random_call);
    for (unsigned i = 0; i < SCHEDULER_MAX; i++)
        check_near(used[i], (double)SECOND / 10, CALL_US);
}

/* An overrun is paid back. */
static void test_cap_with_overruns(void **state)
{
    (void)state;
    overrun_us = 50000;
    for (unsigned i = 0; i < sizeof caps / sizeof *caps; i++) {
        start();
        add_all(2, 1);
        set_cap(0, caps[i]);
        scheduler_sleep(&scheduler, 1);
        run_for(10 * SECOND, overrunning_call);
        check_near(used[0], (double)(now - begun) * caps[i] / 100, overrun_us);
    }
}

/* Unused time is kept for the length of the window only. */
static void test_cap_is_not_saved(void **state)
{
    (void)state;
    start();
    add(0, 1);
    set_cap(0, 10);
    run_for(SECOND, whole_call);
    scheduler_sleep(&scheduler, 0);
    now += 3600 * SECOND;
    assert_int_equal(scheduler_next(&scheduler, now), -1);
    scheduler_wake(&scheduler, 0);
    forget_times();
    run_for(SECOND, whole_call);
    assert_in_range(used[0], 140000, 150000 + CALL_US);
}

static void test_no_cap(void **state)
{
    (void)state;
    start();
    add(0, 1);
    set_cap(0, 1);
    run_for(SECOND, whole_call);
    for (unsigned percent = 0; percent <= 100; percent += 100) {
        set_cap(0, percent);
        assert_int_equal(scheduler.entity[0].cap.percent, 0);
        forget_times();
        run_for(SECOND, whole_call);
        assert_int_equal(used[0], SECOND);
        set_cap(0, 1);
    }
}

/* ---- Timed entities ---- */

#define PERIOD 1440u

static uint64_t due[SCHEDULER_MAX];
static uint64_t latest; /* longest time from due to served */

/* Runs for SPAN.  The first COUNT entities are timed and cost COST each time
   they are due; others run calls of up to 1 ms. */
static void run_timed(uint64_t span, unsigned count, uint32_t cost,
                      bool on_time)
{
    uint64_t end = now + span;

    latest = 0;
    for (unsigned i = 0; i < count; i++) {
        due[i] = now + any(PERIOD);
        scheduler_wake_at(&scheduler, i, due[i], on_time);
    }
    while (now < end) {
        int next = scheduler_next(&scheduler, now);

        if (next < 0 || next >= (int)count) {
            call(random_call());
            continue;
        }
        assert_true(due[next] <= now);
        if (now - due[next] > latest)
            latest = now - due[next];
        for (unsigned i = 0; i < count && scheduler.reserved; i++)
            assert_true(due[i] > now || due[next] <= due[i] ||
                        !scheduler.begins);
        call(cost);
        due[next] += PERIOD;
        scheduler_wake_at(&scheduler, (unsigned)next, due[next], on_time);
    }
}

/* Of the entities that are due, the one due first runs, within two calls. */
static void test_due_times(void **state)
{
    (void)state;
    start();
    add_all(8, 1);
    for (unsigned i = 4; i < 8; i++)
        scheduler_set_weight(&scheduler, i, WEIGHT_MAX);
    run_timed(10 * SECOND, 4, 50, true);
    for (unsigned i = 0; i < 4; i++)
        assert_in_range(used[i] / 50, 10 * SECOND / PERIOD - 2,
                        10 * SECOND / PERIOD + 2);
    assert_true(latest <= 2 * CALL_US + 4 * 50);
    /* The others share the rest by their weights. */
    for (unsigned i = 5; i < 8; i++)
        check_near(used[i], (double)used[4], SLICE_US);
    assert_true(used[4] > 2 * SECOND);
}

/* More than the reserve is charged to the shares, so nobody starves. */
static void test_overload_by_timed(void **state)
{
    (void)state;
    start();
    add_all(8, 1);
    run_timed(10 * SECOND, 7, PERIOD / 7, true);
    check_near(used[7], 1e7 * (100 - RESERVE_PERCENT) / 100 / 8, 2 * SLICE_US);
    assert_true(waited <= 6 * SLICE_US);
    for (unsigned i = 0; i < 7; i++)
        assert_true(used[i] >= SECOND);
}

/* Others than those on time run first only within their share. */
static void test_timed_within_share(void **state)
{
    (void)state;
    start();
    add_all(4, 1);
    run_timed(10 * SECOND, 1, PERIOD / 10, false);
    assert_in_range(used[0], SECOND * 99 / 100, SECOND * 101 / 100);
    assert_true(latest <= 2 * CALL_US);
    start();
    add_all(4, 1);
    run_timed(10 * SECOND, 1, PERIOD / 2, false);
    check_near(used[0], (double)(now - begun) / 4, SLICE_US);
    check_shares(4, SLICE_US);
}

static void test_timed_only(void **state)
{
    (void)state;
    start();
    add_all(SCHEDULER_MAX, 1);
    run_timed(10 * SECOND, SCHEDULER_MAX, 20, true);
    for (unsigned i = 0; i < SCHEDULER_MAX; i++)
        assert_in_range(used[i] / 20, 10 * SECOND / PERIOD - 2,
                        10 * SECOND / PERIOD + 2);
}

static void test_wait(void **state)
{
    (void)state;
    start();
    add(0, 1);
    assert_int_equal(scheduler_wait(&scheduler, now), 0);
    scheduler_wake_at(&scheduler, 0, now + 700, true);
    assert_int_equal(scheduler_wait(&scheduler, now), 700);
    assert_int_equal(scheduler_next(&scheduler, now + 699), -1);
    assert_int_equal(scheduler_next(&scheduler, now + 700), 0);
    assert_int_equal(scheduler_wait(&scheduler, now + 701), 0);
    scheduler_sleep(&scheduler, 0);
    assert_int_equal(scheduler_wait(&scheduler, now), UINT32_MAX);
    /* A debt of 10 ms at 20 % is paid in 50 ms. */
    start();
    add(0, 1);
    set_cap(0, 20);
    while (call(10000) < 0)
        continue;
    uint32_t wait = scheduler_wait(&scheduler, now);

    assert_in_range(wait, 39000, 41000);
    assert_int_equal(scheduler_next(&scheduler, now + wait - 2), -1);
    assert_int_equal(scheduler_next(&scheduler, now + wait), 0);
}

/* ---- Starvation ---- */

enum mix { EQUAL, RANDOM, ONE_HEAVY, ONE_LIGHT, MIXES };

static unsigned weight_of(enum mix mix, unsigned number)
{
    switch (mix) {
    case RANDOM:
        return 1 + any(WEIGHT_MAX);
    case ONE_HEAVY:
        return number == 0 ? WEIGHT_MAX : 1;
    case ONE_LIGHT:
        return number == 0 ? 1 : WEIGHT_MAX;
    default:
        return 1;
    }
}

static void check_no_starvation(unsigned count, enum mix mix, uint32_t longest)
{
    start();
    for (unsigned i = 0; i < count; i++)
        add(i, weight_of(mix, i));
    overrun_us = longest;
    run_for(20 * SECOND, overrunning_call);
    double slice = SLICE_US + longest;

    if (waited > 6 * slice || behind > 5 * slice || ahead > slice)
        fail_msg("%u entities, mix %u: waited %.2f, behind %.2f, ahead %.2f",
                 count, (unsigned)mix, waited / slice, behind / slice,
                 ahead / slice);
}

/* The bounds of scheduler.h, with slices at the maximum and ten times that. */
static void test_no_starvation(void **state)
{
    static const unsigned counts[] = {2, 3, 8, SCHEDULER_MAX};

    (void)state;
    for (unsigned i = 0; i < sizeof counts / sizeof *counts; i++)
        for (enum mix mix = 0; mix < MIXES; mix++) {
            check_no_starvation(counts[i], mix, CALL_US);
            check_no_starvation(counts[i], mix, SLICE_US);
            check_no_starvation(counts[i], mix, 10 * SLICE_US);
        }
}

/* Entities sleep, wake and change as if to cheat, and still none waits longer
   than the bound. */
static void test_no_starvation_by_change(void **state)
{
    (void)state;
    start();
    add_all(16, 4);
    overrun_us = SLICE_US;
    while (now < begun + 20 * SECOND) {
        unsigned number = 1 + any(15);

        switch (any(4)) {
        case 0:
            scheduler_sleep(&scheduler, number);
            break;
        case 1:
            scheduler_set_weight(&scheduler, number, 1 + any(WEIGHT_MAX));
            break;
        default:
            scheduler_wake(&scheduler, number);
        }
        call(overrunning_call());
        assert_true(entitled[0] - served[0] <= 6 * 2 * SLICE_US);
        assert_true(entitled[0] - (double)used[0] <= 5 * 2 * SLICE_US);
    }
}

/* A clock that does not advance during a call, or jumps, does no harm. */
static void test_bad_clock(void **state)
{
    static unsigned calls[4];

    (void)state;
    start();
    add_all(4, 1);
    for (unsigned i = 0; i < 100 * SLICE_US; i++) {
        calls[scheduler_next(&scheduler, now)]++;
        scheduler_charge(&scheduler, 0);
    }
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(calls[i], 25 * SLICE_US);
    scheduler_set_cap(&scheduler, 0, 50, now);
    now += SECOND;
    while (scheduler_next(&scheduler, now) != 0)
        call(CALL_US);
    scheduler_charge(&scheduler, UINT64_MAX);
    assert_int_not_equal(scheduler_next(&scheduler, now), 0);
    assert_true(scheduler.entity[0].cap.credit < 0);
    forget_times();
    run_for(20 * SECOND, whole_call);
    check_near(used[0], 5e6 - CHARGE_MAX_US, SECOND);
    while (call(CALL_US) != 0)
        continue;
    scheduler_charge(&scheduler, SECOND / 2);
    assert_int_not_equal(scheduler_next(&scheduler, now), -1);
    int32_t credit = scheduler.entity[0].cap.credit;

    assert_int_not_equal(scheduler_next(&scheduler, now - SECOND), -1);
    assert_int_equal(scheduler.entity[0].cap.credit, credit);
}

static void test_nothing_to_charge(void **state)
{
    (void)state;
    start();
    scheduler_charge(&scheduler, 1);
    add(0, 1);
    assert_int_equal(scheduler_next(&scheduler, now), 0);
    assert_true(scheduler.begins);
    scheduler_charge(&scheduler, CALL_US);
    assert_int_equal(scheduler_next(&scheduler, now), 0);
    assert_false(scheduler.begins);
    /* An entity that replaces the current one owes nothing. */
    add(0, 1);
    scheduler_charge(&scheduler, CALL_US);
    assert_int_equal(scheduler_next(&scheduler, now), 0);
    assert_true(scheduler.begins);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_weights_with_overruns),
        cmocka_unit_test(test_weights_with_joining),
        cmocka_unit_test(test_64_entities),
        cmocka_unit_test(test_64_weights),
        cmocka_unit_test(test_extreme_weights),
        cmocka_unit_test(test_no_credit_for_absence),
        cmocka_unit_test(test_all_asleep),
        cmocka_unit_test(test_overrun_is_not_forgiven),
        cmocka_unit_test(test_change_of_weight),
        cmocka_unit_test(test_cap_alone),
        cmocka_unit_test(test_cap_beside_others),
        cmocka_unit_test(test_cap_among_64),
        cmocka_unit_test(test_cap_with_overruns),
        cmocka_unit_test(test_cap_is_not_saved),
        cmocka_unit_test(test_no_cap),
        cmocka_unit_test(test_due_times),
        cmocka_unit_test(test_overload_by_timed),
        cmocka_unit_test(test_timed_within_share),
        cmocka_unit_test(test_timed_only),
        cmocka_unit_test(test_wait),
        cmocka_unit_test(test_no_starvation),
        cmocka_unit_test(test_no_starvation_by_change),
        cmocka_unit_test(test_bad_clock),
        cmocka_unit_test(test_nothing_to_charge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
