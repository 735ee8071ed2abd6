/* SPDX-License-Identifier: MIT */
/* Tests the effect of switches, buttons and keys on a single bar. */
#include "emu/machine/instruction_set.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define WORD(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))
#define FETCHED              7 /* line that CI selects in these tests */
#define ALL                  UINT32_MAX

static struct machine machine;
static struct controls controls;
static struct bar bar;

static int start(void **state)
{
    (void)state;
    machine = (struct machine){.ci = FETCHED - 1, .a = 0x12345678};
    controls = controls_normal;
    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = 0x01010100u * line;
    return 0;
}

static void go(void)
{
    bar = prepulse(&machine, &controls);
}

/* Stores WORD in the line selected by CI and executes it. */
static void obey(uint32_t word)
{
    machine.store[FETCHED] = word;
    go();
}

/* Executes WORD from the switches in Man. */
static void obey_by_hand(uint32_t word)
{
    controls.stat = word;
    controls.manual = true;
    go();
}

/* Checks that all lines except the given two are unchanged. */
static void check_others(unsigned one, unsigned two)
{
    for (unsigned line = 0; line < LINES; line++)
        if (line != one && line != two)
            assert_int_equal(machine.store[line], 0x01010100u * line);
}

static void test_controls_normal(void **state)
{
    const struct controls not_normal[] = {
        {.stat = STATICISOR, .manual = true},
        {.stat = STATICISOR, .erase = true},
        {.stat = STATICISOR, .typewriter = 1u << 31},
        {.stat = STATICISOR, .strip = KAC},
        {.stat = STATICISOR & ~1u},
        {.stat = STATICISOR & ~0x8000u},
    };

    (void)state;
    assert_true(controls_are_normal(&controls_normal));
    for (unsigned i = 0; i < sizeof not_normal / sizeof not_normal[0]; i++)
        assert_false(controls_are_normal(&not_normal[i]));
}

/* With Write, a held button must set its digit after the line was read. */
static void test_write_in_auto(void **state)
{
    for (unsigned function = 0; function < 8; function++) {
        for (unsigned digit = 0; digit < DIGITS; digit++) {
            start(state);
            struct machine without = machine;
            uint32_t word = WORD(function, 20), bit = 1u << digit;

            without.store[FETCHED] = word;
            prepulse(&without, &controls);
            controls.typewriter = bit;
            obey(word);
            assert_int_equal(machine.pi, word);
            assert_int_equal(machine.a, without.a);
            assert_int_equal(machine.ci, without.ci);
            assert_int_equal(machine.test, without.test);
            assert_int_equal(machine.neon, without.neon);
            assert_int_equal(machine.store[FETCHED], word | bit);
            assert_int_equal(machine.store[20], without.store[20] | bit);
            check_others(FETCHED, 20);
        }
    }
}

/* With Erase, a held button must clear its digit before the line is read. */
static void test_erase_in_auto(void **state)
{
    (void)state;
    controls.erase = true;
    controls.typewriter = 1u << FUNCTION_BIT;
    machine.store[20] = 0x2005;
    obey(WORD(STO, 20));
    assert_int_equal(machine.pi, WORD(LDN, 20));
    assert_int_equal(bar.instruction, WORD(LDN, 20));
    assert_int_equal(bar.operand, 5);
    assert_int_equal(machine.a, 0u - 5);
    assert_int_equal(machine.store[FETCHED], WORD(LDN, 20));
    assert_int_equal(machine.store[20], 5);
    check_others(FETCHED, 20);
}

/* Every function must access an action line, even Test and Stop. */
static void test_erase_with_every_function(void **state)
{
    for (unsigned function = 0; function < 8; function++) {
        start(state);
        controls.erase = true;
        controls.typewriter = 1u << 30;
        machine.a = machine.store[20] = ALL;
        obey(WORD(function, 20) | 1u << 30);
        assert_int_equal(machine.pi, WORD(function, 20));
        assert_int_equal(machine.store[FETCHED], WORD(function, 20));
        assert_int_equal(machine.store[20], ~(1u << 30));
        assert_int_equal(bar.operand, ~(1u << 30));
        check_others(FETCHED, 20);
    }
}

static void test_buttons_on_what_sto_writes(void **state)
{
    (void)state;
    machine.a = 0xF0;
    controls.typewriter = 1;
    obey(WORD(STO, 20));
    assert_int_equal(machine.store[20], 0xF1);
    assert_int_equal(machine.a, 0xF0);
    assert_int_equal(bar.action_forced, 1);

    start(state);
    machine.a = 0xF0;
    controls.typewriter = 0x80;
    controls.erase = true;
    obey(WORD(STO, 20));
    assert_int_equal(machine.store[20], 0x70);
    assert_int_equal(machine.a, 0xF0);
    assert_int_equal(bar.action_forced, 0x80);
}

/* In Man, a held button must not change the instruction on the switches. */
static void test_buttons_in_man(void **state)
{
    (void)state;
    machine.store[20] = 4;
    controls.typewriter = 1u << FUNCTION_BIT;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(bar.instruction, WORD(LDN, 20));
    assert_int_equal(machine.a, 0u - 4);
    assert_int_equal(machine.store[20], 0x2004);
    assert_int_equal(machine.pi, 0x01010100u * FETCHED);
    assert_int_equal(machine.store[FETCHED],
                     0x01010100u * FETCHED | 1u << FUNCTION_BIT);
    check_others(FETCHED, 20);

    start(state);
    machine.store[20] = 5;
    controls.typewriter = 1;
    controls.erase = true;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.a, 0u - 4);
    assert_int_equal(machine.store[20], 4);
}

static void test_two_buttons(void **state)
{
    for (unsigned erase = 0; erase < 2; erase++) {
        for (unsigned one = 0; one < DIGITS; one++) {
            for (unsigned two = one + 1; two < DIGITS; two++) {
                start(state);
                controls.erase = erase;
                controls.typewriter = 1u << one | 1u << two;
                obey(WORD(LDN, 20));
                assert_int_equal(idle_bar(&machine, &controls), 0);
                assert_int_equal(machine.store[FETCHED], WORD(LDN, 20));
                check_others(FETCHED, FETCHED);
            }
        }
    }
}

static void test_buttons_where_it_hangs(void **state)
{
    (void)state;
    machine.ci |= 0x4000;
    machine.pi = 20;
    controls.typewriter = 1;
    go();
    assert_true(bar.hung);
    assert_int_equal(machine.pi, 20);
    assert_int_equal(machine.store[FETCHED], 0x01010100u * FETCHED | 1);
    assert_int_equal(machine.store[20], 0x01010100u * 20 | 1);
    check_others(FETCHED, 20);
}

/* The result of a bar must include the digits changed by keys. */
static void test_forced_digits(void **state)
{
    (void)state;
    machine.store[20] = 0x20;
    controls.typewriter = 0x20;
    obey(WORD(SUB, 20));
    assert_int_equal(bar.control_forced, 0x20);
    assert_int_equal(bar.action_forced, 0);

    start(state);
    controls.strip = KLC;
    controls.manual = true;
    controls.stat = WORD(SUB, 20);
    machine.store[20] = 0x55;
    go();
    assert_int_equal(bar.control_forced, 0x01010100u * FETCHED);
    assert_int_equal(bar.action_forced, 0x55);
}

/* KLC on a running machine must clear the instruction before it is read. */
static void test_klc(void **state)
{
    (void)state;
    controls.strip = KLC;
    machine.store[0] = 9;
    obey(WORD(SUB, 20));
    assert_int_equal(machine.pi, 0);
    assert_int_equal(bar.operand, 0);
    assert_int_equal(machine.ci, 0);
    assert_int_equal(machine.a, 0x12345678);
    assert_int_equal(machine.store[FETCHED] | machine.store[0], 0);
    check_others(FETCHED, 0);
}

static void test_klc_in_man(void **state)
{
    (void)state;
    controls.strip = KLC;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.a, 0);
    assert_int_equal(machine.pi, 0);
    assert_int_equal(machine.store[FETCHED] | machine.store[20], 0);
    check_others(FETCHED, 20);

    start(state);
    controls.strip = KLC;
    obey_by_hand(WORD(STO, 20));
    assert_int_equal(machine.store[20], 0);
    assert_int_equal(machine.a, 0x12345678);
}

/* KLC must override a typewriter button that is held at the same time. */
static void test_klc_and_a_button(void **state)
{
    (void)state;
    controls.strip = KLC;
    controls.typewriter = 2;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.store[FETCHED] | machine.store[20], 0);
    idle_bar(&machine, &controls);
    assert_int_equal(machine.store[20], 0);
}

static void check_store_is_empty(void)
{
    for (unsigned line = 0; line < LINES; line++)
        assert_int_equal(machine.store[line], 0);
}

static void test_ksc(void **state)
{
    (void)state;
    controls.strip = KSC;
    obey(WORD(SUB, 20));
    check_store_is_empty();
    assert_int_equal(machine.pi, 0);
    assert_int_equal(machine.ci, 0);
    assert_int_equal(machine.a, 0x12345678);

    start(state);
    controls.strip = KSC;
    controls.typewriter = 1;
    obey_by_hand(WORD(STO, 20));
    check_store_is_empty();
    assert_int_equal(machine.ci, FETCHED);
}

/* KAC must clear the accumulator in Action 2, after the instruction. */
static void test_kac(void **state)
{
    (void)state;
    controls.strip = KAC;
    obey(WORD(STO, 20));
    assert_int_equal(machine.store[20], 0x12345678);
    assert_int_equal(machine.a, 0);
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.a, 0);
    assert_int_equal(machine.ci, FETCHED + 1);
}

static void test_kac_dead(void **state)
{
    (void)state;
    controls.strip = KAC;
    controls.kac_dead = true;
    obey(WORD(STO, 20));
    assert_int_equal(machine.a, 0x12345678);
    idle_bar(&machine, &controls);
    assert_int_equal(machine.a, 0x12345678);
}

/* KCC must clear CI, PI and A after the instruction, but not a pending skip. */
static void test_kcc(void **state)
{
    (void)state;
    controls.strip = KCC;
    machine.store[20] = 13;
    obey(WORD(JMP, 20));
    assert_int_equal(machine.ci | machine.pi | machine.a, 0);
    assert_int_equal(machine.instructions, 1);

    start(state);
    controls.strip = KCC;
    machine.a = ALL;
    obey(WORD(CMP, 0));
    assert_int_equal(machine.ci | machine.pi | machine.a, 0);
    assert_true(machine.test);
    controls.strip = 0;
    go();
    assert_int_equal(bar.control_line, 2);

    start(state);
    controls.strip = KCC;
    obey(WORD(STP, 0));
    assert_true(machine.neon);
    assert_int_equal(machine.ci, 0);
    check_others(FETCHED, FETCHED);
}

/* By default, setting Erase without pressing a button must change nothing. */
static void test_erase_alone(void **state)
{
    (void)state;
    controls.erase = true;
    obey(WORD(STO, 20));
    assert_int_equal(machine.store[FETCHED], WORD(STO, 20));
    assert_int_equal(machine.store[20], 0x12345678);
    check_others(FETCHED, 20);
}

/* With the erase_corrupts option, Erase must clear every line accessed. */
static void test_erase_corrupts(void **state)
{
    (void)state;
    controls.erase = controls.erase_corrupts = true;
    machine.store[20] = 4;
    obey(WORD(LDN, 20));
    assert_int_equal(machine.pi, WORD(LDN, 20));
    assert_int_equal(machine.a, 0u - 4);
    assert_int_equal(machine.store[FETCHED] | machine.store[20], 0);
    assert_int_equal(bar.control_forced, WORD(LDN, 20));
    assert_int_equal(bar.action_forced, 4);
    check_others(FETCHED, 20);

    start(state);
    controls.erase = controls.erase_corrupts = true;
    obey(WORD(STO, 20));
    assert_int_equal(machine.store[20], 0);

    /* A line that is cleared in Action 1 must read as 0 in Action 2. */
    start(state);
    controls.erase = controls.erase_corrupts = true;
    obey(WORD(LDN, FETCHED));
    assert_int_equal(machine.a, 0);
}

static void test_erase_corrupts_only_then(void **state)
{
    (void)state;
    controls.erase_corrupts = true;
    obey(WORD(LDN, 20));
    assert_int_equal(machine.store[FETCHED], WORD(LDN, 20));
    check_others(FETCHED, FETCHED);
    controls.erase = true;
    /* Erase must not change the store while the machine is stopped. */
    assert_int_equal(idle_bar(&machine, &controls), 0);
    check_others(FETCHED, FETCHED);
}

/* A switch that is up must make its digit read as 0. */
static void test_masks(void **state)
{
    static const uint8_t digits[] = {0, 1, 2, 3, 4, 13, 14, 15};

    for (unsigned i = 0; i < sizeof digits; i++) {
        start(state);
        uint32_t up = 1u << digits[i];

        controls.stat &= ~up;
        for (unsigned line = 0; line < LINES; line++)
            machine.store[line] = WORD(SUB + 1, 31);
        machine.ci = 30;
        machine.a = 0;
        go();
        assert_int_equal(machine.pi, WORD(SUB + 1, 31));
        assert_int_equal(bar.control_line, word_line(31 & ~up));
        assert_int_equal(bar.action_line, word_line(31 & ~up));
        assert_int_equal(bar.instruction, machine.pi & ~up);
        if (digits[i] < FUNCTION_BIT)
            assert_int_equal(machine.a, 0u - WORD(SUB + 1, 31));
        if (digits[i] != FUNCTION_BIT + 2)
            assert_int_equal(machine.ci, 31);
    }
}

static void test_masked_function(void **state)
{
    (void)state;
    controls.stat &= ~(1u << FUNCTION_BIT);
    obey(WORD(STP, 20));
    assert_false(machine.neon);
    assert_int_equal(bar.instruction, WORD(CMP, 20));

    start(state);
    controls.stat &= ~FUNCTION_DIGITS;
    obey(WORD(STP, 20));
    assert_int_equal(machine.ci, 0x01010100u * 20);
    assert_int_equal(machine.pi, WORD(STP, 20));
}

/* With all eight switches up, every bar must execute JMP 0. */
static void test_all_up(void **state)
{
    (void)state;
    controls.stat = 0;
    machine.store[0] = 17;
    obey(WORD(STO, 20));
    assert_int_equal(bar.control_line, 0);
    assert_int_equal(machine.pi, 17);
    assert_int_equal(machine.ci, 17);
    check_others(FETCHED, 0);
}

static void test_masks_prevent_a_hang(void **state)
{
    for (unsigned function = 2; function < 8; function++) {
        start(state);
        machine.store[FETCHED] = WORD(LDN, 20);
        machine.ci |= WORD(function, 0);
        go();
        assert_true(bar.hung);

        start(state);
        machine.store[FETCHED] = WORD(JMP, 20);
        machine.ci |= WORD(function, 0);
        controls.stat &= ~FUNCTION_DIGITS;
        go();
        assert_false(bar.hung);
        assert_int_equal(machine.pi, WORD(JMP, 20));
        assert_int_equal(machine.instructions, 1);
    }
}

/* If switch F13 is up, the word fetched must not be added to PI. */
static void test_masked_add(void **state)
{
    (void)state;
    machine.ci |= WORD(1, 0);
    machine.pi = 3;
    obey(WORD(LDN, 17));
    assert_int_equal(machine.pi, WORD(LDN, 20));

    start(state);
    machine.ci |= WORD(1, 0);
    machine.pi = 3;
    controls.stat &= ~(1u << FUNCTION_BIT);
    obey(WORD(LDN, 17));
    assert_int_equal(machine.pi, WORD(LDN, 17));
}

static void test_man_obeys_the_switches(void **state)
{
    (void)state;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.a, 0u - 0x01010100u * 20);
    obey_by_hand(WORD(SUB, 20));
    assert_int_equal(machine.a, 0u - 2 * 0x01010100u * 20);
    obey_by_hand(WORD(STO, 3));
    assert_int_equal(machine.store[3], machine.a);
    obey_by_hand(WORD(JRP, 1));
    assert_int_equal(machine.ci, FETCHED + 3 + 0x01010100u);
    obey_by_hand(WORD(JMP, 2));
    assert_int_equal(machine.ci, 0x02020200);
    machine.a = ALL;
    obey_by_hand(WORD(CMP, 0));
    assert_true(machine.test);
    obey_by_hand(WORD(STP, 0));
    assert_true(machine.neon);
    assert_int_equal(machine.prepulses, 7);
    assert_int_equal(machine.instructions, 0);
}

/* CI must also advance for manual instructions, by 2 after a Test. */
static void test_man_counts_ci(void **state)
{
    (void)state;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.ci, FETCHED);
    machine.a = ALL;
    obey_by_hand(WORD(CMP, 0));
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.ci, FETCHED + 3);
}

static void test_holds_control(void **state)
{
    (void)state;
    controls.holds_control = true;
    machine.test = true;
    obey_by_hand(WORD(LDN, 20));
    assert_int_equal(machine.ci, FETCHED - 1);
    assert_int_equal(bar.control_line, FETCHED - 1);
    assert_true(machine.test);
    obey_by_hand(WORD(JMP, 20));
    assert_int_equal(machine.ci, 0x01010100u * 20);
}

static void test_man_fetches_to_pi(void **state)
{
    (void)state;
    machine.store[FETCHED] = 0x777;
    obey_by_hand(WORD(LDN, 0));
    assert_int_equal(bar.control_line, FETCHED);
    assert_int_equal(bar.action_line, 0);
    assert_int_equal(machine.pi, 0x777);
}

static void test_man_where_it_hangs(void **state)
{
    (void)state;
    machine.ci |= 0x4000;
    machine.pi = 0x777;
    obey_by_hand(WORD(LDN, 20));
    assert_false(bar.hung);
    assert_int_equal(machine.pi, 0x777);
    assert_int_equal(machine.a, 0u - 0x01010100u * 20);
    assert_int_equal(machine.ci, 0x4000 | FETCHED);
}

static void test_prepulse_puts_out_neon(void **state)
{
    (void)state;
    machine.neon = true;
    obey(WORD(LDN, 20));
    assert_false(machine.neon);
    obey_by_hand(WORD(STP, 0));
    obey_by_hand(WORD(CMP, 0));
    assert_false(machine.neon);
}

/* On a stopped machine, held keys must act on the line of the L switches. */
static void test_rest_at_l(void **state)
{
    for (unsigned manual = 0; manual < 2; manual++) {
        start(state);
        controls.manual = manual;
        controls.stat = WORD(STO, 12);
        machine.neon = machine.test = true;
        struct machine before = machine;

        assert_int_equal(idle_bar(&machine, &controls), 0);
        assert_memory_equal(&machine, &before, sizeof machine);
        controls.typewriter = 1;
        assert_int_equal(idle_bar(&machine, &controls), 1);
        before.store[12] |= 1;
        assert_memory_equal(&machine, &before, sizeof machine);
        assert_int_equal(idle_bar(&machine, &controls), 0);
        controls.erase = true;
        assert_int_equal(idle_bar(&machine, &controls), 1);
        controls.typewriter = 0;
        controls.strip = KLC;
        assert_int_equal(idle_bar(&machine, &controls), 0x01010100u * 12);
        before.store[12] = 0;
        assert_memory_equal(&machine, &before, sizeof machine);
    }
}

static void test_rest_and_keys(void **state)
{
    (void)state;
    machine.pi = 5;
    machine.test = machine.neon = true;
    controls.strip = KAC;
    idle_bar(&machine, &controls);
    assert_int_equal(machine.a, 0);
    assert_int_equal(machine.ci, FETCHED - 1);
    machine.a = 9;
    controls.strip = KCC;
    idle_bar(&machine, &controls);
    assert_int_equal(machine.a | machine.ci | machine.pi, 0);
    assert_true(machine.test && machine.neon);
    check_others(0, 0);
    controls.strip = KSC;
    idle_bar(&machine, &controls);
    check_store_is_empty();
    assert_int_equal(machine.prepulses, 0);
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_controls_normal),
        TEST(test_write_in_auto),
        TEST(test_erase_in_auto),
        TEST(test_erase_with_every_function),
        TEST(test_buttons_on_what_sto_writes),
        TEST(test_buttons_in_man),
        TEST(test_two_buttons),
        TEST(test_buttons_where_it_hangs),
        TEST(test_forced_digits),
        TEST(test_klc),
        TEST(test_klc_in_man),
        TEST(test_klc_and_a_button),
        TEST(test_ksc),
        TEST(test_kac),
        TEST(test_kac_dead),
        TEST(test_kcc),
        TEST(test_erase_alone),
        TEST(test_erase_corrupts),
        TEST(test_erase_corrupts_only_then),
        TEST(test_masks),
        TEST(test_masked_function),
        TEST(test_all_up),
        TEST(test_masks_prevent_a_hang),
        TEST(test_masked_add),
        TEST(test_man_obeys_the_switches),
        TEST(test_man_counts_ci),
        TEST(test_holds_control),
        TEST(test_man_fetches_to_pi),
        TEST(test_man_where_it_hangs),
        TEST(test_prepulse_puts_out_neon),
        TEST(test_rest_at_l),
        TEST(test_rest_and_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
