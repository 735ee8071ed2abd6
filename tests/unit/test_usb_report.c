/* SPDX-License-Identifier: MIT */
/* Tests turning the reports of a USB keyboard into key events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/keymap.h"
#include "console/usb_report.h"

#define TEXT_MAX 400
#define EVENTS_MAX                                                             \
    40 /* events of one report before a test is considered hung */

static struct usb_report_decoder decoder;
static uint64_t now;
static unsigned keymap;
static char text[TEXT_MAX];

static void append(const struct event *event)
{
    size_t length = strlen(text);
    char what[16];

    if (event->key == KEY_CHARACTER)
        snprintf(what, sizeof what, "%c", event->character);
    else
        snprintf(what, sizeof what, "[%d]", (int)event->key);
    assert_true(length + sizeof what + 6 < sizeof text);
    snprintf(text + length, sizeof text - length, "%s%s%s%s%s%s%s",
             length > 0 ? " " : "", event->down ? "" : "-",
             event->repeat ? "*" : "", event->control ? "^" : "",
             event->alt ? "!" : "", event->windows ? "#" : "", what);
}

static void take_events(void)
{
    struct event event;

    for (unsigned i = 0; usb_report_next(&decoder, now, &event); i++) {
        assert_in_range(i, 0, EVENTS_MAX);
        assert_false(event.tap);
        append(&event);
    }
    assert_false(decoder.scancodes.lost);
}

/* Reads a modifier byte and up to six keys.  Returns the end of the text. */
static const char *read_report(const char *script)
{
    uint8_t report[USB_REPORT_SIZE] = {0, 0xFF};
    unsigned byte, count = 0;
    int used;

    for (; sscanf(script, "%x%n", &byte, &used) == 1; script += used) {
        assert_in_range(count, 0, USB_REPORT_KEYS);
        report[count == 0 ? 0 : count + 1] = (uint8_t)byte;
        count++;
    }
    usb_report_receive(&decoder, report, sizeof report);
    return script;
}

/* Runs a script: reports, "@n" to wait until n milliseconds, "x" to unplug,
   each ended by ";" except for the last.  Returns the events. */
static const char *run(const char *script)
{
    memset(&decoder, 0, sizeof decoder);
    decoder.scancodes.keymap = keymap;
    now = 0;
    text[0] = '\0';
    for (; *script != '\0'; script += strspn(script, "; ")) {
        if (*script == '@') {
            now = strtoul(script + 1, NULL, 10) * 1000;
            script += strcspn(script, ";");
        } else if (*script == 'x') {
            usb_report_unplug(&decoder);
            script++;
        } else {
            script = read_report(script);
        }
        take_events();
    }
    return text;
}

static const struct {
    const char *script, *events;
} rows[] = {
    /* Keys, in the order of the report; the same report again */
    {"0 4; 0", "a -a"},
    {"0 4; 0 4; 0 4", "a"},
    {"0 5 4; 0", "b a -b -a"},
    {"0 4; 0 4 5; 0 5; 0", "a b -a -b"},
    {"0 4; 0 5 4; 0 5", "a b -a"},
    {"0 4; 0 5; 0", "a -a b -b"},
    {"0 4 5 6 7 8 9; 0 A B C D E F", "a b c d e f -a -b -c -d -e -f g h i j "
                                     "k l"},
    {"0 4 4; 0 4; 0", "a -a"},
    {"0 0 4; 0 4; 0 0 0 0 0 0 4; 0", "a -a"},
    /* Modifiers, before or with the key, and released before or with it */
    {"2; 2 4; 2; 0", "A -A"},
    {"2 4; 0", "A -A"},
    {"2 4; 0 4; 0 5", "A -a b"},
    {"20 4; 22 5; 2 6; 0 7", "A -A B -B C -C d"},
    {"1 6; 0; 10 6; 0", "^c -^c ^c -^c"},
    {"4 4; 0; 40 4; 0", "!a -!a a -a"},
    {"40 4C", "![15]"},
    {"8 4; 0; 80 4", "#a -#a #a"},
    {"1 4; 11 4; 10 5", "^a -^a ^b"},
    {"FF 4", "^!#A"},
    {"5 4C; 0", "^![15] -^![15]"},
    /* Too many keys: keys stay, modifiers change */
    {"0 4; 0 1 1 1 1 1 1; 0 4; 0", "a -a"},
    {"0 4; 0 1 1 1 1 1 1; 0 5; 0", "a -a b -b"},
    {"0 4; 2 1 1 1 1 1 1; 2 4 5", "a B"},
    {"0 4; 0 2 2 2 2 2 2; 0 3 3 3 3 3 3; 0 4; 0", "a -a"},
    {"2 4; 0 1 1 1 1 1 1; @500", "A *a"},
    {"0 1 1 1 1 1 1; 0 4", "a"},
    /* Keys without an event */
    {"0 39; 0; 0 47; 0; 0 53; 0; 0 46; 0; 0 48; 0; 0 65; 0; 0 64; 0", ""},
    {"0 66 67 A4 E8 FF; 0", ""},
    {"0 4 FF; 0 FF; 0", "a -a"},
    /* Unplugged, and plugged in again */
    {"0 4 5; x", "a b -a -b"},
    {"2 4; x; 0 4", "A -A a"},
    {"1; x; 0 4", "a"},
    {"0 4; 0 1 1 1 1 1 1; x", "a -a"},
    {"x; x", ""},
    /* Repeats */
    {"0 4; @499; @500; @501; @591; @592; @700; 0", "a *a *a *a -a"},
    {"0 4; @10000; @10000; @10092", "a *a *a"},
    {"0 4; @100; 0 4 5; @599; @600; 0 4; @2000", "a b *b -b"},
    {"0 4; 0 4 5; 0 5; @500; 0; @2000", "a b -a *b -b"},
    {"0 4; @400; 2 4; @500; @2000; 2", "a -A"},
    {"2 4; @500; 0; @2000", "A *A -A"},
    {"0 52; @500; @600; 0", "[6] *[6] *[6] -[6]"},
    {"0 39; @500; @600; 0", ""},
    {"0 4; x; @500; @1000", "a -a"},
    {"0 4; @100; 0 1 1 1 1 1 1; @500; 0; @1000", "a *a -a"},
};

static void test_reports(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(run(rows[i].script), rows[i].events) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", rows[i].script,
                     run(rows[i].script), rows[i].events);
}

/* German keys: Shift, AltGr, the key beside left Shift, and one that types
   nothing.  The keymap stays when the keyboard is unplugged. */
static void test_keymap(void **state)
{
    (void)state;
    keymap = 2;
    assert_string_equal(keymaps[keymap].name, "de");
    assert_string_equal(run("0 1C; 2 1D; 0 64; 40 64; x; 0 2D"),
                        "z -z Y -Y < -| [28]");
    assert_string_equal(run("40 14; 0 32; 2 31"), "@ -@ # -# '");
    keymap = 0;
}

/* Keys by usage, from the first one on (HID Usage Tables, chapter 10) */
static const struct {
    uint8_t first;
    const char *plain, *shifted;
} layout[] = {
    {0x04, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    {0x1E, "1234567890", "!@#$%^&*()"},
    {0x2C, " -=[]\\\\;'`,./", " _+{}||:\"~<>?"},
};

static struct event press(uint8_t modifiers, uint8_t usage)
{
    const uint8_t report[USB_REPORT_SIZE] = {modifiers, 0, usage};
    struct event event = {.key = KEY_NONE};

    memset(&decoder, 0, sizeof decoder);
    usb_report_receive(&decoder, report, sizeof report);
    assert_true(usb_report_next(&decoder, 0, &event));
    assert_true(event.down && !event.repeat);
    return event;
}

static void test_layout(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof layout / sizeof layout[0]; i++)
        for (unsigned j = 0; layout[i].plain[j] != '\0'; j++) {
            uint8_t usage = (uint8_t)(layout[i].first + j);
            struct event plain = press(0x00, usage);
            struct event shifted = press(0x20, usage);

            assert_int_equal(plain.key, KEY_CHARACTER);
            assert_int_equal(plain.character, layout[i].plain[j]);
            assert_int_equal(plain.position, layout[i].plain[j]);
            assert_int_equal(shifted.character, layout[i].shifted[j]);
            assert_int_equal(shifted.position, layout[i].plain[j]);
        }
}

static const struct {
    uint8_t usage;
    enum key key;
} named[] = {
    {0x28, KEY_ENTER},     {0x29, KEY_ESCAPE},  {0x2A, KEY_BACKSPACE},
    {0x2B, KEY_TAB},       {0x3A, KEY_F1},      {0x3B, KEY_F2},
    {0x3C, KEY_F3},        {0x3D, KEY_F4},      {0x3E, KEY_F5},
    {0x3F, KEY_F6},        {0x40, KEY_F7},      {0x41, KEY_F8},
    {0x42, KEY_F9},        {0x43, KEY_F10},     {0x44, KEY_F11},
    {0x45, KEY_F12},       {0x49, KEY_INSERT},  {0x4A, KEY_HOME},
    {0x4B, KEY_PAGE_UP},   {0x4C, KEY_DELETE},  {0x4D, KEY_END},
    {0x4E, KEY_PAGE_DOWN}, {0x4F, KEY_RIGHT},   {0x50, KEY_LEFT},
    {0x51, KEY_DOWN},      {0x52, KEY_UP},      {0x58, KEY_ENTER},
    {0x59, KEY_END},       {0x5A, KEY_DOWN},    {0x5B, KEY_PAGE_DOWN},
    {0x5C, KEY_LEFT},      {0x5E, KEY_RIGHT},   {0x5F, KEY_HOME},
    {0x60, KEY_UP},        {0x61, KEY_PAGE_UP}, {0x62, KEY_INSERT},
    {0x63, KEY_DELETE},
};

static void test_named_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof named / sizeof named[0]; i++)
        assert_int_equal(press(0, named[i].usage).key, named[i].key);
}

static void test_keypad_has_no_position(void **state)
{
    static const char characters[] = "/*-+";

    (void)state;
    for (unsigned i = 0; characters[i] != '\0'; i++) {
        struct event event = press(0, (uint8_t)(0x54 + i));

        assert_int_equal(event.character, characters[i]);
        assert_int_equal(event.position, '\0');
    }
}

/* Every modifier bit changes what the matching key of a PS/2 keyboard does. */
static void test_modifiers(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        struct event event = press((uint8_t)(1u << i), 0x4C);

        assert_int_equal(event.control, i % 4 == 0);
        assert_int_equal(event.alt, i % 4 == 2);
        assert_int_equal(event.windows, i % 4 == 3);
        assert_int_equal(press((uint8_t)(1u << i), 0x04).character,
                         i % 4 == 1 ? 'A' : 'a');
    }
}

static const struct {
    const char *script;
    uint8_t leds;
} led_rows[] = {
    {"", 0},
    {"0 39", USB_LED_CAPS},
    {"0 39; 0", USB_LED_CAPS},
    {"0 39; 0; 0 39", 0},
    {"0 39; @500; @600; @700", USB_LED_CAPS},
    {"0 39; 0 39 4; 0 39", USB_LED_CAPS},
    {"0 39; 0 1 1 1 1 1 1; 0 39", USB_LED_CAPS},
    {"0 53; 0; 0 47", USB_LED_NUM | USB_LED_SCROLL},
    {"0 53 39 47", USB_LED_NUM | USB_LED_CAPS | USB_LED_SCROLL},
    {"0 53; x", 0},
    {"0 4", 0},
};

static void test_leds(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof led_rows / sizeof led_rows[0]; i++) {
        run(led_rows[i].script);
        assert_int_equal(decoder.leds, led_rows[i].leds);
    }
}

static void test_short_report(void **state)
{
    const uint8_t report[] = {2, 0, 4, 0, 0, 0, 0, 0, 5};
    struct event event;

    (void)state;
    memset(&decoder, 0, sizeof decoder);
    for (unsigned size = 0; size < USB_REPORT_SIZE; size++) {
        usb_report_receive(&decoder, report, size);
        assert_false(usb_report_next(&decoder, 0, &event));
    }
    usb_report_receive(&decoder, report, sizeof report);
    assert_true(usb_report_next(&decoder, 0, &event));
    assert_int_equal(event.character, 'A');
    assert_false(usb_report_next(&decoder, 0, &event));
}

/* Reports that arrive before the events of the one before were taken must not
   leave a key held. */
static void test_reports_that_are_late(void **state)
{
    uint8_t report[USB_REPORT_SIZE];
    uint32_t random = 1948;
    struct event event;

    (void)state;
    memset(&decoder, 0, sizeof decoder);
    for (unsigned i = 0; i < 200000; i++) {
        for (unsigned j = 0; j < sizeof report; j++) {
            random = random * 1664525u + 1013904223u;
            report[j] = (uint8_t)(random >> 24);
            if (j >= USB_REPORT_KEYS_AT && i % 2 > 0)
                report[j] %= 12;
        }
        now += random >> 12 & 0xFFFF;
        usb_report_receive(&decoder, report, sizeof report);
        usb_report_next(&decoder, now, &event);
        if (i % 50 != 0)
            continue;
        usb_report_unplug(&decoder);
        text[0] = '\0';
        take_events();
        for (unsigned j = 0; j < 8; j++)
            assert_int_equal(decoder.scancodes.held[j], 0);
        assert_int_equal(decoder.held.modifiers, 0);
        assert_int_equal(decoder.repeating, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reports),
        cmocka_unit_test(test_keymap),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_named_keys),
        cmocka_unit_test(test_keypad_has_no_position),
        cmocka_unit_test(test_modifiers),
        cmocka_unit_test(test_leds),
        cmocka_unit_test(test_short_report),
        cmocka_unit_test(test_reports_that_are_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
