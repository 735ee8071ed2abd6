/* SPDX-License-Identifier: MIT */
/* Tests the compact text encoding of a store. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/base64.h"
#include "emu/format/compact.h"
#include "emu/text/mnemonic.h"
#include "emu/format/reader.h"
#include "tests/lib/whole.h"

#define LONGEST 183 /* length of the longest text without check */

static struct program program;
static struct program again;
static char written[COMPACT_SIZE];
static char said[192];

static uint32_t random_word(void)
{
    return (uint32_t)rand() << 16 ^ (uint32_t)rand();
}

static size_t write(const struct program *from)
{
    struct strbuf text = strbuf_begin(written, sizeof written);

    compact_write(&text, from);
    assert_false(text.cut);
    assert_int_equal(text.length, strlen(written));
    return text.length;
}

static size_t write_checked(const struct program *from)
{
    struct strbuf text = strbuf_begin(written, sizeof written);

    compact_write_checked(&text, from);
    assert_false(text.cut);
    assert_int_equal(text.length, strlen(written));
    return text.length;
}

/* Reads a copy of the exact size, so that the sanitizer reports any overrun. */
static bool read(const char *from, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    struct strbuf wrong = strbuf_begin(said, sizeof said);
    struct program before;
    bool good;

    memcpy(copy, from, length);
    memset(&before, 0x5A, sizeof before);
    again = before;
    good = compact_read(copy, length, &again, &wrong);
    free(copy);
    assert_false(wrong.cut);
    assert_int_equal(good, wrong.length == 0);
    if (!good) {
        assert_memory_equal(&again, &before, sizeof again);
        assert_int_not_equal(said[wrong.length - 1], '.');
    }
    return good;
}

/* Checks the program read back.  Notes and comments are not encoded. */
static void check_same(const struct program *from)
{
    static const struct program none;

    assert_memory_equal(again.store, from->store, sizeof again.store);
    assert_int_equal(again.a, from->a);
    assert_int_equal(again.ci, from->ci % LINES);
    for (unsigned line = 0; line < LINES; line++)
        assert_int_equal(again.numbers >> line & 1,
                         instruction_is_number(again.store[line]));
    assert_memory_equal(again.note, none.note, sizeof again.note);
    assert_memory_equal(again.head, none.head, sizeof again.head);
}

static void check_round_trip(void)
{
    size_t length = write_checked(&program) - 2;
    char both[COMPACT_SIZE];

    assert_true(read(written, length + 2));
    check_same(&program);
    strcpy(both, written);
    assert_int_equal(write(&program), length);
    assert_true(length >= 51 && length <= LONGEST && length % 4 == 3);
    assert_memory_equal(written, both, length);
    assert_true(read(written, length));
    check_same(&program);
}

static void set_random(void)
{
    unsigned long_ones = (unsigned)rand() % 33;

    memset(&program, 'x', sizeof program);
    for (unsigned line = 0; line < LINES; line++) {
        bool is_long = (unsigned)rand() % 32 < long_ones;

        program.store[line] = random_word() & (is_long ? UINT32_MAX : 0xE01F);
    }
    program.a = random_word() & (rand() % 2 != 0 ? UINT32_MAX : 0xE01F);
    program.ci = rand() % 2 != 0 ? random_word() : (uint32_t)rand() % 32;
}

/*
 * Encoded stores derived by hand from the format description.  SAMPLE starts
 * with the map 7FFFFFFE, in which lines 31 (highest bit) and 0 (lowest bit)
 * are long.  The map is followed by FFFFFFFD, 6A (STO 10), E0 (STP), seven
 * zeros, 05, twenty zeros, 12345678, and either 09 FFFFFFFE (CI 9, A = -2) or
 * 3E DF (CI 30, A = CMP 31).
 */
#define SAMPLE "f____v____1q4AAAAAAAAAAFAAAAAAAAAAAAAAAAAAAAAAAAAAASNFZ4"
#define A10    "AAAAAAAAAA"
#define A40    A10 A10 A10 A10

static const char zeros[] = "_____w" A40 "AAIAA";
static const char sample[] = SAMPLE "Cf____4";
static const char sample_short_a[] = SAMPLE "Pt8";
static const char older[] =
    "_____QAAYAoAAO" A40 "AAAAU" A40 A40 A10 A10 "AAAAAABI0Vnj____-CQ";

static void set_sample(void)
{
    program_clear(&program);
    program.store[0] = 0xFFFFFFFD;
    program.store[1] = 0x600A;
    program.store[2] = 0xE000;
    program.store[10] = 5;
    program.store[31] = 0x12345678;
    program.a = 0xFFFFFFFE;
    program.ci = 9;
}

static void test_known(void **state)
{
    (void)state;
    set_sample();
    write(&program);
    assert_string_equal(written, sample);
    assert_true(read(sample, strlen(sample)));
    check_same(&program);
    assert_int_equal(again.numbers, 1u << 31 | ~0x80000006u);

    program.a = 0xC01F;
    program.ci = 30;
    write(&program);
    assert_string_equal(written, sample_short_a);
    assert_true(read(sample_short_a, strlen(sample_short_a)));
    check_same(&program);
}

/* A store may contain only short lines or only long lines. */
static void test_limits(void **state)
{
    (void)state;
    program_clear(&program);
    assert_int_equal(write(&program), 51);
    assert_string_equal(written, zeros);
    assert_true(read(zeros, 51));
    check_same(&program);

    memset(&program, 0xFF, sizeof program);
    assert_int_equal(write(&program), LONGEST);
    assert_memory_equal(written, "AAAAAP_____", 11);
    assert_true(read(written, LONGEST));
    check_same(&program);
    assert_int_equal(write_checked(&program), COMPACT_SIZE - 1);
    assert_true(read(written, COMPACT_SIZE - 1));
    check_same(&program);
}

/* A line that needs four bytes must clear its bit in the map. */
static void test_each_line(void **state)
{
    (void)state;
    for (unsigned line = 0; line < LINES; line++) {
        uint8_t bytes[41];

        program_clear(&program);
        program.store[line] = 0x89ABCDEF;
        check_round_trip();
        assert_int_equal(strlen(written), 55);
        assert_true(base64_read((struct span){written, 55}, bytes));
        for (unsigned other = 0; other < LINES; other++)
            assert_int_equal(bytes[3 - other / 8] >> other % 8 & 1,
                             other != line);
        assert_memory_equal(bytes + 4 + line, "\x89\xAB\xCD\xEF", 4);
    }
}

static void test_older(void **state)
{
    (void)state;
    set_sample();
    assert_int_equal(strlen(older), 178);
    assert_true(read(older, 178));
    check_same(&program);
}

/* Texts in the older format may end with padding. */
static void test_older_padded(void **state)
{
    char padded[183];

    (void)state;
    set_sample();
    strcpy(padded, older);
    strcat(padded, "AAAA");
    assert_true(read(padded, 182));
    check_same(&program);

    for (size_t i = 178; i < 182; i++) {
        padded[i] = 'Q';
        assert_false(read(padded, 182));
        assert_non_null(strstr(said, "character 178 is not zero"));
        padded[i] = 'A';
    }
    padded[181] = 'B';
    assert_false(read(padded, 182));
    assert_non_null(strstr(said, "has unused bits that are not 0"));
}

static void ignore_message(void *context, bool error, unsigned line,
                           const char *sentence)
{
    (void)context;
    fail_msg("%s in line %u: %s", error ? "error" : "warning", line, sentence);
}

static void load(const char *name)
{
    const struct reader_report report = {ignore_message, NULL};
    static char file[20000];
    char path[300];
    FILE *stream;
    size_t size;

    snprintf(path, sizeof path, "boot/programs/%s", name);
    stream = fopen(path, "rb");
    assert_non_null(stream);
    size = fread(file, 1, sizeof file, stream);
    assert_true(size < sizeof file);
    fclose(stream);
    assert_true(program_read(&program, file, size, &report));
}

static void test_programs(void **state)
{
    DIR *folder = opendir("boot/programs");
    const struct dirent *entry;
    unsigned count = 0;

    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (strstr(entry->d_name, ".asm") == NULL)
            continue;
        load(entry->d_name);
        check_round_trip();
        count++;
    }
    closedir(folder);
    assert_true(count >= 11);
}

static void test_random(void **state)
{
    (void)state;
    srand(1948);
    for (int i = 0; i < 10000; i++) {
        set_random();
        check_round_trip();
    }
}

/* A word that fits the short form must be accepted in the long form too. */
static void test_needlessly_long(void **state)
{
    struct strbuf text = strbuf_begin(written, sizeof written);
    uint8_t bytes[137] = {0};

    (void)state;
    program_clear(&program);
    program.store[5] = 31;
    bytes[4 + 4 * 5 + 3] = 31;
    base64_write(&text, bytes, sizeof bytes);
    assert_true(read(written, text.length));
    check_same(&program);
}

/* Digits 6 and 7 of CI, which may be set by other tools, must be ignored. */
static void test_large_ci_byte(void **state)
{
    char text[sizeof sample];

    (void)state;
    set_sample();
    strcpy(text, sample);
    text[56] = 'y';
    assert_true(read(text, strlen(text)));
    check_same(&program);
}

#define LENGTHS(length)                                                        \
    "a character is missing, or there is one too many: the text has " length   \
    " characters, not 51, 55, 59 ... 183 or two more"
#define CHECKED                                                                \
    "a character is wrong, or two are interchanged: the check at the end, \""
#define CHECK_ENDS "\", does not match the text"
#define OTHERS     ", but only A-Z a-z 0-9 - and _ are allowed"

static const struct {
    const char *text;
    const char *wrong;
} refused[] = {
    {"", "the text of the store is missing"},
    {"A", LENGTHS("1")},
    {"_____w" A40 "AAIA", LENGTHS("50")},
    {A40 A40 A40 A40 "AAAAAAAAAAAAAAAAAAAAAAAAAAA", LENGTHS("187")},
    {A40 A40 A40 A40 A40, LENGTHS("200")},
    {"_____w" A40 "AAIAAq", LENGTHS("52")},
    {"_____w" A40 "AAIAAqwA", LENGTHS("54")},
    {"_____w" A40 "AAIAAqv", CHECKED "qv" CHECK_ENDS},
    {"_____w" A40 "AAIAAwq", CHECKED "wq" CHECK_ENDS},
    {"_____x" A40 "AAIAAqw", CHECKED "qw" CHECK_ENDS},
    {"_____w" A40 "AIAAAqw", CHECKED "qw" CHECK_ENDS},
    {"_____w" A40 "AAIAAq+", "character 53 is \"+\"" OTHERS},
    {"+____w" A40 "AAIAA", "character 1 is \"+\"" OTHERS},
    {"_____w" A40 "AAIA!", "character 51 is \"!\"" OTHERS},
    {"_____w" A40 "AAIAA=", "character 52 is \"=\"" OTHERS},
    {"_____w" A40 "AAIAA\n", "character 52 is \"?\"" OTHERS},
    {"_____w" A40 "AAIAB",
     "the last character, \"B\", has unused bits that are not 0"},
    {"_____w" A40 "AAIAAAAAA",
     "the store is complete, but more text follows character 51"},
    {"f____w" A40 "AAIAA", "the text ends before the store is complete"},
    {"_____w" A40 "AAAAA", "the text ends before the store is complete"},
    {"AAAAAA" A40 "AAAAA", "the text ends before the store is complete"},
};

static void test_invalid_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_false(read(refused[i].text, strlen(refused[i].text)));
        assert_string_equal(said, refused[i].wrong);
    }
}

/* Texts whose length is invalid in both formats must be rejected. */
static void test_every_length(void **state)
{
    char text[1000];

    (void)state;
    memset(text, 'A', sizeof text);
    for (size_t length = 0; length < sizeof text; length++) {
        bool possible = length == 178 || length == 180 || length == 182 ||
                        length == 184 ||
                        (length % 4 == 3 && length >= 51 && length <= 183) ||
                        (length % 4 == 1 && length >= 53 && length <= 185);

        read(text, length);
        assert_int_equal(strstr(said, "a character is missing") == NULL &&
                             length > 0,
                         possible);
    }
}

static void check_cut_and_lengthened(const char *text)
{
    size_t length = strlen(text);
    char longer[200];

    assert_true(length + 8 <= sizeof longer);
    /* A truncated text in the older format may be valid in the newer format. */
    for (size_t shorter = 0; shorter < length; shorter++)
        assert_false(read(text, shorter) && text != older);
    strcpy(longer, text);
    memset(longer + length, 'A', 8);
    for (size_t more = 1; more <= 8; more++)
        assert_int_equal(read(longer, length + more),
                         length == 178 && more == 4);
}

/* The texts above with their checks, calculated by long division of the whole
   text, as one number, by the generator. */
static const struct {
    const char *text, *check;
} checked[] = {
    {zeros, "qw"},
    {sample, "vC"},
    {sample_short_a, "wQ"},
    {older, "Pz"},
};
#define CHECKEDS (sizeof checked / sizeof checked[0])

static const char *with_check(unsigned i)
{
    static char text[COMPACT_SIZE];

    strcpy(text, checked[i].text);
    return strcat(text, checked[i].check);
}

static void test_known_checks(void **state)
{
    (void)state;
    program_clear(&program);
    write_checked(&program);
    assert_string_equal(written, with_check(0));
    set_sample();
    write_checked(&program);
    assert_string_equal(written, with_check(1));
    assert_true(read(with_check(3), 180));
    check_same(&program);
    assert_true(read(strcat(strcpy(written, older), "AAAANq"), 184));
    check_same(&program);
    program.a = 0xC01F;
    program.ci = 30;
    write_checked(&program);
    assert_string_equal(written, with_check(2));
}

/* The check must be accepted, and verified, in a file as well. */
static void test_check_in_a_file(void **state)
{
    char text[COMPACT_SIZE + 4];

    (void)state;
    for (unsigned i = 0; i < CHECKEDS; i++) {
        sprintf(text, " %s\r\n", with_check(i));
        assert_true(program_read(&program, text, strlen(text), NULL));
        assert_int_equal(program.store[1], i > 0 ? 0x600A : 0);
        text[3] = 'A';
        assert_false(program_read(&program, text, strlen(text), NULL));
    }
}

#define ALPHABET                                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

static void check_reveals(const char *text)
{
    char expected[120];

    assert_false(read(text, strlen(text)));
    snprintf(expected, sizeof expected, CHECKED "%s" CHECK_ENDS,
             text + strlen(text) - 2);
    assert_string_equal(said, expected);
}

/* Any wrong letter must be revealed, and so must any two neighbours that are
   interchanged. */
static void test_check_of_letters(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CHECKEDS; i++) {
        const char *text = with_check(i);
        char copy[COMPACT_SIZE];

        for (size_t at = 0; text[at] != '\0'; at++) {
            strcpy(copy, text);
            for (const char *c = ALPHABET; *c != '\0'; c++) {
                copy[at] = *c;
                if (*c != text[at])
                    check_reveals(copy);
            }
            strcpy(copy, text);
            copy[at] = text[at + 1];
            copy[at + 1] = text[at];
            if (text[at + 1] != '\0' && text[at] != text[at + 1])
                check_reveals(copy);
        }
    }
}

static void test_check_of_neighbours(void **state)
{
    const char *text = with_check(1);
    char copy[COMPACT_SIZE];

    (void)state;
    for (size_t at = 0; text[at + 1] != '\0'; at++) {
        strcpy(copy, text);
        for (unsigned i = 0; i < 64 * 64; i++) {
            copy[at] = ALPHABET[i / 64];
            copy[at + 1] = ALPHABET[i % 64];
            if (strcmp(copy, text) != 0)
                check_reveals(copy);
        }
    }
}

/* A character that is missing or typed twice must be reported as such. */
static void test_check_of_length(void **state)
{
    (void)state;
    for (unsigned i = 0; i + 1 < CHECKEDS; i++) {
        const char *text = with_check(i);
        size_t length = strlen(text);
        char copy[COMPACT_SIZE + 1], expected[200];

        for (size_t at = 0; at < length; at++) {
            memcpy(copy, text, at);
            strcpy(copy + at, text + at + 1);
            assert_false(read(copy, length - 1));
            snprintf(expected, sizeof expected, LENGTHS("%u"),
                     (unsigned)length - 1);
            assert_string_equal(said, expected);

            memcpy(copy, text, at + 1);
            strcpy(copy + at + 1, text + at);
            assert_false(read(copy, length + 1));
            snprintf(expected, sizeof expected, LENGTHS("%u"),
                     (unsigned)length + 1);
            assert_string_equal(said, expected);
        }
    }
}

static void test_cut_and_lengthened(void **state)
{
    (void)state;
    check_cut_and_lengthened(zeros);
    check_cut_and_lengthened(sample);
    check_cut_and_lengthened(sample_short_a);
    check_cut_and_lengthened(older);
}

static void check_corrupted(const char *text)
{
    size_t length = strlen(text);
    char copy[COMPACT_SIZE];

    strcpy(copy, text);
    for (size_t i = 0; i < length; i++) {
        for (int c = 0; c < 256; c++) {
            copy[i] = (char)c;
            if (read(copy, length))
                assert_true(again.ci < 256);
        }
        copy[i] = text[i];
    }
}

static void test_corrupted(void **state)
{
    (void)state;
    check_corrupted(zeros);
    check_corrupted(sample);
    check_corrupted(older);
    program_clear(&program);
    for (unsigned line = 0; line < LINES; line++)
        program.store[line] = 0x10000;
    program.a = 0x10000;
    assert_int_equal(write(&program), LONGEST);
    check_corrupted(written);
}

static void test_random_characters(void **state)
{
    static const size_t lengths[] = {51, 55, 99,  175, 178, 179, 182, 183,
                                     53, 57, 101, 177, 180, 181, 184, 185};
    char text[COMPACT_SIZE];

    (void)state;
    srand(1948);
    for (int i = 0; i < 20000; i++) {
        for (size_t at = 0; at < sizeof text; at++)
            text[at] = "AQgwdHv48_-"[rand() % 11];
        read(text, lengths[rand() % 16]);
    }
}

static void test_small_buffer(void **state)
{
    (void)state;
    for (size_t size = 1; size <= sizeof sample; size++) {
        char *small = malloc(size);
        struct strbuf text = strbuf_begin(small, size);

        set_sample();
        compact_write(&text, &program);
        assert_int_equal(text.cut, size < sizeof sample);
        assert_memory_equal(small, sample, size - 1);
        assert_int_equal(small[size - 1], '\0');
        free(small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_each_line),
        cmocka_unit_test(test_older),
        cmocka_unit_test(test_older_padded),
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_needlessly_long),
        cmocka_unit_test(test_large_ci_byte),
        cmocka_unit_test(test_invalid_texts),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_known_checks),
        cmocka_unit_test(test_check_in_a_file),
        cmocka_unit_test(test_check_of_letters),
        cmocka_unit_test(test_check_of_neighbours),
        cmocka_unit_test(test_check_of_length),
        cmocka_unit_test(test_cut_and_lengthened),
        cmocka_unit_test(test_corrupted),
        cmocka_unit_test(test_random_characters),
        cmocka_unit_test(test_small_buffer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
