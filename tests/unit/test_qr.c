/* SPDX-License-Identifier: MIT */
/*
 * Tests the QR encoder.  tests/boot/test_qr.py reads its codes from the screen
 * with an independent decoder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "qr/qr.h"

static struct qr qr;
static char text[QR_TEXT_MAX + 1];

static void encode(size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = (char)rand();
    assert_true(qr_start(&qr, text, length, QR_VERSION_MAX));
    for (unsigned i = 0; i <= QR_MASKS; i++) {
        assert_false(qr.done);
        assert_true(qr_step(&qr));
    }
    assert_true(qr.done);
    assert_false(qr_step(&qr));
}

/* The bytes that each version holds at level L and M (ISO/IEC 18004:2015, table
   7). */
static const struct {
    unsigned low, medium;
} capacities[QR_VERSION_MAX + 1] = {
    {0, 0},     {17, 14},   {32, 26},   {53, 42},   {78, 62},
    {106, 84},  {134, 106}, {154, 122}, {192, 152}, {230, 180},
    {271, 213}, {321, 251}, {367, 287}, {425, 331}};

static void check_version(size_t length, unsigned version, enum qr_level level)
{
    encode(length);
    assert_int_equal(qr.codewords.version, version);
    assert_int_equal(qr.codewords.level, level);
    assert_int_equal(qr.size, 17 + 4 * version);
}

static void test_versions(void **state)
{
    (void)state;
    for (unsigned version = 1; version <= QR_VERSION_MAX; version++) {
        unsigned low = capacities[version].low;
        unsigned medium = capacities[version].medium;

        unsigned before = capacities[version - 1].low;

        check_version(before + 1, version,
                      before < medium ? QR_LEVEL_M : QR_LEVEL_L);
        check_version(low, version, QR_LEVEL_L);
        if (before < medium) {
            check_version(medium, version, QR_LEVEL_M);
            check_version(medium + 1, version, QR_LEVEL_L);
        }
    }
}

static void test_too_long(void **state)
{
    (void)state;
    assert_false(qr_start(&qr, text, QR_TEXT_MAX + 1, QR_VERSION_MAX));
    assert_int_equal(qr.size, 0);
    assert_false(qr_step(&qr));
    assert_false(qr_start(&qr, text, capacities[5].low + 1, 5));
    assert_true(qr_start(&qr, text, capacities[5].low, 5));
    assert_true(qr_start(&qr, text, 0, 1));
}

/* Evaluates a polynomial over GF(256) at X by Horner's rule. */
static uint8_t evaluate(const uint8_t *at, unsigned count, uint8_t x)
{
    unsigned value = 0;

    for (unsigned i = 0; i < count; i++) {
        unsigned product = 0;

        for (unsigned bit = 0; bit < 8; bit++)
            if (x >> bit & 1)
                product ^= value << bit;
        for (int bit = 14; bit >= 8; bit--)
            if (product >> bit & 1)
                product ^= 0x11Du << (bit - 8);
        value = product ^ at[i];
    }
    return (uint8_t)value;
}

/* A block is a codeword of the Reed-Solomon code: all powers of 2 up to the
   number of its check bytes are roots. */
static void test_error_correction(void **state)
{
    (void)state;
    for (unsigned version = 1; version <= QR_VERSION_MAX; version++) {
        encode(capacities[version].low);
        const struct codewords *codewords = &qr.codewords;
        unsigned blocks = codewords->blocks, data = 0;

        for (unsigned i = 0; i < blocks; i++) {
            unsigned count = codewords->data / blocks +
                             (i >= blocks - codewords->data % blocks);
            uint8_t block[256], x = 1;

            memcpy(block, codewords->at + data, count);
            memcpy(block + count,
                   codewords->at + codewords->data + i * codewords->ecc,
                   codewords->ecc);
            data += count;
            for (unsigned j = 0; j < codewords->ecc; j++) {
                assert_int_equal(evaluate(block, count + codewords->ecc, x), 0);
                x = (uint8_t)(x << 1 ^ (x >> 7) * 0x1D);
            }
        }
        assert_int_equal(data, codewords->data);
    }
}

/* Every codeword occurs once in the interleaved sequence.  As a byte has only
   256 values, the codewords are numbered in two parts. */
static void test_interleaving(void **state)
{
    (void)state;
    for (unsigned version = 1; version <= QR_VERSION_MAX; version++) {
        struct codewords *codewords = &qr.codewords;
        unsigned seen[CODEWORDS_MAX] = {0};

        encode(capacities[version].low);
        assert_int_equal(codewords->count, codewords_modules(version) / 8);
        assert_true(codewords->count <= CODEWORDS_MAX);
        for (unsigned i = 0; i < codewords->count; i++) {
            for (unsigned j = 0; j < codewords->count; j++)
                codewords->at[j] = (uint8_t)(j % 256);
            unsigned number = codewords_get(codewords, i);

            for (unsigned j = 0; j < codewords->count; j++)
                codewords->at[j] = (uint8_t)(j / 256);
            number += 256u * codewords_get(codewords, i);
            assert_int_equal(seen[number]++, 0);
        }
    }
}

/* The three finder patterns have a light border, and dotted lines join them. */
static void test_patterns(void **state)
{
    static const char *const finder[] = {"#######.", "#.....#.", "#.###.#.",
                                         "#.###.#.", "#.###.#.", "#.....#.",
                                         "#######.", "........"};

    (void)state;
    for (unsigned version = 1; version <= QR_VERSION_MAX; version++) {
        encode(capacities[version].low);
        unsigned last = qr.size - 1;

        for (unsigned y = 0; y < 8; y++)
            for (unsigned x = 0; x < 8; x++) {
                bool dark = finder[y][x] == '#';

                assert_int_equal(qr_is_dark(&qr, x, y), dark);
                assert_int_equal(qr_is_dark(&qr, last - x, y), dark);
                assert_int_equal(qr_is_dark(&qr, x, last - y), dark);
            }
        for (unsigned i = 8; i < qr.size - 8; i++) {
            assert_int_equal(qr_is_dark(&qr, i, 6), i % 2 == 0);
            assert_int_equal(qr_is_dark(&qr, 6, i), i % 2 == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_error_correction),
        cmocka_unit_test(test_interleaving),
        cmocka_unit_test(test_patterns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
