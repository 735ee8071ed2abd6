/* SPDX-License-Identifier: MIT */
/*
 * Compares the file reader with that of commit 914a9f6, an earlier one without
 * the assembler and memory images: each file that it accepted must be read as
 * before, except for the files in a table.  What it made of several thousand
 * files is recorded in tests/data/reader/recorded.txt:
 *
 *     file NAME HASH            a file, and the hash of its bytes
 *     - WORDS:TEXTS - ...       the results of its mutants 0 to MUTANTS - 1;
 *                               "-" is a refused one
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/lib/whole.h"
#include "tests/lib/reader_result.h"

#define RECORDING "tests/data/reader/recorded.txt"
#define RECORD    "run tests/data/reader/record.sh"

/* Why a file is read in another way than before. */
enum reason {
    REASON_GROUPS,
    REASON_MOST_FIRST,
    REASON_CUT_OFF,
    REASON_LONG_ROW,
    REASONS
};

static const char *const reasons[REASONS] = {
    [REASON_GROUPS] = "digits in groups were read as a short word and a note",
    [REASON_MOST_FIRST] = "the most significant digit comes first",
    [REASON_CUT_OFF] = "a count and fewer entries at the end of a .snp are "
                       "another program of a log, which is cut off",
    [REASON_LONG_ROW] = "a comment of more than 1024 bytes is continued in "
                        "another row of the head",
};

#define ALL      UINT_MAX
#define CORPUS   "tests/fuzz/corpus/reader/"
#define SEEDS    "tests/fuzz/corpus/reader.tar/"
#define DIALECTS "tests/conformance/dialects/"

/* Files that are read in another way than before. */
static const struct exception {
    const char *file;
    unsigned number; /* of the mutant, or ALL */
    enum reason reason;
} exceptions[] = {
    {DIALECTS "digits_in_groups.txt", ALL, REASON_GROUPS},
    {DIALECTS "most_significant_first.mif", ALL, REASON_MOST_FIRST},
    {CORPUS "long-head", ALL, REASON_LONG_ROW},
    {"tests/data/july1948.snp", 125, REASON_GROUPS},
    {CORPUS "hcf-snp", 67, REASON_CUT_OFF},
    {CORPUS "june1948-snp", 26, REASON_CUT_OFF},
    {CORPUS "bare-digits", 31, REASON_GROUPS},
    {CORPUS "bare-digits", 55, REASON_GROUPS},
};

#define EXCEPTIONS (sizeof exceptions / sizeof exceptions[0])

static bool met[EXCEPTIONS];

static struct {
    unsigned accepted, new, exceptions, failed;
} counts;

static bool is_exception(const char *file, unsigned number)
{
    for (size_t i = 0; i < EXCEPTIONS; i++)
        if ((exceptions[i].number == number || exceptions[i].number == ALL) &&
            strcmp(exceptions[i].file, file) == 0) {
            met[i] = true;
            counts.exceptions++;
            return true;
        }
    return false;
}

static char error[SENTENCE_SIZE + 32];

static void keep_error(void *context, bool is_error, unsigned row,
                       const char *sentence)
{
    (void)context;
    if (is_error)
        snprintf(error, sizeof error, "row %u: %s", row, sentence);
}

static struct reader_result read_mutant(const struct mutant *mutant)
{
    const struct reader_report report = {keep_error, NULL};
    static struct reader reader;
    struct reader_result result;

    reader_start(&reader, mutant->text, mutant->size, &report);
    while (reader_slice(&reader, FILE_MAX))
        continue;
    if (!reader.good)
        return (struct reader_result){.accepted = false};
    result = result_of(&reader.program);
    if (reader.is_state)
        result_add_state(&result, &reader.snapshot.machine,
                         &reader.snapshot.controls, reader.snapshot.hung,
                         (uint64_t[]){reader.snapshot.uncounted,
                                      reader.snapshot.machine_us});
    return result;
}

/* Prints a file that is read differently, as a row for `exceptions`. */
static void complain(const char *file, unsigned number,
                     const struct mutant *mutant,
                     const struct reader_result *is,
                     const struct reader_result *was)
{
    counts.failed++;
    fprintf(stderr, "    {\"%s\", %u, REASON_},\n", file, number);
    if (!is->accepted)
        fprintf(stderr, "is refused, but was accepted: %s\n", error);
    if (is->accepted && is->words != was->words)
        fprintf(stderr, "has other words\n");
    if (is->accepted && is->texts != was->texts)
        fprintf(stderr, "has other notes or comments\n");
    fprintf(stderr, "--\n%.*s\n--\n", (int)mutant->size, mutant->text);
}

static void compare(const char *file, unsigned number,
                    const struct mutant *mutant,
                    const struct reader_result *was)
{
    const struct reader_result is = read_mutant(mutant);

    counts.accepted += was->accepted;
    counts.new += !was->accepted &&is.accepted;
    if (!was->accepted ||
        (is.accepted && is.words == was->words && is.texts == was->texts))
        return;
    if (!is_exception(file, number))
        complain(file, number, mutant, &is, was);
}

/* Reads the next result from the recording. */
static struct reader_result next_result(FILE *recording)
{
    struct reader_result result = {.accepted = true};
    char word[32];

    assert_int_equal(fscanf(recording, "%31s", word), 1);
    if (strcmp(word, "-") == 0)
        return (struct reader_result){.accepted = false};
    assert_int_equal(sscanf(word, "%8x:%8x", &result.words, &result.texts), 2);
    return result;
}

/* Compares the mutants of a file.  Returns false at the end of the recording.
 */
static bool compare_file(FILE *recording)
{
    static struct mutant original, mutant;
    char name[256];
    unsigned hash;

    if (fscanf(recording, " file %255s %8x", name, &hash) != 2)
        return false;
    if (!read_original(&original, name) ||
        hash_bytes(HASH_START, original.text, original.size) != hash)
        fail_msg("%s has changed: " RECORD, name);
    for (unsigned number = 0; number < MUTANTS; number++) {
        const struct reader_result was = next_result(recording);

        make_mutant(&mutant, &original, name, number);
        compare(name, number, &mutant, &was);
    }
    return true;
}

static void test_files_are_read_as_before(void **state)
{
    FILE *recording = fopen(RECORDING, "r");
    unsigned files = 0;

    (void)state;
    assert_non_null(recording);
    assert_int_equal(fscanf(recording, "#%*[^\n]\n#%*[^\n]\n"), 0);
    while (compare_file(recording))
        files++;
    assert_true(feof(recording));
    fclose(recording);
    printf("%u files: %u were accepted, %u others are now; %u exceptions\n",
           files * MUTANTS, counts.accepted, counts.new, counts.exceptions);
    assert_true(counts.accepted >= 2000);
    assert_int_equal(counts.failed, 0);
}

/* Runs after the test above. */
static void test_each_exception_is_needed(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXCEPTIONS; i++) {
        assert_non_null(reasons[exceptions[i].reason]);
        if (!met[i])
            fail_msg("%s, %u is read as before: delete it from `exceptions`",
                     exceptions[i].file, exceptions[i].number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_are_read_as_before),
        cmocka_unit_test(test_each_exception_is_needed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
