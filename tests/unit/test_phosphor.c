/* SPDX-License-Identifier: MIT */
/* Tests the brightness of lines, and of digits that change within a frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/session/phosphor.h"

#define SCAN (PHOSPHOR_ONE / 16) /* brightness due to the refresh scan */

static struct phosphor phosphor;
static struct machine machine;
static unsigned selected; /* line accessed while the machine is stopped */

static int start(void **state)
{
    (void)state;
    memset(&machine, 0, sizeof machine);
    memset(&phosphor, 0, sizeof phosphor);
    selected = 0;
    return 0;
}

/* Logs a bar that fetches from line CONTROL and accesses line ACTION. */
static void bar(unsigned control, unsigned action)
{
    struct bar log = {.control_line = (uint8_t)control,
                      .action_line = (uint8_t)action};

    phosphor_log(&phosphor, &log, &machine);
}

static void store(unsigned line, uint32_t word)
{
    struct bar log = {.control_line = 31,
                      .action_line = (uint8_t)line,
                      .stored = true,
                      .operand = machine.store[line]};

    machine.store[line] = word;
    phosphor_log(&phosphor, &log, &machine);
}

static void frames(unsigned count)
{
    while (count-- > 0)
        phosphor_frame(&phosphor, &machine, selected);
}

static void check_level(unsigned line, unsigned expected)
{
    assert_in_range(phosphor.level[line], expected - expected / 100,
                    expected + expected / 100);
}

static void test_clear(void **state)
{
    (void)state;
    for (unsigned line = 0; line < LINES; line++)
        assert_int_equal(phosphor.level[line], 0);
    assert_int_equal(phosphor.bars, 0);
}

/* On a stopped machine, the selected line must have full brightness. */
static void test_standing_still(void **state)
{
    (void)state;
    selected = 7;
    frames(100);
    for (unsigned line = 0; line < LINES; line++)
        check_level(line, line == 7 ? PHOSPHOR_ONE + SCAN : SCAN);
}

static void test_accesses(void **state)
{
    (void)state;
    for (unsigned frame = 0; frame < 100; frame++) {
        for (unsigned i = 0; i < 8; i++)
            bar(1 + i % 4, i % 2 ? 20 : 3);
        frames(1);
    }
    check_level(1, PHOSPHOR_ONE / 4 + SCAN);
    check_level(3, PHOSPHOR_ONE / 4 + PHOSPHOR_ONE / 2 + SCAN);
    check_level(20, PHOSPHOR_ONE / 2 + SCAN);
    check_level(0, SCAN);
    check_level(31, SCAN);
}

static void test_brightest(void **state)
{
    (void)state;
    for (unsigned frame = 0; frame < 100; frame++) {
        for (unsigned i = 0; i < PHOSPHOR_BARS_MAX; i++)
            bar(5, 5);
        frames(1);
    }
    check_level(5, 2 * PHOSPHOR_ONE + SCAN);
}

/* The brightness must move halfway to its new level in 60 ms. */
static void test_half_life(void **state)
{
    (void)state;
    selected = 4;
    frames(3);
    check_level(4, (PHOSPHOR_ONE + SCAN) / 2);
    frames(3);
    check_level(4, (PHOSPHOR_ONE + SCAN) * 3 / 4);
    frames(100);
    selected = 9;
    frames(3);
    check_level(4, PHOSPHOR_ONE / 2 + SCAN);
    frames(3);
    check_level(4, PHOSPHOR_ONE / 4 + SCAN);
    frames(200);
    assert_int_equal(phosphor.level[4], SCAN);
    assert_int_equal(phosphor.level[9], PHOSPHOR_ONE + SCAN);
}

/* The bars logged in one frame must not affect the next frame. */
static void test_frames_are_apart(void **state)
{
    (void)state;
    bar(2, 3);
    frames(1);
    selected = 8;
    frames(200);
    assert_int_equal(phosphor.level[2], SCAN);
    assert_int_equal(phosphor.level[8], PHOSPHOR_ONE + SCAN);
}

static void check_share(unsigned line, unsigned digit, unsigned share)
{
    if (phosphor.share[line][digit] != share)
        fail_msg("line %u digit %u: %u, not %u", line, digit,
                 phosphor.share[line][digit], share);
}

static void test_unchanging_digits(void **state)
{
    (void)state;
    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = 0x80000001u << line % 31;
    frames(1);
    for (unsigned line = 0; line < LINES; line++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            check_share(line, digit, machine.store[line] >> digit & 1 ? 4 : 0);
    bar(1, 2);
    frames(1);
    check_share(0, 0, 4);
    check_share(0, 1, 0);
}

static const struct {
    unsigned before, after; /* number of bars before and after the change */
    unsigned share;
} shares[] = {
    {1, 0, 0}, {100, 0, 0},   {15, 1, 0},   {3, 1, 1},
    {1, 1, 2}, {512, 512, 2}, {1, 3, 3},    {1, 30, 4},
    {7, 1, 1}, {1000, 24, 0}, {1, 1023, 4},
};

/* A digit's share must be the fraction of the frame during which it was 1. */
static void test_shares(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        bool rises = shares[i].after > 0;

        start(state);
        for (unsigned j = 1; j < shares[i].before; j++)
            bar(1, 2);
        store(6, rises ? 1u << 31 : 0);
        for (unsigned j = 0; j < shares[i].after; j++)
            bar(1, 2);
        frames(1);
        check_share(6, 31, shares[i].share);
        check_share(6, 30, 0);
        check_share(5, 31, 0);
        frames(1);
        check_share(6, 31, rises ? 4 : 0);
    }
}

/* During the bar that writes a line, its old word must still be visible. */
static void test_writing_bar(void **state)
{
    (void)state;
    machine.store[6] = 1;
    store(6, 2);
    frames(1);
    check_share(6, 0, 4);
    check_share(6, 1, 0);
    frames(1);
    check_share(6, 0, 0);
    check_share(6, 1, 4);
}

static void test_back_and_forth(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 100; i++)
        store(6, i % 2 ? 0x0F : 0xF0);
    frames(1);
    check_share(6, 0, 2);
    check_share(6, 7, 2);
    check_share(6, 8, 0);
}

/* Shares and levels must stay within their bounds for any series of bars. */
static void test_bounds(void **state)
{
    uint32_t random = 1948;

    (void)state;
    for (unsigned frame = 0; frame < 1000; frame++) {
        random = random * 1664525u + 1013904223u;
        for (unsigned i = 0; i < random >> 24; i++) {
            random = random * 1664525u + 1013904223u;
            if (random & 0x100)
                store(random >> 27, random * 2654435761u);
            else
                bar(random >> 27, random >> 20 & 31);
        }
        frames(1);
        for (unsigned line = 0; line < LINES; line++) {
            assert_true(phosphor.level[line] <= 2 * PHOSPHOR_ONE + SCAN);
            for (unsigned digit = 0; digit < DIGITS; digit++)
                assert_true(phosphor.share[line][digit] <= 4);
        }
    }
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_clear),
        TEST(test_standing_still),
        TEST(test_accesses),
        TEST(test_brightest),
        TEST(test_half_life),
        TEST(test_frames_are_apart),
        TEST(test_unchanging_digits),
        TEST(test_shares),
        TEST(test_writing_bar),
        TEST(test_back_and_forth),
        TEST(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
