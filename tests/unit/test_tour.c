/* SPDX-License-Identifier: MIT */
/* Tests the guided tour and the demonstration as a visitor sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ui/kiosk.h"
#include "console.h"

#define SECOND 1000000u

/* Runs the console for the given number of seconds. */
static void wait(unsigned seconds)
{
    for (unsigned i = 0; i < seconds * (SECOND / FRAME); i++)
        turn();
}

static void page_is(unsigned number, const char *title)
{
    char text[40];

    snprintf(text, sizeof text, "%u/10", number);
    shows(text);
    shows(title);
}

static void begin_tour(unsigned rows)
{
    start(rows);
    press(KEY_F1);
    type_one('t', false);
    page_is(1, "Manchester, 1948");
}

/* Follows the whole tour, in which the visitor enters and runs a program. */
static void test_tour(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        begin_tour(sizes[i]);
        press(KEY_PAGE_DOWN);
        page_is(2, "The store");
        press(KEY_PAGE_DOWN);
        page_is(3, "Instructions");
        press(KEY_PAGE_DOWN);
        page_is(4, "Run");
        shows_not("It runs.");
        press(KEY_F5);
        shows("It runs.");
        press(KEY_PAGE_DOWN);
        page_is(5, "Stop");
        press(KEY_F5);
        shows("Stopped.");
        press(KEY_PAGE_DOWN);
        page_is(6, "Step");
        press_times(KEY_F6, 2);
        shows_not("One instruction");
        press(KEY_F6);
        shows("One instruction");
        press(KEY_PAGE_DOWN);
        page_is(7, "Faster");
        press(KEY_F5);
        press_times(KEY_F12, 5);
        run_to_end();
        shows("It has stopped.");
        press(KEY_PAGE_DOWN);
        page_is(8, "The answer");
        assert_int_equal(ui.view.session.machine.store[27], 43);
        press(KEY_PAGE_DOWN);
        page_is(9, "Four lines");
        assert_int_equal(ui.view.line, 1);
        type("LDN 10");
        press(KEY_ENTER);
        type("sub 11");
        press(KEY_ENTER);
        type("STO 12");
        press(KEY_ENTER);
        shows_not("You have written");
        type("STP");
        press(KEY_ENTER);
        shows("You have written");
        press(KEY_PAGE_DOWN);
        page_is(10, "Run it");
        press(KEY_F5);
        run_to_end();
        shows("You have");
        assert_int_equal(ui.view.session.machine.store[12], (uint32_t)-12);
        press(KEY_PAGE_DOWN);
        page_is(10, "Run it");
        press(KEY_ESCAPE);
        shows_not("10/10");
        assert_int_equal(ui.view.session.machine.store[12], (uint32_t)-12);
    }
}

static void test_pages_fit(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        begin_tour(sizes[i]);
        for (unsigned page = 1; page <= 10; page++) {
            shows("PgDn");
            shows("Esc");
            check_grid();
            press(KEY_PAGE_DOWN);
        }
        for (unsigned page = 9; page >= 1; page--) {
            char text[8];

            press(KEY_PAGE_UP);
            snprintf(text, sizeof text, "%u/10", page);
            shows(text);
        }
    }
}

/* The keys of the editor must keep working during the tour. */
static void test_editor_keys_in_the_tour(void **state)
{
    (void)state;
    begin_tour(50);
    type("LDN 3");
    press(KEY_ESCAPE);
    page_is(1, "Manchester, 1948");
    press(KEY_F2);
    shows("Programs");
    press(KEY_ESCAPE);
    page_is(1, "Manchester, 1948");
    press(KEY_ESCAPE);
    shows_not("1/10");
}

static void test_going_back_keeps_the_entry(void **state)
{
    (void)state;
    begin_tour(50);
    press_times(KEY_PAGE_DOWN, 8);
    page_is(9, "Four lines");
    type("LDN 10");
    press(KEY_ENTER);
    press(KEY_PAGE_UP);
    press(KEY_PAGE_DOWN);
    page_is(9, "Four lines");
    assert_string_equal(listing(1), "LDN 10 16394");
}

static void test_tour_asks_first(void **state)
{
    (void)state;
    start(50);
    set_line(3, "STP");
    press(KEY_F1);
    type_one('t', false);
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows("Highest factor of 2^18, July 1948");
    shows("has unsaved changes (1 line), which will be lost.");
    type_one(NO, false);
    shows("Help 1 of");
    assert_int_equal(ui.view.session.machine.store[3], 0xE000);
    type_one('t', false);
    press(KEY_ENTER);
    shows("Help 1 of");
    assert_int_equal(ui.view.session.machine.store[3], 0xE000);
    type_one('t', false);
    type_one(YES, false);
    page_is(1, "Manchester, 1948");
}

/* What the machine wrote must not be asked about, only what was entered. */
static void test_tour_after_a_run(void **state)
{
    (void)state;
    start(50);
    press_times(KEY_F6, 50);
    assert_true(session_store_differs(&ui.view.session));
    press(KEY_F1);
    type_one('t', false);
    page_is(1, "Manchester, 1948");
}

static void test_programs_in_turn(void **state)
{
    struct library_file modules[] = {
        file("a", "; Alpha\n; by Ann, 2026\n; It goes round.\n1 JMP 0\n"),
        file("b", "; Beta\n1 JMP 0\n"),
        file("c", "; Gamma\n1 JMP 0\n"),
    };
    static const char *const titles[] = {"Alpha", "Beta", "Gamma"};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "kiosk=10", modules, 3);
        assert_int_equal(ui.view.page, PAGE_DEMO);
        shows("by Ann, 2026");
        shows("It goes round.");
        for (unsigned j = 0; j < 3; j++) {
            shows(titles[j]);
            wait(1);
            assert_true(ui.demo.session.machine.prepulses > 600);
            wait(18);
            shows(titles[j]);
            wait(1);
            shows_not(titles[j]);
            check_grid();
        }
        assert_int_equal(ui.view.session.machine.prepulses, 0);
    }
}

static void test_stopped_program_ends_early(void **state)
{
    struct library_file modules[] = {
        file("a", "; Short one\n1 STP\n"),
        file("b", "1 FOO\n"), /* an invalid program, which must be skipped */
        file("c", "; Other one\n1 JMP 0\n"),
    };

    (void)state;
    start_with(50, "kiosk=10", modules, 3);
    shows("Short one");
    wait(5);
    shows("Other one");
}

/* During the demonstration, any key must open a menu for visitors. */
static void test_visitor_offer(void **state)
{
    static const struct {
        char key;
        const char *shows;
    } offers[] = {
        {'1', "Press any key"},
        {'2', "1/10"},
        {'3', "F1 Help"},
        {'4', "Typewriter"},
    };

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        start_with(sizes[i % 2], "kiosk=10", NULL, 0);
        press(KEY_F5);
        shows("What would you like to do?");
        type_one('7', false);
        shows("What would you like to do?");
        type_one(offers[i].key, false);
        shows_not("What would you like to do?");
        shows(offers[i].shows);
    }
    start_with(50, "kiosk=10", NULL, 0);
    type_one(' ', false);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

/* The initial state must be restored some time after the last key. */
static void test_idle_restores_state(void **state)
{
    (void)state;
    start_with(50, "kiosk=10 program=hcf speed=7 theme=amber", NULL, 0);
    type_one(' ', false);
    type_one('4', false);
    type_one('9', false);
    press(KEY_F9);
    press(KEY_TAB);
    set_line(3, "STP");
    press(KEY_F12);
    type_one('t', true);
    type_one('f', true);
    press(KEY_F5);
    wait(9);
    assert_int_equal(ui.view.base, PAGE_EDITOR);
    press(KEY_DOWN);
    wait(9);
    assert_int_equal(ui.view.base, PAGE_EDITOR);
    wait(2);
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows("No key pressed");
    wait(28);
    assert_int_equal(ui.view.page, PAGE_ASK);
    wait(2);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    type_one(' ', false);
    type_one('3', false);
    row_shows(0, "Highest common factor");
    row_shows(0, "7 per second");
    assert_false(ui.view.session.entered.unsaved);
    assert_false(session_runs(&ui.view.session));
    assert_false(ui.view.session.controls.manual);
    assert_int_equal(ui.view.monitor, MONITOR_S);
    assert_int_equal(ui.view.theme, ui.view.options.screen.theme);
    assert_string_equal(listing(3), "LDN 31 16415");
}

/* Starts a visit in which a line is entered, and waits for the question. */
static void be_asked(unsigned rows)
{
    start_with(rows, "kiosk=10 program=hcf", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    set_line(3, "STP");
    wait(9);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    wait(2);
    assert_int_equal(ui.view.page, PAGE_ASK);
}

/* A visitor's program that is not saved must not be lost without a question. */
static void test_visitor_is_asked(void **state)
{
    static const enum key no[] = {KEY_ENTER, KEY_ESCAPE};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        be_asked(sizes[i]);
        shows("Highest common factor");
        shows("has unsaved changes");
        shows("Start the demonstration?");
        shows("Y: yes, lose them");
        press(no[i]);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        assert_int_equal(ui.view.session.machine.store[3], 0xE000);
        /* Any key begins the time anew. */
        wait(9);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        wait(2);
        assert_int_equal(ui.view.page, PAGE_ASK);
        type_one(YES, false);
        turn();
        assert_int_equal(ui.view.page, PAGE_DEMO);
        assert_int_equal(ui.view.session.machine.store[3], 0x401F);
    }
}

/* The question must replace any other, and be asked on any page. */
static void test_visitor_is_asked_on_any_page(void **state)
{
    (void)state;
    start_with(50, "kiosk=10", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    set_line(3, "STP");
    press(KEY_F2);
    press(KEY_DOWN);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_ASK);
    shows_not("No key pressed");
    wait(11);
    shows("No key pressed");
    type_one(NO, false);
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    assert_int_equal(ui.view.session.machine.store[3], 0xE000);
    wait(11);
    shows("No key pressed");
    wait(31);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    type_one(' ', false);
    type_one('3', false);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(ui.view.session.entered.unsaved);
}

/* The demonstration must follow at once if only the machine has written. */
static void test_idle_after_a_run(void **state)
{
    (void)state;
    start_with(50, "kiosk=10 program=hcf", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    press(KEY_F5);
    run_to_end();
    assert_true(session_store_differs(&ui.view.session));
    wait(11);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

static void test_open_pages_are_closed(void **state)
{
    (void)state;
    start_with(50, "kiosk=5", NULL, 0);
    type_one(' ', false);
    wait(6);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    type_one(' ', false);
    type_one('3', false);
    press(KEY_F2);
    wait(6);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

static void test_transfer_ends_with_the_visit(void **state)
{
    static const char intruder[] = "; Intruder\n1 STP\n\x04";

    (void)state;
    start_with(50, "kiosk=5", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    press(KEY_F3);
    type_one('r', false);
    wait(6);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    ui_received(&ui, PORT_COM1, intruder, sizeof intruder - 1, false, now);
    wait(1);
    type_one(' ', false);
    type_one('3', false);
    row_shows(0, "July 1948");
}

static void test_warnings_are_shown(void **state)
{
    (void)state;
    start_with(50, "kiosk=5 foo", NULL, 0);
    shows("boot option \"foo\" is unknown");
}

/* A comment must be used as the author only if it starts with "by". */
static void test_captions(void **state)
{
    struct library_file modules[] = {
        file("a", "; A title that is as long as a title may get to be\n"
                  "; It begins to tell at once, and it is a long story\n"
                  "1 JMP 0\n"),
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "kiosk=10", modules, 1);
        shows("A title that is as long as a title may get to b");
        shows("It begins to tell at once, and it is a long story");
    }
}

static void test_kiosk_cannot_be_left(void **state)
{
    (void)state;
    start_with(50, "kiosk=100", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    press(KEY_F10);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    press(KEY_ESCAPE);
    shows_not("Reboot");
    shows_not("Power off");
    shows_not("Leave");
    press(KEY_F1);
    shows_not("Leave");
    press(KEY_ESCAPE);
    press(KEY_ESCAPE);
    type_one('b', false);
    type_one('y', false);
    assert_int_equal(ui.view.request, REQUEST_NONE);
}

/* Without the kiosk= option, a running program must never be interrupted. */
static void test_no_interruption_without_kiosk(void **state)
{
    (void)state;
    start_with(50, "program=july1948 run", NULL, 0);
    for (unsigned i = 0; i < 3600; i++)
        turn_by(SECOND);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_true(session_runs(&ui.view.session));
}

static void test_wakes_for_the_demonstration(void **state)
{
    bool drawn;

    (void)state;
    start_with(50, "kiosk=10", NULL, 0);
    type_one(' ', false);
    type_one('3', false);
    wait(2);
    uint32_t wait = ui_turn(&ui, now, &drawn);
    assert_true(wait > 0 && wait <= 8 * SECOND);
}

/* On a PC without a keyboard, the demonstration must be repeated endlessly. */
static void test_no_keyboard(void **state)
{
    (void)state;
    start(50);
    kiosk_start_demo(&ui, now);
    wait(60);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tour),
        cmocka_unit_test(test_pages_fit),
        cmocka_unit_test(test_editor_keys_in_the_tour),
        cmocka_unit_test(test_going_back_keeps_the_entry),
        cmocka_unit_test(test_tour_asks_first),
        cmocka_unit_test(test_tour_after_a_run),
        cmocka_unit_test(test_programs_in_turn),
        cmocka_unit_test(test_stopped_program_ends_early),
        cmocka_unit_test(test_visitor_offer),
        cmocka_unit_test(test_idle_restores_state),
        cmocka_unit_test(test_visitor_is_asked),
        cmocka_unit_test(test_visitor_is_asked_on_any_page),
        cmocka_unit_test(test_idle_after_a_run),
        cmocka_unit_test(test_open_pages_are_closed),
        cmocka_unit_test(test_transfer_ends_with_the_visit),
        cmocka_unit_test(test_warnings_are_shown),
        cmocka_unit_test(test_captions),
        cmocka_unit_test(test_kiosk_cannot_be_left),
        cmocka_unit_test(test_no_interruption_without_kiosk),
        cmocka_unit_test(test_wakes_for_the_demonstration),
        cmocka_unit_test(test_no_keyboard),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
