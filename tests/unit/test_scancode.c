/* SPDX-License-Identifier: MIT */
/*
 * Scancodes of set 1: bytes in, events out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/scancode.h"

/* ---------------------------------------------------------- by table --- */

#define EVENTS_MAX 8

/* An event as text: "-" let go, "*" repeat, "^" Ctrl, then the character or
   the key's number in brackets. */
static void describe(char *to, size_t size, const struct event *event)
{
    char what[16];

    if (event->key == KEY_CHARACTER)
        snprintf(what, sizeof what, "%c", event->character);
    else
        snprintf(what, sizeof what, "[%d]", (int)event->key);
    snprintf(to, size, "%s%s%s%s ", event->down ? "" : "-",
             event->repeat ? "*" : "", event->control ? "^" : "", what);
}

/* What the bytes, written in hexadecimal, become. */
static const char *decode(const char *bytes)
{
    static char all[EVENTS_MAX * 20];
    struct scancode_decoder decoder = {.extended = false};
    struct event event;
    unsigned byte;
    int used;
    size_t length = 0;

    all[0] = '\0';
    for (; sscanf(bytes, "%x%n", &byte, &used) == 1; bytes += used) {
        if (!scancode_decode(&decoder, (uint8_t)byte, &event))
            continue;
        assert_true(length + 20 < sizeof all);
        describe(all + length, sizeof all - length, &event);
        length += strlen(all + length);
    }
    if (length > 0)
        all[length - 1] = '\0';
    return all;
}

static const struct {
    const char *bytes, *events;
} rows[] = {
    /* letters, digits, signs */
    {"1E 9E", "a -a"},
    {"2C AC", "z -z"},
    {"02 0B 0C 0D", "1 0 - ="},
    {"39 B9", "  - "},
    {"1A 1B 27 28 29 2B 33 34", "[ ] ; ' ` \\ , ."},
    {"35", "/"},
    /* Shift, either, both */
    {"2A 1E 9E AA 1E", "A -A a"},
    {"36 1E 9E B6 1E", "A -A a"},
    {"2A 36 AA 1E", "A"},
    {"2A 36 B6 1E", "A"},
    {"2A 36 B6 AA 1E", "a"},
    {"2A 02 03 0C 0D 27", "! @ _ + :"},
    {"2A 1E AA 9E", "A -a"},
    /* Ctrl, either */
    {"1D 20 A0 9D 20", "^d -^d d"},
    {"E0 1D 16 96 E0 9D 16", "^u -^u u"},
    {"1D E0 1D 9D 20", "^d"},
    {"1D 2A 20", "^D"},
    /* held keys */
    {"1E 1E 1E 9E 1E", "a *a *a -a a"},
    {"1E 30 30 9E 30", "a b *b -a *b"},
    /* the keypad's cursor and the grey one are two keys, one meaning */
    {"37 4A 4E B7", "* - + -*"},
    {"E0 35 E0 B5", "/ -/"},
    {"2A 37", "*"},
    /* what is no key of ours */
    {"38 B8 E0 38 E0 B8", ""}, /* Alt */
    {"3A BA 45 C5 46 C6", ""}, /* Caps, Num and Scroll Lock */
    {"E0 5B E0 DB E0 5D", ""}, /* Windows, Menu */
    {"56 D6 54 D4 7D 7E", ""},
    {"E0 46 E0 C6", ""},                 /* Ctrl-Break */
    {"E0 2A E0 37 E0 B7 E0 AA 1E", "a"}, /* Print Screen */
    {"E1 1D 45 E1 9D C5 1E", "a"},       /* Pause */
    {"1E E1 1D 45 E1 9D C5 1E 9E", "a *a -a"},
    {"1D E0 46 E0 C6 9D 1E", "a"},
    /* replies, overruns and self test */
    {"FA 1E FE 9E", "a -a"},
    {"FA FA 1E", "a"},
    {"00 1E FF 9E", "a -a"},
    {"E0 00 1E", "a"},
    {"E0 FF 1E", "a"},
    {"AA 1E", "a"},
    {"EE 1E FC 1E", "a *a"},
    {"2A AA 1E", "a"},
    /* prefixes twice over */
    {"E0 E0 35", "/"},
    {"E0 1E", ""},
};

static void test_rows(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(decode(rows[i].bytes), rows[i].events) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", rows[i].bytes,
                     decode(rows[i].bytes), rows[i].events);
}

static const struct {
    enum key key;
    const char *down, *up;
} named[] = {
    {KEY_ESCAPE, "01", "81"},
    {KEY_BACKSPACE, "0E", "8E"},
    {KEY_TAB, "0F", "8F"},
    {KEY_ENTER, "1C", "9C"},
    {KEY_ENTER, "E0 1C", "E0 9C"},
    {KEY_F1, "3B", "BB"},
    {KEY_F2, "3C", "BC"},
    {KEY_F3, "3D", "BD"},
    {KEY_F4, "3E", "BE"},
    {KEY_F5, "3F", "BF"},
    {KEY_F6, "40", "C0"},
    {KEY_F7, "41", "C1"},
    {KEY_F8, "42", "C2"},
    {KEY_F9, "43", "C3"},
    {KEY_F10, "44", "C4"},
    {KEY_F11, "57", "D7"},
    {KEY_F12, "58", "D8"},
    {KEY_HOME, "47", "C7"},
    {KEY_UP, "48", "C8"},
    {KEY_PAGE_UP, "49", "C9"},
    {KEY_LEFT, "4B", "CB"},
    {KEY_RIGHT, "4D", "CD"},
    {KEY_END, "4F", "CF"},
    {KEY_DOWN, "50", "D0"},
    {KEY_PAGE_DOWN, "51", "D1"},
    {KEY_INSERT, "52", "D2"},
    {KEY_DELETE, "53", "D3"},
    {KEY_HOME, "E0 47", "E0 C7"},
    {KEY_UP, "E0 48", "E0 C8"},
    {KEY_PAGE_UP, "E0 49", "E0 C9"},
    {KEY_LEFT, "E0 4B", "E0 CB"},
    {KEY_RIGHT, "E0 4D", "E0 CD"},
    {KEY_END, "E0 4F", "E0 CF"},
    {KEY_DOWN, "E0 50", "E0 D0"},
    {KEY_PAGE_DOWN, "E0 51", "E0 D1"},
    {KEY_INSERT, "E0 52", "E0 D2"},
    {KEY_DELETE, "E0 53", "E0 D3"},
};
#define NAMED (sizeof named / sizeof named[0])

static void test_named_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < NAMED; i++) {
        char bytes[40], events[40];

        snprintf(bytes, sizeof bytes, "%s %s %s", named[i].down, named[i].down,
                 named[i].up);
        snprintf(events, sizeof events, "[%d] *[%d] -[%d]", (int)named[i].key,
                 (int)named[i].key, (int)named[i].key);
        assert_string_equal(decode(bytes), events);
    }
}

/* With Num Lock lit a keyboard puts shifts round its grey keys; with Shift
   held, it lets Shift go for as long as the key is down. */
static void test_fake_shifts(void **state)
{
    char twice[40];

    (void)state;
    snprintf(twice, sizeof twice, "[%d] -[%d] a", KEY_UP, KEY_UP);
    assert_string_equal(decode("E0 2A E0 48 E0 C8 E0 AA 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] -[%d] A", KEY_UP, KEY_UP);
    assert_string_equal(decode("2A E0 AA E0 48 E0 C8 E0 2A 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] -[%d] A", KEY_DELETE, KEY_DELETE);
    assert_string_equal(decode("36 E0 B6 E0 53 E0 D3 E0 36 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] *[%d] a", KEY_UP, KEY_UP);
    assert_string_equal(decode("E0 2A E0 48 E0 48 E0 AA 1E"), twice);
}

/* The keypad's key does not make the grey one a repeat. */
static void test_two_keys_of_one_name(void **state)
{
    char both[16];

    (void)state;
    snprintf(both, sizeof both, "[%d] [%d]", KEY_UP, KEY_UP);
    assert_string_equal(decode("48 E0 48"), both);
}

/* ------------------------------------------------------- all letters --- */

/* The rows of a US keyboard with the code of each one's first key. */
static const struct {
    uint8_t first;
    const char *plain, *shifted;
} layout[] = {
    {0x02, "1234567890-=", "!@#$%^&*()_+"},
    {0x10, "qwertyuiop[]", "QWERTYUIOP{}"},
    {0x1E, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    {0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    {0x39, " ", " "},
};

static void check_code(uint8_t code, char plain, char shifted)
{
    struct scancode_decoder decoder = {.extended = false};
    struct event event;

    assert_true(scancode_decode(&decoder, code, &event));
    assert_int_equal(event.key, KEY_CHARACTER);
    assert_int_equal(event.character, plain);
    assert_int_equal(event.position, plain);
    assert_true(event.down && !event.repeat && !event.control && !event.tap);
    assert_true(scancode_decode(&decoder, code | 0x80, &event));
    assert_false(event.down);
    assert_int_equal(event.position, plain);
    assert_false(scancode_decode(&decoder, 0x2A, &event));
    assert_true(scancode_decode(&decoder, code, &event));
    assert_int_equal(event.character, shifted);
    assert_int_equal(event.position, plain);
    assert_false(event.repeat);
}

/* The keypad has signs, but no place among the letters. */
static void test_keypad_has_no_position(void **state)
{
    static const uint8_t codes[] = {0x37, 0x4A, 0x4E};
    struct scancode_decoder decoder = {.extended = false};
    struct event event;

    (void)state;
    for (unsigned i = 0; i < sizeof codes; i++) {
        assert_true(scancode_decode(&decoder, codes[i], &event));
        assert_int_equal(event.key, KEY_CHARACTER);
        assert_int_equal(event.position, '\0');
    }
    assert_false(scancode_decode(&decoder, 0xE0, &event));
    assert_true(scancode_decode(&decoder, 0x35, &event));
    assert_int_equal(event.character, '/');
    assert_int_equal(event.position, '\0');
}

static void test_layout(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof layout / sizeof layout[0]; i++)
        for (uint8_t j = 0; layout[i].plain[j] != '\0'; j++)
            check_code((uint8_t)(layout[i].first + j), layout[i].plain[j],
                       layout[i].shifted[j]);
}

/* ------------------------------------------------------------ random --- */

static bool is_sound(const struct event *event)
{
    bool writes = event->key == KEY_CHARACTER;

    if (event->key <= KEY_NONE || event->key > KEY_F12)
        return false;
    if (event->repeat && !event->down)
        return false;
    return writes ? event->character >= ' ' && event->character <= '~'
                  : event->character == '\0';
}

/* Whatever arrives, an event is one, and a key pressed afterwards is seen. */
static void test_random(void **state)
{
    struct scancode_decoder decoder = {.extended = false};
    uint32_t random = 1948;
    struct event event;

    (void)state;
    for (unsigned i = 0; i < 1000000; i++) {
        random = random * 1664525u + 1013904223u;
        if (scancode_decode(&decoder, (uint8_t)(random >> 20), &event))
            assert_true(is_sound(&event));
        if (i % 1000 != 0)
            continue;
        for (unsigned j = 0; j < 6; j++) /* what may be left of a Pause */
            scancode_decode(&decoder, 0xFA, &event);
        assert_true(scancode_decode(&decoder, 0x81, &event));
        assert_int_equal(event.key, KEY_ESCAPE);
        assert_true(scancode_decode(&decoder, 0x01, &event));
        assert_true(event.down && !event.repeat);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_named_keys),
        cmocka_unit_test(test_fake_shifts),
        cmocka_unit_test(test_two_keys_of_one_name),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_keypad_has_no_position),
        cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
