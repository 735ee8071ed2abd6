/* SPDX-License-Identifier: MIT */
/* Tests renumbering operands after lines moved, and names of lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"

#define SUM                                                                    \
    "1 LDN 5\n2 SUB 6\n3 STO 9\n4 STP\n5 NUM 3 ; PEARS: green\n6 NUM 4 ; x:"   \
    "\n"

static void renumber(void)
{
    type_one('o', true);
}

static void undo(void)
{
    type_one('z', true);
}

/* Checks the instructions of lines 1 to 3. */
static void check_operands(const char *one, const char *two, const char *three)
{
    static char text[8];
    const char *expected[] = {one, two, three};

    for (unsigned i = 0; i < 3; i++) {
        struct strbuf shown = strbuf_begin(text, sizeof text);

        strbuf_add(&shown, "%.6s", listing(i + 1));
        assert_string_equal(text, expected[i]);
    }
}

static void test_insert(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], SUM);
        go_to(4);
        press(KEY_INSERT);
        shows("Lines 4 to 6 moved down; 2 operands do not follow "
              "(Ctrl-O renumbers them)");
        check_operands("LDN 5 ", "SUB 6 ", "STO 9 ");
        renumber();
        shows("2 operands renumbered");
        check_operands("LDN 6 ", "SUB 7 ", "STO 9 ");
        assert_true(ui.view.session.entered.unsaved);
        renumber();
        shows("Nothing to renumber");
        undo();
        check_operands("LDN 5 ", "SUB 6 ", "STO 9 ");
        undo();
        assert_false(ui.view.session.entered.unsaved);
    }
}

/* An empty line that an instruction uses holds a result, and moves too. */
static void test_insert_keeps_used_line(void **state)
{
    (void)state;
    start_program(50, "1 LDN 3\n2 STO 4\n3 NUM 3\n");
    go_to(3);
    press(KEY_INSERT);
    shows("Lines 3 to 4 moved down; 2 operands do not follow");
    renumber();
    check_operands("LDN 4 ", "STO 5 ", "0");
}

static void test_insert_without_operands(void **state)
{
    (void)state;
    start_program(50, SUM);
    go_to(3);
    press(KEY_DELETE);
    go_to(7);
    set_line(7, "NUM 1");
    go_to(7);
    press(KEY_INSERT);
    shows("Lines 7 to 7 moved down; all operands are right");
    renumber();
    shows("Nothing to renumber");
}

static void test_moves_add_up(void **state)
{
    (void)state;
    start_program(50, SUM);
    go_to(5);
    press_control(KEY_UP);
    shows("Lines 5 and 4 swapped; 1 operand does not follow "
          "(Ctrl-O renumbers it)");
    press_control(KEY_UP);
    shows("Lines 4 and 3 swapped; 1 operand does not follow");
    press_control(KEY_UP);
    shows("Lines 3 and 2 swapped");
    renumber();
    shows("1 operand renumbered");
    check_operands("LDN 2 ", "3", "SUB 6 ");
    undo();
    undo();
    undo();
    undo();
    check_operands("LDN 5 ", "SUB 6 ", "STO 9 ");
    assert_false(ui.view.session.entered.unsaved);
}

static void test_move_back(void **state)
{
    (void)state;
    start_program(50, SUM);
    go_to(5);
    press_control(KEY_UP);
    press_control(KEY_DOWN);
    shows("Lines 4 and 5 swapped; all operands are right");
}

static void type_a_line(void)
{
    set_line(20, "7");
}

static void load_other(void)
{
    start_program(50, "1 LDN 5\n2 SUB 4\n");
}

/* What ends an offer. */
static void (*const enders[])(void) = {type_a_line, undo, load_other};

static void test_offer_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof enders / sizeof enders[0]; i++) {
        start_program(50, SUM);
        go_to(5);
        press_control(KEY_UP);
        enders[i]();
        renumber();
        shows("Nothing to renumber");
        check_operands("LDN 5 ", i == 2 ? "SUB 4 " : "SUB 6 ",
                       i == 2 ? "0" : "STO 9 ");
    }
}

/* Moves before the offer ended must not count. */
static void test_offer_begins_anew(void **state)
{
    (void)state;
    start_program(50, SUM);
    go_to(5);
    press_control(KEY_UP);
    type_a_line();
    go_to(6);
    press_control(KEY_DOWN);
    shows("Lines 6 and 7 swapped; 1 operand does not follow");
    renumber();
    check_operands("LDN 5 ", "SUB 7 ", "STO 9 ");
}

static void test_other_words_are_kept(void **state)
{
    static const uint32_t kept[] = {16389, 0xC005, 0xE005, 0xFFFF5FE5};

    (void)state;
    start_program(50, "1 NUM 16389\n2 CMP 5\n3 STP 5\n4 STP\n5 NUM 7\n");
    set_line(4, "BINS 10100111111110101111111111111111");
    memcpy(ui.view.session.machine.store + 4, kept + 3, sizeof kept[3]);
    ui.view.session.notes.numbers &= ~(1u << 4);
    go_to(5);
    press_control(KEY_DOWN);
    shows("1 operand does not follow");
    renumber();
    for (unsigned line = 1; line < 4; line++)
        assert_int_equal(ui.view.session.machine.store[line], kept[line - 1]);
    assert_int_equal(ui.view.session.machine.store[4], 0xFFFF5FE6);
}

/* The program as entered is renumbered as well as what the machine wrote. */
static void test_written_instruction(void **state)
{
    (void)state;
    start_program(50, "1 LDN 6\n2 STO 3\n3 SUB 6\n4 STP\n6 NUM -16391\n7 STP");
    press(KEY_F5);
    run_to_end();
    assert_int_equal(ui.view.session.machine.store[3], 0x4007);
    go_to(6);
    press(KEY_INSERT);
    shows("Lines 6 to 7 moved down; 2 operands do not follow");
    renumber();
    check_operands("LDN 7 ", "STO 3 ", "LDN 8 ");
    assert_int_equal(session_line(&ui.view.session, 3).entered, 0x8007);
}

static void test_names_are_shown(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], SUM);
        go_to(1);
        shows(sizes[i] == 24 ? "1: 5=PEARS" : "Line 1: 5=PEARS");
        go_to(2);
        shows("6=x");
        go_to(3);
        shows_not("9=");
        go_to(5);
        shows("PEARS: green");
        shows_not("5=");
    }
}

static void test_names_are_typed(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], SUM);
        set_line(10, "sto pears ; keep");
        assert_int_equal(ui.view.session.machine.store[10], 0x6005);
        assert_string_equal(session_line(&ui.view.session, 10).note, "keep");
        set_line(11, "NUM X");
        assert_int_equal(ui.view.session.machine.store[11], 6);
        set_line(12, "EJA x");
        assert_int_equal(ui.view.session.machine.store[12], 5);
        set_line(13, "LDN apples");
        shows("no line is named \"apples\" (Esc discards it)");
        press(KEY_ESCAPE);
        set_line(13, "7 ; Pears: others");
        set_line(14, "LDN pears");
        shows("several lines are named \"pears\" (Esc discards it)");
        press(KEY_ESCAPE);
        go_to(13);
        press(KEY_DELETE);
        set_line(14, "LDN pears");
        assert_int_equal(ui.view.session.machine.store[14], 0x4005);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_insert),
        cmocka_unit_test(test_insert_keeps_used_line),
        cmocka_unit_test(test_insert_without_operands),
        cmocka_unit_test(test_moves_add_up),
        cmocka_unit_test(test_move_back),
        cmocka_unit_test(test_offer_ends),
        cmocka_unit_test(test_offer_begins_anew),
        cmocka_unit_test(test_other_words_are_kept),
        cmocka_unit_test(test_written_instruction),
        cmocka_unit_test(test_names_are_shown),
        cmocka_unit_test(test_names_are_typed),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
