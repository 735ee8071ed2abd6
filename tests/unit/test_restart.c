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
                        sizeof ui.view.session.loaded.program.note);
    if (ui.view.session.machine.prepulses == 0)
        assert_memory_equal(ui.view.session.machine.store,
                            ui.view.session.loaded.program.store,
                            sizeof ui.view.session.loaded.program.store);
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    assert_false(ui.view.session.entered.unsaved);
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
    shows("Highest factor of 2^18, July 1948");
    shows("has unsaved changes (4 lines)");
    shows(undoing);
}

/* Reloads after a run; the answer no changes nothing, and undo after the answer
   yes brings everything back. */
static void follow(unsigned rows)
{
    start(rows);
    type_and_run();
    menu('O');
    check_question("Ctrl-Z undoes this");
    type_one(NO, false);
    press(KEY_ESCAPE);
    check_typed();
    assert_true(ui.view.session.entered.unsaved &&
                ui.view.session.machine.neon);

    menu('O');
    press(KEY_ENTER);
    check_loaded();
    assert_false(session_runs(&ui.view.session));
    shows("Ctrl-Z undoes this");
    undo();
    check_typed();
    assert_true(ui.view.session.entered.unsaved);
    assert_false(ui.view.session.cs || ui.view.session.machine.neon);
    assert_int_equal(ui.view.session.machine.a, 0);
    assert_int_equal(ui.view.session.machine.ci, 0);
}

static void test_reload(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        follow(sizes[i]);
}

/* Checks that the machine is at the start of the program typed. */
static void check_restarted(void)
{
    struct program entered;

    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[20], (uint32_t)-9);
    assert_int_equal(entered.store[21],
                     ui.view.session.loaded.program.store[21]);
    assert_memory_equal(entered.note, typed.note, sizeof entered.note);
    if (ui.view.session.machine.prepulses == 0)
        assert_memory_equal(ui.view.session.machine.store, entered.store,
                            sizeof entered.store);
    assert_true(ui.view.session.entered.unsaved);
}

/* Restarting after a run restores the program that was typed, without what the
   run wrote, and asks nothing. */
static void test_restart(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        type_and_run();
        shows("Esc, A to restart");
        press(KEY_F5);
        shows("Esc, A restarts the program");
        menu('A');
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        check_restarted();
        assert_true(ui.view.session.cs);
        run_to_end();
        assert_true(ui.view.session.machine.neon);
        assert_int_equal(session_instructions(&ui.view.session), 3);
        check_typed();
        undo();
        check_typed();
        assert_false(ui.view.session.cs);
    }
}

/* Undoing and redoing edits must work across a restart. */
static void test_undo_goes_on(void **state)
{
    (void)state;
    start(50);
    type_and_run();
    menu('A');
    undo();
    for (unsigned i = 0; i < 4; i++)
        undo();
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    assert_string_equal(session_line(&ui.view.session, 1).note,
                        ui.view.session.loaded.program.note[1]);
    assert_false(ui.view.session.entered.unsaved);
    undo();
    shows("Nothing to undo");
    for (unsigned i = 0; i < 5; i++)
        redo();
    check_restarted();
    redo();
    shows("Nothing to redo");
}

/* After a run, an edited line becomes part of the program as entered.  Lines
   that the machine wrote do not. */
static void test_edit_after_run(void **state)
{
    struct program entered;

    (void)state;
    start_program(50, "1 LDN 20\n2 STO 21\n3 STP\n20 NUM 5\n21 NUM 1\n");
    press(KEY_F5);
    run_to_end();
    assert_false(ui.view.session.entered.unsaved);
    assert_int_equal(session_lines_unsaved(&ui.view.session), 0);
    set_line(20, "8");
    assert_int_equal(session_lines_unsaved(&ui.view.session), 1);
    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[21], 1);
    assert_int_equal(entered.store[20], 8);
    menu('A');
    run_to_end();
    assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-8);
    /* A word typed again is the user's, even where the machine wrote it. */
    set_line(21, "-8");
    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[21], (uint32_t)-8);
    undo();
    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[21], 1);
}

static void check_entered(unsigned line, const char *word)
{
    struct program entered;

    session_program_entered(&ui.view.session, &entered);
    set_line(31, word);
    assert_int_equal(entered.store[line], ui.view.session.machine.store[31]);
    undo();
}

/* Moving and copying lines after a run moves the words that were typed, not
   those that the machine wrote. */
static void test_move_after_run(void **state)
{
    (void)state;
    start_program(50, "1 LDN 20\n2 STO 4\n3 STP\n4 LDN 22\n20 NUM -17\n");
    press(KEY_F5);
    run_to_end();
    assert_int_equal(ui.view.session.machine.store[4], 17);
    go_to(2);
    press(KEY_INSERT);
    assert_int_equal(ui.view.session.machine.store[5], 17);
    check_entered(5, "LDN 22");
    go_to(5);
    press_control(KEY_DOWN);
    check_entered(6, "LDN 22");
    go_to(6);
    type_one('c', true);
    go_to(9);
    type_one('v', true);
    assert_int_equal(ui.view.session.machine.store[9], 17);
    check_entered(9, "LDN 22");
    /* A note does not make the word the user's. */
    set_line(9, "; note");
    check_entered(9, "LDN 22");
    for (unsigned i = 0; i < 4; i++)
        undo();
    check_entered(4, "LDN 22");
    assert_int_equal(ui.view.session.machine.store[4], 17);
}

/* Going back in history also goes back to the program as entered then. */
static void test_entered_in_the_past(void **state)
{
    struct program entered;

    (void)state;
    start(50);
    press_times(KEY_F6, 3);
    set_line(20, "7");
    set_line(21, "9");
    press_times(KEY_F7, 1);
    turn();
    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[20], 7);
    assert_int_equal(entered.store[21],
                     ui.view.session.loaded.program.store[21]);
    press_times(KEY_F7, 2);
    turn();
    session_program_entered(&ui.view.session, &entered);
    assert_memory_equal(entered.store, ui.view.session.loaded.program.store,
                        sizeof entered.store);
    press_times(KEY_F6, 3);
    session_program_entered(&ui.view.session, &entered);
    assert_int_equal(entered.store[20], 7);
    assert_int_equal(entered.store[21], 9);
}

/* Edits at a position that becomes the end of history remain unsaved, also when
   one goes back further. */
static void test_past_becomes_present(void **state)
{
    (void)state;
    start(50);
    press_times(KEY_F6, 3);
    set_line(20, "7");
    undo();
    assert_false(session_is_unsaved(&ui.view.session));
    press(KEY_F7);
    turn();
    assert_true(session_in_past(&ui.view.session));
    assert_true(session_is_unsaved(&ui.view.session));
    session_discard_future(&ui.view.session);
    assert_true(session_is_unsaved(&ui.view.session));
    press(KEY_F7);
    turn();
    assert_false(ui.view.session.entered.unsaved);
    assert_true(session_is_unsaved(&ui.view.session));
}

/* Keeping the store makes what the machine wrote part of the program. */
static void test_adopt_store(void **state)
{
    (void)state;
    start(50);
    type_and_run();
    assert_true(session_store_differs(&ui.view.session));
    session_adopt_store(&ui.view.session);
    assert_false(session_store_differs(&ui.view.session));
    menu('A');
    assert_int_equal(ui.view.session.machine.store[21], 9);
    undo();
    undo();
    assert_true(session_store_differs(&ui.view.session));
    redo();
    assert_false(session_store_differs(&ui.view.session));
}

/* Clearing the store clears the program, its title included. */
static void test_clear_store(void **state)
{
    struct program before, entered;

    (void)state;
    start(50);
    session_program_entered(&ui.view.session, &before);
    menu('Z');
    session_program_entered(&ui.view.session, &entered);
    for (unsigned line = 0; line < LINES; line++) {
        assert_int_equal(entered.store[line], 0);
        assert_string_equal(entered.note[line], "");
    }
    assert_string_equal(entered.head, "");
    undo();
    session_program_entered(&ui.view.session, &entered);
    assert_memory_equal(&entered, &before, sizeof entered);
}

/* Undoing a reload must be recorded in the history. */
static void test_history(void **state)
{
    (void)state;
    follow(50);
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

/* A restart in the past returns to the present and its program. */
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
    menu('O');
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows("has unsaved changes");
    type_one(NO, false);
    press(KEY_ESCAPE);
    menu('A');
    check_restarted();
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
    menu('O');
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
    session_program_entered(&ui.view.session, &typed);
    session_mark_saved(&ui.view.session, &typed, NULL);
    assert_false(ui.view.session.entered.unsaved);
    press(KEY_F6);
    menu('O');
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    check_typed();
    set_line(5, "7");
    menu('O');
    shows("has unsaved changes (1 line)");
}

/* If there is no memory for undo, Enter must not lose the program. */
static void test_without_memory(void **state)
{
    (void)state;
    start_pc((struct pc){.memory = 0}, 50, "", NULL, 0);
    type_and_run();
    menu('O');
    check_question("will be lost");
    press(KEY_ENTER);
    press(KEY_ESCAPE);
    check_typed();
    menu('O');
    type_one(YES, false);
    check_loaded();
    shows_not("Ctrl-Z");
    menu('O');
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
        press(KEY_F10);
        press(KEY_ENTER);
        shows("has unsaved changes (32 lines)");
        shows("Reboot the PC?");
        start_program(sizes[i], "1 STP\n");
        menu('Z');
        set_line(1, "1948");
        menu('O');
        shows("The program you entered");
        shows("has unsaved changes (1 line)");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reload),
        cmocka_unit_test(test_restart),
        cmocka_unit_test(test_undo_goes_on),
        cmocka_unit_test(test_edit_after_run),
        cmocka_unit_test(test_move_after_run),
        cmocka_unit_test(test_entered_in_the_past),
        cmocka_unit_test(test_past_becomes_present),
        cmocka_unit_test(test_adopt_store),
        cmocka_unit_test(test_clear_store),
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
