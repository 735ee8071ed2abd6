/* SPDX-License-Identifier: MIT */
/* Tests that the reader finds the last of several programs in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/format/log.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"
#include "tests/lib/whole.h"

#define ROUNDS 1000

static struct reader reader;
static char messages[400];

static void receive_message(void *context, bool error, unsigned line,
                            const char *sentence)
{
    size_t used = strlen(messages);

    (void)context;
    snprintf(messages + used, sizeof messages - used, "%c%u: %s\n",
             error ? 'e' : 'w', line, sentence);
}

/* Reads a copy of the exact size, so that the sanitizer reports any overrun. */
static bool read_in(const char *text, size_t slice)
{
    const struct reader_report report = {receive_message, NULL};
    size_t size = strlen(text);
    char *copy = malloc(size > 0 ? size : 1);

    messages[0] = '\0';
    memcpy(copy, text, size);
    reader_start(&reader, copy, size, &report);
    while (reader_slice(&reader, slice))
        continue;
    free(copy);
    return reader.good;
}

static bool read(const char *text)
{
    return read_in(text, FILE_MAX);
}

#define DIGITS_0 "00000000000000000000000000000000"
#define DIGITS_1 "10000000000000000000000000000000"
#define DIGITS_2 "01000000000000000000000000000000"
#define DIGITS_9 "10010000000000000000000000000000"

#define MARK_1 "; baby: save 1\n"
#define MARK_2 "; baby: save 2\n"
#define END    "baby: end\n"

/* Programs that precede the last one have a 9 in line 9, which must not be left
   in the last one, whose line 1 contains 2. */
#define FIRST     "; First\n2\n1 NUM 1\n9 NUM 9 ; gone\n"
#define FIRST_SNP "2\n0001:" DIGITS_1 "\n0009:" DIGITS_9 "\n"
#define LAST_DATA "2\n1 NUM 2 ; stays\n2 STP\n"
#define LAST      "; Last\n; by Ann\n" LAST_DATA
#define LAST_SNP  "1\n0001:" DIGITS_2 "\n"

static const char *state_with(uint32_t word, uint32_t word_9)
{
    static char text[2][SNAPSHOT_FILE_SIZE];
    static unsigned next;
    struct snapshot snapshot = {.machine = {.ci = word}};
    struct program beside;
    char *at = text[next ^= 1];
    struct strbuf written = strbuf_begin(at, SNAPSHOT_FILE_SIZE);

    program_clear(&beside);
    strcpy(beside.head, "State\n");
    snapshot.machine.store[1] = word;
    snapshot.machine.store[9] = word_9;
    snapshot_file_write(&written, &snapshot, &beside);
    return at;
}

/* Checks that the last of PROGRAMS programs, which starts in ROW, was read. */
static void check_last(const char *text, unsigned programs, unsigned row,
                       const char *head)
{
    static const size_t slices[] = {1, 100, FILE_MAX};
    char warning[120] = "";

    if (programs > 1)
        snprintf(warning, sizeof warning,
                 "w%u: the last of %u programs in this file starts here; the "
                 "others are left out\n",
                 row, programs);
    for (unsigned i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        if (!read_in(text, slices[i]) || strcmp(messages, warning) != 0 ||
            strcmp(reader.program.head, head) != 0 ||
            reader.program.store[1] != 2 || reader.program.store[9] != 0 ||
            reader.program.note[9][0] != '\0')
            fail_msg("%s\n%s", text, messages);
    }
}

static const struct {
    const char *text;
    unsigned programs, row;
    const char *head;
} logs[] = {
    /* one program only */
    {LAST, 1, 0, "Last\nby Ann\n"},
    {MARK_1 LAST, 1, 0, "Last\nby Ann\n"},
    {LAST_SNP, 1, 0, ""},
    {LAST END, 1, 0, "Last\nby Ann\n"},
    {MARK_1 LAST END "\n\n", 1, 0, "Last\nby Ann\n"},
    {LAST_SNP END, 1, 0, ""},
    {"; a count alone\n" LAST_SNP, 1, 0, "a count alone\n"},
    /* .asm with marks */
    {MARK_1 FIRST MARK_2 LAST, 2, 6, "Last\nby Ann\n"},
    {MARK_2 FIRST MARK_1 LAST, 2, 6, "Last\nby Ann\n"},
    {FIRST MARK_1 LAST, 2, 5, "Last\nby Ann\n"},
    {MARK_1 FIRST MARK_2 FIRST MARK_1 LAST, 3, 11, "Last\nby Ann\n"},
    {MARK_1 FIRST MARK_2 LAST_DATA, 2, 6, ""},
    {MARK_1 FIRST "\n\n\t\n" MARK_2 "\n" LAST, 2, 9, "Last\nby Ann\n"},
    {MARK_1 FIRST "# BABY:\tSave 12 of today\n" LAST, 2, 6, "Last\nby Ann\n"},
    {MARK_1 FIRST "--baby: save\r\n" LAST, 2, 6, "Last\nby Ann\n"},
    /* a save that was cancelled after its mark */
    {MARK_1 MARK_2 LAST, 2, 2, "Last\nby Ann\n"},
    /* .snp by counts */
    {FIRST_SNP LAST_SNP, 2, 4, ""},
    {FIRST_SNP FIRST_SNP LAST_SNP, 3, 7, ""},
    {FIRST_SNP "\r\n\r\n" LAST_SNP, 2, 6, ""},
    {FIRST_SNP "; a comment\n" LAST_SNP, 2, 5, ""},
    {"1\n0000:" DIGITS_0 "\n" LAST_SNP, 2, 3, ""},
    {"0\n" LAST_SNP, 2, 2, ""},
    /* mixed */
    {MARK_1 FIRST LAST_SNP, 2, 6, ""},
    {FIRST LAST_SNP, 2, 5, ""},
    {FIRST_SNP MARK_1 LAST, 2, 4, "Last\nby Ann\n"},
    {MARK_1 FIRST FIRST_SNP MARK_2 LAST, 3, 9, "Last\nby Ann\n"},
    {FIRST_SNP MARK_1 FIRST LAST_SNP, 3, 9, ""},
    /* comments before */
    {"; log of COM1\n" MARK_1 LAST, 1, 0, "Last\nby Ann\n"},
    {"; log of COM1\n" MARK_1 FIRST "; more\n" MARK_2 LAST, 2, 8,
     "Last\nby Ann\n"},
    {"; log of COM1\n" FIRST_SNP LAST_SNP, 2, 5, ""},
    /* `baby: end` in the middle */
    {FIRST END LAST_DATA, 2, 6, ""},
    {MARK_1 FIRST END MARK_2 LAST END, 2, 7, "Last\nby Ann\n"},
    {FIRST_SNP END LAST_SNP END, 2, 5, ""},
    {MARK_1 FIRST END LAST_SNP, 2, 7, ""},
    {MARK_1 FIRST "\r\nBaby: END \r\n\r\n" LAST_DATA, 2, 9, ""},
    /* no marks */
    {"; baby: saves 1\n" LAST, 1, 0, "baby: saves 1\nLast\nby Ann\n"},
    {"; my baby: save 1\n" LAST, 1, 0, "my baby: save 1\nLast\nby Ann\n"},
    {"; baby: end\n" LAST, 1, 0, "baby: end\nLast\nby Ann\n"},
    {"2\n1 NUM 2 ; baby: save 1\n2 STP\n", 1, 0, ""},
    {"2\n1 NUM 2 ; baby: end\n2 STP\n", 1, 0, ""},
    {"; Last\n; baby: state 1\n" LAST_DATA, 1, 0, "Last\nbaby: state 1\n"},
};

static void test_programs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof logs / sizeof logs[0]; i++) {
        check_last(logs[i].text, logs[i].programs, logs[i].row, logs[i].head);
        assert_false(reader.is_state);
    }
}

/* A mark must be left out of the head, but a note beside a line is kept. */
static void test_marks_are_no_titles(void **state)
{
    struct library_file file = {"file", MARK_1 LAST, strlen(MARK_1 LAST)};
    struct library_info info;

    (void)state;
    assert_true(read(MARK_1 LAST));
    assert_string_equal(reader.program.head, "Last\nby Ann\n");
    assert_string_equal(reader.program.note[1], "stays");
    assert_true(read("; Last\n1 NUM 2 ; baby: save 1\n" END));
    assert_string_equal(reader.program.note[1], "baby: save 1");
    library_read_info(&file, &info);
    assert_string_equal(info.title, "Last");
    assert_string_equal(info.author, "by Ann");
    file = (struct library_file){"file", MARK_1 "1 STP\n", 21};
    library_read_info(&file, &info);
    assert_string_equal(info.title, "file");
}

/* Reads the given parts as one file, whose last part starts in ROW. */
static void check_parts(const char *const parts[], unsigned programs,
                        unsigned row, bool is_state, const char *head)
{
    static char text[4 * SNAPSHOT_FILE_SIZE];

    text[0] = '\0';
    for (unsigned i = 0; parts[i] != NULL; i++)
        strcat(text, parts[i]);
    check_last(text, programs, row, head);
    assert_int_equal(reader.is_state, is_state);
    if (is_state) {
        assert_int_equal(reader.snapshot.machine.store[1], 2);
        assert_int_equal(reader.snapshot.machine.store[9], 0);
        assert_int_equal(reader.snapshot.machine.ci, 2);
    }
}

#define CHECK_PARTS(programs, row, is_state, head, ...)                        \
    check_parts((const char *const[]){__VA_ARGS__, NULL}, programs, row,       \
                is_state, head)

#define STATE_ROWS 52

static void test_states(void **state)
{
    const char *first = state_with(1, 9), *last = state_with(2, 0);

    (void)state;
    CHECK_PARTS(1, 0, true, "State\n", last);
    CHECK_PARTS(2, STATE_ROWS + 1, true, "State\n", first, last);
    CHECK_PARTS(3, 2 * STATE_ROWS + 1, true, "State\n", first, first, last);
    CHECK_PARTS(2, 6, true, "State\n", MARK_1 FIRST, last);
    CHECK_PARTS(2, 5, true, "State\n", FIRST, last);
    CHECK_PARTS(2, 4, true, "State\n", FIRST_SNP, last);
    CHECK_PARTS(1, 0, true, "State\n", "; log of COM1\n\n", last);
    CHECK_PARTS(2, STATE_ROWS + 1, false, "Last\nby Ann\n", first, MARK_1 LAST);
    CHECK_PARTS(2, STATE_ROWS + 1, false, "", first, LAST_DATA);
    CHECK_PARTS(2, STATE_ROWS + 1, false, "", first, LAST_SNP);
    CHECK_PARTS(4, STATE_ROWS + 6 + 3, true, "State\n", first, MARK_1 FIRST,
                FIRST_SNP, last);
}

/* A state whose end is missing must not be joined with what follows.  A .snp
   cannot be told from the rest of a damaged line. */
static void test_state_cut_off(void **state)
{
    char cut[SNAPSHOT_FILE_SIZE];

    (void)state;
    strcpy(cut, state_with(1, 9));
    *strstr(cut, "0020:") = '\0';
    CHECK_PARTS(2, STATE_ROWS - 12, true, "State\n", cut, state_with(2, 0));
    CHECK_PARTS(2, STATE_ROWS - 12, false, "Last\nby Ann\n", cut, MARK_1 LAST);
    assert_false(read(strcat(cut, LAST_SNP)));
    assert_non_null(strstr(messages, "e40: "));
}

/* An incomplete last program must be reported and not be replaced by the one
   before. */
static void test_last_is_wrong(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {MARK_1 FIRST MARK_2 "; Last\n2\n1 LDN\n", "e9: "},
        {MARK_1 FIRST MARK_2, "e0: the file contains no program"},
        {MARK_1 FIRST MARK_2 "; Last\n", "e0: the file contains no program"},
        {FIRST_SNP "3\n0001:" DIGITS_2 "\n", "w4: the count is 3"},
        {MARK_1 FIRST "baby: state 1\nA 5\n", "e0: CI is missing"},
        {MARK_1 FIRST END "nonsense\n", "e7: "},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read(rows[i].text);
        if (strncmp(messages, "w", 1) != 0 ||
            strstr(messages, "the last of 2 programs") == NULL ||
            strstr(messages, rows[i].says) == NULL)
            fail_msg("%s\n%s", rows[i].text, messages);
        assert_int_equal(reader.good, rows[i].says[0] == 'w');
    }
}

/* An error in a program that is left out must not matter. */
static void test_earlier_is_wrong(void **state)
{
    (void)state;
    check_last(MARK_1 "1 FOO\n9 NUM 9 9\n40 STP\n" MARK_2 LAST, 2, 5,
               "Last\nby Ann\n");
    check_last("3\n0001:" DIGITS_1 "\n0001:" DIGITS_1 "\n" LAST_SNP, 2, 4, "");
}

/* Other formats that contain bare numbers must remain one program. */
static void test_numbers_are_no_counts(void **state)
{
    static const char *const texts[] = {
        "3\n0\n2\n",
        DIGITS_0 "\n" DIGITS_2 "\n" DIGITS_0 "\n",
        "0\n2\n0\n0\n5\n",
        "2\n1 NUM 2\n2 NUM 2\n",
        "1 2\n7 3\n8 -4\n",
        "1\n0001:" DIGITS_2 "\n33\n0002:" DIGITS_2 "\n",
        "1\n0001:" DIGITS_2 "\n010\n0002:" DIGITS_2 "\n",
    };

    (void)state;
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read(texts[i]);
        if (strstr(messages, "programs in this file") != NULL)
            fail_msg("%s\n%s", texts[i], messages);
    }
    assert_true(read("0\n2\n0\n0\n5\n"));
    assert_int_equal(reader.program.store[1], 2);
    assert_int_equal(reader.program.store[4], 5);
}

static void test_words(void **state)
{
    static const struct {
        const char *text;
        bool mark, end;
    } rows[] = {
        {"baby: save 1", true, false},   {" Baby:\tSAVE", true, false},
        {"baby: save x y", true, false}, {"baby:save 1", false, false},
        {"baby save 1", false, false},   {"baby: saved", false, false},
        {"baby:", false, false},         {"", false, false},
        {"baby: end", false, true},      {"BABY:  End", false, true},
        {"baby: ends", false, false},    {"a baby: end", false, false},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct span text = {rows[i].text, strlen(rows[i].text)};

        if (log_is_mark(text) != rows[i].mark ||
            log_is_end(text) != rows[i].end)
            fail_msg("%s", rows[i].text);
    }
}

static void random_program(struct prng *prng, struct program *program)
{
    program_clear(program);
    for (unsigned line = 0; line < LINES; line++) {
        if (prng_one_in(prng, 2))
            program->store[line] = random_word(prng);
        if (prng_one_in(prng, 4))
            snprintf(program->note[line], NOTE_SIZE, "baby: save %u",
                     (unsigned)prng_next(prng));
    }
    program->numbers = prng_next(prng);
    if (prng_one_in(prng, 2))
        snprintf(program->head, HEAD_SIZE, "Title %u\nby Ann\n\nmore\n",
                 (unsigned)prng_next(prng));
}

enum form { FORM_ASM, FORM_NAMES, FORM_SNP, FORM_STATE, FORMS };

static void write_as(struct strbuf *text, enum form form, unsigned number,
                     const struct program *program)
{
    struct snapshot snapshot = {.machine = {.ci = number}};

    memcpy(snapshot.machine.store, program->store, sizeof program->store);
    if (form == FORM_ASM) {
        strbuf_add(text, "; baby: save %u\n", number);
        program_write_asm(text, program);
    } else if (form == FORM_NAMES) {
        strbuf_add(text, "; baby: save %u\n", number);
        program_write_names(text, program);
    } else if (form == FORM_SNP) {
        program_write_snp(text, program);
    } else {
        snapshot_file_write(text, &snapshot, program);
    }
}

/* Whatever the Save page sends in succession, the last must be read. */
static void test_random_logs(void **state)
{
    static char log[FILE_MAX];
    static struct program program;
    struct prng prng;

    (void)state;
    prng_seed(&prng, 1951);
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct strbuf text = strbuf_begin(log, sizeof log);
        unsigned count = 1 + prng_next(&prng) % 5;
        enum form form = FORM_ASM;

        for (unsigned j = 1; j <= count; j++) {
            form = prng_next(&prng) % FORMS;
            random_program(&prng, &program);
            write_as(&text, form, j, &program);
        }
        assert_false(text.cut);
        assert_true(read(log));
        assert_int_equal(reader.log.programs, count);
        assert_int_equal(reader.is_state, form == FORM_STATE);
        assert_memory_equal(reader.program.store, program.store,
                            sizeof program.store);
        if (form == FORM_STATE)
            assert_int_equal(reader.snapshot.machine.ci, count);
        if (form == FORM_SNP)
            continue;
        assert_string_equal(reader.program.head, program.head);
        assert_memory_equal(reader.program.note, program.note,
                            sizeof program.note);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_marks_are_no_titles),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_state_cut_off),
        cmocka_unit_test(test_last_is_wrong),
        cmocka_unit_test(test_earlier_is_wrong),
        cmocka_unit_test(test_numbers_are_no_counts),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_random_logs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
