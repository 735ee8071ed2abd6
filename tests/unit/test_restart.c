/* SPDX-License-Identifier: MIT */
/* Tests restarting and reloading, which must ask before replacing edits. */
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

static struct program typed; /* program expected after undo */

/* Types a program over the lines of July 1948 and runs it until it stops. */
static void type_and_run(void)
{
    set_line(1, "LDN 20 ; mine");
    set_line(2, "STO 21");
    set_line(3, "STP ; the end");
    set_line(20, "NUM -9");
    press(KEY_F5);
    run_to_end();
    assert_true(ui.view.session.machine.neon);
    assert_int_equal(ui.view.session.machine.store[21], 9);
    session_program(&ui.view.session, &typed);
}

static void check_typed(void)
{
    struct program now_there;

    session_program(&ui.view.session, &now_there);
    assert_memory_equal(now_there.store, typed.store, sizeof typed.store);
    assert_memory_equal(now_there.note, typed.note, sizeof typed.note);
    assert_int_equal(now_there.numbers, typed.numbers);
    assert_string_equal(now_there.head, typed.head);
}

static void check_loaded(void)
{
    assert_memory_equal(ui.view.session.notes.text,
                        ui.view.session.loaded.program.note,
                        sizeof ui.view.session.notes.text);
    if (ui.view.session.machine.prepulses == 0)
        assert_memory_equal(ui.view.session.machine.store,
                            ui.view.session.loaded.program.store,
                            sizeof ui.view.session.loaded.program.store);
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    assert_false(ui.view.session.edits.unsaved);
}

static void undo(void)
{
    type_one('z', true);
}

static void redo(void)
{
    type_one('y', true);
}

static void check_question(const char *undoing)
{
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows("4 lines you changed will be replaced by");
    shows("Highest factor of 2^18, July 1948");
    shows("as last loaded or saved");
    shows(undoing);
}

/* Reloads the program with a menu command, and then undoes the reload. */
static void follow(unsigned rows, char letter)
{
    start(rows);
    type_and_run();
    shows("Esc, S to reload and run");
    press(KEY_F5);
    shows("Esc, S reloads the program and runs it");
    menu(letter);
    check_question("Ctrl-Z undoes this");
    type_one(NO, false);
    press(KEY_ESCAPE);
    check_typed();
    assert_true(ui.view.session.edits.unsaved && ui.view.session.machine.neon);

    menu(letter);
    press(KEY_ENTER);
    check_loaded();
    assert_int_equal(session_runs(&ui.view.session), letter == 'S');
    shows("Ctrl-Z undoes this");
    for (unsigned i = 0; i < 20; i++)
        turn();
    undo();
    check_typed();
    assert_true(ui.view.session.edits.unsaved);
    assert_false(ui.view.session.cs || ui.view.session.machine.neon);
    assert_int_equal(ui.view.session.machine.a, 0);
    assert_int_equal(ui.view.session.machine.ci, 0);
}

static void test_question_and_undo(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        follow(sizes[i], 'S');
        follow(sizes[i], 'L');
    }
}

/* Undoing and redoing edits must work across a restart. */
static void test_undo_goes_on(void **state)
{
    (void)state;
    follow(50, 'S');
    press(KEY_F5);
    run_to_end();
    assert_true(ui.view.session.machine.neon);
    assert_int_equal(session_instructions(&ui.view.session), 3);
    check_typed();
    for (unsigned i = 0; i < 4; i++)
        undo();
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    assert_string_equal(session_line(&ui.view.session, 1).note,
                        ui.view.session.loaded.program.note[1]);
    undo();
    shows("Nothing to undo");
    for (unsigned i = 0; i < 4; i++)
        redo();
    check_typed();
    redo();
    check_loaded();
    assert_false(ui.view.session.cs);
    redo();
    shows("Nothing to redo");
    undo();
    check_typed();
}

/* Undoing a reload must be recorded in the history. */
static void test_history(void **state)
{
    (void)state;
    follow(50, 'L');
    press_times(KEY_F6, 2);
    assert_int_equal(ui.view.session.machine.ci, 2);
    press_times(KEY_F7, 2);
    turn();
    check_typed();
    assert_int_equal(ui.view.session.machine.ci, 0);
    press(KEY_F7);
    turn();
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    press(KEY_F7);
    shows("as far back as history reaches");
    press_times(KEY_F6, 3);
    check_typed();
    assert_int_equal(ui.view.session.machine.ci, 2);
    assert_false(session_in_past(&ui.view.session));
}

static void test_in_the_past(void **state)
{
    (void)state;
    start(50);
    type_and_run();
    type_one('b', true);
    press(KEY_HOME);
    turn();
    assert_true(session_in_past(&ui.view.session));
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    menu('S');
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows("Your changes will be replaced by");
    type_one(YES, false);
    check_loaded();
    undo();
    check_typed();
}

/* If nothing was edited there must be no question, but undo must still work. */
static void test_nothing_typed(void **state)
{
    (void)state;
    start(50);
    press_times(KEY_F6, 9);
    session_program(&ui.view.session, &typed);
    menu('L');
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    check_loaded();
    undo();
    check_typed();
}

static void test_saved_program(void **state)
{
    (void)state;
    start(50);
    type_and_run();
    session_mark_saved(&ui.view.session, &typed, NULL,
                       session_last_edit(&ui.view.session));
    press(KEY_F6);
    menu('L');
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    check_typed();
    set_line(5, "7");
    menu('L');
    shows("1 line you changed will be replaced by");
}

/* If there is no memory for undo, the question must say so. */
static void test_without_memory(void **state)
{
    (void)state;
    start_pc((struct pc){.memory = 0}, 50, "", NULL, 0);
    type_and_run();
    menu('S');
    check_question("This PC cannot undo it: save with F3.");
    type_one(NO, false);
    press(KEY_ESCAPE);
    check_typed();
    menu('S');
    press(KEY_ENTER);
    check_loaded();
    shows_not("Ctrl-Z");
    menu('S');
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

/* The longest question must be shown in full. */
static void test_longest_question(void **state)
{
    static const char text[] =
        "; MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM\n1 STP\n";
    struct library_file module = file("long", text);

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_pc((struct pc){.memory = 0}, sizes[i], "", &module, 1);
        for (unsigned line = 0; line < LINES; line++)
            set_line(line, "1948");
        menu('S');
        shows("32 lines you changed will");
        shows("save with F3.");
        start_program(sizes[i], "1 STP\n");
        set_line(1, "1948");
        menu('S');
        shows("replaced by the program as");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_question_and_undo),
        cmocka_unit_test(test_undo_goes_on),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_in_the_past),
        cmocka_unit_test(test_nothing_typed),
        cmocka_unit_test(test_saved_program),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_longest_question),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
