/* SPDX-License-Identifier: MIT */
/* Tests the notice shown on PCs that appear to have no keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"

#define SECOND 1000000u

static void start_without(enum keyboard_presence outlook, const char *options)
{
    start_with(50, options, NULL, 0);
    ui.view.environment.keyboard_presence = outlook;
    ui.view.environment.serial = false;
}

static void pass(unsigned seconds)
{
    bool drawn;

    for (unsigned i = 0; i < seconds * 50; i++)
        ui_turn(&ui, now += SECOND / 50, &drawn);
}

/* The notice must appear immediately if there is certainly no keyboard, and
   after 20 seconds without a key press if there may be one. */
static void test_delay_of_notice(void **state)
{
    bool drawn;

    (void)state;
    start_without(KEYBOARD_PRESENT, "");
    pass(60);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_string_equal(ui.view.message, "");

    start_without(KEYBOARD_ABSENT, "");
    ui_turn(&ui, now, &drawn);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    shows("No keyboard was found. Try a PS/2 keyboard");

    start_without(KEYBOARD_UNCERTAIN, "");
    pass(19);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_string_equal(ui.view.message, "");
    assert_in_range(ui_turn(&ui, now, &drawn), 1, SECOND);
    pass(1);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    shows("No key was pressed. Try a PS/2 keyboard");
    pass(60);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

/* The notice must be shown in full even if there is a warning as well. */
static void test_text_of_notice(void **state)
{
    static const unsigned rows[] = {24, 50};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start_with(rows[i], "speed=fast", NULL, 0);
        ui.view.environment.keyboard_presence = KEYBOARD_ABSENT;
        ui.view.environment.serial = true;
        pass(1);
        assert_int_equal(ui.view.page, PAGE_DEMO);
        assert_non_null(strstr(ui.view.message, "\"speed=fast\""));
        assert_non_null(strstr(ui.view.message, "COM1 (115200 8N1)"));

        start_with(rows[i], "", NULL, 0);
        ui.view.environment.keyboard_presence = KEYBOARD_ABSENT;
        ui.view.environment.serial = true;
        pass(1);
        shows("a terminal on COM1 (115200 8N1)");
        shows("or the boot menu ");
    }
}

static void test_terminal_in_notice(void **state)
{
    (void)state;
    start_without(KEYBOARD_ABSENT, "console=ttyS1,9600");
    ui.view.console = PORT_COM2;
    pass(1);
    shows("a terminal on COM2 (9600 8N1)");

    start_without(KEYBOARD_UNCERTAIN, "data=ttyS1");
    ui.view.environment.serial = true;
    pass(21);
    shows("a terminal on COM2 (115200 8N1)");

    /* If the requested terminal does not exist, the notice must name COM1. */
    start_without(KEYBOARD_ABSENT, "console=ttyS1,9600");
    ui.view.environment.serial = true;
    pass(1);
    shows("a terminal on COM1 (115200 8N1)");
}

static void test_key_removes_notice(void **state)
{
    (void)state;
    start_without(KEYBOARD_UNCERTAIN, "");
    pass(10);
    press(KEY_DOWN);
    pass(60);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_string_equal(ui.view.message, "");

    start_without(KEYBOARD_ABSENT, "");
    pass(1);
    press(KEY_DOWN);
    assert_int_equal(ui.view.page, PAGE_OFFER);
    assert_string_equal(ui.view.message, "");
    press(KEY_ESCAPE);
    pass(60);
    assert_string_equal(ui.view.message, "");
}

static void test_run_is_not_interrupted(void **state)
{
    static const enum page_id pages[] = {PAGE_EDITOR, PAGE_REPORT, PAGE_EDITOR};
    static const char *const options[] = {"run", "selftest", "console=ttyS0"};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start_without(KEYBOARD_ABSENT, options[i]);
        pass(1);
        assert_int_equal(ui.view.page, pages[i]);
        if (ui.view.page != PAGE_REPORT)
            assert_non_null(strstr(ui.view.message, "No keyboard was found"));
    }
}

/* The result of a program started by the boot line must remain visible. */
static void test_result_stays_on_screen(void **state)
{
    (void)state;
    for (unsigned outlook = KEYBOARD_UNCERTAIN; outlook <= KEYBOARD_ABSENT;
         outlook++) {
        start_without(outlook, "program=hcf speed=max run");
        while (ui_more(&ui, now))
            continue;
        pass(60);
        assert_true(ui.view.session.machine.neon);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

static void test_port_and_rate_in_notice(void **state)
{
    (void)state;
    start_without(KEYBOARD_ABSENT, "console=ttyS1,9600");
    ui.view.console = PORT_COM2;
    pass(1);
    assert_non_null(strstr(ui.view.message, "a terminal on COM2 (9600 8N1),"));

    start_without(KEYBOARD_UNCERTAIN, "data=ttyS1");
    ui.view.environment.serial = true;
    pass(21);
    assert_non_null(
        strstr(ui.view.message, "a terminal on COM2 (115200 8N1),"));
}

static void test_terminal_becomes_active(void **state)
{
    (void)state;
    start_without(KEYBOARD_UNCERTAIN, "");
    ui.view.environment.serial = true;
    assert_int_equal(ui.view.console, PORT_NONE);
    pass(21);
    assert_int_equal(ui.view.console, PORT_COM1);
    ui_received(&ui, PORT_COM1, "\r", 1, false, now);
    assert_int_equal(ui.view.page, PAGE_OFFER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delay_of_notice),
        cmocka_unit_test(test_text_of_notice),
        cmocka_unit_test(test_terminal_in_notice),
        cmocka_unit_test(test_key_removes_notice),
        cmocka_unit_test(test_run_is_not_interrupted),
        cmocka_unit_test(test_result_stays_on_screen),
        cmocka_unit_test(test_port_and_rate_in_notice),
        cmocka_unit_test(test_terminal_becomes_active),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
