/* SPDX-License-Identifier: MIT */
/* Tests the notations of instructions in 1948 and 1951. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/historic.h"

static char said[192];
static char written[16];

static void write(uint32_t word)
{
    struct strbuf text = strbuf_begin(written, sizeof written);

    historic_write_1951(&text, word);
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
    good = historic_read(copy, length, reading, &wrong);
    free(copy);
    assert_false(wrong.cut);
    if (good)
        assert_string_equal(said, "");
    else
        assert_memory_equal(reading, &before, sizeof before);
    return good;
}

static void check_read(const char *text, enum era era, uint32_t word,
                       size_t used)
{
    struct reading reading;

    if (!read(text, strlen(text), &reading))
        fail_msg("\"%s\" is refused: %s", text, said);
    assert_int_equal(reading.word, word);
    assert_int_equal(reading.used, used);
    assert_int_equal(reading.era, era);
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
    for (uint32_t function = 0; function < CMP; function++) {
        for (uint32_t line = 0; line < LINES; line++) {
            uint32_t shown = function == 5 ? SUB : function;

            write(function << FUNCTION_BIT | line);
            check_read(written, ERA_1951, shown << FUNCTION_BIT | line,
                       strlen(written));
        }
    }
}

static const struct {
    const char *text;
    enum era era;
    uint32_t word;
    size_t used;
} taken[] = {
    {"24,c", ERA_1951, 24, 4},
    {"C+20,C", ERA_1951, 0x2014, 6},
    {"c+20,c", ERA_1951, 0x2014, 6},
    {"-24,a", ERA_1951, 0x4018, 5},
    {"A,26", ERA_1951, 0x601A, 4},
    {"A-27,A", ERA_1951, 0x801B, 6},
    {"024,C", ERA_1951, 24, 5},
    {"00000000000000000000000031,C", ERA_1951, 31, 28},
    {" 24 , C ", ERA_1951, 24, 7},
    {"\tc \t+ 20 , C\t", ERA_1951, 0x2014, 12},
    {"- 24 ,A", ERA_1951, 0x4018, 7},
    {"a , 26  ", ERA_1951, 0x601A, 6},
    {"a - 27 , A", ERA_1951, 0x801B, 10},
    {"24,C and more", ERA_1951, 24, 4},
    {"a,26 and more", ERA_1951, 0x601A, 4},
    {"a,26 ,C", ERA_1951, 0x601A, 4},
    {"-24,A\t7", ERA_1951, 0x4018, 5},
    {"25,Cl", ERA_1948, 25, 5},
    {"25 , cl", ERA_1948, 25, 7},
    {"25,C l", ERA_1951, 25, 4},
    {"Add 20,Cl", ERA_1948, 0x2014, 9},
    {"ADD20,CL", ERA_1948, 0x2014, 8},
    {"-24,C", ERA_1948, 0x4018, 5},
    {"c,26", ERA_1948, 0x601A, 4},
    {"C, 26 and more", ERA_1948, 0x601A, 5},
    {"Sub. 27", ERA_1948, 0x801B, 7},
    {"sub.27", ERA_1948, 0x801B, 6},
    {"SUB. 27", ERA_1948, 0x801B, 7},
};

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        check_read(taken[i].text, taken[i].era, taken[i].word, taken[i].used);
}

/* Texts that are not in one of these notations. */
static const char *const left[] = {
    "",         "   ",    "24",     "-3",     "- 3",    "-24 A",       "24 C",
    "-",        "-A",     "-,A",    "-x,A",   ",C",     ",",           "+24,A",
    "a+24,A",   "a",      "c",      "a26",    "A h",    "Ah",          "c-26,C",
    "c26,C",    "0x1F",   "0x1F,C", "Sub 27", "1Fh,C",  "10101010101", "LDN 24",
    "STO 26,C", "NUM -3", "Test",   "Stop",   "Add 20", "Add X,Cl",    "Add",
    "STP",      "CMP",    "abc",    "\x80",   "24;C",
};

static void test_left_to_mnemonics(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        struct reading reading;

        if (read(left[i], strlen(left[i]), &reading))
            fail_msg("\"%s\" is taken", left[i]);
        assert_string_equal(said, "");
        assert_false(historic_begins((struct span){left[i], strlen(left[i])}));
    }
}

#define LINE_0_TO_31  " needs a line number (0 to 31)"
#define NO_LINE(n)    "line " n " does not exist; the store has lines 0 to 31"
#define NEITHER(a, b) " is neither " a " (1951) nor " b " (1948)"

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
    {"32,Cl", NO_LINE("32")},
    {"Add 32,Cl", NO_LINE("32")},
    {"-32,C", NO_LINE("32")},
    {"c,32", NO_LINE("32")},
    {"Sub. 32", NO_LINE("32")},
    {"24,", "\"24,\"" NEITHER("n,C", "n,Cl")},
    {"24,A", "\"24,A\"" NEITHER("n,C", "n,Cl")},
    {"24 , 25", "\"24 , 25\"" NEITHER("n,C", "n,Cl")},
    {"24,C,", "\"24,C,\"" NEITHER("n,C", "n,Cl")},
    {"24,Clx", "\"24,Clx\"" NEITHER("n,C", "n,Cl")},
    {"-24,", "\"-24,\"" NEITHER("-n,A", "-n,C")},
    {"-24,A5", "\"-24,A5\"" NEITHER("-n,A", "-n,C")},
    {"-24,Cl", "\"-24,Cl\"" NEITHER("-n,A", "-n,C")},
    {"c+", "c+n,C" LINE_0_TO_31},
    {"c+,C", "c+n,C" LINE_0_TO_31 ", not \",C\""},
    {"c+x,C", "c+n,C" LINE_0_TO_31 ", not \"x,C\""},
    {"c+-5,C", "c+n,C" LINE_0_TO_31 ", not \"-5,C\""},
    {"c+5", "\"c+5\"" NEITHER("c+n,C", "Add n,Cl")},
    {"c+5 C", "\"c+5 C\"" NEITHER("c+n,C", "Add n,Cl")},
    {"c+5,A", "\"c+5,A\"" NEITHER("c+n,C", "Add n,Cl")},
    {"c+0x5,C", "\"c+0x5,C\"" NEITHER("c+n,C", "Add n,Cl")},
    {"Add 5,C", "\"Add 5,C\"" NEITHER("c+n,C", "Add n,Cl")},
    {"a,", "a,n" LINE_0_TO_31},
    {"a, x y", "a,n" LINE_0_TO_31 ", not \"x\""},
    {"a,-5", "a,n" LINE_0_TO_31 ", not \"-5\""},
    {"a,26x", "a,n" LINE_0_TO_31 ", not \"26x\""},
    {"a,26,A", "a,n" LINE_0_TO_31 ", not \"26,A\""},
    {"c,", "c,n" LINE_0_TO_31},
    {"c,26,C", "c,n" LINE_0_TO_31 ", not \"26,C\""},
    {"a-", "a-n,A" LINE_0_TO_31},
    {"a-b,A", "a-n,A" LINE_0_TO_31 ", not \"b,A\""},
    {"a-5", "\"a-5\"" NEITHER("a-n,A", "Sub. n")},
    {"a-5,C", "\"a-5,C\"" NEITHER("a-n,A", "Sub. n")},
    {"a-5,A.", "\"a-5,A.\"" NEITHER("a-n,A", "Sub. n")},
    {"Sub.", "Sub. n" LINE_0_TO_31},
    {"Sub. x", "Sub. n" LINE_0_TO_31 ", not \"x\""},
};

static void test_invalid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct reading reading;

        assert_false(read(refused[i].text, strlen(refused[i].text), &reading));
        assert_string_equal(said, refused[i].wrong);
        assert_true(historic_begins(
            (struct span){refused[i].text, strlen(refused[i].text)}));
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
        mnemonic_read(text, length, NULL, &modern, &wrong) &&
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
    check_apart("Sub. 5");
    check_apart("Add 5,Cl");
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
