/* SPDX-License-Identifier: MIT */
/* Tests kernel/lib on a host.  Functions are renamed to avoid libc's names. */
#define memcpy       lib_memcpy
#define memmove      lib_memmove
#define memset       lib_memset
#define memcmp       lib_memcmp
#define strlen       lib_strlen
#define __udivmoddi4 lib_udivmoddi4
#define __udivdi3    lib_udivdi3
#define __umoddi3    lib_umoddi3

#if defined(__i386__) || defined(__x86_64__)
#include "lib/divide.c"
#include "lib/string.c"
#define HERE 1
#else
#include <stdint.h>
#include <string.h>
#define HERE 0
uint64_t lib_udivmoddi4(uint64_t number, uint64_t by, uint64_t *rest);
uint64_t lib_udivdi3(uint64_t number, uint64_t by);
uint64_t lib_umoddi3(uint64_t number, uint64_t by);
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const uint64_t edges[] = {
    1,
    2,
    9,
    10,
    1000000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    0x100000000,
    0x100000001,
    0x123456789ABCDEF0,
    0x7FFFFFFFFFFFFFFF,
    0x8000000000000000,
    0xFFFFFFFFFFFFFFFF,
};
#define EDGES (sizeof edges / sizeof edges[0])

static void check_division(uint64_t number, uint64_t by)
{
    uint64_t rest;

    assert_int_equal(lib_udivdi3(number, by), number / by);
    assert_int_equal(lib_umoddi3(number, by), number % by);
    assert_int_equal(lib_udivmoddi4(number, by, &rest), number / by);
    assert_int_equal(rest, number % by);
}

static void test_division(void **state)
{
    uint64_t random = 1;

    (void)state;
    if (!HERE)
        skip();
    for (size_t i = 0; i < EDGES; i++) {
        check_division(0, edges[i]);
        for (size_t j = 0; j < EDGES; j++)
            check_division(edges[i], edges[j]);
    }
    for (int i = 0; i < 100000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        check_division(random, (random >> random % 60) | 1);
    }
}

#define SIZE 40

static void fill(char *bytes)
{
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (char)('A' + i);
}

static void test_memmove(void **state)
{
    char moved[SIZE], expected[SIZE], before[SIZE];

    (void)state;
    if (!HERE)
        skip();
    for (size_t from = 0; from <= 10; from++) {
        for (size_t to = 0; to <= 10; to++) {
            for (size_t size = 0; size <= 20; size++) {
                fill(moved);
                fill(expected);
                fill(before);
                for (size_t i = 0; i < size; i++)
                    expected[to + i] = before[from + i];
                assert_ptr_equal(lib_memmove(moved + to, moved + from, size),
                                 moved + to);
                assert_memory_equal(moved, expected, SIZE);
            }
        }
    }
}

static void test_copy_set_compare(void **state)
{
    char from[SIZE], to[SIZE];

    (void)state;
    if (!HERE)
        skip();
    fill(from);
    assert_ptr_equal(lib_memset(to, 'x', SIZE), to);
    assert_ptr_equal(lib_memcpy(to + 1, from, SIZE - 2), to + 1);
    assert_int_equal(to[0], 'x');
    assert_int_equal(to[SIZE - 1], 'x');
    assert_int_equal(lib_memcmp(to + 1, from, SIZE - 2), 0);
    assert_true(lib_memcmp("ab", "ac", 2) < 0);
    assert_true(lib_memcmp("\xFF", "\x01", 1) > 0);
    assert_int_equal(lib_memcmp("ab", "ac", 0), 0);
    assert_int_equal(lib_strlen(""), 0);
    assert_int_equal(lib_strlen("Baby"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_division),
        cmocka_unit_test(test_memmove),
        cmocka_unit_test(test_copy_set_compare),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
