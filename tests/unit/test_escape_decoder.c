/* SPDX-License-Identifier: MIT */
/* Tests decoding of the escape sequences sent by terminals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console/escape_decoder.h"

#define FAST 87 /* microseconds per byte at 115,200 baud */

static struct escape_decoder decoder;
static uint64_t now;
static struct event got[64];
static unsigned count;

static void start(void)
{
    memset(&decoder, 0, sizeof decoder);
    now = 5000000;
    count = 0;
}

static void wait(uint64_t us)
{
    struct event event;

    now += us;
    while (escape_turn(&decoder, now, &event))
        got[count++] = event;
}

static void bring_bytes(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        wait(FAST);
        assert_true(count + ESCAPE_EVENTS < sizeof got / sizeof got[0]);
        count += escape_decode(&decoder, (uint8_t)bytes[i], now, got + count);
    }
}

static void feed(const char *bytes)
{
    bring_bytes(bytes, strlen(bytes));
}

/* Checks that the bytes were decoded to a single press of KEY. */
static void is_key(const char *bytes, enum key key, bool control)
{
    if (count != 1 || got[0].key != key || got[0].control != control)
        fail_msg("ESC %s: %u events, key %u, control %u", bytes + 1, count,
                 got[0].key, got[0].control);
    assert_true(got[0].down && got[0].tap && !got[0].repeat);
    if (key != KEY_CHARACTER)
        assert_int_equal(got[0].character, 0);
}

/* Checks that the next character is decoded as itself. */
static void is_at_rest(void)
{
    count = 0;
    feed("k");
    is_key(" k", KEY_CHARACTER, false);
    assert_int_equal(got[0].character, 'k');
}

struct spelling {
    const char *bytes;
    enum key key;
    bool control;
};

static const struct spelling spellings[] = {
    /* Cursor keys of the VT100, xterm and most other terminals. */
    {"\x1B[A", KEY_UP, false},
    {"\x1B[B", KEY_DOWN, false},
    {"\x1B[C", KEY_RIGHT, false},
    {"\x1B[D", KEY_LEFT, false},
    {"\x1B[H", KEY_HOME, false},
    {"\x1B[F", KEY_END, false},
    /* Cursor keys in application mode. */
    {"\x1BOA", KEY_UP, false},
    {"\x1BOB", KEY_DOWN, false},
    {"\x1BOC", KEY_RIGHT, false},
    {"\x1BOD", KEY_LEFT, false},
    {"\x1BOH", KEY_HOME, false},
    {"\x1BOF", KEY_END, false},
    {"\x1BOM", KEY_ENTER, false},
    /* VT220 */
    {"\x1B[1~", KEY_HOME, false},
    {"\x1B[2~", KEY_INSERT, false},
    {"\x1B[3~", KEY_DELETE, false},
    {"\x1B[4~", KEY_END, false},
    {"\x1B[5~", KEY_PAGE_UP, false},
    {"\x1B[6~", KEY_PAGE_DOWN, false},
    {"\x1B[17~", KEY_F6, false},
    {"\x1B[18~", KEY_F7, false},
    {"\x1B[19~", KEY_F8, false},
    {"\x1B[20~", KEY_F9, false},
    {"\x1B[21~", KEY_F10, false},
    {"\x1B[23~", KEY_F11, false},
    {"\x1B[24~", KEY_F12, false},
    /* Home and End in rxvt, PuTTY and old versions of xterm. */
    {"\x1B[7~", KEY_HOME, false},
    {"\x1B[8~", KEY_END, false},
    {"\x1B[11~", KEY_F1, false},
    {"\x1B[12~", KEY_F2, false},
    {"\x1B[13~", KEY_F3, false},
    {"\x1B[14~", KEY_F4, false},
    {"\x1B[15~", KEY_F5, false},
    /* Function keys PF1 to PF4 of the VT100, and F1 to F4 of xterm. */
    {"\x1BOP", KEY_F1, false},
    {"\x1BOQ", KEY_F2, false},
    {"\x1BOR", KEY_F3, false},
    {"\x1BOS", KEY_F4, false},
    /* Function keys F1 to F5 of the Linux console. */
    {"\x1B[[A", KEY_F1, false},
    {"\x1B[[B", KEY_F2, false},
    {"\x1B[[C", KEY_F3, false},
    {"\x1B[[D", KEY_F4, false},
    {"\x1B[[E", KEY_F5, false},
    /* Keys with modifiers in xterm. */
    {"\x1B[1;5A", KEY_UP, true},
    {"\x1B[1;5B", KEY_DOWN, true},
    {"\x1B[1;5C", KEY_RIGHT, true},
    {"\x1B[1;5D", KEY_LEFT, true},
    {"\x1B[1;5H", KEY_HOME, true},
    {"\x1B[1;5F", KEY_END, true},
    {"\x1B[1;2A", KEY_UP, false},
    {"\x1B[1;3A", KEY_UP, false},
    {"\x1B[1;6A", KEY_UP, true},
    {"\x1B[1;2P", KEY_F1, false},
    {"\x1B[1;5Q", KEY_F2, true},
    {"\x1B[1;2R", KEY_F3, false},
    {"\x1B[1;5R", KEY_F3, true},
    {"\x1B[1;5S", KEY_F4, true},
    {"\x1B[3;5~", KEY_DELETE, true},
    {"\x1B[15;2~", KEY_F5, false},
    {"\x1B[24;5~", KEY_F12, true},
    {"\x1BO5A", KEY_UP, true},
    {"\x1BO2P", KEY_F1, false},
    {"\x1B[Z", KEY_TAB, false},
    /* Keys with modifiers in rxvt. */
    {"\x1BOa", KEY_UP, true},
    {"\x1BOb", KEY_DOWN, true},
    {"\x1BOc", KEY_RIGHT, true},
    {"\x1BOd", KEY_LEFT, true},
    {"\x1B[a", KEY_UP, false},
    {"\x1B[b", KEY_DOWN, false},
    {"\x1B[c", KEY_RIGHT, false},
    {"\x1B[d", KEY_LEFT, false},
    {"\x1B[11^", KEY_F1, true},
    {"\x1B[24^", KEY_F12, true},
    {"\x1B[2$", KEY_INSERT, false},
    {"\x1B[23$", KEY_F11, false},
    {"\x1B[3@", KEY_DELETE, true},
    /* single bytes */
    {"\r", KEY_ENTER, false},
    {"\n", KEY_ENTER, false},
    {"\t", KEY_TAB, false},
    {"\b", KEY_BACKSPACE, false},
    {"\x7F", KEY_BACKSPACE, false},
};
#define SPELLINGS (sizeof spellings / sizeof spellings[0])

static void test_sequences(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SPELLINGS; i++) {
        start();
        feed(spellings[i].bytes);
        is_key(spellings[i].bytes, spellings[i].key, spellings[i].control);
        assert_true(escape_due(&decoder) == UINT64_MAX);
        is_at_rest();
    }
}

/* A pause shorter than the timeout must not break a sequence. */
static void test_split_sequences(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SPELLINGS; i++) {
        size_t length = strlen(spellings[i].bytes);

        for (size_t split = 1; split < length; split++) {
            start();
            bring_bytes(spellings[i].bytes, split);
            assert_int_equal(count, 0);
            wait(split == 1 ? ESCAPE_ALONE_US - 2 * FAST
                            : ESCAPE_BROKEN_US - 2 * FAST);
            bring_bytes(spellings[i].bytes + split, length - split);
            is_key(spellings[i].bytes, spellings[i].key, spellings[i].control);
        }
    }
}

static void test_sequences_without_pauses(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SPELLINGS; i++) {
        for (unsigned j = 0; j < SPELLINGS; j++) {
            /* CR followed by LF is decoded as a single Enter key. */
            if (spellings[i].bytes[0] == '\r' && spellings[j].bytes[0] == '\n')
                continue;
            start();
            feed(spellings[i].bytes);
            feed(spellings[j].bytes);
            assert_int_equal(count, 2);
            assert_int_equal(got[0].key, spellings[i].key);
            assert_int_equal(got[1].key, spellings[j].key);
            assert_int_equal(got[1].control, spellings[j].control);
        }
    }
}

static void test_characters(void **state)
{
    static const char shifted[] = "~!@#$%^&*()_+{}|:\"<>?";
    static const char plain[] = "`1234567890-=[]\\;',./";

    (void)state;
    for (char c = ' '; c < 0x7F; c++) {
        const char *sign = strchr(shifted, c);
        char position = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;

        start();
        bring_bytes(&c, 1);
        is_key("", KEY_CHARACTER, false);
        assert_int_equal(got[0].character, c);
        assert_int_equal(got[0].position,
                         sign ? plain[sign - shifted] : position);
    }
}

static void test_control_letters(void **state)
{
    (void)state;
    for (char c = 1; c <= 26; c++) {
        if (strchr("\b\t\r\n", c) != NULL)
            continue;
        start();
        bring_bytes(&c, 1);
        is_key("", KEY_CHARACTER, true);
        assert_int_equal(got[0].character, 'a' + c - 1);
        assert_int_equal(got[0].position, 'a' + c - 1);
    }
}

static void test_line_ends(void **state)
{
    (void)state;
    start();
    feed("\r\n\r\n\n\n\r\r");
    assert_int_equal(count, 6);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(got[i].key, KEY_ENTER);
}

/* A lone Esc must become a key press after the timeout, and only once. */
static void test_lone_escape(void **state)
{
    (void)state;
    start();
    feed("\x1B");
    assert_int_equal(count, 0);
    assert_true(escape_due(&decoder) == now + ESCAPE_ALONE_US);
    wait(ESCAPE_ALONE_US - 1);
    assert_int_equal(count, 0);
    wait(1);
    is_key(" ", KEY_ESCAPE, false);
    assert_true(escape_due(&decoder) == UINT64_MAX);
    wait(10 * ESCAPE_BROKEN_US);
    assert_int_equal(count, 1);
    is_at_rest();
}

/* A character typed after Esc must be decoded as itself. */
static void test_escape_and_more(void **state)
{
    (void)state;
    start();
    feed("\x1Bm");
    assert_int_equal(count, 2);
    assert_int_equal(got[0].key, KEY_ESCAPE);
    assert_int_equal(got[1].character, 'm');
    assert_false(got[1].control || got[1].alt);
    for (unsigned times = 2; times <= 5; times++) {
        start();
        for (unsigned i = 0; i < times; i++)
            feed("\x1B");
        assert_int_equal(count, times - 2);
        wait(ESCAPE_ALONE_US);
        assert_int_equal(count, times);
        for (unsigned i = 0; i < times; i++)
            assert_true(got[i].key == KEY_ESCAPE && !got[i].alt);
        is_at_rest();
    }
    start();
    feed("\x1B\x1Bm");
    assert_int_equal(count, 3);
    assert_int_equal(got[1].key, KEY_ESCAPE);
    assert_int_equal(got[2].character, 'm');
    is_at_rest();
}

/* Esc followed by another key must be decoded as that key with Alt. */
static void test_alt_by_escape(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SPELLINGS; i++) {
        start();
        feed("\x1B");
        feed(spellings[i].bytes);
        is_key(spellings[i].bytes, spellings[i].key, spellings[i].control);
        assert_true(got[0].alt);
        is_at_rest();
        assert_false(got[0].alt);
    }
    start();
    feed("\x1B\x18"); /* Ctrl-X */
    is_key("\x18", KEY_CHARACTER, true);
    assert_true(got[0].alt);
    start();
    feed("\x1B\x1B\r"); /* Esc followed by Alt-Enter. */
    assert_int_equal(count, 2);
    assert_true(got[0].key == KEY_ESCAPE && got[1].key == KEY_ENTER);
    assert_true(!got[0].alt && got[1].alt);
    /* An Esc must not affect a terminal's report that follows it. */
    start();
    feed("\x1B\x1B[24;80R");
    is_key("", KEY_ESCAPE, false);
    assert_int_equal(decoder.row, 24);
}

/* xterm's parameter is 1, plus 1 for Shift, 2 for Alt, 4 for Ctrl and so on. */
static void test_modifiers(void **state)
{
    static const struct {
        const char *begin, *end;
    } forms[] = {{"[3;", "~"}, {"[1;", "A"}, {"O", "P"}};

    (void)state;
    for (unsigned i = 0; i < 3 * 17; i++) {
        unsigned bits = i % 17 - (i % 17 > 0);
        char bytes[16];

        start();
        snprintf(bytes, sizeof bytes, "\x1B%s%u%s", forms[i / 17].begin, i % 17,
                 forms[i / 17].end);
        feed(bytes);
        assert_int_equal(count, 1);
        assert_int_equal(got[0].alt, bits >> 1 & 1);
        assert_int_equal(got[0].control, bits >> 2 & 1);
        assert_int_equal(got[0].windows, bits >> 3 & 1);
    }
}

/* Sequences that must be ignored as a whole. */
static const char *const swallowed[] = {
    "\x1B[E",
    "\x1B[200~",
    "\x1B[0~",
    "\x1B[9~",
    "\x1B[16~",
    "\x1B[25~",
    "\x1B[999999999~",
    "\x1B[?1;2c",
    "\x1B[>41;368;0c",
    "\x1B[?1;2$y",
    "\x1B[0n",
    "\x1B[I",
    "\x1B[1;2;3;4;5A",
    "\x1B[ q",
    "\x1B[[F",
    "\x1BOz",
    "\x1BO9z",
    "\x1B[=5h",
    "\x1B[1;;A",
    "\x1B[1:2A",
    "\x1B[~",
    "\x1B[5",
    "\x1B[1;5",
    "\x1BO",
    "\x1B[",
    "\x1B[[",
    "\xC3\xA9",
    "\xE2\x94\x81",
    "\xF0\x9F\x98\x80",
    "\x80\xFF\x9B",
    "\x1C\x1D\x1E\x1F",
    "\x1B[1234567890;1234567890;1234567890;1234567890~",
};

static void test_swallowed(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof swallowed / sizeof swallowed[0]; i++) {
        start();
        feed(swallowed[i]);
        if (count != 0)
            fail_msg("ESC %s is key %u", swallowed[i] + 1, got[0].key);
        wait(ESCAPE_BROKEN_US);
        assert_int_equal(count, 0);
        is_at_rest();
    }
    start();
    bring_bytes("\0", 1);
    assert_int_equal(count, 0);
}

/* An unfinished sequence must be ended by another sequence or key. */
static void test_interrupted_sequences(void **state)
{
    static const char *const begun[] = {"\x1B[",   "\x1BO",  "\x1B[1",
                                        "\x1B[1;", "\x1B[[", "\x1B[?25"};

    (void)state;
    for (unsigned i = 0; i < sizeof begun / sizeof begun[0]; i++) {
        start();
        feed(begun[i]);
        feed("\x1B[B");
        is_key("[B", KEY_DOWN, false);
        start();
        feed(begun[i]);
        feed("\r");
        is_key("\r", KEY_ENTER, false);
        is_at_rest();
    }
}

static void test_cursor_reports(void **state)
{
    (void)state;
    start();
    feed("\x1B[24;80R");
    assert_int_equal(count, 0);
    assert_int_equal(decoder.row, 24);
    assert_int_equal(decoder.column, 80);
    decoder.row = 0;
    feed("\x1B[2;3R");
    assert_int_equal(decoder.row, 2);
    assert_int_equal(decoder.column, 3);
    decoder.row = 0;
    feed("\x1B[1;2R\x1B[R\x1B[5R\x1BOR");
    assert_int_equal(decoder.row, 0);
    is_at_rest();
}

/* Random bytes must give valid events and must not confuse the decoder. */
static void test_random(void **state)
{
    static const char usual[] = "\x1B\x1B\x1B[[[OO123;;?$~^ABPRa\r\n";
    uint32_t random = 1948;

    (void)state;
    start();
    for (unsigned i = 0; i < 1000000; i++) {
        random = random * 1664525u + 1013904223u;
        char byte = random >> 31 ? (char)(random >> 20)
                                 : usual[(random >> 12) % (sizeof usual - 1)];

        count = 0;
        bring_bytes(&byte, 1);
        for (unsigned j = 0; j < count; j++) {
            assert_true(got[j].key > KEY_NONE && got[j].key <= KEY_F12);
            assert_true(got[j].down && got[j].tap && !got[j].repeat);
            assert_int_equal(got[j].key == KEY_CHARACTER,
                             got[j].character != 0);
        }
        if (i % 1000 != 0)
            continue;
        wait(ESCAPE_BROKEN_US);
        is_at_rest();
    }
}

/* SCO terminals send M to X for F1 to F12, of which P to S also mean F1 to F4.
   Which is meant is known after another one. */
static void test_sco(void **state)
{
    char bytes[] = "\x1B[M";

    (void)state;
    start();
    for (unsigned pass = 0; pass < 2; pass++) {
        for (char letter = 'M'; letter <= 'X'; letter++) {
            count = 0;
            bytes[2] = letter;
            feed(bytes);
            is_key(bytes, KEY_F1 + (letter - 'M'), false);
        }
    }
    count = 0;
    feed("\x1B[I");
    is_key("\x1B[I", KEY_PAGE_UP, false);

    /* With a modifier, the letters are those of xterm. */
    count = 0;
    feed("\x1B[1;5P");
    is_key("\x1B[1;5P", KEY_F1, true);

    start();
    feed("\x1B[P");
    is_key("\x1B[P", KEY_F1, false);
    count = 0;
    feed("\x1BOM");
    is_key("\x1BOM", KEY_ENTER, false);
    count = 0;
    feed("\x1B[S");
    is_key("\x1B[S", KEY_F4, false);
}

static void test_sco_cursor(void **state)
{
    static const struct spelling keys[] = {
        {"\x1B[G", KEY_PAGE_DOWN, false},
        {"\x1B[L", KEY_INSERT, false},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        start();
        feed(keys[i].bytes);
        is_key(keys[i].bytes, keys[i].key, false);
        is_at_rest();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_split_sequences),
        cmocka_unit_test(test_sequences_without_pauses),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_control_letters),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_lone_escape),
        cmocka_unit_test(test_escape_and_more),
        cmocka_unit_test(test_alt_by_escape),
        cmocka_unit_test(test_modifiers),
        cmocka_unit_test(test_swallowed),
        cmocka_unit_test(test_interrupted_sequences),
        cmocka_unit_test(test_cursor_reports),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_sco),
        cmocka_unit_test(test_sco_cursor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
