/* SPDX-License-Identifier: MIT */
/* Tests the instruction notation of the paper of 1951. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/notation_1951.h"

static char said[192];
static char written[16];

static void write(uint32_t word)
{
    struct strbuf text = strbuf_begin(written, sizeof written);

    notation_1951_write(&text, word);
    assert_false(text.cut);
}

/* Reads a copy of the exact size, so that the sanitizer reports any overrun. */
static bool read(const char *text, size_t length, struct reading *reading)
{
    char *copy = malloc(length > 0 ? length : 1);
    struct strbuf wrong = strbuf_begin(said, sizeof said);
    struct reading before;
    bool good;

    memcpy(copy, text, length);
    memset(&before, 0xA5, sizeof before);
    memcpy(reading, &before, sizeof before);
    good = notation_1951_read(copy, length, reading, &wrong);
    free(copy);
    assert_false(wrong.cut);
    if (good)
        assert_string_equal(said, "");
    else
        assert_memory_equal(reading, &before, sizeof before);
    return good;
}

static void check_read(const char *text, uint32_t word, size_t used)
{
    struct reading reading;

    if (!read(text, strlen(text), &reading))
        fail_msg("\"%s\" is refused: %s", text, said);
    assert_int_equal(reading.word, word);
    assert_int_equal(reading.used, used);
    assert_false(reading.number);
    assert_false(reading.digits);
}

static const struct {
    uint32_t word;
    const char *text;
} known[] = {
    {25, "25,C"},
    {0, "0,C"},
    {0x2014, "c+20,C"},
    {0x4018, "-24,A"},
    {0x601A, "a,26"},
    {0x801B, "a-27,A"},
    {0xA01B, "a-27,A"},
    {0xC000, "Test"},
    {0xC01F, "Test"},
    {0xE000, "Stop"},
    {0xFFFF1FE0 | 0x4018, "-24,A"},
    {0xFFFFFFFF, "Stop"},
};

static void test_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        write(known[i].word);
        assert_string_equal(written, known[i].text);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    for (uint32_t function = 0; function < 8; function++) {
        for (uint32_t line = 0; line < LINES; line++) {
            uint32_t shown = function == 5 ? SUB : function;

            write(function << FUNCTION_BIT | line);
            check_read(written,
                       shown << FUNCTION_BIT | (shown < CMP ? line : 0),
                       strlen(written));
        }
    }
}

static const struct {
    const char *text;
    uint32_t word;
    size_t used;
} taken[] = {
    {"24,c", 24, 4},
    {"C+20,C", 0x2014, 6},
    {"c+20,c", 0x2014, 6},
    {"-24,a", 0x4018, 5},
    {"A,26", 0x601A, 4},
    {"A-27,A", 0x801B, 6},
    {"TEST", 0xC000, 4},
    {"test", 0xC000, 4},
    {"sToP", 0xE000, 4},
    {"024,C", 24, 5},
    {"00000000000000000000000031,C", 31, 28},
    {" 24 , C ", 24, 7},
    {"\tc \t+ 20 , C\t", 0x2014, 12},
    {"- 24 ,A", 0x4018, 7},
    {"a , 26  ", 0x601A, 6},
    {"a - 27 , A", 0x801B, 10},
    {"  Stop  ", 0xE000, 6},
    {"24,C and more", 24, 4},
    {"a,26 and more", 0x601A, 4},
    {"a,26 ,C", 0x601A, 4},
    {"-24,A\t7", 0x4018, 5},
    {"Test and more", 0xC000, 4},
    {"Stop -1", 0xE000, 4},
    {"Stop 31st", 0xE000, 4},
};

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        check_read(taken[i].text, taken[i].word, taken[i].used);
}

/* Texts that are not in this notation. */
static const char *const left[] = {
    "",        "   ",         "24",      "-3",       "- 3",
    "-24 A",   "24 C",        "-",       "-A",       "-,A",
    "-x,A",    ",C",          ",",       "+24,A",    "a+24,A",
    "a",       "c",           "a26",     "A h",      "Ah",
    "c,26",    "c-26,C",      "c26,C",   "0x1F",     "0x1F,C",
    "1Fh,C",   "10101010101", "LDN 24",  "STO 26,C", "NUM -3",
    "Test5",   "Testing",     "Tes",     "T est",    "Test,",
    "Stopped", "Stop.",       "STOP 31", "Test 5",   "stop  0007 more",
    "STP",     "CMP",         "abc",     "\x80",     "24;C",
};

static void test_left_to_mnemonics(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        struct reading reading;

        if (read(left[i], strlen(left[i]), &reading))
            fail_msg("\"%s\" is taken", left[i]);
        assert_string_equal(said, "");
    }
}

#define LINE_0_TO_31 " needs a line number (0 to 31)"
#define NO_LINE(n)   "line " n " does not exist; the store has lines 0 to 31"
#define LETTERS      "; A is the accumulator and C is control"

static const struct {
    const char *text;
    const char *wrong;
} refused[] = {
    {"32,C", NO_LINE("32")},
    {"c+32,C", NO_LINE("32")},
    {"-32,A", NO_LINE("32")},
    {"a,32", NO_LINE("32")},
    {"a-32,A", NO_LINE("32")},
    {"-4294967296,A", NO_LINE("4294967296")},
    {"99,A", NO_LINE("99")},
    {"24,", "n,C ends in ,C, not \",\"" LETTERS},
    {"24,A", "n,C ends in ,C, not \",A\"" LETTERS},
    {"24,Cl", "n,C ends in ,C, not \",Cl\"" LETTERS},
    {"24 , 25", "n,C ends in ,C, not \", 25\"" LETTERS},
    {"24,C,", "n,C ends in ,C, not \",C,\"" LETTERS},
    {"-24,", "-n,A ends in ,A, not \",\"" LETTERS},
    {"-24,C", "-n,A ends in ,A, not \",C\"" LETTERS},
    {"-24,A5", "-n,A ends in ,A, not \",A5\"" LETTERS},
    {"c+", "c+n,C" LINE_0_TO_31},
    {"c+,C", "c+n,C" LINE_0_TO_31 ", not \",C\""},
    {"c+x,C", "c+n,C" LINE_0_TO_31 ", not \"x,C\""},
    {"c+-5,C", "c+n,C" LINE_0_TO_31 ", not \"-5,C\""},
    {"c+5", "c+n,C ends in ,C" LETTERS},
    {"c+5 C", "c+n,C ends in ,C, not \"C\"" LETTERS},
    {"c+5,A", "c+n,C ends in ,C, not \",A\"" LETTERS},
    {"c+0x5,C", "c+n,C ends in ,C, not \"x5,C\"" LETTERS},
    {"a,", "a,n" LINE_0_TO_31},
    {"a, x y", "a,n" LINE_0_TO_31 ", not \"x\""},
    {"a,-5", "a,n" LINE_0_TO_31 ", not \"-5\""},
    {"a,26x", "a,n" LINE_0_TO_31 ", not \"26x\""},
    {"a,26,A", "a,n" LINE_0_TO_31 ", not \"26,A\""},
    {"a-", "a-n,A" LINE_0_TO_31},
    {"a-b,A", "a-n,A" LINE_0_TO_31 ", not \"b,A\""},
    {"a-5", "a-n,A ends in ,A" LETTERS},
    {"a-5,C", "a-n,A ends in ,A, not \",C\"" LETTERS},
    {"a-5,A.", "a-n,A ends in ,A, not \",A.\"" LETTERS},
};

static void test_invalid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct reading reading;

        assert_false(read(refused[i].text, strlen(refused[i].text), &reading));
        assert_string_equal(said, refused[i].wrong);
    }
}

/* A text that is accepted in both notations must mean the same. */
static void check_apart(const char *text)
{
    struct reading reading;
    struct reading modern;
    char ignored[300];
    struct strbuf wrong = strbuf_begin(ignored, sizeof ignored);
    size_t length = strlen(text);
    bool good = read(text, length, &reading);

    if ((good || said[0] != '\0') &&
        instruction_read(text, length, NULL, &modern, &wrong) &&
        modern.used == length) {
        assert_true(good);
        assert_int_equal(modern.word, reading.word);
        assert_int_equal(modern.used, reading.used);
    }
}

/* Checks all texts of up to five characters used in the notations. */
static void test_notations_do_not_overlap(void **state)
{
    static const char characters[] = "aC,-+ 3h";
    unsigned bases = sizeof characters - 1;

    (void)state;
    for (unsigned n = 0; n < 8 * 8 * 8 * 8 * 8; n++) {
        char text[6] = "";
        unsigned rest = n;

        for (unsigned i = 0; i < 5; i++, rest /= bases)
            text[i] = characters[rest % bases];
        for (unsigned length = 5; length > 0; length--) {
            text[length] = '\0';
            check_apart(text);
        }
    }
    check_apart("STOP");
    check_apart("STOP 31");
    check_apart("stop 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_left_to_mnemonics),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_notations_do_not_overlap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
