/* SPDX-License-Identifier: MIT */
/* Tests decoding scancodes of sets 1 and 2 into key events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/scancode.h"

#define EVENTS_MAX 8

/* Formats an event as "-" for a release, "*" for a repeat, "^" for Ctrl, "!"
   for Alt and "#" for Windows, followed by the character or key number. */
static void describe(char *to, size_t size, const struct event *event)
{
    char what[16];

    if (event->key == KEY_CHARACTER)
        snprintf(what, sizeof what, "%c", event->character);
    else
        snprintf(what, sizeof what, "[%d]", (int)event->key);
    snprintf(to, size, "%s%s%s%s%s%s ", event->down ? "" : "-",
             event->repeat ? "*" : "", event->control ? "^" : "",
             event->alt ? "!" : "", event->windows ? "#" : "", what);
}

/* Decodes a sequence of hexadecimal bytes in the given scancode set. */
static const char *decode(unsigned set, const char *bytes)
{
    static char all[EVENTS_MAX * 20];
    struct scancode_decoder decoder = {.set_2 = set == 2};
    struct event event;
    unsigned byte;
    int used;
    size_t length = 0;

    all[0] = '\0';
    for (; sscanf(bytes, "%x%n", &byte, &used) == 1; bytes += used) {
        bool whole = scancode_decode(&decoder, (uint8_t)byte, &event);

        while (whole || scancode_release(&decoder, &event)) {
            assert_true(length + 20 < sizeof all);
            describe(all + length, sizeof all - length, &event);
            length += strlen(all + length);
            whole = false;
        }
    }
    if (length > 0)
        all[length - 1] = '\0';
    return all;
}

static const struct {
    const char *bytes, *events;
} rows[] = {
    /* Letters, digits and punctuation. */
    {"1E 9E", "a -a"},
    {"2C AC", "z -z"},
    {"02 0B 0C 0D", "1 0 - ="},
    {"39 B9", "  - "},
    {"1A 1B 27 28 29 2B 33 34", "[ ] ; ' ` \\ , ."},
    {"35", "/"},
    /* Left and right Shift. */
    {"2A 1E 9E AA 1E", "A -A a"},
    {"36 1E 9E B6 1E", "A -A a"},
    {"2A 36 AA 1E", "A"},
    {"2A 36 B6 1E", "A"},
    {"2A 36 B6 AA 1E", "a"},
    {"2A 02 03 0C 0D 27", "! @ _ + :"},
    {"2A 1E AA 9E", "A -a"},
    /* Left and right Ctrl. */
    {"1D 20 A0 9D 20", "^d -^d d"},
    {"E0 1D 16 96 E0 9D 16", "^u -^u u"},
    {"1D E0 1D 9D 20", "^d"},
    {"1D 2A 20", "^D"},
    /* Alt, and AltGr, which is ignored with characters. */
    {"38 1E 9E B8 1E", "!a -!a a"},
    {"38 1E B8 9E", "!a -a"},
    {"1E 38 9E B8", "a -!a"},
    {"E0 38 1E 9E 39 E0 B8 39", "a -a   * "},
    {"E0 38 E0 53 E0 D3 53", "![15] -![15] ![15]"},
    {"E0 38 48 E0 B8 3B", "![6] [16]"},
    {"38 E0 38 1E B8 30", "!a b"},
    /* Windows keys, and the Menu key, which is ignored. */
    {"E0 5B 1E 9E E0 DB 1E", "#a -#a a"},
    {"E0 5C E0 53 E0 DC 1E", "#[15] a"},
    {"E0 5D 1E", "a"},
    /* Several modifiers pressed together. */
    {"1D 38 E0 53 53", "^![15] ^![15]"},
    {"E0 1D 38 53", "^![15]"},
    {"1D E0 38 E0 53 1E", "^![15] ^a"},
    {"2A 38 1E", "!A"},
    {"1D 38 E0 5B 1E", "^!#a"},
    /* Keys that autorepeat while held down. */
    {"1E 1E 1E 9E 1E", "a *a *a -a a"},
    {"1E 30 30 9E 30", "a b *b -a *b"},
    /* Keypad keys, and the grey keys with the same names. */
    {"37 4A 4E B7", "* - + -*"},
    {"E0 35 E0 B5", "/ -/"},
    {"2A 37", "*"},
    /* Keys that must be ignored. */
    {"38 B8 E0 38 E0 B8", ""}, /* Alt */
    {"3A BA 45 C5 46 C6", ""}, /* Caps Lock, Num Lock and Scroll Lock */
    {"E0 5B E0 DB E0 5D", ""}, /* Windows and Menu */
    {"56 D6 54 D4 7D 7E", ""},
    {"E0 46 E0 C6", ""},                 /* Ctrl-Break */
    {"E0 2A E0 37 E0 B7 E0 AA 1E", "a"}, /* Print Screen */
    {"E1 1D 45 E1 9D C5 1E", "a"},       /* Pause */
    {"1E E1 1D 45 E1 9D C5 1E 9E", "a *a -a"},
    {"1D E0 46 E0 C6 9D 1E", "a"},
    /* Replies and self-test results sent by the keyboard. */
    {"FA 1E FE 9E", "a -a"},
    {"FA FA 1E", "a"},
    {"E0 00 1E", "a"},
    {"E0 FF 1E", "a"},
    /* An overrun must release all held keys, including Shift and Ctrl. */
    {"00 1E FF 9E", "a -a -a"},
    {"1E 48 00 1E", "a [6] -a -[6] a"},
    {"1D E0 48 FF 48 1E", "^[6] -[6] [6] a"},
    {"2A 1E FF 1E", "A -A a"},
    {"38 1E FF 1E", "!a -!a a"},
    {"1D 38 E0 5B E0 38 00 53", "[15]"},
    {"00 FF 00", ""},
    {"E1 1D 45 00 1E", "a"},
    {"AA 1E", "a"},
    {"EE 1E FC 1E", "a *a"},
    {"2A AA 1E", "a"},
    /* Repeated prefixes. */
    {"E0 E0 35", "/"},
    {"E0 1E", ""},
};

static void test_decode_set_1(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(decode(1, rows[i].bytes), rows[i].events) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", rows[i].bytes,
                     decode(1, rows[i].bytes), rows[i].events);
}

/* Keys of the 102-key keyboard in both scancode sets. */
static const struct {
    const char *set_1, *set_2;
} sets[] = {
    {"29", "0E"},       {"02", "16"},       {"03", "1E"},
    {"04", "26"},       {"05", "25"},       {"06", "2E"},
    {"07", "36"},       {"08", "3D"},       {"09", "3E"},
    {"0A", "46"},       {"0B", "45"},       {"0C", "4E"},
    {"0D", "55"},       {"0E", "66"},       {"0F", "0D"},
    {"10", "15"},       {"11", "1D"},       {"12", "24"},
    {"13", "2D"},       {"14", "2C"},       {"15", "35"},
    {"16", "3C"},       {"17", "43"},       {"18", "44"},
    {"19", "4D"},       {"1A", "54"},       {"1B", "5B"},
    {"2B", "5D"},       {"3A", "58"},       {"1E", "1C"},
    {"1F", "1B"},       {"20", "23"},       {"21", "2B"},
    {"22", "34"},       {"23", "33"},       {"24", "3B"},
    {"25", "42"},       {"26", "4B"},       {"27", "4C"},
    {"28", "52"},       {"1C", "5A"},       {"2A", "12"},
    {"56", "61"},       {"2C", "1A"},       {"2D", "22"},
    {"2E", "21"},       {"2F", "2A"},       {"30", "32"},
    {"31", "31"},       {"32", "3A"},       {"33", "41"},
    {"34", "49"},       {"35", "4A"},       {"36", "59"},
    {"1D", "14"},       {"38", "11"},       {"39", "29"},
    {"E0 38", "E0 11"}, {"E0 1D", "E0 14"}, {"E0 52", "E0 70"},
    {"E0 53", "E0 71"}, {"E0 4B", "E0 6B"}, {"E0 47", "E0 6C"},
    {"E0 4F", "E0 69"}, {"E0 48", "E0 75"}, {"E0 50", "E0 72"},
    {"E0 49", "E0 7D"}, {"E0 51", "E0 7A"}, {"E0 4D", "E0 74"},
    {"45", "77"},       {"47", "6C"},       {"4B", "6B"},
    {"4F", "69"},       {"E0 35", "E0 4A"}, {"48", "75"},
    {"4C", "73"},       {"50", "72"},       {"52", "70"},
    {"37", "7C"},       {"49", "7D"},       {"4D", "74"},
    {"51", "7A"},       {"53", "71"},       {"4A", "7B"},
    {"4E", "79"},       {"E0 1C", "E0 5A"}, {"01", "76"},
    {"3B", "05"},       {"3C", "06"},       {"3D", "04"},
    {"3E", "0C"},       {"3F", "03"},       {"40", "0B"},
    {"41", "83"},       {"42", "0A"},       {"43", "01"},
    {"44", "09"},       {"57", "78"},       {"58", "07"},
    {"46", "7E"},
};

/* Presses a key twice, releases it, and types a letter. */
static const char *press(unsigned set, const char *code)
{
    const char *last =
        strrchr(code, ' ') == NULL ? code : strrchr(code, ' ') + 1;
    char bytes[64];

    if (set == 1)
        snprintf(bytes, sizeof bytes, "%s %s 1E %.*s%lX 9E 1E", code, code,
                 (int)(last - code), code, strtoul(last, NULL, 16) | 0x80);
    else
        snprintf(bytes, sizeof bytes, "%s %s 1C %.*sF0 %s F0 1C 1C", code, code,
                 (int)(last - code), code, last);
    return decode(set, bytes);
}

static void test_both_sets(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        char first[EVENTS_MAX * 20];

        strcpy(first, press(1, sets[i].set_1));
        assert_true(strlen(first) >= 6);
        if (strcmp(press(2, sets[i].set_2), first) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", sets[i].set_2,
                     press(2, sets[i].set_2), first);
    }
}

static const struct {
    const char *bytes, *events;
} set_2_rows[] = {
    {"1C F0 1C", "a -a"},
    {"1C 1C F0 1C 1C", "a *a -a a"},
    {"14 23 F0 23 F0 14 23", "^d -^d d"},
    {"E0 14 3C E0 F0 14 F0 3C 3C", "^u -u u"},
    {"E0 75 E0 F0 75", "[6] -[6]"},
    {"11 1C F0 1C F0 11 1C", "!a -!a a"},
    {"E0 11 1C E0 71", "a ![15]"},
    {"E0 1F 1C F0 1C E0 F0 1F 1C", "#a -#a a"},
    {"E0 27 1C", "#a"},
    {"14 11 E0 71 71", "^![15] ^![15]"},
    /* Fake Shift codes. */
    {"E0 F0 12 E0 75 E0 F0 75 E0 12", "[6] -[6]"},
    {"12 E0 F0 12 E0 6B E0 F0 6B E0 12 1C", "[8] -[8] A"},
    {"E0 12 E0 7C E0 F0 7C E0 F0 12 1C", "a"}, /* Print Screen */
    {"E1 14 77 E1 F0 14 F0 77 1C", "a"},       /* Pause */
    {"E0 7E E0 F0 7E 1C", "a"},                /* Ctrl-Break */
    {"84 F0 84 1C", "a"},                      /* Alt and Print Screen */
    /* Replies, self-test results and hot plugging. */
    {"AA 1C FA FE EE FC FD F0 1C", "a -a"},
    {"FA 12 FA 1C", "A"},
    /* Buffer overruns. */
    {"1C 00 1C", "a -a a"},
    {"1C FF 1C", "a -a a"},
    {"F0 00 1C", "a"},
    {"F0 FF 1C", "a"},
    {"E0 00 75", "[6]"},
    {"12 00 1C", "a"},
    /* Prefixes that are repeated or in the wrong order. */
    {"F0 F0 1C 1C", "-a a"},
    {"E0 E0 75", "[6]"},
    {"02", "[22]"},
};

static void test_decode_set_2(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof set_2_rows / sizeof set_2_rows[0]; i++)
        if (strcmp(decode(2, set_2_rows[i].bytes), set_2_rows[i].events) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", set_2_rows[i].bytes,
                     decode(2, set_2_rows[i].bytes), set_2_rows[i].events);
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
        assert_string_equal(decode(1, bytes), events);
    }
}

/* With Num Lock on, a keyboard encloses the codes of a grey key in fake Shift
   codes.  While Shift is down, it sends a fake release of Shift instead. */
static void test_fake_shifts(void **state)
{
    char twice[40];

    (void)state;
    snprintf(twice, sizeof twice, "[%d] -[%d] a", KEY_UP, KEY_UP);
    assert_string_equal(decode(1, "E0 2A E0 48 E0 C8 E0 AA 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] -[%d] A", KEY_UP, KEY_UP);
    assert_string_equal(decode(1, "2A E0 AA E0 48 E0 C8 E0 2A 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] -[%d] A", KEY_DELETE, KEY_DELETE);
    assert_string_equal(decode(1, "36 E0 B6 E0 53 E0 D3 E0 36 1E"), twice);
    snprintf(twice, sizeof twice, "[%d] *[%d] a", KEY_UP, KEY_UP);
    assert_string_equal(decode(1, "E0 2A E0 48 E0 48 E0 AA 1E"), twice);
}

static void test_keypad_and_grey_key(void **state)
{
    char both[16];

    (void)state;
    snprintf(both, sizeof both, "[%d] [%d]", KEY_UP, KEY_UP);
    assert_string_equal(decode(1, "48 E0 48"), both);
}

/* Rows of a US keyboard, each with the scancode of its first key. */
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

static bool is_valid(const struct event *event)
{
    bool writes = event->key == KEY_CHARACTER;

    if (event->key <= KEY_NONE || event->key > KEY_F12)
        return false;
    if (event->repeat && !event->down)
        return false;
    return writes ? event->character >= ' ' && event->character <= '~'
                  : event->character == '\0';
}

static void check_random(unsigned set, const uint8_t *up, unsigned ups,
                         uint8_t down)
{
    struct scancode_decoder decoder = {.set_2 = set == 2};
    uint32_t random = 1948;
    struct event event;

    for (unsigned i = 0; i < 1000000; i++) {
        random = random * 1664525u + 1013904223u;
        if (scancode_decode(&decoder, (uint8_t)(random >> 20), &event))
            assert_true(is_valid(&event));
        if (i % 1000 != 0)
            continue;
        scancode_decode(&decoder, 0x00, &event);
        for (unsigned j = 0; scancode_release(&decoder, &event); j++)
            assert_true(is_valid(&event) && !event.down && j < 256);
        for (unsigned j = 0; j < ups; j++)
            assert_int_equal(scancode_decode(&decoder, up[j], &event),
                             j == ups - 1);
        assert_int_equal(event.key, KEY_ESCAPE);
        assert_true(scancode_decode(&decoder, down, &event));
        assert_true(event.down && !event.repeat && !event.control);
    }
}

/* Random bytes must give valid events, and an overrun must release all keys. */
static void test_random_bytes(void **state)
{
    (void)state;
    check_random(1, (const uint8_t[]){0x81}, 1, 0x01);
    check_random(2, (const uint8_t[]){0xF0, 0x76}, 2, 0x76);
}

/* Each press of a key that causes no event is noted once. */
static void test_modifiers_are_noted(void **state)
{
    static const struct {
        uint8_t prefix, code;
        bool noted;
    } cases[] = {
        {0, 0x2A, true},     {0, 0x36, true},     {0, 0x1D, true},
        {0xE0, 0x1D, true},  {0, 0x38, true},     {0xE0, 0x38, true},
        {0xE0, 0x5B, true},  {0xE0, 0x5C, true},  {0, 0x3A, true},
        {0, 0x45, true},     {0, 0x46, true},     {0, 0x1E, false},
        {0xE0, 0x2A, false}, {0xE0, 0x48, false}, {0, 0x7A, false},
    };
    struct event event;

    (void)state;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scancode_decoder decoder = {.set_2 = false};

        for (unsigned press = 0; press < 3; press++) {
            if (cases[i].prefix != 0)
                scancode_decode(&decoder, cases[i].prefix, &event);
            scancode_decode(&decoder, cases[i].code | (press == 2 ? 0x80 : 0),
                            &event);
            assert_int_equal(decoder.modifier, cases[i].noted && press == 0);
            decoder.modifier = false;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode_set_1),
        cmocka_unit_test(test_both_sets),
        cmocka_unit_test(test_decode_set_2),
        cmocka_unit_test(test_named_keys),
        cmocka_unit_test(test_fake_shifts),
        cmocka_unit_test(test_keypad_and_grey_key),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_keypad_has_no_position),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_modifiers_are_noted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
