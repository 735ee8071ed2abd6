/* SPDX-License-Identifier: MIT */
/* Tests prepulse() against a second implementation in tests/lib/plain.h. */
#include "emu/machine/instruction_set.h"
#include "tests/lib/plain.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const uint32_t edges[] = {
    0,          1,          2,          0x1F,       0x20,
    0x2000,     0x4000,     0x1FFF,     0xE01F,     0x7FFFFFFF,
    0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 0xAAAAAAAA,
};
#define EDGES (sizeof edges / sizeof edges[0])

static void check_step(uint32_t word, uint32_t a, uint32_t ci, uint32_t pi,
                       uint32_t operand, bool flip_flop)
{
    struct machine machine = {.a = a, .ci = ci, .pi = pi, .test = flip_flop};
    struct machine expected;

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = line * 0x01010101u;
    machine.store[(word)&31] = operand;
    machine.store[(ci + 1 + flip_flop) & 31] = word;
    expected = machine;
    plain_step(&expected);
    struct bar bar = prepulse(&machine, &controls_normal);

    assert_memory_equal(&machine, &expected, sizeof machine);
    assert_int_equal(bar.hung, expected.instructions == 0);
}

/* Checks every function and line number with boundary values. */
static void test_plain_step(void **state)
{
    (void)state;
    for (uint32_t word = 0; word < 8 * LINES; word++)
        for (unsigned i = 0; i < EDGES * EDGES; i++)
            for (unsigned flip = 0; flip < 4; flip++)
                check_step((word >> 5) << 13 | (word & 31) |
                               (flip & 2 ? 0xFFFF1FE0u : 0),
                           edges[i % EDGES], edges[i / EDGES],
                           edges[(i * 7) % EDGES],
                           edges[(i * 11 + word) % EDGES], flip & 1);
}

/* In Auto, a switch that is up must make its digit read as 0. */
static void test_switches_in_auto(void **state)
{
    struct machine machine = {.ci = 0x4004, .store = {[4] = 0x6003}};
    struct controls controls = {.stat = STATICISOR & ~0x4001u};

    (void)state;
    struct bar bar = prepulse(&machine, &controls);

    assert_false(bar.hung);
    assert_int_equal(bar.control_line, 4);
    assert_int_equal(machine.pi, 0x6003);
    assert_int_equal(bar.instruction, 0x2002);
    assert_int_equal(machine.ci, 0x4005 + machine.store[2]);
}

/* In Man, the instruction on the switches must be executed despite a hang. */
static void test_switches_in_man(void **state)
{
    struct machine machine = {.ci = 0x4004, .a = 77};
    struct controls controls = {.stat = 0x6003, .manual = true};

    (void)state;
    struct bar bar = prepulse(&machine, &controls);

    assert_false(bar.hung);
    assert_true(bar.stored);
    assert_int_equal(machine.store[3], 77);
    assert_int_equal(machine.ci, 0x4005);
    assert_int_equal(machine.prepulses, 1);
    assert_int_equal(machine.instructions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_step),
        cmocka_unit_test(test_switches_in_auto),
        cmocka_unit_test(test_switches_in_man),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
