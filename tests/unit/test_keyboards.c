/* SPDX-License-Identifier: MIT */
/* Tests the advice shown on PCs that appear to have no keyboard, and the
   notices of keyboards that come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/keyboards.h"

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

/* The advice must name what can be done on this PC. */
static void test_advice_on_usb(void **state)
{
    (void)state;
    start_without(KEYBOARD_ABSENT, "");
    ui.view.environment.usb = true;
    pass(1);
    shows(
        "No keyboard was found. Try a USB or PS/2 keyboard, or the boot menu");

    start_without(KEYBOARD_UNCERTAIN, "");
    ui.view.environment.usb_problem = "its USB controller does not halt";
    pass(21);
    assert_string_equal(ui.view.message,
                        "No key was pressed: its USB controller does not halt. "
                        "Try a PS/2 keyboard, USB legacy support or CSM in the "
                        "firmware setup, or the boot menu");
}

/* Advice must not stay when it has been followed. */
static void test_keyboard_ends_advice(void **state)
{
    (void)state;
    start_without(KEYBOARD_ABSENT, "");
    pass(1);
    shows("No keyboard was found");
    keyboards_set_presence(&ui, KEYBOARD_PRESENT);
    keyboards_notice(&ui, "USB keyboard at port 1");
    pass(1);
    shows_not("No keyboard was found");
    shows("USB keyboard at port 1");

    /* Nor must it come back when the keyboard is unplugged. */
    keyboards_set_presence(&ui, KEYBOARD_ABSENT);
    pass(30);
    shows_not("No keyboard was found");
}

/* While USB is being searched, no advice is given; then it is, at once. */
static void test_advice_after_search(void **state)
{
    (void)state;
    start_without(KEYBOARD_UNCERTAIN, "");
    pass(2);
    assert_string_equal(ui.view.message, "");
    keyboards_set_presence(&ui, KEYBOARD_ABSENT);
    pass(1);
    shows("No keyboard was found");
}

/* A notice must not hide a warning, and only the last one counts. */
static void test_notices(void **state)
{
    (void)state;
    start_with(50, "speed=fast", NULL, 0);
    keyboards_notice(&ui, "USB keyboard at port 1");
    assert_non_null(strstr(ui.view.message, "\"speed=fast\""));
    assert_non_null(strstr(ui.view.message, "; USB keyboard at port 1"));
    keyboards_notice(&ui, "USB keyboard at port 2");
    assert_non_null(strstr(ui.view.message, "\"speed=fast\""));
    assert_null(strstr(ui.view.message, "port 1"));
    assert_non_null(strstr(ui.view.message, "; USB keyboard at port 2"));

    press(KEY_DOWN);
    assert_string_equal(ui.view.message, "");
    keyboards_notice(&ui, "USB keyboard at port 3");
    assert_string_equal(ui.view.message, "USB keyboard at port 3");
    keyboards_notice(&ui, "USB keyboard at port 3 was unplugged");
    assert_string_equal(ui.view.message,
                        "USB keyboard at port 3 was unplugged");
}

/* A message that fills the line is cut, and loses nothing later. */
static void test_notice_after_long_message(void **state)
{
    char message[MESSAGE_SIZE];

    (void)state;
    memset(message, 'x', sizeof message);
    for (size_t length = MESSAGE_SIZE - 40; length < MESSAGE_SIZE; length++) {
        start_with(50, "", NULL, 0);
        message[length] = '\0';
        view_message(&ui.view, "%s", message);
        keyboards_notice(&ui, "USB keyboard at port 1");
        assert_int_equal(strncmp(ui.view.message, message, length), 0);
        keyboards_notice(&ui, "USB keyboard at port 2");
        assert_int_equal(strncmp(ui.view.message, message, length), 0);
        assert_null(strstr(ui.view.message, "port 1"));
        message[length] = 'x';
    }
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
        cmocka_unit_test(test_advice_on_usb),
        cmocka_unit_test(test_keyboard_ends_advice),
        cmocka_unit_test(test_advice_after_search),
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_notice_after_long_message),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
