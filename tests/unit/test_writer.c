/* SPDX-License-Identifier: MIT */
/* Tests the file writers with our own reader and models of other readers. */
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

static struct program program;
static char buffer[ASM_SIZE];

typedef void writer(struct strbuf *text, const struct program *program);

static size_t write(writer *write_it, const struct program *from)
{
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    write_it(&text, from);
    assert_false(text.cut);
    assert_int_equal(text.length, strlen(buffer));
    return text.length;
}

static void ignore_message(void *context, bool error, unsigned line,
                           const char *sentence)
{
    (void)context;
    fail_msg("%s in line %u: %s\n%s", error ? "error" : "warning", line,
             sentence, buffer);
}

static void read_back(struct program *into)
{
    const struct reader_report report = {ignore_message, NULL};

    memset(into, 0x5A, sizeof *into);
    assert_true(program_read(into, buffer, strlen(buffer), &report));
}

/* Sets the sample program: STO 10, STP, and the number 5 in line 10. */
static void set_sample(void)
{
    program_clear(&program);
    program.store[1] = 0x600A;
    program.store[2] = 0xE000;
    program.store[10] = 5;
    program.numbers = 1 << 10;
}

/* Fills the store with random words, few of which are plain instructions. */
static void set_random(void)
{
    program_clear(&program);
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = (uint32_t)rand() << 16 ^ (uint32_t)rand();

        if (rand() % 3 != 0)
            word &= 0xE01F;
        program.store[line] = rand() % 4 != 0 ? word : 0;
        if (rand() % 4 == 0)
            snprintf(program.note[line], NOTE_SIZE, "note -- %d; #%d", rand(),
                     line);
    }
    program.numbers = (uint32_t)rand() << 16 ^ (uint32_t)rand();
    program.a = rand() % 2 != 0 ? (uint32_t)rand() : 0;
    program.ci = rand() % 2 != 0 ? UINT32_MAX - (uint32_t)rand() : 0;
    snprintf(program.head, HEAD_SIZE, "Title %d\n\n  indented; text\n//\n",
             rand());
}

/* Parses a row as MAME does, which drops the character after the line end. */
static bool next_mame_row(const char **at, char row[100])
{
    size_t length = 0;

    if (**at == '\0')
        return false;
    while (**at >= ' ' && length < 99)
        row[length++] = *(*at)++;
    row[length] = '\0';
    *at += strlen(*at) < 2 ? strlen(*at) : 2;
    return true;
}

static void load_as_mame(const char *text, uint32_t store[LINES])
{
    char row[100];
    unsigned count;

    assert_true(next_mame_row(&text, row));
    count = (unsigned)atoi(row);
    assert_true(count >= 1);
    while (count-- > 0) {
        char number[5] = "";
        unsigned line;

        assert_true(next_mame_row(&text, row));
        assert_int_equal(strlen(row), 37);
        memcpy(number, row, 4);
        line = (unsigned)atoi(number);
        assert_true(line < LINES);
        store[line] = 0;
        for (unsigned digit = 0; digit < DIGITS; digit++)
            store[line] |= (uint32_t)(row[5 + digit] == '1') << digit;
    }
    assert_string_equal(text, "");
}

static uint32_t sharp_word(const char *mnemonic, const char *operand)
{
    static const char *const names[] = {"JMP", "JRP", "LDN", "STO",
                                        "SUB", "",    "CMP", "STP"};

    if (strcmp(mnemonic, "NUM") == 0)
        return (uint32_t)strtol(operand, NULL, 10);
    for (uint32_t function = 0; function < 8; function++)
        if (strcmp(mnemonic, names[function]) == 0) {
            unsigned line = function < 6 ? (unsigned)atoi(operand) : 0;

            assert_true(function >= 6 || *operand != '\0');
            assert_true(line < LINES);
            return function << 13 | line;
        }
    fail_msg("Sharp's loader does not know \"%s\"", mnemonic);
    return 0;
}

/* Parses an .asm file in the same way as Sharp's simulator. */
static void load_as_sharp(const char *text, uint32_t store[LINES])
{
    bool counted = false;

    memset(store, 0, LINES * sizeof store[0]);
    while (*text != '\0') {
        char row[200] = "";
        char mnemonic[8] = "";
        char operand[16] = "";
        unsigned line;
        size_t length = strcspn(text, "\n");

        assert_true(length < sizeof row && text[length] == '\n');
        memcpy(row, text, length);
        text += length + 1;
        if (row[0] == ';' || row[0] == '\0')
            continue;
        if (!counted) {
            counted = true;
            assert_int_equal(strspn(row, "0123456789"), strlen(row));
            continue;
        }
        assert_null(strchr(row, '\t'));
        assert_true(sscanf(row, "%u %7s %15s", &line, mnemonic, operand) >= 2);
        assert_true(line < LINES);
        store[line] = sharp_word(mnemonic, operand);
    }
    assert_true(counted);
}

static void test_snp_bytes(void **state)
{
    (void)state;
    set_sample();
    write(program_write_snp, &program);
    assert_string_equal(buffer, "3\r\n"
                                "0001:01010000000001100000000000000000\r\n"
                                "0002:00000000000001110000000000000000\r\n"
                                "0010:10100000000000000000000000000000\r\n");
}

static void test_snp_empty(void **state)
{
    (void)state;
    program_clear(&program);
    program.numbers = UINT32_MAX;
    write(program_write_snp, &program);
    assert_string_equal(buffer,
                        "1\r\n0000:00000000000000000000000000000000\r\n");
}

static void test_snp_in_mame(void **state)
{
    (void)state;
    srand(1948);
    for (int i = 0; i < 300; i++) {
        uint32_t store[LINES] = {0};
        struct program again;

        set_random();
        write(program_write_snp, &program);
        load_as_mame(buffer, store);
        assert_memory_equal(store, program.store, sizeof store);
        read_back(&again);
        assert_memory_equal(again.store, program.store, sizeof store);
    }
}

static void test_asm_bytes(void **state)
{
    (void)state;
    set_sample();
    strcpy(program.head, "Title\n\n  more\n");
    strcpy(program.note[2], "the end");
    strcpy(program.note[12], "the result");
    program.store[20] = 0xFFFFFFFD;
    program.store[21] = 0x8000C005;
    program.numbers |= 1 << 5;
    program.a = 7;
    program.ci = UINT32_MAX;
    write(program_write_asm, &program);
    assert_string_equal(buffer, "; Title\n;\n;   more\n"
                                "; a-start 7\n; ci-start -1\n"
                                "7\n"
                                "1 STO 10\n"
                                "2 STP ; the end\n"
                                "5 NUM 0\n"
                                "10 NUM 5\n"
                                "12 JMP 0 ; the result\n"
                                "20 NUM -3\n"
                                "21 NUM -2147434491\n");
}

static void test_asm_empty(void **state)
{
    struct program again;

    (void)state;
    program_clear(&program);
    write(program_write_asm, &program);
    assert_string_equal(buffer, "0\n");
    read_back(&again);
    assert_memory_equal(&again, &program, sizeof again);
}

static void check_round_trip(void)
{
    struct program again;
    uint32_t store[LINES];

    write(program_write_asm, &program);
    load_as_sharp(buffer, store);
    assert_memory_equal(store, program.store, sizeof store);
    read_back(&again);
    for (unsigned line = 0; line < LINES; line++)
        if (!instruction_is_plain(program.store[line]))
            program.numbers |= UINT32_C(1) << line;
    assert_memory_equal(&again, &program, sizeof again);
}

static void test_asm_round_trip(void **state)
{
    (void)state;
    srand(1948);
    for (int i = 0; i < 1000; i++) {
        set_random();
        check_round_trip();
    }
}

static void test_asm_listings_of_1948(void **state)
{
    static const char *const names[] = {
        "june1948.snp", "july1948.snp", "hcf.snp", "longdiv.snp",
        "june1948.asm", "july1948.asm", "hcf.asm", "longdiv.asm"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct reader_report report = {ignore_message, NULL};
        char path[50];
        FILE *file;
        size_t size;

        snprintf(path, sizeof path, "tests/data/%s", names[i]);
        file = fopen(path, "rb");
        assert_non_null(file);
        size = fread(buffer, 1, sizeof buffer, file);
        fclose(file);
        assert_true(program_read(&program, buffer, size, &report));
        check_round_trip();
    }
}

/* A listing that is read and written again must not change. */
static void test_listing_is_kept(void **state)
{
    char text[ASM_SIZE];
    size_t size;
    FILE *file = fopen("tests/data/july1948.asm", "rb");
    const struct reader_report report = {ignore_message, NULL};

    (void)state;
    assert_non_null(file);
    size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    assert_true(program_read(&program, text, size, &report));
    write(program_write_asm, &program);
    assert_string_equal(buffer, text);
}

/* Rows of the head that the reader would act on are kept as comments. */
static void test_directives_in_head(void **state)
{
    struct program again;

    (void)state;
    set_sample();
    strcpy(program.head,
           "ci-start 5\n a-start 1Fh\nbaby: save 3\nci-start of it\n");
    write(program_write_asm, &program);
    assert_string_equal(buffer, "; ; ci-start 5\n; ;  a-start 1Fh\n"
                                "; ; baby: save 3\n; ci-start of it\n"
                                "3\n1 STO 10\n2 STP\n10 NUM 5\n");
    read_back(&again);
    assert_int_equal(again.ci, 0);
    assert_string_equal(again.head, "; ci-start 5\n;  a-start 1Fh\n"
                                    "; baby: save 3\nci-start of it\n");
    program = again;
    write(program_write_asm, &program);
    read_back(&again);
    assert_memory_equal(&again, &program, sizeof again);
}

/* A note that contains line ends must still be written in one row. */
static void test_odd_notes(void **state)
{
    uint32_t store[LINES];

    (void)state;
    set_sample();
    strcpy(program.note[1], "two\nlines\r\tand \x80");
    memset(program.note[2], 'x', NOTE_SIZE);
    memset(program.head, 'y', HEAD_SIZE);
    write(program_write_asm, &program);
    assert_non_null(strstr(buffer, "1 STO 10 ; two?lines??and ?\n2 STP ; xx"));
    load_as_sharp(strstr(buffer, "\n") + 1, store);
    assert_memory_equal(store, program.store, sizeof store);
}

static void test_largest(void **state)
{
    (void)state;
    program_clear(&program);
    for (unsigned line = 0; line < LINES; line++) {
        program.store[line] = 0x80000000;
        memset(program.note[line], 'x', NOTE_SIZE - 1);
    }
    program.a = program.ci = 0x80000000;
    for (size_t i = 0; i < HEAD_SIZE - 1; i++)
        program.head[i] = i % 2 != 0 ? '\n' : 'x';
    assert_true(write(program_write_asm, &program) < ASM_SIZE);
    memset(program.head, '\n', HEAD_SIZE - 1);
    assert_true(write(program_write_asm, &program) < ASM_SIZE);
    assert_true(write(program_write_snp, &program) < SNP_SIZE);
}

static void check_cut(writer *write_it)
{
    size_t whole = write(write_it, &program);

    for (size_t size = 1; size <= whole + 1; size++) {
        char *small = malloc(size);
        struct strbuf text = strbuf_begin(small, size);

        write_it(&text, &program);
        assert_int_equal(text.cut, size <= whole);
        assert_memory_equal(small, buffer, size - 1);
        assert_int_equal(small[size - 1], '\0');
        free(small);
    }
}

static void test_cut_at_every_size(void **state)
{
    (void)state;
    set_sample();
    strcpy(program.head, "Title\n");
    strcpy(program.note[1], "a note");
    check_cut(program_write_snp);
    check_cut(program_write_asm);
}

static void test_load(void **state)
{
    struct machine machine;
    struct machine expected = {.ci5 = true, .a = 7, .ci = 9};

    (void)state;
    set_sample();
    program.a = 7;
    program.ci = 9;
    memcpy(expected.store, program.store, sizeof expected.store);
    memset(&machine, 0, sizeof machine);
    machine.ci5 = true;
    machine.pi = machine.store[3] = 1;
    machine.neon = machine.test = true;
    machine.prepulses = machine.instructions = 5;
    program_load(&program, &machine);
    assert_memory_equal(machine.store, expected.store, sizeof machine.store);
    assert_int_equal(machine.a, 7);
    assert_int_equal(machine.ci, 9);
    assert_int_equal(machine.pi, 0);
    assert_false(machine.neon || machine.test || machine.immediate_test);
    assert_true(machine.ci5);
    assert_int_equal(machine.prepulses + machine.instructions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_snp_bytes),
        cmocka_unit_test(test_snp_empty),
        cmocka_unit_test(test_snp_in_mame),
        cmocka_unit_test(test_asm_bytes),
        cmocka_unit_test(test_asm_empty),
        cmocka_unit_test(test_asm_round_trip),
        cmocka_unit_test(test_asm_listings_of_1948),
        cmocka_unit_test(test_listing_is_kept),
        cmocka_unit_test(test_directives_in_head),
        cmocka_unit_test(test_odd_notes),
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_cut_at_every_size),
        cmocka_unit_test(test_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
