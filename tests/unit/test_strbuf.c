/* SPDX-License-Identifier: MIT */
/* Tests bounded strings against the C library, including truncation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/strbuf.h"

/* Compares the output of strbuf_add() with that of snprintf(). */
#define same(...)                                                              \
    do {                                                                       \
        char expected[200];                                                    \
        char buffer[200];                                                      \
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);              \
        snprintf(expected, sizeof expected, __VA_ARGS__);                      \
        strbuf_add(&text, __VA_ARGS__);                                        \
        assert_string_equal(buffer, expected);                                 \
        assert_int_equal(text.length, strlen(expected));                       \
        assert_false(text.cut);                                                \
    } while (0)

static void test_formats(void **state)
{
    (void)state;
    same("nothing to convert");
    same("100%%");
    same("[%s] [%s]", "a word", "");
    same("[%c%c]", 'x', 'y');
    same("%u %d %x", 5u, -5, 0xBEEFu);
}

static void test_limits(void **state)
{
    (void)state;
    same("%d %d %d", INT32_MIN, INT32_MAX, 0);
    same("%u %x", UINT32_MAX, UINT32_MAX);
    same("%lld %lld", (long long)INT64_MIN, (long long)INT64_MAX);
    same("%llu %llx", (unsigned long long)UINT64_MAX,
         (unsigned long long)UINT64_MAX);
    same("%ld %lu %lx", -123456789L, 123456789UL, 0xABCDEFUL);
}

static void test_every_power(void **state)
{
    (void)state;
    for (unsigned long long n = 1; n != 0 && n < UINT64_MAX / 10; n *= 10) {
        same("%llu %llu %llu", n - 1, n, n + 1);
        same("%llx %lld", n, -(long long)(n / 2));
    }
}

static void test_widths(void **state)
{
    (void)state;
    same("[%5u] [%-5u] [%05u]", 42u, 42u, 42u);
    same("[%5d] [%-5d] [%05d]", -42, -42, -42);
    same("[%2u] [%02d]", 12345u, -12345);
    same("[%08x] [%8s] [%-8s] [%3c] [%-3c]", 0xBABu, "ab", "ab", 'c', 'c');
    same("[%*u] [%-*s] [%0*u]", 6, 7u, 6, "left", 3, 7u);
}

static void test_precisions(void **state)
{
    char open[3] = {'a', 'b', 'c'};

    (void)state;
    same("[%.2s] [%.0s] [%.9s] [%6.2s] [%-6.2s]", "abc", "abc", "abc", "abc",
         "abc");
    same("[%.*s]", 3, open);
}

static void test_unfinished_format(void **state)
{
    char buffer[10];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    const char *volatile unfinished = "ab%5";

    (void)state;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    strbuf_add(&text, unfinished);
#pragma GCC diagnostic pop
    assert_string_equal(buffer, "ab");
}

static void test_cut_at_every_size(void **state)
{
    const char whole[] = "line 5: -00042 abc";

    (void)state;
    for (size_t size = 1; size <= sizeof whole + 1; size++) {
        char *buffer = malloc(size);
        struct strbuf text = strbuf_begin(buffer, size);

        assert_string_equal(buffer, "");
        strbuf_add(&text, "line %d: %06d %s", 5, -42, "abc");
        assert_int_equal(text.cut, size < sizeof whole);
        assert_int_equal(text.length, strlen(buffer));
        assert_memory_equal(buffer, whole, text.length);
        strbuf_add(&text, "more");
        assert_true(text.length < size);
        free(buffer);
    }
}

static void test_huge_width_ends(void **state)
{
    char buffer[8];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    (void)state;
    strbuf_add(&text, "%*u", INT32_MAX, 1u);
    assert_string_equal(buffer, "       ");
    assert_true(text.cut);
}

static void check_grouped(unsigned long long number, const char *expected)
{
    char buffer[40];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_grouped(&text, number);
    assert_string_equal(buffer, expected);
}

static void test_grouped(void **state)
{
    (void)state;
    check_grouped(0, "0");
    check_grouped(7, "7");
    check_grouped(999, "999");
    check_grouped(1000, "1 000");
    check_grouped(12345, "12 345");
    check_grouped(2097154, "2 097 154");
    check_grouped(UINT64_MAX, "18 446 744 073 709 551 615");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_every_power),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_precisions),
        cmocka_unit_test(test_unfinished_format),
        cmocka_unit_test(test_cut_at_every_size),
        cmocka_unit_test(test_huge_width_ends),
        cmocka_unit_test(test_grouped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
