/* SPDX-License-Identifier: MIT */
/* Tests parsing instructions and numbers in all supported spellings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/mnemonic.h"

#define ONES "11111111111111111111111111111111"

static char said[200];

/* Reads a copy of the exact size, so that the sanitizer reports any overrun. */
static bool read(const char *text, struct reading *reading)
{
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    struct strbuf wrong = strbuf_begin(said, sizeof said);
    bool good;

    memcpy(copy, text, length);
    copy = realloc(copy, length > 0 ? length : 1);
    memset(reading, 0xA5, sizeof *reading);
    good = mnemonic_read(copy, length, NULL, reading, &wrong);
    assert_false(wrong.cut);
    free(copy);
    return good;
}

static const struct {
    const char *text;
    uint32_t word;
    bool number;
    size_t used;
} good[] = {
    {"JMP 25", 25, false, 6},
    {"JRP 20", 0x2014, false, 6},
    {"LDN 24", 0x4018, false, 6},
    {"STO 26", 0x601A, false, 6},
    {"SUB 27", 0x801B, false, 6},
    {"CMP", 0xC000, false, 3},
    {"STP", 0xE000, false, 3},
    {"ldn 24", 0x4018, false, 6},
    {"Ldn 24", 0x4018, false, 6},
    {"JPR 1", 0x2001, false, 5},
    {"jmr 1", 0x2001, false, 5},
    {"SKN", 0xC000, false, 3},
    {"stop", 0xE000, false, 4},
    {"HLT", 0xE000, false, 3},
    {"CMP 5", 0xC005, false, 5},
    {"STP 31", 0xE01F, false, 6},
    {"CMP and more", 0xC000, false, 3},
    {"STP -1", 0xE000, false, 3},
    {"  LDN \t 0024  ", 0x4018, false, 12},
    {"LDN 24 and more", 0x4018, false, 6},
    {"NUM 101", 101, true, 7},
    {"num -3", 0xFFFFFFFD, true, 6},
    {"-3", 0xFFFFFFFD, true, 2},
    {"+3", 3, true, 2},
    {"0", 0, true, 1},
    {"-2147483648", 0x80000000, true, 11},
    {"4294967295", 0xFFFFFFFF, true, 10},
    {"00000000000000000000000012", 12, true, 26},
    {"0x1F", 31, true, 4},
    {"0X1f", 31, true, 4},
    {"-0x40000", 0xFFFC0000, true, 8},
    {"0xFFFFFFFF", 0xFFFFFFFF, true, 10},
    {"1Fh", 31, true, 3},
    {"FFFFFFFDH", 0xFFFFFFFD, true, 9},
    {"0b1h", 0xB1, true, 4},
    {"0b101", 5, true, 5},
    {"0b110", 6, true, 5},
    {"L0b110", 3, true, 6},
    {"l0B0000000000000001", 0x8000, true, 19},
    {"NUM 0x20", 32, true, 8},
    {"NUM L0b" ONES, 0xFFFFFFFF, true, 39},
    {"0b" ONES, 0xFFFFFFFF, true, 34},
    {"BINS 01011000000001100000000000000000", 0x601A, true, 37},
    {"bnum " ONES, 0xFFFFFFFF, true, 37},
    {"BIN 10000000000000000000000000000000", 1, true, 36},
    {"01011000000001100000000000000000", 0x601A, true, 32},
};

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct reading reading;

        if (!read(good[i].text, &reading))
            fail_msg("\"%s\": %s", good[i].text, said);
        if (reading.word != good[i].word || reading.used != good[i].used ||
            reading.number != good[i].number || said[0] != '\0')
            fail_msg("\"%s\" gives %08x %d %u, says \"%s\"", good[i].text,
                     reading.word, reading.number, (unsigned)reading.used,
                     said);
    }
}

#define INSTRUCTIONS "; use JMP, JRP, LDN, STO, SUB, CMP, STP or NUM"

#define RANGE " does not fit in a line (-2147483648 to 4294967295)"

static const struct {
    const char *text;
    const char *sentence;
} bad[] = {
    {"", "an instruction or a number is missing"},
    {"   ", "an instruction or a number is missing"},
    {"LDM 3", "there is no instruction \"LDM\"" INSTRUCTIONS},
    {"LDN24", "there is no instruction \"LDN24\"" INSTRUCTIONS},
    {"abcdefghijklmnopqrstuvwxyz",
     "there is no instruction \"abcdefghijklmnopqrst...\"" INSTRUCTIONS},
    {"a\x01\xC3\xA9", "there is no instruction \"a???\"" INSTRUCTIONS},
    {"LDN", "LDN needs a line number (0 to 31)"},
    {"ldn  ", "LDN needs a line number (0 to 31)"},
    {"LDN foo", "LDN needs a line number (0 to 31), not \"foo\""},
    {"LDN -3", "LDN needs a line number (0 to 31), not \"-3\""},
    {"LDN 3,", "LDN needs a line number (0 to 31), not \"3,\""},
    {"JMP 32", "line 32 does not exist; the store has lines 0 to 31"},
    {"CMP 40", "line 40 does not exist; the store has lines 0 to 31"},
    {"STO 4294967296",
     "line 4294967296 does not exist; the store has lines 0 to 31"},
    {"NUM", "NUM needs a number, as in NUM -3"},
    {"NUM foo", "NUM needs a number, as in NUM -3, not \"foo\""},
    {"NUM --3", "NUM needs a number, as in NUM -3, not \"--3\""},
    {"NUM 12x", "NUM needs a number, as in NUM -3, not \"12x\""},
    {"NUM 99999999999", "99999999999" RANGE},
    {"99999999999", "99999999999" RANGE},
    {"4294967296", "4294967296" RANGE},
    {"-2147483649", "-2147483649" RANGE},
    {"0x100000000", "0x100000000" RANGE},
    {"-0x80000001", "-0x80000001" RANGE},
    {"0b1" ONES, "0b111111111111111111..." RANGE},
    {"L0b1" ONES, "L0b11111111111111111..." RANGE},
    {"99999999999999999999999999999999999999", "99999999999999999999..." RANGE},
    {"12x", "\"12x\" is not a number; write numbers as in -3 or 0x1F"},
    {"-", "\"-\" is not a number; write numbers as in -3 or 0x1F"},
    {"0x", "\"0x\" is not a number; write numbers as in -3 or 0x1F"},
    {"0b2", "\"0b2\" is not a number; write numbers as in -3 or 0x1F"},
    {"BINS", "BINS needs 32 binary digits"},
    {"BNUM 102", "BNUM needs 32 binary digits, not \"102\""},
    {"BINS 1" ONES, "33 digits are too many; a line has 32"},
    {"0" ONES, "33 digits are too many; a line has 32"},
};

static void test_invalid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct reading reading;

        if (read(bad[i].text, &reading))
            fail_msg("\"%s\" should be refused", bad[i].text);
        assert_string_equal(said, bad[i].sentence);
    }
}

static void test_warnings(void **state)
{
    struct reading reading;

    (void)state;
    assert_true(read("BINS 1010", &reading));
    assert_int_equal(reading.word, 5);
    assert_string_equal(said,
                        "4 digits instead of 32; they are used as digits 0 "
                        "to 3 (but digits 28 to 31 in emuStudio)");
    assert_true(read("BNUM 1", &reading));
    assert_string_equal(said, "1 digit instead of 32; it is used as digit 0 "
                              "(but digit 31 in emuStudio)");
    assert_true(read("01010000000", &reading));
    assert_int_equal(reading.word, 10);
    assert_true(reading.digits);
    assert_string_equal(said,
                        "11 digits instead of 32; they are used as digits 0 "
                        "to 10");
}

static void test_write(void **state)
{
    static const struct {
        uint32_t word;
        const char *text;
    } words[] = {
        {0, "JMP 0"},          {0x4018, "LDN 24"},  {0xC000, "CMP"},
        {0xC005, "CMP"},       {0xE01F, "STP"},     {0xA003, "SUB 3"},
        {0xFFFF1FE7, "JMP 7"}, {0x2014, "JRP 20"},  {0x601A, "STO 26"},
        {0x801F, "SUB 31"},    {0xFFFFFFFF, "STP"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char buffer[16];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);

        instruction_write(&text, words[i].word);
        assert_string_equal(buffer, words[i].text);
    }
}

/* Checks instruction_is_plain() against its definition. */
static void check_plain(uint32_t word)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct reading reading;

    instruction_write(&text, word);
    assert_true(read(buffer, &reading));
    assert_false(reading.number);
    assert_int_equal(reading.used, text.length);
    assert_int_equal(instruction_is_plain(word), reading.word == word);
}

static void test_plain(void **state)
{
    (void)state;
    for (uint32_t word = 0; word < 0x10000; word++)
        check_plain(word);
    for (unsigned digit = 16; digit < 32; digit++)
        check_plain(UINT32_C(1) << digit | 0x4018);
}

static void test_number(void **state)
{
    (void)state;
    assert_true(instruction_is_number(0));
    assert_true(instruction_is_number(31));
    assert_true(instruction_is_number(32));
    assert_false(instruction_is_number(0x2000));
    assert_false(instruction_is_number(0xC000));
    assert_true(instruction_is_number(0xC005));
    assert_true(instruction_is_number(0xFFFFFFFD));
}

static void test_mnemonics(void **state)
{
    (void)state;
    assert_true(instruction_is_mnemonic("ldn", 3));
    assert_true(instruction_is_mnemonic("LDNX", 3));
    assert_true(instruction_is_mnemonic("bnum", 4));
    assert_false(instruction_is_mnemonic("LD", 2));
    assert_false(instruction_is_mnemonic("LDNX", 4));
    assert_false(instruction_is_mnemonic("", 0));
}

static void test_random(void **state)
{
    static const char some[] = "LDNJRPSTOCM 0123456789xXbBhH-+\t:\x80\x01";

    (void)state;
    srand(1948);
    for (int i = 0; i < 200000; i++) {
        char text[24] = "";
        struct reading reading;
        size_t length = (size_t)rand() % sizeof text;

        for (size_t j = 0; j < length; j++)
            text[j] = some[(size_t)rand() % (sizeof some - 1)];
        text[length] = '\0';
        if (read(text, &reading))
            assert_true(reading.used <= strlen(text));
        else
            assert_true(said[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),     cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_warnings),  cmocka_unit_test(test_write),
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_number),
        cmocka_unit_test(test_mnemonics), cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
