/* SPDX-License-Identifier: MIT */
/* Tests the kiosk as its staff sees it: countdown, PIN and power button. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "services/option_parser.h"
#include "ui/base/page_switch.h"
#include "ui/keys.h"
#include "console.h"

#define SECOND 1000000u

static void pass(unsigned seconds)
{
    for (unsigned i = 0; i < seconds * (SECOND / FRAME); i++)
        turn();
}

/* Starts a kiosk and opens the editor, as a visitor does. */
static void visit(unsigned rows, const char *options)
{
    start_with(rows, options, NULL, 0);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    type_one(' ', false);
    type_one('3', false);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

/* Each of the last ten seconds is shown, and no second before. */
static void test_countdown(void **state)
{
    char text[80];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        visit(sizes[i], "kiosk=60");
        pass(49);
        shows_not("demonstration starts");
        pass(1);
        for (unsigned left = 10; left > 0; left--) {
            snprintf(text, sizeof text, "demonstration starts in %u s", left);
            shows(text);
            assert_int_equal(ui.view.page, PAGE_EDITOR);
            pass(1);
        }
        assert_int_equal(ui.view.page, PAGE_DEMO);
        shows_not("demonstration starts");
    }
}

/* Without drawing in between, the PC must not sleep through a second. */
static void test_countdown_wakes(void **state)
{
    bool drawn;

    (void)state;
    visit(50, "kiosk=60");
    uint32_t wait = ui_turn(&ui, now, &drawn);

    for (unsigned i = 0; i < 200 && ui.presence.countdown == 0; i++)
        wait = ui_turn(&ui, now += wait, &drawn);
    assert_int_equal(ui.presence.countdown, 10);
    for (unsigned left = 10; left > 0; left--) {
        assert_int_equal(ui.presence.countdown, left);
        for (uint64_t end = now + SECOND; now < end;) {
            wait = ui_turn(&ui, now, &drawn);
            assert_in_range(wait, 1, SECOND);
            now += wait < end - now ? wait : end - now;
        }
        ui_turn(&ui, now, &drawn);
    }
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

static void test_key_ends_countdown(void **state)
{
    (void)state;
    visit(50, "kiosk=60");
    pass(55);
    shows("demonstration starts in 5 s");
    press(KEY_DOWN);
    shows_not("demonstration starts");
    pass(49);
    shows_not("demonstration starts");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    pass(2);
    shows("demonstration starts in 9 s");
}

/* In a short idle time, other messages can be read for half of it. */
static void test_short_countdown(void **state)
{
    (void)state;
    visit(50, "kiosk=6");
    pass(2);
    shows_not("demonstration starts");
    pass(1);
    shows("demonstration starts in 3 s");
    pass(3);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

/* A question comes first if something would be lost; its end is counted. */
static void test_countdown_after_question(void **state)
{
    (void)state;
    visit(50, "kiosk=60");
    set_line(3, "STP");
    pass(59);
    shows_not("demonstration starts");
    pass(2);
    assert_int_equal(ui.view.page, PAGE_ASK);
    pass(18);
    shows_not("demonstration starts in");
    pass(2);
    shows("demonstration starts in 9 s");
    pass(9);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

/* Shift is a key, too: a visitor who presses it is there. */
static void test_modifier_is_any_key(void **state)
{
    (void)state;
    start_with(50, "kiosk=60", NULL, 0);
    keys_modifier(&ui);
    turn();
    assert_int_equal(ui.view.page, PAGE_OFFER);
    type_one('3', false);
    pass(45);
    keys_modifier(&ui);
    pass(45);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    shows_not("demonstration starts");
}

/* ----------------------------------------------------------------- PIN --- */

static void test_pin(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        visit(sizes[i], "kiosk=60 pin=19480621");
        press(KEY_F10);
        shows("For the staff");
        type("1948");
        shows("PIN: ****");
        press(KEY_ENTER);
        shows("This was not the PIN.");
        assert_int_equal(ui.view.options.kiosk, 60);
        type("194806213");
        shows("PIN: ********");
        press(KEY_BACKSPACE);
        type("1");
        press(KEY_ENTER);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        shows("The kiosk has ended");
        pass(200);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        press(KEY_F10);
        shows("Reboot the PC");
    }
}

/* F10 must work where a visitor has left the kiosk. */
static void test_pin_on_any_page(void **state)
{
    static const enum page_id pages[] = {PAGE_DEMO, PAGE_OFFER,    PAGE_PANEL,
                                         PAGE_LAB,  PAGE_PROGRAMS, PAGE_HELP};

    (void)state;
    for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        start_with(50, "kiosk=60 pin=1948", NULL, 0);
        page_open(&ui.view, pages[i]);
        press(KEY_F10);
        assert_int_equal(ui.view.page, PAGE_PIN);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, pages[i]);
        press(KEY_F10);
        type("1948");
        press(KEY_ENTER);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        assert_int_equal(ui.view.options.kiosk, 0);
    }
}

/* A visitor who finds F10 does not keep the kiosk. */
static void test_pin_page_ends(void **state)
{
    (void)state;
    visit(50, "kiosk=60 pin=1948");
    press(KEY_F10);
    type("19");
    pass(61);
    assert_int_equal(ui.view.page, PAGE_DEMO);
    press(KEY_F10);
    shows("PIN: _");
}

static void test_no_pin(void **state)
{
    (void)state;
    visit(50, "kiosk=60");
    press(KEY_F10);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    start_with(50, "pin=1948", NULL, 0);
    press(KEY_F10);
    assert_int_equal(ui.view.page, PAGE_MENU);
}

static void test_option(void **state)
{
    static const struct {
        const char *command, *pin;
    } rows[] = {
        {"pin=1948", "1948"},
        {"pin=19480621", "19480621"},
        {"pin=123", ""},
        {"pin=123456789", ""},
        {"pin=12a4", ""},
        {"pin=", ""},
        {"kiosk=9 pin=0000", "0000"},
    };
    char warning[200];

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct strbuf warnings = strbuf_begin(warning, sizeof warning);
        struct options options;

        options_read(&options, rows[i].command, &warnings);
        assert_string_equal(options.pin, rows[i].pin);
        assert_int_equal(warnings.length == 0, rows[i].pin[0] != '\0');
    }
}

/* The system page shows the boot line to visitors, too. */
static void test_pin_is_hidden(void **state)
{
    static const struct {
        const char *before, *after;
    } rows[] = {
        {"pin=1948", "pin=****"},
        {"kiosk=60 pin=1948 run", "kiosk=60 pin=**** run"},
        {"pin=1\tpin=22\npin=", "pin=*\tpin=**\npin="},
        {"spin=1948 pi=3 pin", "spin=1948 pi=3 pin"},
        {"", ""},
    };
    char line[40];

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        strcpy(line, rows[i].before);
        options_hide_secrets(line);
        assert_string_equal(line, rows[i].after);
    }
}

/* -------------------------------------------------------- power button --- */

static void test_power_button_asks(void **state)
{
    static const enum page_id pages[] = {PAGE_EDITOR, PAGE_PANEL, PAGE_LARGE,
                                         PAGE_HELP};

    (void)state;
    for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        start_with(50, "", NULL, 0);
        page_open(&ui.view, pages[i]);
        keys_power_button(&ui);
        turn();
        assert_int_equal(ui.view.request, REQUEST_NONE);
        shows("Power off the PC?");
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, pages[i]);
        keys_power_button(&ui);
        keys_power_button(&ui);
        type_one(YES, false);
        assert_int_equal(ui.view.request, REQUEST_POWER_OFF);
    }
}

static void test_power_button_in_kiosk(void **state)
{
    (void)state;
    visit(50, "kiosk=60");
    set_line(3, "STP");
    keys_power_button(&ui);
    assert_int_equal(ui.view.request, REQUEST_POWER_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_countdown),
        cmocka_unit_test(test_countdown_wakes),
        cmocka_unit_test(test_key_ends_countdown),
        cmocka_unit_test(test_short_countdown),
        cmocka_unit_test(test_countdown_after_question),
        cmocka_unit_test(test_modifier_is_any_key),
        cmocka_unit_test(test_pin),
        cmocka_unit_test(test_pin_on_any_page),
        cmocka_unit_test(test_pin_page_ends),
        cmocka_unit_test(test_no_pin),
        cmocka_unit_test(test_option),
        cmocka_unit_test(test_pin_is_hidden),
        cmocka_unit_test(test_power_button_asks),
        cmocka_unit_test(test_power_button_in_kiosk),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
