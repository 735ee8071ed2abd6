/* SPDX-License-Identifier: MIT */
/* Tests that several machines lose no program, no message and no page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "emu/guests/operations.h"
#include "fake_vmm.h"
#include "ui/machines/machines.h"

#define SECOND 50 /* frames */

static void open_machines(const char *options)
{
    start_with(50, options, NULL, 0);
    if (ui.view.page != PAGE_MACHINES)
        type_one('g', true);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
}

/* Brings the machine into focus. */
static void focus_on(unsigned number)
{
    if (ui.view.page != PAGE_MACHINES)
        type_one('g', true);
    ui.machines.chosen = number;
    press(KEY_ENTER);
    assert_int_equal(ui.guests.focus, number);
}

/* Leaves machine 2 of 2 with an edit, out of focus. */
static void edit_second(const char *options)
{
    open_machines(options);
    type("c");
    focus_on(2);
    set_line(31, "NUM 7");
    focus_on(1);
}

/* Questions before the end of all machines must name those out of focus. */
static void test_questions(void **state)
{
    static const char letters[] = {'B', 'Q'};

    (void)state;
    for (unsigned i = 0; i < sizeof letters; i++) {
        edit_second("");
        menu(letters[i]);
        shows("Machine 2: Highest factor");
        shows("has unsaved changes (1 line), which will be lost.");
        shows("Ctrl-G, Enter, F3 can save them.");
        press(KEY_ENTER); /* means no */
        assert_int_equal(ui.view.request, REQUEST_NONE);
        /* Loading a program asks about the machine in focus only. */
        press(KEY_F2);
        press(KEY_ENTER);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
    edit_second("");
    focus_on(2);
    set_line(31, "NUM 8");
    menu('B');
    shows("can save them first.");
}

/* The kiosk must ask before it removes a machine with an edit. */
static void test_kiosk(void **state)
{
    (void)state;
    start_with(50, "kiosk=10", NULL, 0);
    type(" 3"); /* to the editor */
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    type_one('g', true);
    type("c");
    focus_on(2);
    set_line(31, "NUM 7");
    focus_on(1);
    turn_by(11000000);
    turn();
    shows("Start the demonstration?");
    shows("Machine 2: ");
    assert_int_equal(ui.guests.count, 2);
}

/* In a kiosk, the demonstration comes first, and no machine stands still
   behind it. */
static void test_guests_in_kiosk(void **state)
{
    (void)state;
    start_with(50, "guests=2 kiosk=60", NULL, 0);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    assert_int_equal(ui.guests.count, 1);
}

/* The list of programs must lead back if nothing is chosen. */
static void test_no_program_chosen(void **state)
{
    struct library_file modules[] = {file("bad", "1 LDN 1\n2 FOO\n")};

    (void)state;
    open_machines("");
    type("n");
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
    start_with(50, "program=july1948", modules, 1);
    type_one('g', true);
    type("n");
    press(KEY_HOME);
    while (strcmp(ui.view.library.file[ui.programs.chosen].name, "bad") != 0)
        press(KEY_DOWN);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
    shows("FOO");
    press(KEY_ESCAPE);
    press(KEY_F2);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

/* A killed machine has no other engine until it is restarted. */
static void test_engine_of_killed(void **state)
{
    (void)state;
    open_machines("guests=2");
    ui.machines.chosen = 2;
    type("ke");
    shows("Machine 2 was killed: restart or remove it");
}

/* While the table cannot be seen, its keys must do nothing. */
static void test_hidden_table(void **state)
{
    (void)state;
    open_machines("guests=3");
    ui.view.environment.vmm = &fake_vmm;
    ui.machines.chosen = 2;
    type("vv");
    shows("Popek and Goldberg");
    type("kpcn+");
    press(KEY_DELETE);
    press(KEY_DOWN);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
    assert_int_equal(ui.machines.chosen, 2);
    assert_int_equal(ui.guests.count, 3);
    assert_int_equal(guests_state(&ui.guests, 2), GUEST_RUNNING);
    assert_int_equal(guests_weight(&ui.guests, 2), GUEST_WEIGHT);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    type_one('g', true); /* shows the table again */
    shows("program");
}

/* The tour belongs to the machine that it was begun on. */
static void test_tour(void **state)
{
    (void)state;
    open_machines("guests=2");
    press(KEY_ESCAPE);
    press(KEY_F1);
    type("t");
    assert_true(ui.view.touring);
    focus_on(2);
    assert_false(ui.view.touring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_kiosk),
        cmocka_unit_test(test_guests_in_kiosk),
        cmocka_unit_test(test_no_program_chosen),
        cmocka_unit_test(test_engine_of_killed),
        cmocka_unit_test(test_hidden_table),
        cmocka_unit_test(test_tour),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
