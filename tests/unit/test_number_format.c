/* SPDX-License-Identifier: MIT */
/* Checks that numbers are read back unchanged in each notation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/mnemonic.h"
#include "emu/text/number_format.h"

static char written[40];

static void write(uint32_t word, enum notation notation)
{
    struct strbuf text = strbuf_begin(written, sizeof written);

    notation_write(&text, word, notation);
    assert_false(text.cut);
    assert_int_equal(text.length, strlen(written));
}

static const struct {
    uint32_t word;
    const char *decimal;
    const char *hexadecimal;
    const char *digits;
} known[] = {
    {0, "0", "0x00000000", "00000000000000000000000000000000"},
    {1, "1", "0x00000001", "10000000000000000000000000000000"},
    {0xFFFFFFFD, "-3", "0xFFFFFFFD", "10111111111111111111111111111111"},
    {0x600A, "24586", "0x0000600A", "01010000000001100000000000000000"},
    {0x7FFFFFFF, "2147483647", "0x7FFFFFFF",
     "11111111111111111111111111111110"},
    {0x80000000, "-2147483648", "0x80000000",
     "00000000000000000000000000000001"},
    {0xFFFFFFFF, "-1", "0xFFFFFFFF", "11111111111111111111111111111111"},
    {0x89ABCDEF, "-1985229329", "0x89ABCDEF",
     "11110111101100111101010110010001"},
};

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        write(known[i].word, NOTATION_DECIMAL);
        assert_string_equal(written, known[i].decimal);
        write(known[i].word, NOTATION_HEXADECIMAL);
        assert_string_equal(written, known[i].hexadecimal);
        write(known[i].word, NOTATION_DIGITS);
        assert_string_equal(written, known[i].digits);
    }
}

static void check_read_back(uint32_t word)
{
    for (enum notation n = NOTATION_DECIMAL; n <= NOTATION_DIGITS; n++) {
        char said[200];
        struct strbuf wrong = strbuf_begin(said, sizeof said);
        struct reading reading;
        size_t length;

        write(word, n);
        length = strlen(written);
        assert_true(mnemonic_read(written, length, NULL, &reading, &wrong));
        assert_string_equal(said, "");
        assert_int_equal(reading.word, word);
        assert_int_equal(reading.used, length);
        assert_true(reading.number);
        assert_int_equal(reading.digits, n == NOTATION_DIGITS);
    }
}

static void test_boundaries(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 32; bit++) {
        uint32_t power = UINT32_C(1) << bit;

        check_read_back(power);
        check_read_back(power - 1);
        check_read_back(0 - power);
        check_read_back(~power);
    }
}

static void test_random(void **state)
{
    (void)state;
    srand(1948);
    for (int i = 0; i < 10000; i++)
        check_read_back((uint32_t)rand() << 16 ^ (uint32_t)rand());
}

static void test_append(void **state)
{
    char line[16];
    struct strbuf text = strbuf_begin(line, sizeof line);

    (void)state;
    strbuf_add(&text, "NUM ");
    notation_write(&text, 0xFFFFFFFD, NOTATION_DECIMAL);
    assert_string_equal(line, "NUM -3");
    notation_write(&text, 0, NOTATION_DIGITS);
    assert_true(text.cut);
    assert_string_equal(line, "NUM -3000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_append),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
