/* SPDX-License-Identifier: MIT */
/* Tests the number of prepulses due at each speed, on a simulated clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/session/pace.h"

#define SECOND UINT64_C(1000000)
#define HOUR   (3600 * SECOND)

static struct pace pace;
static uint64_t now;

static void start(unsigned speed)
{
    now = 123456789;
    pace_start(&pace, speed, now);
}

/* Advances the clock by STEP and returns the number of prepulses due. */
static uint32_t advance(uint64_t step)
{
    uint32_t due;

    now += step;
    due = pace_due(&pace, now);
    pace_used(&pace, due);
    return due;
}

static uint32_t random_state = 1948;

static uint32_t any(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* Advances the clock by SPAN in random steps of at most STEP. */
static uint64_t advance_for(uint64_t span, uint32_t step)
{
    uint64_t end = now + span, given = 0;

    while (now < end) {
        uint64_t left = end - now, next = any(step) + 1;

        given += advance(next < left ? next : left);
    }
    return given;
}

static void check_near(uint64_t given, uint64_t span_us, uint64_t period_ns)
{
    uint64_t exact = span_us * 1000 / period_ns;

    if (given + 1 < exact || given > exact + 1)
        fail_msg("%llu, not %llu", (unsigned long long)given,
                 (unsigned long long)exact);
}

/* The real speed must be exact to one prepulse an hour. */
static void test_real_for_an_hour(void **state)
{
    (void)state;
    start(SPEED_REAL);
    check_near(advance_for(HOUR, 5003), HOUR, 1440000);
    start(SPEED_REAL);
    pace.call = 64;
    check_near(advance_for(HOUR, 40000), HOUR, 1440000);
    start(SPEED_REAL);
    check_near(advance_for(SECOND * 60, 20), SECOND * 60, 1440000);
}

static void test_every_speed(void **state)
{
    (void)state;
    for (unsigned speed = 0; speed < SPEED_MAX; speed++) {
        start(speed);
        pace.call = 1u << 20;
        check_near(advance_for(600 * SECOND, 5003), 600 * SECOND,
                   speeds[speed].period_ns);
    }
}

static void test_table(void **state)
{
    static const unsigned bar[SPEEDS] = {1440, 1440, 1440, 1440, 1224,
                                         1440, 1440, 1440, 1440};

    (void)state;
    assert_string_equal(speeds[SPEED_1].name, "1");
    assert_string_equal(speeds[SPEED_2].name, "2");
    assert_string_equal(speeds[SPEED_7].name, "7");
    assert_string_equal(speeds[SPEED_REAL].name, "real");
    assert_string_equal(speeds[SPEED_MAX].name, "max");
    assert_int_equal(speeds[SPEED_REAL].period_ns, 1440000);
    assert_int_equal(speeds[SPEED_REAL + 1].period_ns, 1224000);
    assert_int_equal(speeds[SPEED_MAX].period_ns, 0);
    for (unsigned i = 0; i < SPEEDS; i++) {
        assert_int_equal(speeds[i].bar_us, bar[i]);
        assert_int_equal(speed_find(speeds[i].name, strlen(speeds[i].name)), i);
        assert_true(strlen(speeds[i].label) <= 13);
    }
    assert_int_equal(speed_find("re", 2), -1);
    assert_int_equal(speed_find("", 0), -1);
    assert_int_equal(speed_find("real speed", 10), -1);
    assert_int_equal(speed_find("real speed", 4), SPEED_REAL);
}

/* Returns the number of prepulses due without advancing the clock. */
static uint32_t drain(void)
{
    uint32_t all = 0, due;

    while ((due = advance(0)) > 0)
        all += due;
    return all;
}

static void test_catching_up(void **state)
{
    (void)state;
    start(SPEED_REAL);
    assert_int_equal(advance(1439), 0);
    assert_int_equal(advance(1), 1);
    now += 50000;
    assert_int_equal(drain(), 34);
    start(SPEED_REAL);
    now += 100000;
    assert_int_equal(drain(), 69);
    start(SPEED_REAL);
    now += 10 * HOUR;
    /* At most 500 ms of missed prepulses are made up for. */
    assert_int_equal(drain(), 348);
    start(SPEED_REAL);
    for (unsigned i = 0; i < 100; i++) {
        now += 90000;
        pace_due(&pace, now);
        pace_used(&pace, 0);
    }
    assert_int_equal(drain(), 348);
}

/* At one prepulse a second, none may be lost and none may accumulate. */
static void test_catching_up_slowly(void **state)
{
    (void)state;
    start(SPEED_1);
    for (unsigned i = 0; i < 49; i++)
        assert_int_equal(advance(20000), 0);
    assert_int_equal(advance(20000), 1);
    now += HOUR;
    assert_true(drain() <= 1);
}

static void test_idle(void **state)
{
    (void)state;
    start(SPEED_REAL);
    advance(1000);
    pace_idle(&pace, now + HOUR);
    now += HOUR;
    assert_int_equal(advance(1439), 0);
    assert_int_equal(advance(1), 1);
}

static void test_change_of_speed(void **state)
{
    (void)state;
    start(SPEED_1);
    advance(99000);
    pace_set(&pace, SPEED_REAL);
    assert_int_equal(pace.speed, SPEED_REAL);
    assert_int_equal(advance(0), 0);
    assert_int_equal(advance(1440), 1);
    pace_set(&pace, SPEED_MAX);
    assert_true(advance(0) > 0);
    pace_set(&pace, SPEED_7);
    assert_int_equal(advance(0), 0);
}

/* A prepulse must be due after the time returned by pace_wait(). */
static void test_wait(void **state)
{
    (void)state;
    for (unsigned speed = 0; speed < SPEED_MAX; speed++) {
        start(speed);
        for (unsigned i = 0; i < 1000; i++) {
            uint64_t left = pace_wait(&pace);

            assert_true(left <= speeds[speed].period_ns / 1000);
            if (left > 2)
                assert_int_equal(advance(left - 2), 0);
            now += left > 2 ? 3 : left + 1;
            /* The PC never sleeps longer than 90 ms at once. */
            while (pace_wait(&pace) > 90000)
                advance(90000);
            assert_true(advance(0) + advance(pace_wait(&pace) + 1) > 0);
        }
    }
    start(SPEED_MAX);
    assert_int_equal(pace_wait(&pace), 0);
}

/* Nanoseconds per prepulse of the current execution path. */
static const uint32_t *path;

static uint64_t took_of(uint32_t count)
{
    return (uint64_t)count * *path / 1000;
}

/* Runs one slice at full speed and returns its duration. */
static uint64_t slice(void)
{
    uint64_t start = now;

    for (unsigned i = 0; i < PACE_CALLS && now - start < PACE_SLICE_US; i++) {
        pace_along(&pace, path);
        pace.asked = pace_due(&pace, now);
        pace_used(&pace, pace.asked);
        uint64_t took = took_of(pace.asked);

        now += took;
        pace_learn(&pace, took);
    }
    return now - start;
}

static void settle_on(const uint32_t *ns)
{
    path = ns;
    for (unsigned i = 0; i < 60; i++)
        slice();
}

/* Each call must take between half a millisecond and one millisecond. */
static void test_calls(void **state)
{
    static const uint32_t ns[] = {2, 30, 200, 4000, 100000, 4000, 30, 2};

    (void)state;
    start(SPEED_MAX);
    for (unsigned i = 0; i < sizeof ns / sizeof *ns; i++) {
        settle_on(&ns[i]);
        assert_true(took_of(pace.call) <= PACE_CALL_US ||
                    pace.call == PACE_CALL_MIN);
        assert_true(took_of(pace.call) >= PACE_CALL_US / 2);
        assert_in_range(slice(), PACE_SLICE_US, PACE_SLICE_US + 2000);
    }
}

/* If execution slows down, a slice may exceed its limit by one call. */
static void test_slower_execution(void **state)
{
    static const uint32_t fast = 5, slow[] = {5000, 50000};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(SPEED_MAX);
        for (unsigned times = 0; times < 100; times++) {
            settle_on(&fast);
            path = &slow[i];
            for (unsigned j = 0; j < times % 4 + 1; j++)
                assert_in_range(slice(), PACE_SLICE_US,
                                PACE_SLICE_US + PACE_CALL_US);
        }
    }
}

/* If execution slows down, the call size must adapt within two slices. */
static void test_slower_code(void **state)
{
    static const unsigned times[] = {4, 40};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        uint32_t ns = 20;

        start(SPEED_MAX);
        settle_on(&ns);
        ns *= times[i];
        assert_true(slice() <= PACE_SLICE_US + times[i] * PACE_CALL_US);
        slice();
        assert_true(slice() <= PACE_SLICE_US + 2 * PACE_CALL_US);
    }
}

/* A PC that draws slowly runs longer calls, so that most of its time is spent
   in them. */
static void test_slow_pc(void **state)
{
    static const uint32_t ns = 100000;

    (void)state;
    start(SPEED_MAX);
    pace_adapt(&pace, 8000);
    assert_int_equal(pace.call_us, PACE_CALL_US);
    assert_int_equal(pace_slice(&pace), PACE_SLICE_US);
    pace_adapt(&pace, 80000);
    assert_int_equal(pace.call_us, 10000);
    assert_int_equal(pace_slice(&pace), 50000);
    settle_on(&ns);
    assert_in_range(took_of(pace.call), 5000, 10000);
    pace_adapt(&pace, 3600000000u);
    assert_int_equal(pace.call_us, PACE_CALL_MAX);
    pace_adapt(&pace, 0);
    settle_on(&ns);
    assert_in_range(took_of(pace.call), 0, 16 * 100);
}

/* The call size must be limited even if the clock stands still. */
static void test_stopped_clock(void **state)
{
    static const uint32_t no_time = 0;

    (void)state;
    start(SPEED_MAX);
    settle_on(&no_time);
    assert_in_range(pace.call, 4096, 8192);
}

/* At a limited speed, no more prepulses may be due than fit in one call. */
static void test_limited_by_call(void **state)
{
    static const uint32_t ns = 100;

    (void)state;
    start(SPEED_MAX - 1);
    pace_along(&pace, &ns);
    assert_int_equal(advance(100000), PACE_CALL_MIN);
    assert_true(pace_is_behind(&pace, now));
    path = &ns;
    while (pace_is_behind(&pace, now))
        slice();
    assert_in_range(pace.call, 256, 10000);
    drain();
    assert_in_range(advance(300), 208, 209);
    assert_false(pace_is_behind(&pace, now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real_for_an_hour),
        cmocka_unit_test(test_every_speed),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_catching_up),
        cmocka_unit_test(test_catching_up_slowly),
        cmocka_unit_test(test_idle),
        cmocka_unit_test(test_change_of_speed),
        cmocka_unit_test(test_wait),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_slower_execution),
        cmocka_unit_test(test_slower_code),
        cmocka_unit_test(test_slow_pc),
        cmocka_unit_test(test_stopped_clock),
        cmocka_unit_test(test_limited_by_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
