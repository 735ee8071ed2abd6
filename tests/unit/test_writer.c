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
static char buffer[NAMES_SIZE];

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

/* ---- With names ---- */

static void ignore_warning(void *context, bool error, unsigned line,
                           const char *sentence)
{
    if (error)
        ignore_message(context, error, line, sentence);
}

static void read_names_back(struct program *into)
{
    const struct reader_report report = {ignore_warning, NULL};

    assert_true(program_read(into, buffer, strlen(buffer), &report));
}

static void check_names(const char *text)
{
    struct program again;

    write(program_write_names, &program);
    assert_string_equal(buffer, text);
    read_names_back(&again);
    assert_memory_equal(again.store, program.store, sizeof again.store);
    assert_memory_equal(again.note, program.note, sizeof again.note);
    assert_string_equal(again.head, program.head);
    assert_int_equal(again.a, program.a);
    assert_int_equal(again.ci, program.ci);
}

static void read_listing(const char *path)
{
    static char text[ASM_SIZE];
    const struct reader_report report = {ignore_message, NULL};
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    assert_true(program_read(&program, text, fread(text, 1, sizeof text, file),
                             &report));
    fclose(file);
}

static void test_names_july_1948(void **state)
{
    (void)state;
    read_listing("tests/data/july1948.asm");
    strcpy(program.note[13], "the factor is in line 27");
    strcpy(program.note[23], "MINUS_A: what is factorized");
    strcpy(program.note[26], "B: the remainder");
    check_names("; Highest factor of 2^18, as of 18 July 1948\n"
                "         VAR 0\n"
                "         LDN 24\n"
                "         STO B\n"
                "         LDN B\n"
                "         STO 27\n"
                "         LDN MINUS_A\n"
                "         SUB 27\n"
                "         CMP\n"
                "         JRP 20\n"
                "         SUB B\n"
                "         STO 25\n"
                "         LDN 25\n"
                "         CMP\n"
                "         STP         ; the factor is in line 27\n"
                "         LDN B\n"
                "         SUB 21\n"
                "         STO 27\n"
                "         LDN 27\n"
                "         STO B\n"
                "         JMP 22\n"
                "         VAR -3\n"
                "         VAR 1\n"
                "         VAR 4\n"
                "MINUS_A: VAR -262144 ; what is factorized\n"
                "         VAR 262143\n"
                "         VAR 0\n"
                "B:       VAR 0       ; the remainder\n");
}

/* Notes of line 2, and the rows of STO 2 and of line 2. */
static const struct {
    const char *note, *rows;
} labels[] = {
    {"PEARS: x", "        STO PEARS\n"
                 "PEARS:  STP             ; x\n"},
    {"pears2:", "        STO pears2\n"
                "pears2: STP\n"},
    {"END: x", "        STO END\n"
               "END:    STP             ; x\n"},
    {"A1h: x", "        STO A1h\n"
               "A1h:    STP             ; x\n"},
    {"L0b11: x", "        STO L0b11\n"
                 "L0b11:  STP             ; x\n"},
    {"_: LDN 5", "        STO _\n"
                 "_:      STP             ; LDN 5\n"},
    {"START: x", "        STO 2\n"
                 "        STP             ; START: x\n"},
    {"Stop: x", "        STO 2\n"
                "        STP             ; Stop: x\n"},
    {"NUM: x", "        STO 2\n"
               "        STP             ; NUM: x\n"},
    {".x: x", "        STO 2\n"
              "        STP             ; .x: x\n"},
    {"$x: x", "        STO 2\n"
              "        STP             ; $x: x\n"},
    {"2x: x", "        STO 2\n"
              "        STP             ; 2x: x\n"},
    {"x", "        STO 2\n"
          "        STP             ; x\n"},
    {"two words: x", "        STO 2\n"
                     "        STP             ; two words: x\n"},
    {"PEARS:x", "        STO 2\n"
                "        STP             ; PEARS:x\n"},
    {"PEARS : x", "        STO 2\n"
                  "        STP             ; PEARS : x\n"},
    {"PEARS:  x", "        STO 2\n"
                  "        STP             ; PEARS:  x\n"},
    {"PEARS :", "        STO 2\n"
                "        STP             ; PEARS :\n"},
    {"seven: x", "        STO 2\n"
                 "        STP             ; seven: x\n"},
    {"name_of_more_than_31_characters_: x",
     "        STO 2\n"
     "        STP             ; name_of_more_than_31_characters_: x\n"},
};

static void test_names_as_labels(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        char text[200];

        program_clear(&program);
        program.store[1] = 0x6002;
        program.store[2] = 0xE000;
        program.store[3] = 0x80000000;
        strcpy(program.note[2], labels[i].note);
        strcpy(program.note[3], "Seven:x");
        snprintf(text, sizeof text,
                 "        VAR 0\n%s        VAR -2147483648 ; Seven:x\n",
                 labels[i].rows);
        check_names(text);
    }
}

/* The names of two lines, in any case of letters, are labels of neither. */
static void test_names_of_several_lines(void **state)
{
    (void)state;
    program_clear(&program);
    program.store[1] = 0x6003;
    strcpy(program.note[2], "Pears: x");
    strcpy(program.note[3], "PEARS: y");
    check_names("        VAR 0\n        STO 3\n        JMP 0 ; Pears: x\n"
                "        VAR 0 ; PEARS: y\n");
}

/* A zero is JMP 0 only if control can come to it. */
static void test_names_zeros(void **state)
{
    (void)state;
    program_clear(&program);
    program.store[0] = 0xC000; /* CMP */
    program.store[3] = 0x6002; /* STO 2 */
    program.store[5] = 0xE000; /* STP */
    program.store[7] = 7;      /* JMP 7, but a number */
    program.store[9] = 0x4000; /* LDN 0 */
    program.store[11] = 9;     /* JMP 9 */
    program.store[13] = 0xC000;
    program.numbers = 1 << 7 | 1 << 10;
    program.a = 5;
    check_names("; a-start 5\n; ci-start 0\n"
                "        CMP\n"
                "        JMP 0\n"
                "        JMP 0\n"
                "        STO 2\n"
                "        JMP 0\n"
                "        STP\n"
                "        VAR 0\n"
                "        VAR 7\n"
                "        VAR 0\n"
                "        LDN 0\n"
                "        VAR 0\n"
                "        JMP 9\n"
                "        VAR 0\n"
                "        CMP\n"
                "        JMP 0\n"
                "        JMP 0\n");
}

static void test_names_empty(void **state)
{
    (void)state;
    program_clear(&program);
    check_names("        VAR 0\n");
    program.ci = 31;
    check_names("; ci-start 31\n        VAR 0\n");
}

/* Control starts at line 1, as in the program, although line 0 is an
   instruction. */
static void test_names_start(void **state)
{
    (void)state;
    program_clear(&program);
    program.store[0] = 0x4001;
    program.store[1] = 1;
    check_names("; ci-start 0\n        LDN 1\n        JMP 1\n");
    program.ci = 31;
    check_names("; ci-start 31\n        LDN 1\n        JMP 1\n");
    program.ci = 0;
    program.numbers = 1;
    check_names("        VAR 16385\n        JMP 1\n");
}

#define LABELS_MAX 32

/* The labels of a source, and the lines that they stand for. */
static struct {
    char name[LABELS_MAX][NOTE_SIZE];
    unsigned line[LABELS_MAX], count;
} known;

/* Removes the label at the start of ROW, if there is one, and returns the
   rest. */
static const char *skip_label(const char *row, unsigned line)
{
    size_t length = strspn(row, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (length == 0)
        return row;
    assert_int_equal(row[length], ':');
    if (known.count < LABELS_MAX) {
        snprintf(known.name[known.count], NOTE_SIZE, "%.*s", (int)length, row);
        known.line[known.count++] = line;
    }
    return row + length + 1;
}

static uint32_t label_word(const char *mnemonic, const char *operand)
{
    char number[16];

    if (strcmp(mnemonic, "VAR") == 0)
        return sharp_word("NUM", operand);
    for (unsigned i = 0; i < known.count; i++)
        if (strcmp(operand, known.name[i]) == 0) {
            snprintf(number, sizeof number, "%u", known.line[i]);
            operand = number;
        }
    return sharp_word(mnemonic, operand);
}

/* Parses a source as coursework assemblers with labels do, in two passes. */
static void load_by_labels(uint32_t store[LINES])
{
    known.count = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        unsigned line = 0;

        memset(store, 0, LINES * sizeof store[0]);
        for (const char *row = buffer; *row != '\0';
             row += strcspn(row, "\n") + 1) {
            char mnemonic[8] = "", operand[NOTE_SIZE] = "";

            if (*row == ';')
                continue;
            assert_true(line < LINES);
            assert_true(sscanf(skip_label(row, line), " %7[A-Z] %63[^ ;\n]",
                               mnemonic, operand) >= 1);
            store[line++] = pass > 0 ? label_word(mnemonic, operand) : 0;
        }
        assert_true(line > 0);
    }
}

static void test_names_in_another_assembler(void **state)
{
    (void)state;
    srand(1948);
    for (int i = 0; i < 1000; i++) {
        uint32_t store[LINES];

        set_random();
        for (unsigned line = 0; line < LINES; line++)
            if (rand() % 2 != 0)
                snprintf(program.note[line], NOTE_SIZE, "name%d: %d",
                         rand() % 100, rand());
        write(program_write_names, &program);
        load_by_labels(store);
        assert_memory_equal(store, program.store, sizeof store);
    }
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
    assert_true(write(program_write_names, &program) < NAMES_SIZE);
    /* With names, a label widens all rows, and its name all operands. */
    memset(program.note[0], 'n', NAME_SIZE_MAX);
    memcpy(program.note[0] + NAME_SIZE_MAX, ": ", 2);
    for (unsigned line = 0; line < LINES; line++)
        program.store[line] = 0x6000;
    assert_true(write(program_write_names, &program) > 5900);
    assert_true(strlen(buffer) < NAMES_SIZE);
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
    strcpy(program.note[10], "name: note");
    check_cut(program_write_names);
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
        cmocka_unit_test(test_names_july_1948),
        cmocka_unit_test(test_names_as_labels),
        cmocka_unit_test(test_names_of_several_lines),
        cmocka_unit_test(test_names_zeros),
        cmocka_unit_test(test_names_empty),
        cmocka_unit_test(test_names_start),
        cmocka_unit_test(test_names_in_another_assembler),
        cmocka_unit_test(test_directives_in_head),
        cmocka_unit_test(test_odd_notes),
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_cut_at_every_size),
        cmocka_unit_test(test_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
