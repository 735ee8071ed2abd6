/* SPDX-License-Identifier: MIT */
/* Tests operating the panel as in 1948, following the procedures of the
   Reference Manual and of the museum's guide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "operator.h"

#define LOOP "0 NUM 0\n1 LDN 20\n2 JMP 0\n20 NUM 5\n"

static void normal_setting_on(unsigned rows)
{
    start_panel(rows, "", LOOP);
    type("op\\;90");
    press_cs();
    assert_false(controls_are_normal(&ui.view.session.controls));
    normal_setting();
    assert_true(controls_are_normal(&ui.view.session.controls));
    assert_false(ui.view.session.cs);
}

static void test_normal_setting(void **state)
{
    (void)state;
    on_both_screens(normal_setting_on);
}

/* Enters a word with the L switches and the typewriter buttons. */
static void enter_a_word_on(unsigned rows)
{
    for (unsigned manual = 0; manual < 2; manual++) {
        start_panel(rows, "", LOOP);
        normal_setting();
        set_manual(manual);
        set_l(12);
        type_digits(WORD(STO, 27));
        assert_int_equal(machine->store[12], WORD(STO, 27));
        type("0");
        type("1");
        type("0");
        assert_int_equal(machine->store[12], WORD(STO, 26));
        type(KLC_);
        assert_int_equal(machine->store[12], 0);
        type_digits(WORD(SUB, 3));
        frames(2);
        assert_int_equal(machine->store[12], WORD(SUB, 3));
        assert_int_equal(tube_line(12), WORD(SUB, 3));
        assert_int_equal(machine->prepulses, 0);
        for (unsigned line = 0; line < LINES; line++)
            if (line != 12)
                assert_int_equal(machine->store[line],
                                 ui.view.session.loaded.program.store[line]);
    }
}

static void test_enter_a_word(void **state)
{
    (void)state;
    on_both_screens(enter_a_word_on);
}

/* Clears the store, then enters and runs a program that computes 9 - 4. */
static void enter_a_program_on(unsigned rows)
{
    start_panel(rows, "", "5 NUM 77\n1 STP\n");
    normal_setting();
    type(KSC_ KCC_);
    enter_word(1, WORD(LDN, 20));
    enter_word(2, WORD(SUB, 21));
    enter_word(3, WORD(STO, 22));
    enter_word(4, WORD(STP, 0));
    enter_word(20, 0u - 9);
    enter_word(21, 4);
    normal_setting();
    type(KCC_);
    press_cs();
    bars(10);
    frames(2);
    assert_true(machine->neon);
    assert_int_equal(machine->store[22], 5);
    assert_int_equal(tube_line(22), 5);
    assert_int_equal(machine->prepulses, 4);
}

static void test_enter_a_program(void **state)
{
    (void)state;
    on_both_screens(enter_a_program_on);
}

#define TWO_STOPS                                                              \
    "1 LDN 20\n2 STP\n3 SUB 20\n4 STP\n5 STP\n6 NUM 0\n20 NUM 5\n0 NUM 0\n"

/* KCC and CS must start a program, preceded by KC if the neon is lit. */
static void start_on(unsigned rows)
{
    start_panel(rows, "", TWO_STOPS);
    machine->ci = 7;
    machine->a = 9;
    normal_setting();
    type(KCC_);
    press_cs();
    bars(5);
    assert_true(machine->neon);
    assert_int_equal(machine->ci, 2);
    assert_int_equal(machine->a, 0u - 5);

    press_cs();
    type(KCC_);
    press_cs();
    bars(5);
    assert_true(machine->neon);
    assert_int_equal(machine->ci, 0);
    assert_int_equal(machine->prepulses, 2);

    press_cs();
    press_kc();
    assert_false(machine->neon);
    type(KCC_);
    assert_int_equal(machine->ci, 0);
    press_cs();
    bars(5);
    assert_int_equal(machine->ci, 2);
    assert_int_equal(machine->a, 0u - 5);
}

static void test_start(void **state)
{
    (void)state;
    on_both_screens(start_on);
}

/* After KC, CI must contain the line just executed, and PI its instruction. */
static void single_step_on(unsigned rows)
{
    static const uint32_t steps[][3] = {
        {1, WORD(LDN, 20), -5u},  {2, WORD(STP, 0), -5u},
        {3, WORD(SUB, 20), -10u}, {4, WORD(STP, 0), -10u},
        {5, WORD(STP, 0), -10u},  {0, 0, -10u},
        {1, WORD(LDN, 20), -5u},
    };

    start_panel(rows, "", TWO_STOPS);
    normal_setting();
    for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        press_kc();
        frames(3);
        assert_int_equal(machine->ci, steps[i][0]);
        assert_int_equal(machine->pi, steps[i][1]);
        assert_int_equal(machine->a, steps[i][2]);
        assert_int_equal(machine->neon, steps[i][1] == WORD(STP, 0));
        assert_int_equal(machine->prepulses, i + 1);
    }
    assert_true(screen_shows("LDN 20   A = 0 - 5 = -5"));
}

static void test_single_step(void **state)
{
    (void)state;
    on_both_screens(single_step_on);
}

/* CI can be set in Man by executing a JMP to a line with its new value. */
static void set_ci_on(unsigned rows)
{
    start_panel(rows, "", "9 STP\n25 NUM 8\n");
    normal_setting();
    set_manual(true);
    set_f(JMP);
    set_l(25);
    press_kc();
    assert_int_equal(machine->ci, 8);
    normal_setting();
    press_kc();
    assert_int_equal(machine->ci, 9);
    assert_true(machine->neon);
}

static void test_set_ci(void **state)
{
    (void)state;
    on_both_screens(set_ci_on);
}

/* After a Stop, KC and CS must continue with the next line. */
static void continue_on(unsigned rows)
{
    start_panel(rows, "", TWO_STOPS);
    press_cs();
    bars(5);
    press_cs();
    assert_true(machine->neon);
    press_kc();
    assert_int_equal(machine->ci, 3);
    assert_false(machine->neon);
    press_cs();
    bars(5);
    assert_true(machine->neon);
    assert_int_equal(machine->ci, 4);
}

static void test_continue_after_stop(void **state)
{
    (void)state;
    on_both_screens(continue_on);
}

/* Switching CS to Stop must complete the current instruction. */
static void test_cs(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    press_cs();
    bars(7);
    assert_int_equal(machine->prepulses, 7);
    assert_int_equal(machine->ci, 1);
    assert_int_equal(machine->a, 0u - 5);
    press_cs();
    frames(20);
    assert_int_equal(machine->prepulses, 7);
    assert_false(machine->neon);
    press_cs();
    bars(1);
    assert_int_equal(machine->prepulses, 8);
    assert_int_equal(machine->ci, 0);
}

static void test_cs_does_not_restart(void **state)
{
    (void)state;
    start_panel(50, "", TWO_STOPS);
    press_cs();
    bars(5);
    assert_int_equal(machine->prepulses, 2);
    for (unsigned times = 0; times < 4; times++) {
        press_cs();
        bars(5);
    }
    assert_int_equal(machine->prepulses, 2);
    assert_true(machine->neon);
    assert_true(screen_shows("KC (Enter)"));
}

/* With CS at Run, KC must continue until the next Stop. */
static void test_kc_at_run(void **state)
{
    (void)state;
    start_panel(50, "", TWO_STOPS);
    press_cs();
    bars(5);
    press_kc();
    assert_false(machine->neon);
    assert_int_equal(machine->ci, 3);
    bars(5);
    assert_true(machine->neon);
    assert_int_equal(machine->ci, 4);
    press_kc();
    bars(5);
    assert_true(machine->neon);
    assert_int_equal(machine->ci, 5);
}

static void test_kc_while_running(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    press_cs();
    bars(2);
    press_kc();
    assert_int_equal(machine->prepulses, 2);
    turn_by(0);
    assert_true(screen_shows("KC has no effect while"));
}

/* A line of zeros must be executed as JMP 0. */
static void test_zeros_after_stop(void **state)
{
    (void)state;
    start_panel(50, "", "0 NUM 0\n1 LDN 20\n2 STP\n20 NUM 5\n");
    press_cs();
    bars(5);
    press_kc();
    assert_int_equal(machine->ci, 0);
    bars(1);
    assert_int_equal(machine->ci, 1);
}

#define HANGS "1 LDN 20\n2 JMP 21\n20 NUM 5\n21 NUM 24576\n"

/* A hung machine must receive prepulses from KC only. */
static void test_hang(void **state)
{
    (void)state;
    start_panel(50, "", HANGS);
    press_cs();
    bars(10);
    assert_int_equal(machine->prepulses, 3);
    assert_int_equal(machine->instructions, 2);
    assert_int_equal(machine->ci, 0x6001);
    assert_int_equal(machine->pi, WORD(JMP, 21));
    assert_false(machine->neon);
    frames(1);
    assert_true(screen_shows("HUNG"));
    press_cs();
    press_cs();
    bars(5);
    assert_int_equal(machine->prepulses, 3);
    press_kc();
    bars(5);
    assert_int_equal(machine->prepulses, 4);
    assert_int_equal(machine->ci, 0x6002);
}

static void test_end_of_a_hang(void **state)
{
    (void)state;
    start_panel(50, "", HANGS);
    press_cs();
    bars(10);
    press_cs();
    type(KCC_);
    frames(1);
    assert_true(screen_shows("STOPPED"));
    press_cs();
    bars(1);
    assert_int_equal(machine->ci, 1);
    bars(10);
    assert_true(ui.view.session.hung);
    press(KEY_ESCAPE);
    type("o");
    assert_false(ui.view.session.hung);
}

static void test_kcc_frees_a_hung_machine(void **state)
{
    (void)state;
    start_panel(50, "", HANGS);
    press_cs();
    bars(10);
    type(KCC_);
    bars(1);
    assert_int_equal(machine->ci, 1);
    assert_int_equal(machine->prepulses, 4);
    assert_int_equal(session_instructions(&ui.view.session), 1);
    bars(10);
    assert_true(ui.view.session.hung);
}

static void test_keys_at_rest(void **state)
{
    (void)state;
    start_panel(50, "", TWO_STOPS);
    press_cs();
    bars(5);
    press_cs();
    struct machine before = *machine;

    set_l(20);
    type(KLC_);
    before.store[20] = 0;
    assert_memory_equal(machine, &before, sizeof before);
    type(KAC_);
    before.a = 0;
    assert_memory_equal(machine, &before, sizeof before);
    machine->a = 9;
    type(KCC_);
    before.ci = before.pi = 0;
    assert_memory_equal(machine, &before, sizeof before);
    assert_true(machine->neon);
    type(KSC_);
    memset(before.store, 0, sizeof before.store);
    assert_memory_equal(machine, &before, sizeof before);
}

/* While the machine runs, KLC must clear each line accessed. */
static void test_klc_running(void **state)
{
    (void)state;
    start_panel(50, "", "0 NUM 4\n1 LDN 20\n5 SUB 20\n20 NUM 5\n");
    press_cs();
    bars(1);
    hold('-');
    bars(1);
    assert_int_equal(machine->pi, 0);
    assert_int_equal(machine->ci, 0);
    bars(1);
    assert_int_equal(machine->pi, 0);
    release('-');
    assert_int_equal(machine->store[0] | machine->store[1], 0);
    assert_int_equal(machine->store[5], WORD(SUB, 20));
    assert_int_equal(machine->store[20], 5);
}

static void test_ksc_running(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    press_cs();
    bars(3);
    type(KSC_);
    bars(1);
    for (unsigned line = 0; line < LINES; line++)
        assert_int_equal(machine->store[line], 0);
    assert_true(session_runs(&ui.view.session));
}

static void test_kcc_running(void **state)
{
    (void)state;
    start_panel(50, "", "1 LDN 20\n2 SUB 20\n3 SUB 20\n4 SUB 20\n20 NUM 5\n");
    press_cs();
    bars(3);
    hold('/');
    bars(1);
    assert_int_equal(machine->ci | machine->pi | machine->a, 0);
    bars(3);
    assert_int_equal(machine->ci | machine->pi | machine->a, 0);
    release('/');
    bars(1);
    assert_int_equal(machine->ci, 1);
    assert_int_equal(machine->store[1], WORD(LDN, 20));
}

static void test_kac_running(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    press_cs();
    hold('.');
    bars(3);
    assert_int_equal(machine->a, 0);
    assert_int_equal(machine->ci, 1);
    release('.');
    bars(2);
    assert_int_equal(machine->a, 0u - 5);
    ui.view.session.controls.kac_dead = true;
    type(KAC_);
    bars(1);
    assert_int_equal(machine->a, 0u - 5);
}

/* Panel controls that were not connected in 1948 must have no effect. */
static void test_not_connected(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    press_kc();
    struct machine before = *machine;

    for (unsigned i = 0; i < PANEL_CONTROLS; i++) {
        enum panel_control_kind kind = panel_control_of(i).kind;

        if (kind != CONTROL_DEAD && kind != CONTROL_KMC)
            continue;
        choose_and_press(i);
        assert_memory_equal(machine, &before, sizeof before);
        assert_true(controls_are_normal(&ui.view.session.controls));
        assert_int_equal(ui.view.page, PAGE_PANEL);
    }
}

/* On the panel of the replica, KMC must open the list of programs. */
static void test_kmc_on_the_replica(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    ui.panel.set = PANEL_REPLICA;
    choose_and_press(panel_control_first(CONTROL_KMC));
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
}

/* Erase without a button must disturb a running program only with panel=prm. */
static void test_erase_while_running(void **state)
{
    (void)state;
    for (unsigned corrupts = 0; corrupts < 2; corrupts++) {
        start_panel(50, "", LOOP);
        ui.view.session.controls.erase_corrupts = corrupts;
        type("0");
        frames(5);
        assert_int_equal(machine->store[31], 0);
        assert_int_equal(machine->store[1], WORD(LDN, 20));
        press_cs();
        bars(10);
        assert_int_equal(machine->store[1], corrupts ? 0 : WORD(LDN, 20));
        assert_int_equal(machine->store[20], corrupts ? 0 : 5);
    }
}

/* With Erase, a button must clear its digit of the instruction fetched. */
static void test_erase_button_while_running(void **state)
{
    (void)state;
    start_panel(50, "", "0 NUM 0\n1 STO 20\n2 JMP 0\n20 NUM 5\n");
    type("0");
    press_cs();
    hold('y');
    bars(1);
    release('y');
    assert_int_equal(machine->pi, WORD(LDN, 20));
    assert_int_equal(machine->a, 0u - 5);
}

/* In Man, KC must execute the instruction on the switches. */
static void test_man(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    set_manual(true);
    set_l(20);
    set_f(SUB);
    for (unsigned times = 1; times <= 3; times++) {
        press_kc();
        frames(3);
        assert_int_equal(machine->a, 0u - 5 * times);
        assert_int_equal(machine->ci, times);
    }
    press_cs();
    bars(4);
    press_cs();
    assert_int_equal(machine->a, 0u - 35);
    assert_int_equal(machine->ci, 7);
    assert_int_equal(machine->prepulses, 7);
    assert_int_equal(machine->instructions, 0);
    frames(1);
    assert_true(screen_shows("Man: SUB 20   A = -30 - 5 = -35"));
}

/* In Man, PI must receive the line selected by CI. */
static void test_man_and_pi(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    set_manual(true);
    set_f(LDN);
    set_l(8);
    press_kc();
    assert_int_equal(machine->pi, WORD(LDN, 20));
    assert_int_equal(machine->a, 0);
}

/* With manual-holds-ci, a prepulse in Man must not change CI (Burton 2000). */
static void test_man_holds_ci(void **state)
{
    (void)state;
    start_panel(50, "", "1 JRP 20\n8 STP\n20 NUM 5\n");
    ui.view.session.manual_holds = true;
    set_manual(true);
    set_l(20);
    set_f(SUB);
    press_kc();
    press_kc();
    assert_int_equal(machine->ci, 0);
    assert_int_equal(machine->a, 0u - 10);
    press_cs();
    bars(2);
    press_cs();
    assert_int_equal(machine->ci, 2);
    set_f(JRP);
    press_kc();
    frames(1);
    assert_int_equal(machine->ci, 7);
    assert_true(screen_shows("Man: JRP 20   CI = 2 + 5"));
    set_manual(false);
    set_f(7);
    set_l(31);
    press_kc();
    assert_int_equal(machine->ci, 8);
    assert_true(machine->neon);
}

static void test_man_stop(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    set_manual(true);
    press_kc();
    assert_true(machine->neon);
    press_cs();
    bars(5);
    assert_int_equal(machine->prepulses, 1);
    set_f(CMP);
    press_kc();
    assert_false(machine->neon);
    bars(2);
    assert_int_equal(machine->prepulses, 4);
}

static void test_man_where_it_hangs(void **state)
{
    (void)state;
    start_panel(50, "", HANGS);
    press_cs();
    bars(5);
    assert_true(ui.view.session.hung);
    press_cs();
    set_manual(true);
    set_l(20);
    set_f(LDN);
    machine->a = 0;
    press_kc();
    assert_false(ui.view.session.hung);
    assert_int_equal(machine->a, 0u - 5);
}

/* In Man, a button must change the operand line but not the instruction. */
static void test_man_and_typewriter(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    set_manual(true);
    set_l(20);
    set_f(LDN);
    press_cs();
    hold('q');
    bars(1);
    assert_int_equal(machine->a, 0u - 5);
    bars(1);
    release('q');
    assert_int_equal(machine->a, 0u - 0x105);
    assert_int_equal(machine->store[20], 0x105);
}

/* In Auto, an L switch that is up must make its digit read as 0. */
static void test_l_up_in_auto(void **state)
{
    (void)state;
    start_panel(50, "", "0 LDN 20\n1 STP\n2 SUB 21\n20 NUM 5\n21 NUM 7\n");
    type("o");
    press_kc();
    assert_int_equal(machine->ci, 1);
    assert_int_equal(machine->pi, WORD(LDN, 20));
    assert_int_equal(machine->a, 0u - 5);
    press_kc();
    assert_int_equal(machine->ci, 2);
    assert_int_equal(machine->pi, WORD(SUB, 21));
    assert_int_equal(machine->a, 0u - 10);
}

static void test_f_up_in_auto(void **state)
{
    (void)state;
    start_panel(50, "", "0 NUM 0\n1 STP 25\n2 JMP 0\n");
    machine->a = 77;
    type("'");
    press_cs();
    bars(9);
    assert_false(machine->neon);
    assert_int_equal(machine->store[25], 77);
    type("'");
    bars(2);
    assert_true(machine->neon);
}

static void test_f_up_prevents_a_hang(void **state)
{
    (void)state;
    start_panel(50, "", "1 JMP 21\n2 JRP 22\n21 NUM 32769\n22 NUM 3\n");
    press_cs();
    bars(1);
    type("'");
    bars(1);
    assert_false(ui.view.session.hung);
    assert_int_equal(machine->pi, WORD(JRP, 22));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_setting),
        cmocka_unit_test(test_enter_a_word),
        cmocka_unit_test(test_enter_a_program),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_single_step),
        cmocka_unit_test(test_set_ci),
        cmocka_unit_test(test_continue_after_stop),
        cmocka_unit_test(test_cs),
        cmocka_unit_test(test_cs_does_not_restart),
        cmocka_unit_test(test_kc_at_run),
        cmocka_unit_test(test_kc_while_running),
        cmocka_unit_test(test_zeros_after_stop),
        cmocka_unit_test(test_hang),
        cmocka_unit_test(test_end_of_a_hang),
        cmocka_unit_test(test_kcc_frees_a_hung_machine),
        cmocka_unit_test(test_keys_at_rest),
        cmocka_unit_test(test_klc_running),
        cmocka_unit_test(test_ksc_running),
        cmocka_unit_test(test_kcc_running),
        cmocka_unit_test(test_kac_running),
        cmocka_unit_test(test_not_connected),
        cmocka_unit_test(test_kmc_on_the_replica),
        cmocka_unit_test(test_erase_while_running),
        cmocka_unit_test(test_erase_button_while_running),
        cmocka_unit_test(test_man),
        cmocka_unit_test(test_man_and_pi),
        cmocka_unit_test(test_man_holds_ci),
        cmocka_unit_test(test_man_stop),
        cmocka_unit_test(test_man_where_it_hangs),
        cmocka_unit_test(test_man_and_typewriter),
        cmocka_unit_test(test_l_up_in_auto),
        cmocka_unit_test(test_f_up_in_auto),
        cmocka_unit_test(test_f_up_prevents_a_hang),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
