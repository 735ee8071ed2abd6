/* SPDX-License-Identifier: MIT */
/*
 * Writes random programs in each form, and checks that the file reader makes
 * the same program of the text, except for what the form cannot hold.
 *
 * BABY_WRITTEN is the number of programs, 20,000 by default, and BABY_FIRST the
 * number of the first.  A program depends on its number only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/format/compact.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"
#include "emu/text/mnemonic.h"
#include "tests/lib/whole.h"

/* ---- Random programs ---- */

static struct prng prng;

static uint32_t below(uint32_t limit)
{
    return prng_next(&prng) % limit;
}

/* Beginnings of notes, most of which look like names; `#` is the line.  Those
   that are labels are more likely. */
static const char *const beginnings[] = {
    "L#: ",
    "L#: ",
    "L#: ",
    "L#:",
    "L#:  ",
    "L# :",
    "L# : ",
    "L#  : ",
    "PEARS: ",
    "pears: ",
    "PEARS:",
    "_#: ",
    "x.#: ",
    ".x#: ",
    "$#: ",
    "START: ",
    "Start:",
    "END: ",
    "STP: ",
    "Jmp: ",
    "VAR: ",
    "ADD: ",
    "A1h: ",
    "L0b11: ",
    "DEADBEEF: ",
    "S: ",
    "C:",
    "#: ",
    ": ",
    "two words: ",
    "a-name-with: ",
    "baby: save #",
    "baby: end",
    "baby: state 1",
    "ci-start #",
    "; ",
    "-- ",
    "// ",
    "\"quoted\" ",
    "A_name_of_exactly_31_characters: ",
    "A_name_of_exactly_32_characters_: ",
    "A_name_with_its_note_that_fills_the_63_characters_of_a_note____: ",
};
#define BEGINNINGS (sizeof beginnings / sizeof beginnings[0])

/* Rows of a head that the reader might take for something else. */
static const struct {
    const char *row;
    bool acted_on; /* true if it is written with "; " before it */
} odd_rows[] = {
    {"ci-start 5", true},
    {" CI-start 0x1F", true},
    {"a-start -1", true},
    {"baby: save 3", true},
    {"  Baby: Save", true},
    {"ci-start", false},
    {"ci-start of the program", false},
    {"a-start 1 2", false},
    {"baby: state 1", false},
    {"baby: end", false},
    {"; ci-start 5", false},
    {";", false},
    {"# comment", false},
    {"--", false},
    {"  indented", false},
    {"by Somebody", false},
    {"1 LDN 5", false},
    {"START:", false},
    {"0001:01010000000001100000000000000000", false},
    {"v2.0 raw", false},
    {"32", false},
};
#define ODD_ROWS (sizeof odd_rows / sizeof odd_rows[0])

static struct program program;
static char head_read[HEAD_SIZE]; /* the head that must be read back */

static void add_text(struct strbuf *text, unsigned length)
{
    char random[NOTE_SIZE + 1] = "";

    for (unsigned i = 0; i < length; i++)
        random[i] = (char)(' ' + below('~' - ' ' + 1));
    strbuf_add(text, "%s", random);
}

/* Removes blanks at both ends of TEXT, which the reader does as well. */
static void trim(char *text)
{
    size_t blanks = strspn(text, " "), length = strlen(text);

    while (length > blanks && text[length - 1] == ' ')
        length--;
    memmove(text, text + blanks, length - blanks);
    memset(text + length - blanks, 0, NOTE_SIZE - (length - blanks));
}

/* Adds a beginning with LINE instead of `#`. */
static void add_beginning(struct strbuf *text, const char *beginning,
                          unsigned line)
{
    size_t length = strcspn(beginning, "#");

    strbuf_add(text, "%.*s", (int)length, beginning);
    if (beginning[length] == '#')
        strbuf_add(text, "%u%s", line, beginning + length + 1);
}

static void set_note(char note[NOTE_SIZE], unsigned line)
{
    struct strbuf text = strbuf_begin(note, NOTE_SIZE);

    if (prng_one_in(&prng, 3))
        return;
    if (!prng_one_in(&prng, 4))
        add_beginning(&text, beginnings[below(BEGINNINGS)], line);
    add_text(&text, prng_one_in(&prng, 8) ? NOTE_SIZE : below(12));
    trim(note);
}

/* Adds ROW to both heads. */
static void add_row(struct strbuf *head, struct strbuf *read, const char *row,
                    bool acted_on)
{
    strbuf_add(head, "%s\n", row);
    strbuf_add(read, "%s%s\n", acted_on ? "; " : "", row);
}

static void set_head(void)
{
    struct strbuf head = strbuf_begin(program.head, HEAD_SIZE);
    struct strbuf read = strbuf_begin(head_read, HEAD_SIZE);

    for (unsigned rows = below(6); rows > 0; rows--) {
        char row[NOTE_SIZE];
        struct strbuf text = strbuf_begin(row, sizeof row);
        unsigned odd = below(3 * ODD_ROWS);

        if (odd < ODD_ROWS) {
            add_row(&head, &read, odd_rows[odd].row, odd_rows[odd].acted_on);
            continue;
        }
        if (rows > 1 && head.length > 0 && prng_one_in(&prng, 4)) {
            add_row(&head, &read, "", false);
            add_row(&head, &read, "after an empty row", false);
            continue;
        }
        add_text(&text, below(24));
        trim(row);
        add_row(&head, &read, row[0] != '\0' ? row : "x", false);
    }
}

static uint32_t random_start(void)
{
    switch (below(4)) {
    case 0:
        return prng_next(&prng);
    case 1:
        return below(LINES);
    default:
        return 0;
    }
}

static void set_program(uint64_t number)
{
    prng_seed(&prng, number);
    program_clear(&program);
    memset(head_read, 0, sizeof head_read);
    unsigned end = below(LINES + 1);

    for (unsigned line = 0; line < end; line++) {
        if (!prng_one_in(&prng, 4))
            program.store[line] = random_word(&prng);
        if (prng_one_in(&prng, 8))
            program.store[line] = below(LINES);
        set_note(program.note[line], line);
    }
    program.numbers = prng_next(&prng) & prng_next(&prng);
    if (end < LINES)
        program.numbers &= (UINT32_C(1) << end) - 1;
    program.a = random_start();
    program.ci = random_start();
    set_head();
}

/* ---- Forms ---- */

/* Changes EXPECTED, a copy of the program, to what the form keeps of it.  READ
   is what was read; a mark in it that does not matter is copied. */
typedef void keep(struct program *expected, const struct program *read);

static void drop_texts(struct program *expected)
{
    memset(expected->note, 0, sizeof expected->note);
    memset(expected->head, 0, sizeof expected->head);
}

static void keep_store(struct program *expected, const struct program *read)
{
    drop_texts(expected);
    expected->a = expected->ci = 0;
    expected->numbers = read->numbers;
}

static void keep_machine(struct program *expected, const struct program *read)
{
    (void)read;
    drop_texts(expected);
    expected->ci %= LINES;
    expected->numbers = 0;
    for (unsigned line = 0; line < LINES; line++)
        if (instruction_is_number(expected->store[line]))
            expected->numbers |= UINT32_C(1) << line;
}

static void keep_source(struct program *expected, const struct program *read)
{
    (void)read;
    for (unsigned line = 0; line < LINES; line++)
        if (!instruction_is_plain(expected->store[line]))
            expected->numbers |= UINT32_C(1) << line;
}

static void keep_names(struct program *expected, const struct program *read)
{
    keep_source(expected, read);
    for (unsigned line = 0; line < LINES; line++)
        if (expected->store[line] == 0)
            expected->numbers |= read->numbers & UINT32_C(1) << line;
}

static void keep_all(struct program *expected, const struct program *read)
{
    (void)expected;
    (void)read;
}

static void write_state(struct strbuf *text, const struct program *from)
{
    static struct snapshot snapshot;

    memcpy(snapshot.machine.store, from->store, sizeof from->store);
    snapshot.machine.a = from->a;
    snapshot.machine.ci = from->ci;
    snapshot_file_write(text, &snapshot, from);
}

static const struct form {
    const char *name;
    void (*write)(struct strbuf *text, const struct program *program);
    keep *keep;
    size_t size; /* of a buffer for any program */
} forms[] = {
    {".snp", program_write_snp, keep_store, SNP_SIZE},
    {".asm", program_write_asm, keep_source, ASM_SIZE},
    {".asm with names", program_write_names, keep_names, NAMES_SIZE},
    {"compact text", compact_write_checked, keep_machine, COMPACT_SIZE},
    {"snapshot", write_state, keep_all, SNAPSHOT_FILE_SIZE},
};
#define FORMS (sizeof forms / sizeof forms[0])

/* ---- The test ---- */

static uint64_t number; /* of the current program */
static const struct form *form;
static char text_written[NAMES_SIZE];
static char problem[200]; /* the last error of the reader */

static void receive_message(void *context, bool error, unsigned line,
                            const char *sentence)
{
    (void)context;
    if (error)
        snprintf(problem, sizeof problem, "row %u: %s", line, sentence);
}

static void check(bool good, const char *what, unsigned line)
{
    if (good)
        return;
    print_error("%s\n", text_written);
    fail_msg("program %llu as %s (BABY_FIRST=%llu BABY_WRITTEN=1): %s %u",
             (unsigned long long)number, form->name, (unsigned long long)number,
             what, line);
}

static void check_form(void)
{
    static struct program expected, read;
    const struct reader_report report = {receive_message, NULL};
    struct strbuf text = strbuf_begin(text_written, form->size);

    form->write(&text, &program);
    check(!text.cut && strlen(text_written) == text.length, "size", 0);
    check(program_read(&read, text_written, text.length, &report), problem, 0);
    expected = program;
    memcpy(expected.head, head_read, sizeof expected.head);
    form->keep(&expected, &read);
    for (unsigned line = 0; line < LINES; line++) {
        check(read.store[line] == expected.store[line], "word", line);
        check(memcmp(read.note[line], expected.note[line], NOTE_SIZE) == 0,
              "note", line);
        check(!((read.numbers ^ expected.numbers) >> line & 1), "mark", line);
    }
    check(read.a == expected.a, "A", 0);
    check(read.ci == expected.ci, "CI", 0);
    check(strcmp(read.head, expected.head) == 0, "head", 0);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL ? strtoull(value, NULL, 10) : otherwise;
}

static void test_random_programs(void **state)
{
    uint64_t first = number_from("BABY_FIRST", 1);
    uint64_t count = number_from("BABY_WRITTEN", 20000);

    (void)state;
    for (number = first; number < first + count; number++) {
        set_program(number);
        for (form = forms; form < forms + FORMS; form++)
            check_form();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_programs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
