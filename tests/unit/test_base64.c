/* SPDX-License-Identifier: MIT */
/* Tests base64url with the examples of RFC 4648 and random data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/base64.h"

static char said[192];

static bool check(const char *text, size_t length)
{
    struct strbuf wrong = strbuf_begin(said, sizeof said);

    return base64_check((struct span){text, length}, &wrong);
}

/* Examples from RFC 4648, section 10, without padding, and one with - and _. */
static const struct {
    const char *bytes;
    const char *text;
} known[] = {
    {"", ""},
    {"f", "Zg"},
    {"fo", "Zm8"},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg"},
    {"fooba", "Zm9vYmE"},
    {"foobar", "Zm9vYmFy"},
    {"\xFB\xEF\xBE\xFF\xFF\xFF", "----____"},
};

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        size_t size = strlen(known[i].bytes);
        size_t length = strlen(known[i].text);
        char written[20];
        uint8_t bytes[20];
        struct strbuf text = strbuf_begin(written, sizeof written);

        base64_write(&text, (const uint8_t *)known[i].bytes, size);
        assert_string_equal(written, known[i].text);
        assert_int_equal(BASE64_LENGTH(size), length);
        assert_int_equal(BASE64_SIZE(length), size);
        assert_true(check(written, length));
        assert_true(base64_read((struct span){written, length}, bytes));
        assert_memory_equal(bytes, known[i].bytes, size);
    }
}

/* Buffers have the exact size, so that the sanitizer reports any overrun. */
static void test_random(void **state)
{
    (void)state;
    srand(1948);
    for (size_t size = 1; size < 300; size++) {
        size_t length = BASE64_LENGTH(size);
        uint8_t *bytes = malloc(size);
        uint8_t *again = malloc(size);
        char *written = malloc(length + 1);
        struct strbuf text = strbuf_begin(written, length + 1);

        for (size_t i = 0; i < size; i++)
            bytes[i] = (uint8_t)rand();
        base64_write(&text, bytes, size);
        assert_int_equal(text.length, length);
        assert_false(text.cut);
        assert_true(base64_read((struct span){written, length}, again));
        assert_memory_equal(again, bytes, size);
        free(bytes);
        free(again);
        free(written);
    }
}

static void test_every_character(void **state)
{
    unsigned good = 0;

    (void)state;
    for (int c = 0; c < 256; c++) {
        char text[] = {'A', (char)c};

        if (check(text, 2)) {
            good++;
            assert_string_equal(said, "");
        } else {
            assert_memory_equal(said, "character 2 is \"", 16);
        }
    }
    assert_int_equal(good, 64);
    assert_false(check("", 1));
    assert_false(check("ab c", 4));
    assert_string_equal(said, "character 3 is \" \", but only A-Z a-z 0-9 - "
                              "and _ are allowed");
}

static void test_unused_bits(void **state)
{
    uint8_t bytes[4];

    (void)state;
    assert_true(base64_read((struct span){"AQ", 2}, bytes));
    assert_false(base64_read((struct span){"AR", 2}, bytes));
    assert_false(base64_read((struct span){"AY", 2}, bytes));
    assert_true(base64_read((struct span){"AAE", 3}, bytes));
    assert_false(base64_read((struct span){"AAF", 3}, bytes));
    assert_true(base64_read((struct span){"____A", 5}, bytes));
    assert_false(base64_read((struct span){"____B", 5}, bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_unused_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
