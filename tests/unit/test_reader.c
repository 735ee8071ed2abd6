/* SPDX-License-Identifier: MIT */
/* Tests the file reader with all dialects, all messages, and other files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/mnemonic.h"
#include "emu/format/reader.h"
#include "emu/format/writer.h"
#include "tests/lib/whole.h"

#define ZEROS "00000000000000000000000000000000"

#define STO_10 "01010000000001100000000000000000"

#define STP_0 "00000000000001110000000000000000"

#define FIVE "10100000000000000000000000000000"

/* Messages received from the reader, one per row, in the form `e3: message`. */
struct messages {
    unsigned errors;
    unsigned warnings;
    char all[8192];
};

static struct messages messages;
static struct program program;

static void receive_message(void *context, bool error, unsigned line,
                            const char *sentence)
{
    struct messages *all = context;
    size_t used = strlen(all->all);

    assert_int_equal(all->errors, 0); /* no message follows an error */
    all->errors += error;
    all->warnings += !error;
    assert_true(sentence[0] != '\0');
    assert_true(strlen(sentence) < 160);
    assert_true(sentence[strlen(sentence) - 1] != '.');
    for (const char *c = sentence; *c != '\0'; c++)
        assert_true(*c >= ' ' && *c <= '~');
    snprintf(all->all + used, sizeof all->all - used, "%c%u: %s\n",
             error ? 'e' : 'w', line, sentence);
}

/* Reads from a buffer of exactly that size, to detect overruns. */
static bool read_bytes(const char *text, size_t size)
{
    const struct reader_report report = {receive_message, &messages};
    char *copy = malloc(size > 0 ? size : 1);
    struct program before;
    bool good;

    memcpy(copy, text, size);
    memset(&messages, 0, sizeof messages);
    memset(&program, 0x5A, sizeof program);
    before = program;
    good = program_read(&program, copy, size, &report);
    free(copy);
    assert_int_equal(messages.errors, good ? 0 : 1);
    if (!good)
        assert_memory_equal(&program, &before, sizeof program);
    return good;
}

static bool read(const char *text)
{
    return read_bytes(text, strlen(text));
}

/* Reads TEXT, which must succeed without any message. */
static void read_quietly(const char *text)
{
    if (!read(text) || messages.warnings > 0)
        fail_msg("\"%.200s\": %s", text, messages.all);
}

/* Compares the store with pairs of line and word.  Other lines must be 0. */
static void check_store(const uint32_t (*expected)[2], size_t count)
{
    uint32_t store[LINES] = {0};

    for (size_t i = 0; i < count; i++)
        store[expected[i][0]] = expected[i][1];
    for (unsigned line = 0; line < LINES; line++)
        if (program.store[line] != store[line])
            fail_msg("line %u: %08x, not %08x", line, program.store[line],
                     store[line]);
}

#define check_lines(...)                                                       \
    do {                                                                       \
        const uint32_t expected[][2] = {__VA_ARGS__};                          \
        check_store(expected, sizeof expected / sizeof expected[0]);           \
    } while (0)

/* Checks the sample program: STO 10, STP, and 5 in line 10. */
static void check_sample(void)
{
    check_lines({1, 0x600A}, {2, 0xE000}, {10, 5});
    assert_true(program.numbers >> 10 & 1);
    assert_false(program.numbers >> 1 & 1);
}

static size_t load(const char *name, char *buffer, size_t size)
{
    char path[100];
    FILE *file;
    size_t length;

    snprintf(path, sizeof path, "tests/data/%s", name);
    file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    length = fread(buffer, 1, size - 1, file);
    fclose(file);
    buffer[length] = '\0';
    return length;
}

static void check_digest(const char *name, uint32_t sum, unsigned nonzero)
{
    char text[4096];
    uint32_t total = 0;
    unsigned count = 0;

    load(name, text, sizeof text);
    read_quietly(text);
    for (unsigned line = 0; line < LINES; line++) {
        total = total * 31 + program.store[line];
        count += program.store[line] != 0;
    }
    if (total != sum || count != nonzero)
        fail_msg("%s: %#x, %u", name, total, count);
}

static void test_listings_of_1948(void **state)
{
    static const char *const names[] = {"june1948", "july1948", "hcf",
                                        "longdiv"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char text[4096];
        char name[32];
        uint32_t store[LINES];

        snprintf(name, sizeof name, "%s.snp", names[i]);
        load(name, text, sizeof text);
        read_quietly(text);
        memcpy(store, program.store, sizeof store);
        assert_string_equal(program.head, "");
        snprintf(name, sizeof name, "%s.asm", names[i]);
        load(name, text, sizeof text);
        read_quietly(text);
        assert_memory_equal(store, program.store, sizeof store);
        assert_true(strlen(program.head) > 10);
    }
}

/* The expected words come from sources independent of the code under test. */
static void test_words_of_1948(void **state)
{
    (void)state;
    check_digest("july1948.snp", 0x255DEF37, 24);
    assert_int_equal(program.store[1], 0x4018);
    assert_int_equal(program.store[8], 0x2014);
    assert_int_equal(program.store[20], 0xFFFFFFFD);
    assert_int_equal(program.store[23], 0xFFFC0000);
    assert_int_equal(program.store[24], 0x3FFFF);
    check_digest("june1948.snp", 0xC5EBCB22, 23);
    check_digest("hcf.snp", 0x2F858F93, 19);
    check_digest("longdiv.snp", 0x19BE11E7, 30);
}

static void test_sharp_asm(void **state)
{
    (void)state;
    read_quietly("3\r\n0001:" STO_10 "\r\n0002:" STP_0 "\r\n0010:" FIVE "\r\n");
    check_sample();
    read_quietly("; a comment\n\n0001:" STO_10 "\n2:" STP_0 "\n  10:" FIVE);
    check_sample();
    assert_string_equal(program.head, "a comment\n");
    read_quietly("; Title\n3\n1 STO 10 ; store\n2 STP\n10 NUM 5 ; JMP 5\n");
    check_sample();
    assert_string_equal(program.note[1], "store");
    assert_string_equal(program.note[10], "JMP 5");
    read_quietly("1\n10 NUM L0b101");
    check_lines({10, 5});
    read_quietly("0\r\n"); /* the store may be empty */
    check_lines({0, 0});
}

static void test_mame_snp(void **state)
{
    (void)state;
    read_quietly("0003\r\n0001:sto 10\r\n0002:stp 3\r\n0010:num 5\r\n");
    check_lines({1, 0x600A}, {2, 0xE003}, {10, 5});
    read_quietly("0001\r\n0004 cmp 5  \r\n");
    check_lines({4, 0xC005});
    assert_int_equal(program.numbers, 0);
}

static void test_mdm(void **state)
{
    (void)state;
    read_quietly("# Title\nC:\n0000000\nS1:\n"
                 "0101000000000110   # STO 10\n0000000000000111   # STP\n"
                 "s10:\n101\n");
    check_sample();
    assert_string_equal(program.head, "Title\n");
    assert_string_equal(program.note[1], "STO 10");
    read_quietly("A:\n101\nC:\n11\n01\nS33:\n1\n1\n");
    check_lines({1, 1}, {2, 1});
    assert_int_equal(program.a, 5);
    assert_int_equal(program.ci, 3);
    read_quietly("c1:\n1\ns:\n1\n"); /* PI may be given alone */
    assert_int_equal(program.ci, 0);
    read_quietly("A:\n1"); /* a file need not set the store at all */
    assert_int_equal(program.a, 1);
}

static void test_emustudio(void **state)
{
    (void)state;
    read_quietly("1 sto 10 // store\n2 HLT -- stop\n\n10 num 0x5 ; five\n11");
    check_sample();
    assert_string_equal(program.note[1], "store");
    assert_string_equal(program.note[2], "stop");
    assert_string_equal(program.note[10], "five");
    read_quietly("1 BNUM " STO_10 "\n2 bins " STP_0 "\n10 NUM 5\n"
                 "12 // the result\n13 SKN\n14 JMR 1\n15 jpr 2\n");
    check_lines({1, 0x600A}, {2, 0xE000}, {10, 5}, {13, 0xC000}, {14, 0x2001},
                {15, 0x2002});
    assert_string_equal(program.note[12], "the result");
    assert_false(program.numbers >> 1 & 1); /* not marked as a number */
}

static void test_start_label(void **state)
{
    (void)state;
    read_quietly("1 STP\nstart:\n7 STP\n8 STP\n");
    assert_int_equal(program.ci, 6);
    read_quietly("START: // here\n0 STP\n");
    assert_int_equal(program.ci, 31);
    read_quietly("04 START\n5 LDN 20\n6 STP\n");
    assert_int_equal(program.ci, 4);
    check_lines({5, 0x4014}, {6, 0xE000});
    assert_true(read("1 STP\nstart:\n"));
    assert_string_equal(messages.all, "w2: no line follows \"start:\"\n");
    assert_int_equal(program.ci, 0);
}

static void test_nevynuk(void **state)
{
    (void)state;
    read_quietly("-- add\n01:   STO 10\n02:   STOP\n10:   NUM 5\n");
    check_sample();
    assert_string_equal(program.head, "add\n");
    read_quietly("0001: BIN " STO_10 "\n0002: BIN " STP_0 "\n0010: BINS " FIVE);
    check_sample();
    assert_true(read("01: STO 10 puts it away -- far\n"));
    assert_string_equal(program.note[1], "puts it away -- far");
    assert_string_equal(
        messages.all,
        "w1: \"puts it away\" is treated as a note; put \";\" before it\n");
}

static void test_pfaivre_and_babyutils(void **state)
{
    (void)state;
    read_quietly("; Title\n;\n; more\n\n0000: " ZEROS "\n0001: " STO_10
                 " ; store\n0002: " STP_0 "\n10: " FIVE "\n");
    check_sample();
    assert_string_equal(program.head, "Title\n\nmore\n");
    assert_string_equal(program.note[1], "store");
}

static void test_bare_digits(void **state)
{
    (void)state;
    read_quietly(ZEROS "\n" STO_10 " ; store\n" STP_0 "\n");
    check_lines({1, 0x600A}, {2, 0xE000});
    assert_string_equal(program.note[1], "store");
    read_quietly("3\n" ZEROS "\n" STO_10 "\n" STP_0 "\n");
    check_lines({1, 0x600A}, {2, 0xE000});
    read_quietly(STO_10 " STO 10\n" STP_0 " STP\n");
    check_lines({0, 0x600A}, {1, 0xE000});
    assert_true(read("01010000000001\n" STP_0));
    check_lines({0, 0x200A}, {1, 0xE000});
    assert_string_equal(messages.all,
                        "w1: 14 digits instead of 32; they are used as "
                        "digits 0 to 13\n");
}

static void test_bare_words(void **state)
{
    (void)state;
    read_quietly("0\n24586\n57344\n-3\n0x1F\n");
    check_lines({1, 0x600A}, {2, 0xE000}, {3, 0xFFFFFFFD}, {4, 31});
    assert_int_equal(program.numbers, 0x19);
    read_quietly("1\n0\n1\n"); /* decimal numbers that look binary */
    check_lines({0, 1}, {2, 1});
}

static void test_store_files(void **state)
{
    (void)state;
    read_quietly("# Title\n# ci-start -1\n@1 0x600a # store\n57344\n@10 5\n");
    check_sample();
    assert_int_equal(program.ci, UINT32_MAX);
    assert_string_equal(program.head, "Title\n");
    assert_string_equal(program.note[1], "store");
    read_quietly("ci-start 4\n@1 24586 57344 # both\n@ 10\n5\n@20 -0x40000");
    check_lines({1, 0x600A}, {2, 0xE000}, {10, 5}, {20, 0xFFFC0000});
    assert_int_equal(program.ci, 4);
    assert_string_equal(program.note[1], "both");
    assert_string_equal(program.note[2], "");
}

static void test_gobaby_and_bdwalton(void **state)
{
    (void)state;
    read_quietly("01 STO 10\n02 STP\n10 NUM 5\n");
    check_sample();
    read_quietly("0001:" STO_10 "\n0002 STP\n0010 NUM 5\n");
    check_sample();
    read_quietly("1 STO 10\n2 STP\n10 5\n"); /* NUM may be omitted */
    check_sample();
}

/* A lecture's copy of the July program, with errors in its digit column. */
static const struct {
    unsigned line;
    const char *digits; /* NULL if the digits agree with the text */
    const char *text;
} course[] = {
    {1, NULL, "LDN 24"},
    {2, NULL, "STO 26"},
    {3, "01011000000001000000000000000000", "LDN 26"},
    {4, NULL, "STO 27"},
    {5, "11101000000001000000000000000000", "LDN 23"},
    {6, "11011000000000100000000000000000", "SUB 27"},
    {7, "00000000000001100000000000000000", "CMP"},
    {8, NULL, "JRP 20"},
    {9, "01011000000000100000000000000000", "SUB 26"},
    {10, NULL, "STO 25"},
    {11, "10011000000001000000000000000000", "LDN 25"},
    {12, "00000000000001100000000000000000", "CMP"},
    {13, NULL, "STP"},
    {14, "01011000000001000000000000000000", "LDN 26"},
    {15, "10101000000000100000000000000000", "SUB 21"},
    {16, NULL, "STO 27"},
    {17, "11011000000001000000000000000000", "LDN 27"},
    {18, NULL, "STO 26"},
    {19, NULL, "JMP 22"},
    {20, NULL, "-3"},
    {21, NULL, "1"},
    {22, "10000000000000000000000000000000", "1"},
    {23, "00000000000000000001111111111111", "-262144"},
    {24, "11111111111111111110000000000000", "NUM 262143"},
};

static const char lecture_warnings[] =
    "w3: the digits mean JRP 26, but the text means LDN 26; the text is used\n"
    "w5: the digits mean JRP 23, but the text means LDN 23; the text is used\n"
    "w6: the digits mean LDN 27, but the text means SUB 27; the text is used\n"
    "w7: the digits mean STO 0, but the text means CMP; the text is used\n"
    "w9: the digits mean LDN 26, but the text means SUB 26; the text is used\n"
    "w11: the digits mean JRP 25, but the text means LDN 25; the text is used\n"
    "w12: the digits mean STO 0, but the text means CMP; the text is used\n"
    "w14: the digits mean JRP 26, but the text means LDN 26; the text is used\n"
    "w15: the digits mean LDN 21, but the text means SUB 21; the text is used\n"
    "w17: the digits mean JRP 27, but the text means LDN 27; the text is used\n"
    "w23: the digits mean -524288, but the text means -262144; the text is "
    "used\n"
    "w24: the digits mean 524287, but the text means 262143; the text is "
    "used\n";

static void digits_of(char digits[DIGITS + 1], const char *text)
{
    struct reading reading;
    char ignored[1];
    struct strbuf wrong = strbuf_begin(ignored, sizeof ignored);

    assert_true(mnemonic_read(text, strlen(text), NULL, &reading, &wrong));
    for (unsigned digit = 0; digit < DIGITS; digit++)
        digits[digit] = (reading.word >> digit & 1) != 0 ? '1' : '0';
    digits[DIGITS] = '\0';
}

static void test_lecture_listing(void **state)
{
    char text[4096] = "";
    uint32_t july[LINES];

    (void)state;
    for (size_t i = 0; i < sizeof course / sizeof course[0]; i++) {
        char digits[DIGITS + 1];
        size_t used = strlen(text);

        digits_of(digits, course[i].text);
        snprintf(text + used, sizeof text - used, "%u %s %s\n", course[i].line,
                 course[i].digits != NULL ? course[i].digits : digits,
                 course[i].text);
    }
    assert_true(read(text));
    assert_string_equal(messages.all, lecture_warnings);
    memcpy(july, program.store, sizeof july);
    assert_int_equal(program.numbers, 0x1F00000);
    load("july1948.asm", text, sizeof text);
    read_quietly(text);
    program.store[22] = 1;
    assert_memory_equal(july, program.store, sizeof july);
}

/* A second copy from the lecture has wrong mnemonics and must be rejected. */
static void test_misread_mnemonics(void **state)
{
    static const char *const words[] = {"LDW", "SWB", "JOP", "STC"};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char text[100];
        char sentence[100];

        snprintf(sentence, sizeof sentence,
                 "e1: there is no instruction \"%s\"; use JMP, JRP, LDN, "
                 "STO, SUB, CMP, STP or NUM\n",
                 words[i]);
        snprintf(text, sizeof text, "1 %s %s 24\n", STO_10, words[i]);
        assert_false(read(text));
        assert_string_equal(messages.all, sentence);
        snprintf(text, sizeof text, "1 %s 24\n", words[i]);
        assert_false(read(text));
        assert_string_equal(messages.all, sentence);
    }
}

static void test_digits_and_words(void **state)
{
    (void)state;
    assert_true(read("1 " STO_10 " puts it away\n"));
    assert_string_equal(program.note[1], "puts it away");
    assert_int_equal(program.store[1], 0x600A);
    assert_string_equal(
        messages.all,
        "w1: \"puts it away\" is treated as a note; put \";\" before it\n");
    assert_true(read("2 " STP_0 " Stop here when done\n"));
    assert_int_equal(program.store[2], 0xE000);
    assert_string_equal(program.note[2], "Stop here when done");
    read_quietly("1 " STO_10 " sto 10 ; a note\n25 " STO_10 " NUM 24586");
    assert_string_equal(program.note[1], "a note");
    assert_int_equal(program.numbers, UINT32_C(1) << 25);
    assert_false(read("1 " STO_10 " STO 32\n"));
    assert_string_equal(
        messages.all,
        "e1: line 32 does not exist; the store has lines 0 to 31\n");
}

static void test_line_ends(void **state)
{
    (void)state;
    read_quietly("1 STO 10\n2 STP\n10 NUM 5");
    check_sample();
    read_quietly("1 STO 10\r\n\r\n2 STP\r\n10 NUM 5\r\n");
    check_sample();
    read_quietly("1 STO 10\r2 STP\r10 NUM 5\r");
    check_sample();
    read_quietly("\xEF\xBB\xBF"
                 "1 STO 10\n2 STP\n10 NUM 5\n\x1A");
    check_sample();
    read_quietly("\t1\tSTO\t10 \n 2 : stp\n10 :num 5");
    check_sample();
    assert_false(read("\r\n\r\r\n\nfoo"));
    assert_true(strncmp(messages.all, "e5: ", 4) == 0);
}

static void test_head_comments(void **state)
{
    (void)state;
    assert_true(read(";\n#  \n; Title\n;   indented\n//\n//\n-- last  \n;\n3\n"
                     "; after the count\n1 STP\n; late\n;\n2 STP\n3 STP\n"));
    assert_string_equal(messages.all,
                        "w0: comments in rows of their own are kept only "
                        "before the first word; 1 is left out\n");
    assert_string_equal(program.head,
                        "Title\n  indented\n\n\nlast\n\nafter the count\n");
    read_quietly(";; twice\n;; \n1 ; the count\n1 STP\n");
    assert_string_equal(program.head, "; twice\n;\nthe count\n");
}

static void test_notes(void **state)
{
    (void)state;
    read_quietly("1 STP;none\n2 STP # a ; b\n3 NUM -3--x\n4 STP ;\n5 STP//y");
    assert_string_equal(program.note[1], "none");
    assert_string_equal(program.note[2], "a ; b");
    assert_string_equal(program.note[3], "x");
    assert_int_equal(program.store[3], 0xFFFFFFFD);
    assert_string_equal(program.note[4], "");
    assert_string_equal(program.note[5], "y");
    read_quietly("1 STP ; 2\xE2\x81\xBF \xE2\x88\x92 caf\xC3\xA9 \xE9 \x01\ta");
    assert_string_equal(program.note[1], "2? ? caf? ? ? a");
    assert_true(read("1 STP ; " ZEROS "abcdefghijklmnopqrstuvwxyz12345   78"));
    assert_string_equal(messages.all, "w0: a note may have 63 characters; the "
                                      "rest of 1 note is left out\n");
    assert_string_equal(program.note[1], ZEROS "abcdefghijklmnopqrstuvwxyz"
                                               "12345");
}

static void test_long_head(void **state)
{
    char text[3000];
    size_t used = 0;

    (void)state;
    for (unsigned i = 0; i < 100; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "; row %04u of the comments\n", i);
    snprintf(text + used, sizeof text - used, "1 STP\n");
    assert_true(read(text));
    assert_string_equal(messages.all,
                        "w0: the comments before the program are longer than "
                        "1023 characters; the rest of them is left out\n");
    assert_int_equal(strlen(program.head), HEAD_SIZE - 1);
    assert_int_equal(program.head[HEAD_SIZE - 2], '\n');
    memset(text, 'x', 2000);
    text[0] = ';';
    memcpy(text + 2000, "\n1 STP", 7);
    assert_true(read(text));
    assert_int_equal(messages.warnings, 1);
    assert_int_equal(strlen(program.head), HEAD_SIZE - 1);
}

static void test_directives(void **state)
{
    (void)state;
    read_quietly("; a-start 0x10\n; ci-start -1\n; Title\n1 STP\n");
    assert_int_equal(program.a, 16);
    assert_int_equal(program.ci, UINT32_MAX);
    assert_string_equal(program.head, "Title\n");
    read_quietly("; ci-start is where it begins\n; ci-start\n1 STP\n");
    assert_string_equal(program.head,
                        "ci-start is where it begins\nci-start\n");
    assert_int_equal(program.ci, 0);
}

static const struct {
    const char *text;
    const char *said;
} doubtful[] = {
    {"5\n1 STP\n2 STP\n", "w1: the count is 5, but the number of lines is 2\n"},
    {"99999999999\n1 STP\n",
     "w1: the count is 4294967295, but the number of lines is 1\n"},
    {"1 STP\n2 STP\n1 CMP\n",
     "w3: line 1 was given before; this one replaces it\n"},
    {"1:" STO_10 "\n1 STP\n",
     "w2: line 1 was given before; this one replaces it\n"},
    {"@1 5\n@1 6\n", "w2: line 1 was given before; this one replaces it\n"},
    {"3 1010\n",
     "w1: 4 digits instead of 32; they are used as digits 0 to 3\n"},
    {"3 1\n", "w1: 1 digit instead of 32; it is used as digit 0\n"},
    {"3:0101000000000110000000000000000\n",
     "w1: 31 digits instead of 32; they are used as digits 0 to 30\n"},
    {"3 BNUM 101\n",
     "w1: 3 digits instead of 32; they are used as digits 0 to 2 "
     "(but digits 29 to 31 in emuStudio)\n"},
    {"1 STP foo\n", "w1: \"foo\" is treated as a note; put \";\" before it\n"},
    {"1 LDN 3 4\n", "w1: \"4\" is treated as a note; put \";\" before it\n"},
    {"S:\n101 foo\n",
     "w2: \"foo\" is treated as a note; put \";\" before it\n"},
    {"2005 ;LDN 5\n2 ; x\n",
     "w1: the note says \"LDN 5\", but the word is 2005\n"},
    {"1 16408 ; LDN 23\n",
     "w1: the note says \"LDN 23\", but the word is LDN 24\n"},
    {"1:" STO_10 " ; STO 11\n",
     "w1: the note says \"STO 11\", but the word is STO 10\n"},
    {"1 NUM 5 ; NUM 6\n", "w1: the note says \"NUM 6\", but the word is 5\n"},
    {"1 NUM 0 ; STP\n", "w1: the note says \"STP\", but the word is 0\n"},
    {"1 NUM 5 ; -5,A\n", "w1: the note says \"-5,A\", but the word is 5\n"},
    /* These do not differ, or are no instructions. */
    {"1 16408 ; LDN 24\n2 40965 ; SUB 5\n3 57351 ; STP\n4 5 ; NUM 5\n"
     "5 NUM 0 ; stop\n6 NUM 0 ; LDN 5 later\n7 NUM 0 ; 6\n8 LDN 5 ; SUB 5\n",
     ""},
};

static void test_warnings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
        if (!read(doubtful[i].text))
            fail_msg("\"%s\": %s", doubtful[i].text, messages.all);
        assert_string_equal(messages.all, doubtful[i].said);
    }
}

/* Words that are instructions only if digit 31 comes first. */
#define MOST_1 "00000000000000000100000000000101"
#define MOST_2 "00000000000000001000000000000110"
#define LEAST  "00011000000000100000000000000000"

static void test_digit_order(void **state)
{
    (void)state;
    assert_true(read(MOST_1 "\n" MOST_2 "\n"));
    check_lines({0, 0x4005}, {1, 0x8006});
    assert_non_null(
        strstr(messages.all, "most significant digits are read first"));
    /* One word may be in the other order by chance. */
    assert_true(read(MOST_1 "\n"));
    check_lines({0, 0xA0020000});
    /* More than four such words are needed for each in the usual order. */
    assert_true(read(MOST_1 "\n" MOST_2 "\n" LEAST "\n"));
    check_lines({0, 0xA0020000}, {1, 0x60010000}, {2, 0x4018});
    /* A .snp has a count, and its order is known. */
    assert_true(read("2\n0:" MOST_1 "\n1:" MOST_2 "\n"));
    check_lines({0, 0xA0020000}, {1, 0x60010000});
}

static void test_groups(void **state)
{
    (void)state;
    assert_true(read("1: 00011 00000 00001 00000 00000 00000 00 LDN 24\n"
                     "2 0001100 0000000 1000000 0000000 0000\n"));
    check_lines({1, 0x4018}, {2, 0x4018});
    assert_int_equal(messages.warnings, 0);
    assert_true(read("0 0 0 1 1 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 "
                     "0 0 0 0\n"));
    check_lines({0, 0x4018});
    /* Digits that are not 32 in all are digits and a number. */
    assert_true(read("1: 00011 1\n"));
    check_lines({1, 1});
}

static void test_memory_images(void **state)
{
    (void)state;
    read_quietly("v3.0 hex words addressed\n00: 1 2\n1E: 3 4\n");
    check_lines({0, 1}, {1, 2}, {30, 3}, {31, 4});
    read_quietly("v2.0 raw\n# comment\n2*a 30*0 5*0\n");
    check_lines({0, 10}, {1, 10});
    read_quietly("@1E\n0000000a\n@3 0000e000 00000010\n");
    check_lines({30, 10}, {3, 0xE000}, {4, 16});
    read_quietly("memory_initialization_radix = 10;\n"
                 "memory_initialization_vector = 7, 4294967295,\n8;\n");
    check_lines({0, 7}, {1, UINT32_MAX}, {2, 8});
    assert_true(read("00000010\n00000011\n"));
    check_lines({0, 10}, {1, 11});
    assert_int_equal(messages.warnings, 1);
}

/* Values are read as SIMH's SSEM reads them. */
static void test_scripts(void **state)
{
    (void)state;
    read_quietly("; Sum\nreset\nd 0-31 0\nd -m 1 LDN 28 ; first\n"
                 "dep cpu 2 4018\nDEPOSIT 3 101\nd -d 4 -5\nd -d 5,7-8 10\n"
                 "d -h 6 10\nd 9:10 STOP\nd A 12\nd CI 3\nex 0-31\n");
    check_lines({1, 0x401C}, {2, 0x4018}, {3, 5}, {4, 0xFFFFFFFB}, {5, 10},
                {6, 16}, {7, 10}, {8, 10}, {9, 0xE000}, {10, 0xE000});
    assert_int_equal(program.a, 0x12);
    assert_int_equal(program.ci, 3);
    assert_int_equal(program.numbers, 0xFFFFFFFF & ~0x606u);
    assert_string_equal(program.head, "Sum\n");
    assert_string_equal(program.note[1], "first");
    read_quietly("d all 0x16404\ngo\n");
    assert_int_equal(program.store[31], 0x16404);
    assert_int_equal(program.ci, 0);
    read_quietly("D 1 11000\nrun 7\n");
    assert_int_equal(program.store[1], 3);
    assert_int_equal(program.ci, 7);
    assert_true(read("d 1 5\nd 1-2 6\n"));
    assert_int_equal(messages.warnings, 1);
}

/* Text pasted from pages has other minus signs and blanks. */
static void test_pasted(void **state)
{
    (void)state;
    read_quietly("1\xC2\xA0NUM\xC2\xA0\xE2\x88\x92"
                 "3 ; \xE2\x80\x93\n2 NUM \xE2\x80\x93"
                 "4\n");
    check_lines({1, 0xFFFFFFFD}, {2, 0xFFFFFFFC});
    assert_string_equal(program.note[1], "?");
    assert_true(read("\xC2\xA0X: LDN Y\n\xC2\xA0Y: NUM 1 more\n"));
    check_lines({0, 0x4001}, {1, 1});
    assert_string_equal(program.note[1], "Y: more");
}

static void test_notations_of_the_time(void **state)
{
    (void)state;
    read_quietly("1 -24,A\n2 a,26\n3 c+20,C\n4 a-27,A\n5: 25,C\n6 Test\n"
                 "7 Stop\n8 10 , C ; ten\n");
    check_lines({1, 0x4018}, {2, 0x601A}, {3, 0x2014}, {4, 0x801B}, {5, 25},
                {6, 0xC000}, {7, 0xE000}, {8, 10});
    assert_int_equal(program.numbers, 0);
    assert_string_equal(program.note[8], "ten");
    /* Of 1948, without line numbers. */
    assert_true(read("0,Cl\n-24,C\nc,26\nAdd 20,Cl\nSub. 27\n25,Cl\nTest\n"
                     "Stop\nSUB 3\n"));
    check_lines({1, 0x4018}, {2, 0x601A}, {3, 0x2014}, {4, 0x801B}, {5, 25},
                {6, 0xC000}, {7, 0xE000}, {8, 0x8003});
    /* Each alone in its row is no number. */
    read_quietly("0,C\n-24,A\n11,C\n");
    check_lines({1, 0x4018}, {2, 11});
    /* After a name, and after digits. */
    assert_true(read("go: -3,A\n1:" LEAST " -23,A\n"));
    check_lines({0, 0x4003}, {1, 0x4017});
    assert_non_null(strstr(messages.all, "the digits mean LDN 24, but the text "
                                         "means LDN 23; the text is used"));
}

#define NAME_31 "a234567890123456789012345678901"

static void test_names(void **state)
{
    (void)state;
    assert_true(read("VAR 0\nStart: LDN pears ; first\nloop:\n JMP Back\n"
                     "Pears: NUM -7 ; seven\nBACK: EJA loop\nx: NUM x\n"));
    check_lines({1, 0x4003}, {2, 4}, {3, 0xFFFFFFF9}, {4, 1}, {5, 5});
    assert_int_equal(program.ci, 0);
    assert_int_equal(program.numbers, 0x39);
    assert_string_equal(program.note[1], "first");
    assert_string_equal(program.note[2], "loop:");
    assert_string_equal(program.note[3], "Pears: seven");
    assert_string_equal(messages.all,
                        "w0: 5 names; control starts at line 1\n");
    /* Both names of a line lead to it, and are in the note. */
    assert_true(read("a:\nb: STP\n1 LDN a\n2 LDN b\n"));
    check_lines({0, 0xE000}, {1, 0x4000}, {2, 0x4000});
    assert_string_equal(program.note[0], "a: b:");
    assert_false(read("STP\nLDN end\nend:\n"));
    assert_string_equal(messages.all, "e2: none of the lines 0 to 31 is named "
                                      "\"end\"\n");
    assert_true(read("STP\nend:\n"));
    assert_non_null(strstr(messages.all, "no word follows the name \"end\""));
    assert_true(read(NAME_31 ": STP\n"));
    assert_false(read(NAME_31 "2: STP\n"));
    assert_string_equal(messages.all,
                        "e1: \"a2345678901234567890...\" is too long for a "
                        "name, which has at most 31 characters\n");
}

/* The operand of JMP is the line that holds the destination. */
static void test_jump_to_a_name(void **state)
{
    (void)state;
    assert_true(read("JMP 0\nloop: LDN 5\nJMP loop\nJRP back\n"
                     "back: NUM -3\n"));
    assert_string_equal(messages.all,
                        "w0: line 2 jumps by what line 1 holds, LDN 5, not to "
                        "line 1\nw0: 2 names; control starts at line 1\n");
}

static void test_start_of_source(void **state)
{
    static const struct {
        const char *text;
        uint32_t ci;
        const char *says;
    } rows[] = {
        {"JMP 0\nSTP\n", 0, ""},
        {"VAR 5\nSTP\n", 0, ""},
        {"LDN 1\nSTP\n", 31, "w0: control starts at line 0\n"},
        {"0 LDN 1\n1 STP\n", 0, ""},
        {"ci-start 4\nLDN 1\n", 4, "w0: control starts at line 5\n"},
        {"VAR 0\nSTP\nSTART: STP\n", 1, "w0: control starts at line 2\n"},
        {"START: LDN 1\n", 31, "w0: control starts at line 0\n"},
        {"START:\n7 STP\n", 6, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(read(rows[i].text));
        if (program.ci != rows[i].ci || strcmp(messages.all, rows[i].says) != 0)
            fail_msg("\"%s\": %u, %s", rows[i].text, program.ci, messages.all);
    }
}

static void test_numbers_alone(void **state)
{
    (void)state;
    read_quietly("05:\n  STP\nSTP\n9\n12 NUM 3\n");
    check_lines({5, 0xE000}, {6, 0xE000}, {12, 3});
    assert_int_equal(program.numbers, 0x1200);
}

static void test_most_names(void **state)
{
    char text[4096] = "";

    (void)state;
    for (unsigned i = 0; i < NAMES_MAX; i++)
        sprintf(text + strlen(text), "n%u:%s\n", i, i % 2 ? " STP" : "");
    assert_true(read(text));
    strcat(text, "n: STP\n");
    assert_false(read(text));
    assert_string_equal(messages.all, "e65: there are more than 64 names\n");
}

static void test_later_line_counts(void **state)
{
    (void)state;
    assert_true(read("1 NUM 5 ; first\n1 STP ; second\n2 STP ; x\n2 STP\n"));
    check_lines({1, 0xE000}, {2, 0xE000});
    assert_int_equal(program.numbers, 0);
    assert_string_equal(program.note[1], "second");
    assert_string_equal(program.note[2], "");
}

#define INSTRUCTIONS "; use JMP, JRP, LDN, STO, SUB, CMP, STP or NUM\n"

#define OTHER                                                                  \
    " is an instruction of other machines; the Baby has JMP, JRP, LDN, STO, "  \
    "SUB, CMP and STP\n"
#define DIRECTIVE                                                              \
    " is a directive of another assembler; data here is NUM, BINS or EJA\n"

#define BEGIN                                                                  \
    " is not a line number (0 to 31); begin with a line number, as in "        \
    "\"3 LDN 24\"\n"

#define STORE "; the store has lines 0 to 31\n"

#define ASCII "; if this is a comment, put \";\" before it\n"

static const struct {
    const char *text;
    const char *said;
} wrong[] = {
    {"", "e0: the file contains no program: it is empty\n"},
    {"\xEF\xBB\xBF\r\n \t\n",
     "e0: the file contains no program: it is empty\n"},
    {"; one\n# two\n", "e0: the file contains no program: only comments\n"},
    {"5\n", "e0: the file contains no program: only a count\n"},
    {"S:\n",
     "e0: the file contains no program: no line of the store is given\n"},
    {"start:\n",
     "e0: the file contains no program: no line of the store is given\n"},
    {"# x\n@3\n",
     "e0: the file contains no program: no line of the store is given\n"},
    {"1 STP\n32 STP\n", "e2: line 32 does not exist" STORE},
    {"40:" ZEROS "\n", "e1: line 40 does not exist" STORE},
    {"99999999999999999999999 STP\n",
     "e1: line 99999999999999999999... does not exist" STORE},
    {"@32 5\n", "e1: line 32 does not exist" STORE},
    {"@x 5\n", "e1: line x does not exist" STORE},
    {"@\n", "e1: \"@\" needs a line number (0 to 31)\n"},
    {"1:0" ZEROS "\n", "e1: 33 digits are too many; a line has 32\n"},
    {"0" ZEROS "\n" ZEROS "\n", "e1: 33 digits are too many; a line has 32\n"},
    {"S:\n0" ZEROS "\n", "e2: 33 digits are too many; a line has 32\n"},
    {"1 LDM 5\n", "e1: there is no instruction \"LDM\"" INSTRUCTIONS},
    {"1 add 5\n", "e1: \"add\"" OTHER},
    {"1 24,A\n", "e1: \"24,A\" is neither n,C (1951) nor n,Cl (1948)\n"},
    {"-24,A\nc,26\n",
     "e2: this is the notation of 1948, but text line 1 has that of 1951; C is "
     "the accumulator in 1948, and control in 1951\n"},
    {"1 Sub. 3\n2 Stop\n3 25,C\n",
     "e3: this is the notation of 1951, but text line 1 has that of 1948; C is "
     "the accumulator in 1948, and control in 1951\n"},
    {"( Add 20,Cl\n", "e1: \"(\"" BEGIN},
    {"x -24,C\n", "e1: a name needs a colon, as in \"x: -24,C ...\"\n"},
    {"1 LDN\n", "e1: LDN needs a line number (0 to 31)\n"},
    {"1 LDN ; 5\n", "e1: LDN needs a line number (0 to 31)\n"},
    {"1 LDN start\n", "e1: LDN needs a line number (0 to 31), not \"start\"\n"},
    {"1 JMP 32\n", "e1: line 32 does not exist" STORE},
    {"1 NUM\n", "e1: NUM needs a number, as in NUM -3\n"},
    {"1 NUM 99999999999\n", "e1: 99999999999 does not fit in a line "
                            "(-2147483648 to 4294967295)\n"},
    {"5\n99999999999\n", "e2: 99999999999 does not fit in a line "
                         "(-2147483648 to 4294967295)\n"},
    {"1 BINS 12\n", "e1: BINS needs 32 binary digits, not \"12\"\n"},
    {"loop LDN 3\n", "e1: a name needs a colon, as in \"loop: LDN ...\"\n"},
    {"loop : x\n", "e1: there is no instruction \"x\"" INSTRUCTIONS},
    {"  ORG 1\n", "e1: \"ORG\"" DIRECTIVE},
    {"one EQU 1\n", "e1: \"EQU\"" DIRECTIVE},
    {"x: LDP #4\n", "e1: \"LDP\"" OTHER},
    {"add MACRO\n",
     "e1: \"MACRO\" is the beginning of a macro; macros are not supported\n"},
    {"x: LDN 3\nLDN #4\n", "e2: the Baby has no immediate operands (#4); put "
                           "the number in a line of the store\n"},
    {"x: LDN y\n", "e1: no line is named \"y\"\n"},
    {"x: LDN x+1\n",
     "e1: LDN needs a line number (0 to 31) or a name, not \"x+1\"\n"},
    {"x: STP\nX: STP\n", "e2: \"X\" is already the name of line 0\n"},
    {"31 STP\nSTP\n", "e2: there is no room for more: the word before this "
                      "one is in line 31, the last line\n"},
    {"v2.0 raw\n1ffffffff\n",
     "e2: a word must have 32 bits at most, in figures of base 16\n"},
    {"v2.0 raw\nxyz\n",
     "e2: a word must have 32 bits at most, in figures of base 16\n"},
    {"v2.0 raw\n33*1\n", "e2: there is no room for more: the word before this "
                         "one is in line 31, the last line\n"},
    {"v2.0 raw\n*\n",
     "e2: a word must have 32 bits at most, in figures of base 10\n"},
    {"v2.0 raw\n@20 1\n", "e2: there is no room for more: the word before this "
                          "one is in line 31, the last line\n"},
    {"d 1 -5\n",
     "e1: without -d, SIMH reads hexadecimal numbers, not \"-5\"\n"},
    {"d -d 1 x\n", "e1: -d needs a decimal number, not \"x\"\n"},
    {"d -q 1 5\n",
     "e1: the switch \"-q\" is not supported; use -d, -h or -m\n"},
    {"d 3-1 5\n", "e1: lines 3 to 1 are in the wrong order\n"},
    {"d 32 5\n", "e1: line 32 does not exist" STORE},
    {"d ci 32\n", "e1: line 32 does not exist" STORE},
    {"d -m 1 LDN\n", "e1: LDN needs a line number (0 to 31)\n"},
    {"d 1 5\ngo x\n", "e2: line x does not exist" STORE},
    {"d 1 5\nd 2\n",
     "e2: \"d\" needs a line and a value, as in \"d -d 3 5\"\n"},
    {"d 1 5\nload x.st\n",
     "e2: \"load\" reads another file; open that instead\n"},
    {"d 1 5\n3 STP\n",
     "e2: \"3\" is not a command that a script for SIMH may have here\n"},
    {"hello world\n", "e1: \"hello\"" BEGIN},
    {"12x STP\n", "e1: \"12x\"" BEGIN},
    {"-1 STP\n", "e1: \"-1\"" BEGIN},
    {": STP\n", "e1: \":\"" BEGIN},
    {"S:\n012\n", "e2: \"012\" is not a string of binary digits\n"},
    {ZEROS "\n42\n", "e2: \"42\" is not a string of binary digits\n"},
    {"A:\n1\n1\n", "e3: there is no room for more: tube A has only 1 line\n"},
    {"C:\n1\n1\n1\n",
     "e4: there is no room for more: tube C has only 2 lines\n"},
    {"S31:\n1\n1\n", "e3: there is no room for more: the word before this "
                     "one is in line 31, the last line\n"},
    {"@31 1 2\n", "e1: there is no room for more: the word before this "
                  "one is in line 31, the last line\n"},
    {"@1 foo\n",
     "e1: \"foo\" is not a number; write numbers as in -3 or 0x1F\n"},
    {"1 STP\n2 \x07STP\n",
     "e2: this is not a text file: it contains the byte 0x07\n"},
    {"1 NUM \xE2\x88\x93"
     "3\n",
     "e1: there is a non-ASCII character (byte 0xe2)" ASCII},
    {"1 STP \x7F\n", "e1: there is a non-ASCII character (byte 0x7f)" ASCII},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (read(wrong[i].text))
            fail_msg("\"%s\" should be refused", wrong[i].text);
        assert_string_equal(messages.all, wrong[i].said);
    }
}

#define ST_SIZE 136

/* A .st file with A = -5, CI = 0x01020304, LDN 24, 24, and -1. */
static void test_simh(void **state)
{
    static const uint32_t expected[][2] = {
        {0, 0x4018}, {1, 24}, {31, UINT32_MAX}};
    static const char st[ST_SIZE] = {
        [0] = -5,   [1] = -1,   [2] = -1,   [3] = -1, /* accumulator */
        [4] = 4,    [5] = 3,    [6] = 2,    [7] = 1,
        [8] = 0x18, [9] = 0x40, [12] = 24, /* lines 0 and 1 */
        [132] = -1, [133] = -1, [134] = -1, [135] = -1};

    (void)state;
    assert_true(read_bytes(st, sizeof st));
    assert_int_equal(messages.warnings, 0);
    check_store(expected, 3);
    assert_int_equal(program.a, (uint32_t)-5);
    assert_int_equal(program.ci, 0x01020304);
    assert_int_equal(program.numbers, ~1u);
    assert_string_equal(program.head, "");
    assert_false(read_bytes(st, sizeof st - 1));
}

/* Other files that have the size of a .st file must not be mistaken for one. */
static void test_simh_or_text(void **state)
{
    static const uint32_t stop[][2] = {{1, 0xE000}};
    char text[ST_SIZE + 1];

    (void)state;
    snprintf(text, sizeof text, "%-*s\n", ST_SIZE - 1, "1 STP");
    assert_int_equal(strlen(text), ST_SIZE);
    read_quietly(text);
    check_store(stop, 1);
    text[7] = 1;
    assert_false(read(text));
    assert_string_equal(messages.all,
                        "e1: this is not a text file: it contains "
                        "the byte 0x01\n");
    for (size_t i = 0; i < ST_SIZE; i += 2) {
        text[i] = '1';
        text[i + 1] = '\0';
    }
    memcpy(text, "\xFF\xFE", 2);
    assert_false(read_bytes(text, ST_SIZE));
    assert_non_null(strstr(messages.all, "UTF-16"));
    memmove(text + 3, text + 2, ST_SIZE - 3);
    memcpy(text, "\xFE\xFF", 3);
    assert_false(read_bytes(text, ST_SIZE));
    assert_non_null(strstr(messages.all, "UTF-16"));
}

static void test_not_text(void **state)
{
    static const char words[137] = {1};
    static const char wide[] = "\xFF\xFE"
                               "1\0 \0S\0T\0P\0";

    (void)state;
    assert_false(read_bytes(words, sizeof words));
    assert_string_equal(
        messages.all,
        "e1: this is not a text file: it contains the byte 0x01\n");
    assert_false(read_bytes("; a\0b\n1 STP", 11));
    assert_string_equal(
        messages.all,
        "e1: this is not a text file: it contains the byte 0x00\n");
    assert_false(read_bytes(wide, sizeof wide - 1));
    assert_string_equal(messages.all,
                        "e1: this looks like UTF-16; save it as plain text\n");
    assert_false(
        program_read(&program, NULL, 0,
                     &(struct reader_report){receive_message,
                                             &(struct messages){.errors = 0}}));
}

static char large[FILE_MAX + 1];

/* Fills the buffer with SIZE bytes that repeat ROW and end with a Stop. */
static void fill_large(const char *row, size_t size)
{
    static const char end[] = "\n1 STP\n";
    size_t length = strlen(row), last = size - (sizeof end - 1);

    for (size_t i = 0; i < last; i++)
        large[i] = row[i % length];
    memcpy(large + last, end, sizeof end - 1);
}

static void test_largest_file(void **state)
{
    char *beyond = malloc(1);

    (void)state;
    fill_large("; a comment\n", FILE_MAX);
    assert_true(read_bytes(large, FILE_MAX));
    assert_int_equal(program.store[1], 0xE000);
    fill_large("; a comment\n", FILE_MAX + 1);
    assert_false(read_bytes(large, FILE_MAX + 1));
    assert_string_equal(messages.all,
                        "e0: the file has 65537 bytes, but the maximum is "
                        "65536\n");
    /* The file must be rejected by its size, without reading it. */
    assert_false(program_read(&program, beyond, 10 * FILE_MAX, NULL));
    assert_false(program_read(&program, beyond, SIZE_MAX, NULL));
    free(beyond);
}

/* A slice must not read more than its budget of bytes and one row. */
static void test_slices(void **state)
{
    static const char *const rows[] = {
        "; a comment\n", "\n", ";", "3 LDN 4 ; note\n", " \t\n", "\r",
    };
    static const size_t bytes[] = {1, 128, 4096};
    static struct reader reader;

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (unsigned j = 0; j < 3; j++) {
            size_t seen = 0;

            fill_large(rows[i], FILE_MAX);
            reader_start(&reader, large, FILE_MAX, NULL);
            for (bool more = true; more;) {
                const char *from = reader.lines.at;

                more = reader_slice(&reader, bytes[j]);
                /* The reader may have returned to the beginning of the file. */
                size_t moved = (size_t)(reader.lines.at - from) % FILE_MAX;

                assert_true(moved <= bytes[j] + ROW_MAX + 2);
                assert_true(moved >= bytes[j] || !more ||
                            reader.lines.at == large);
                seen += moved;
            }
            assert_true(reader.good);
            assert_int_equal(reader.program.store[1], 0xE000);
            assert_true(seen > FILE_MAX);
        }
}

static void test_slices_do_not_change_result(void **state)
{
    static const char text[] = "; Title\n; by Ann\n3\n1 LDN 24 ; note\n"
                               "2 0110 STO 6\n2 STP\n";
    static struct reader reader;

    (void)state;
    assert_true(read(text));
    for (size_t bytes = 1; bytes < sizeof text; bytes++) {
        struct messages before = messages;
        const struct reader_report report = {receive_message, &messages};

        memset(&messages, 0, sizeof messages);
        reader_start(&reader, text, strlen(text), &report);
        while (reader_slice(&reader, bytes))
            continue;
        assert_true(reader.good);
        assert_memory_equal(&reader.program, &program, sizeof program);
        assert_string_equal(messages.all, before.all);
    }
}

static void test_longest_row(void **state)
{
    char text[2 * ROW_MAX];

    (void)state;
    for (size_t blanks = ROW_MAX - 6; blanks < ROW_MAX; blanks++) {
        snprintf(text, sizeof text, "2%*s\n1 STP\n", (int)blanks, "STP");
        assert_int_equal(read(text), blanks < ROW_MAX);
        snprintf(text, sizeof text, "2%*sSTP\n1 STP\n", (int)blanks, "");
        assert_int_equal(read(text), blanks + 4 <= ROW_MAX);
    }
    assert_string_equal(messages.all,
                        "e1: this text line is too long: it has more than "
                        "1024 characters and no comment\n");
}

/* The longest possible row of a program's head must be read back as one row. */
static void test_longest_row_of_the_head(void **state)
{
    static char text[2 * HEAD_SIZE], buffer[ASM_SIZE];
    struct strbuf again = strbuf_begin(buffer, sizeof buffer);
    struct program first;

    (void)state;
    snprintf(text, sizeof text, ";%0*d\n1 STP\n", HEAD_SIZE - 2, 0);
    read_quietly(text);
    first = program;
    program_write_asm(&again, &program);
    read_quietly(buffer);
    assert_string_equal(program.head, first.head);
    /* A row must be left out if only blanks of it fit. */
    snprintf(text, sizeof text, ";%0*d\n;%30s\n1 STP\n", HEAD_SIZE - 20, 0,
             "x");
    assert_true(read(text));
    assert_int_equal(strlen(program.head), HEAD_SIZE - 20 + 1);
}

/* The rest of a long comment is still a comment, whatever it contains. */
static void test_long_comment(void **state)
{
    char text[4 * ROW_MAX + 20];

    (void)state;
    for (size_t blanks = ROW_MAX - 20; blanks < 3 * ROW_MAX; blanks++) {
        snprintf(text, sizeof text, "1 STP ;%*s2 LDN 3\n3 STP\n", (int)blanks,
                 "");
        read_quietly(text);
        assert_int_equal(program.store[2], 0);
        assert_int_equal(program.store[3], 0xE000);
    }
    snprintf(text, sizeof text, ";%*s\n3 FOO\n", 3 * ROW_MAX, "x");
    assert_false(read(text));
    assert_memory_equal(messages.all, "e2: ", 4);
    snprintf(text, sizeof text, "1 STP ;%*s\n", ROW_MAX + 9, "\x01");
    assert_true(read(text));
}

static void test_too_many_bare_lines(void **state)
{
    char text[40 * 40] = "";

    (void)state;
    for (unsigned i = 0; i < LINES; i++)
        strcat(text, STO_10 "\n");
    read_quietly(text);
    assert_int_equal(program.store[31], 0x600A);
    strcat(text, STO_10 "\n");
    assert_false(read(text));
    assert_string_equal(messages.all,
                        "e33: there is no room for more: the word before "
                        "this one is in line 31, the last line\n");
}

static void test_warnings_precede_error(void **state)
{
    (void)state;
    assert_false(read("1 STP x\n2 LDN\n3 STP y\n"));
    assert_string_equal(messages.all,
                        "w1: \"x\" is treated as a note; put \";\" before it\n"
                        "e2: LDN needs a line number (0 to 31)\n");
}

static const char *const samples[] = {
    "; Title\n; ci-start -1\n3\n1 STO 10 ; \xC3\xA9t\xC3\xA9\n2 STP x\n"
    "10 BINS 101\nstart:\n11 NUM L0b101\n12 0xFFh\n",
    "\xEF\xBB\xBF"
    "3\r\n0001:" STO_10 " STO 11\r\n0002: " STP_0 "\r\r\n10 -- x\r\n1 101",
    "A:\n1\nC:\n1\n1\n# x\nS22:\n" STO_10 "\n101 // y\n",
    "# ci-start 3\n@1 0x600a # x\n57344 -3\nci-start 4\n@31 5",
    STO_10 " LDM 3\n" STP_0 "\n3",
    "0\n-3\n0x1F\n99\n",
    "04 START\n5 LDN 20\nloop: JMP 3\nLDN\n",
};

#define SAMPLES (sizeof samples / sizeof samples[0])

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t size = 0; size <= strlen(samples[i]); size++)
            read_bytes(samples[i], size);
}

/* A program must not change when it is written and read back. */
static void check_again(void)
{
    char first[ASM_SIZE];
    char second[ASM_SIZE];
    struct strbuf text = strbuf_begin(first, sizeof first);
    struct program once = program;

    program_write_asm(&text, &program);
    assert_false(text.cut);
    /* A note may be an instruction by chance. */
    if (!read(first) || (messages.warnings > 0 &&
                         strstr(messages.all, "the note says") == NULL))
        fail_msg("\"%.200s\": %s", first, messages.all);
    for (unsigned line = 0; line < LINES; line++)
        if (!instruction_is_plain(once.store[line]))
            once.numbers |= UINT32_C(1) << line;
    assert_memory_equal(&once, &program, sizeof once);
    text = strbuf_begin(second, sizeof second);
    program_write_asm(&text, &program);
    assert_string_equal(first, second);
}

static void test_random_changes(void **state)
{
    unsigned good = 0;

    (void)state;
    srand(1948);
    for (int i = 0; i < 60000; i++) {
        char text[512];
        const char *sample = samples[(size_t)rand() % SAMPLES];
        size_t size = strlen(sample);

        memcpy(text, sample, size);
        for (int j = rand() % 4; j >= 0; j--) {
            static const char some[] = "019:;#@-/ \n\rSTOJMPLDNxhb\t";
            size_t at = (size_t)rand() % size;

            text[at] = (char)(rand() % 8 == 0
                                  ? (char)(rand() % 256)
                                  : some[(size_t)rand() % (sizeof some - 1)]);
        }
        if (read_bytes(text, size)) {
            good++;
            check_again();
        }
    }
    assert_true(good > 1000);
}

static void test_random_bytes(void **state)
{
    (void)state;
    srand(1949);
    for (int i = 0; i < 20000; i++) {
        char text[64];
        size_t size = (size_t)rand() % sizeof text;

        for (size_t j = 0; j < size; j++)
            text[j] = (char)(rand() % 256);
        read_bytes(text, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listings_of_1948),
        cmocka_unit_test(test_words_of_1948),
        cmocka_unit_test(test_sharp_asm),
        cmocka_unit_test(test_mame_snp),
        cmocka_unit_test(test_mdm),
        cmocka_unit_test(test_emustudio),
        cmocka_unit_test(test_start_label),
        cmocka_unit_test(test_nevynuk),
        cmocka_unit_test(test_pfaivre_and_babyutils),
        cmocka_unit_test(test_bare_digits),
        cmocka_unit_test(test_bare_words),
        cmocka_unit_test(test_store_files),
        cmocka_unit_test(test_gobaby_and_bdwalton),
        cmocka_unit_test(test_lecture_listing),
        cmocka_unit_test(test_misread_mnemonics),
        cmocka_unit_test(test_digits_and_words),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_head_comments),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_long_head),
        cmocka_unit_test(test_directives),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_notations_of_the_time),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_jump_to_a_name),
        cmocka_unit_test(test_start_of_source),
        cmocka_unit_test(test_numbers_alone),
        cmocka_unit_test(test_most_names),
        cmocka_unit_test(test_digit_order),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_memory_images),
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_pasted),
        cmocka_unit_test(test_later_line_counts),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_simh),
        cmocka_unit_test(test_simh_or_text),
        cmocka_unit_test(test_not_text),
        cmocka_unit_test(test_largest_file),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_slices_do_not_change_result),
        cmocka_unit_test(test_longest_row),
        cmocka_unit_test(test_longest_row_of_the_head),
        cmocka_unit_test(test_long_comment),
        cmocka_unit_test(test_too_many_bare_lines),
        cmocka_unit_test(test_warnings_precede_error),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_random_changes),
        cmocka_unit_test(test_random_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
