/* SPDX-License-Identifier: MIT */
/* Tests the text format of saved states, including round trips and errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/format/snapshot_file.h"
#include "tests/lib/whole.h"

#define ROUNDS 2000

static char text_of[SNAPSHOT_FILE_SIZE];
static struct snapshot snapshot;
static struct program program;
static char messages[400];
static unsigned said;

static void receive_message(void *context, bool error, unsigned line,
                            const char *sentence)
{
    (void)context;
    assert_true(sentence[0] != '\0' && strlen(sentence) < 160);
    assert_true(sentence[strlen(sentence) - 1] != '.');
    for (const char *c = sentence; *c != '\0'; c++)
        assert_true(*c >= ' ' && *c <= '~');
    snprintf(messages, sizeof messages, "%c%u: %s", error ? 'e' : 'w', line,
             sentence);
    said++;
}

static size_t write(const struct snapshot *from, const struct program *beside)
{
    struct strbuf text = strbuf_begin(text_of, sizeof text_of);

    snapshot_file_write(&text, from, beside);
    assert_false(text.cut);
    assert_int_equal(text.length, strlen(text_of));
    return text.length;
}

/* Reads a copy of the exact size, and checks that an error changes nothing. */
static bool read_bytes(const char *bytes, size_t size)
{
    static struct snapshot moment_before;
    static struct program program_before;
    const struct reader_report report = {receive_message, NULL};
    char *copy = malloc(size > 0 ? size : 1);
    bool good;

    memcpy(copy, bytes, size);
    messages[0] = '\0';
    said = 0;
    memset(&snapshot, 0x5A, sizeof snapshot);
    memset(&program, 0x5A, sizeof program);
    moment_before = snapshot;
    program_before = program;
    good = state_read(&snapshot, &program, copy, size, &report);
    free(copy);
    if (good)
        return true;
    assert_int_equal(said, 1);
    assert_int_equal(messages[0], 'e');
    assert_memory_equal(&snapshot, &moment_before, sizeof snapshot);
    assert_memory_equal(&program, &program_before, sizeof program);
    return false;
}

static bool read(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void read_quietly(const char *text)
{
    if (!read(text) || said > 0)
        fail_msg("%s\n%s", messages, text);
}

/* Compares field by field, because structure padding may differ. */
static void check_snapshot(const struct snapshot *one,
                           const struct snapshot *other)
{
    const struct machine *a = &one->machine;
    const struct machine *b = &other->machine;

    assert_memory_equal(a->store, b->store, sizeof a->store);
    assert_int_equal(a->a, b->a);
    assert_int_equal(a->ci, b->ci);
    assert_int_equal(a->pi, b->pi);
    assert_int_equal(a->test, b->test);
    assert_int_equal(a->neon, b->neon);
    assert_int_equal(a->ci5, b->ci5);
    assert_int_equal(a->immediate_test, b->immediate_test);
    assert_true(a->prepulses == b->prepulses);
    assert_true(a->instructions == b->instructions);
    assert_int_equal(one->hung, other->hung);
    assert_true(one->uncounted == other->uncounted);
    assert_true(one->machine_us == other->machine_us);
    assert_int_equal(one->controls.stat, other->controls.stat);
    assert_int_equal(one->controls.manual, other->controls.manual);
    assert_int_equal(one->controls.erase, other->controls.erase);
}

/* State of a machine after a Test that set the flip-flop. */
static const struct snapshot sample = {
    .machine = {.store = {[1] = 0x4018, [31] = 0x80000000},
                .a = (uint32_t)-5,
                .ci = 24577,
                .pi = 0xC000,
                .test = true,
                .neon = true,
                .immediate_test = true,
                .prepulses = 1000002,
                .instructions = 1000000},
    .controls = {.stat = 0x6005,
                 .manual = true,
                 .typewriter = 5,
                 .strip = KCC,
                 .kac_dead = true,
                 .erase_corrupts = true,
                 .holds_control = true},
    .uncounted = 3,
    .machine_us = 1440000000,
    .bar_us = 1440,
};

#define ZEROS "00000000000000000000000000000000"
#define SAMPLE_HEAD                                                            \
    "baby: state 1\n; Title\n;\n; more\nA -5\nCI 24577\nPI 49152\nTEST 1\n"    \
    "NEON 1\nHUNG 0\nCI5 0\nIMMEDIATE-TEST 1\nPREPULSES 1000002\n"             \
    "INSTRUCTIONS 1000000\nUNCOUNTED 3\nMICROSECONDS 1440000000\nL 10100\n"    \
    "F 110\nMAN 1\nERASE 0\nNUMBERS 10000000000000000000000000000001\n"        \
    "0000:" ZEROS "\n0001:00011000000000100000000000000000 ; a note; #1\n"

static void write_sample(void)
{
    struct program beside;

    program_clear(&beside);
    beside.store[7] = 7;
    beside.numbers = 0x80000001;
    strcpy(beside.head, "Title\n\nmore\n");
    strcpy(beside.note[1], "a note; #1");
    write(&sample, &beside);
}

static void test_exact_text(void **state)
{
    char expected[SNAPSHOT_FILE_SIZE] = SAMPLE_HEAD;

    (void)state;
    write_sample();
    for (unsigned line = 2; line < 31; line++)
        sprintf(expected + strlen(expected), "%04u:" ZEROS "\n", line);
    strcat(expected, "0031:00000000000000000000000000000001\nbaby: end\n");
    assert_string_equal(text_of, expected);
}

static void test_sample_text(void **state)
{
    (void)state;
    write_sample();
    read_quietly(text_of);
    check_snapshot(&snapshot, &sample);
    /* These fields are not saved, as they belong to the session. */
    assert_int_equal(snapshot.controls.typewriter + snapshot.controls.strip, 0);
    assert_false(snapshot.controls.kac_dead ||
                 snapshot.controls.erase_corrupts ||
                 snapshot.controls.holds_control);
    assert_int_equal(snapshot.bar_us, 0);
    assert_memory_equal(program.store, sample.machine.store,
                        sizeof program.store);
    assert_int_equal(program.a, (uint32_t)-5);
    assert_int_equal(program.ci, 24577);
    assert_int_equal(program.numbers, 0x80000001);
    assert_string_equal(program.head, "Title\n\nmore\n");
    assert_string_equal(program.note[1], "a note; #1");
    assert_string_equal(program.note[2], "");
}

static uint64_t random_count(struct prng *prng)
{
    uint64_t high = prng_one_in(prng, 2) ? prng_next(prng) : 0;

    if (prng_one_in(prng, 8))
        return prng_one_in(prng, 2) ? 0 : UINT64_MAX;
    return high << 32 | prng_next(prng);
}

static void random_state(struct prng *prng, struct snapshot *any,
                         struct program *beside)
{
    struct machine *machine = &any->machine;

    *any = (struct snapshot){.machine = random_machine(prng)};
    if (machine->ci5)
        machine->ci %= LINES;
    machine->neon = prng_one_in(prng, 2);
    machine->prepulses = random_count(prng) >> 1;
    machine->instructions = random_count(prng);
    if (machine->instructions > machine->prepulses)
        machine->instructions = machine->prepulses;
    any->uncounted = prng_one_in(prng, 2) ? machine->instructions : 0;
    any->machine_us = random_count(prng);
    any->hung = prng_one_in(prng, 4);
    any->controls.stat = prng_next(prng) & STATICISOR;
    any->controls.manual = prng_one_in(prng, 2);
    any->controls.erase = prng_one_in(prng, 2);
    program_clear(beside);
    memcpy(beside->store, machine->store, sizeof beside->store);
    beside->a = machine->a;
    beside->ci = machine->ci;
    beside->numbers = prng_next(prng);
    for (unsigned line = 0; line < LINES; line++)
        if (prng_one_in(prng, 3))
            snprintf(beside->note[line], NOTE_SIZE, "A %u; -- # note",
                     (unsigned)prng_next(prng));
    if (prng_one_in(prng, 2))
        snprintf(beside->head, HEAD_SIZE, "A %u\n\n  baby: end\nCI 5\n",
                 (unsigned)prng_next(prng));
}

static void test_round_trip(void **state)
{
    struct prng prng;

    (void)state;
    prng_seed(&prng, 1948);
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct snapshot any;
        struct program beside;

        random_state(&prng, &any, &beside);
        write(&any, &beside);
        read_quietly(text_of);
        check_snapshot(&snapshot, &any);
        assert_memory_equal(&program, &beside, sizeof program);
    }
}

/* The first row must name one of several machines, and still be read. */
static void test_guest(void **state)
{
    static const char first[] = "baby: state 1 ; machine 2 of 5\n; Title\n";
    static const struct program beside = {.head = "Title\n"};
    struct strbuf text = strbuf_begin(text_of, sizeof text_of);

    (void)state;
    snapshot_file_write_guest(&text, &sample, &beside, 2, 5);
    assert_memory_equal(text_of, first, sizeof first - 1);
    read_quietly(text_of);
    check_snapshot(&snapshot, &sample);
    assert_string_equal(program.head, "Title\n");
}

/* The longest possible state must fit in the buffer. */
static void test_longest_text(void **state)
{
    struct snapshot largest;

    (void)state;
    largest = (struct snapshot){
        .machine = {.a = 0x80000000,
                    .ci = UINT32_MAX,
                    .pi = UINT32_MAX,
                    .prepulses = UINT64_MAX,
                    .instructions = UINT64_MAX},
        .uncounted = UINT64_MAX,
        .machine_us = UINT64_MAX,
        .controls.stat = UINT32_MAX,
    };
    largest.hung = largest.controls.manual = largest.controls.erase = true;
    program_clear(&program);
    for (unsigned line = 0; line < LINES; line++)
        memset(program.note[line], 'x', NOTE_SIZE - 1);
    for (size_t i = 0; i < HEAD_SIZE - 1; i++)
        program.head[i] = i % 2 != 0 ? '\n' : 'x';
    write(&largest, &program);
    memset(program.head, '\n', HEAD_SIZE - 1);
    write(&largest, &program);
}

static void test_detection(void **state)
{
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        {"baby: state 1\n", true},
        {"baby: state 2\n", true},
        {"baby: state", true},
        {"\xEF\xBB\xBF Baby:\tSTATE 1 \r\n", true},
        {"baby: state 1 ; of a machine\n", true},
        {"", false},
        {"\n", false},
        {"baby: states\n", false},
        {"baby: batch program=x\n", false},
        {"; baby: state 1\n", false},
        {"1 STP\nbaby: state 1\n", false},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (snapshot_file_is(rows[i].text, strlen(rows[i].text)) != rows[i].is)
            fail_msg("%s", rows[i].text);
    assert_false(snapshot_file_is(NULL, 0));
    assert_false(snapshot_file_is("baby: state 1", 10));
}

/* Returns the sample text with FROM replaced by TO. */
static const char *with(const char *from, const char *to)
{
    static char changed[SNAPSHOT_FILE_SIZE + 200];
    char *at;

    write_sample();
    at = strstr(text_of, from);
    assert_non_null(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text_of), text_of,
             to, at + strlen(from));
    return changed;
}

/* Harmless changes made by mail programs or editors must be accepted. */
static void test_tolerated_changes(void **state)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"baby: end\n", ""},
        {"baby: end\n", "BABY: END  \r\n\r\n;\n"},
        {"A -5\nCI 24577\n", "CI 24577\n\n  a\t4294967291  \n"},
        {"CI 24577", "CI 0x6001 ; hexadecimal"},
        {"NEON 1\n", "neon 1\r\n"},
        {"PREPULSES 1000002", "Prepulses 0001000002"},
        {"0000:", "0 : "},
        {"; Title\n;\n; more\n", "# Title\n//\n-- more\n"},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read_quietly(with(rows[i].from, rows[i].to));
        check_snapshot(&snapshot, &sample);
        assert_string_equal(program.head, "Title\n\nmore\n");
    }
}

static void test_line_ends(void **state)
{
    char wire[2 * SNAPSHOT_FILE_SIZE];
    size_t length = 0;

    (void)state;
    write_sample();
    for (const char *c = text_of; *c != '\0'; c++) {
        if (*c == '\n')
            wire[length++] = '\r';
        wire[length++] = *c;
    }
    wire[length] = '\0';
    read_quietly(wire);
    check_snapshot(&snapshot, &sample);
    assert_string_equal(program.note[1], "a note; #1");
}

static const struct {
    const char *from, *to, *says;
} errors[] = {
    {"state 1", "state 2",
     "e1: this state has version \"2\", but only version 1 is supported"},
    {"state 1", "state", "e1: this state has version \"\", but only"},
    {"baby: state", "baby: batch", "e1: there is no instruction \"batch\""},
    {"A -5", "B -5", "e5: a state has no field called \"B\""},
    {"A -5", "A-5", "e5: a state has no field called \"A-5\""},
    {"A -5\n", "", "e0: A is missing"},
    {"ERASE 0\n", "", "e0: ERASE is missing"},
    {"NUMBERS 10000000000000000000000000000001\n", "",
     "e0: NUMBERS is missing"},
    {"0002:" ZEROS "\n", "", "e0: line 2 of the store is missing"},
    {"CI 24577", "CI 24577\nci 24577", "e7: CI was given before"},
    {"0002:", "0001:", "e24: line 1 was given before"},
    {"0002:", "0032:",
     "e24: line 0032 does not exist; the store has lines 0 to 31"},
    {"0002:0", "0002:", "e24: line 2 must have 32 binary digits, not \"000"},
    {"0002:0", "0002:00", "e24: line 2 must have 32 binary digits, not \"000"},
    {"0002:0", "0002:2", "e24: line 2 must have 32 binary digits, not \"200"},
    {"0002:", "0002 ",
     "e24: a line of the store must be a number, a colon and"},
    {"0002:" ZEROS, "2 STP", "digits, not \"2 STP\""},
    {"0002:" ZEROS, "2:", "e24: line 2 must have 32 binary digits, not \"\""},
    {"A -5", "A",
     "e5: A must be a number from -2147483648 to 4294967295, not \"\""},
    {"A -5", "A five", "not \"five\""},
    {"A -5", "A -5 5", "not \"-5 5\""},
    {"A -5", "A -2147483649", "not \"-2147483649\""},
    {"CI 24577", "CI 4294967296", "e6: CI must be a number from"},
    {"TEST 1", "TEST 2", "e8: TEST must be 0 or 1, not \"2\""},
    {"TEST 1", "TEST", "e8: TEST must be 0 or 1, not \"\""},
    {"HUNG 0", "HUNG 00", "e10: HUNG must be 0 or 1, not \"00\""},
    {"INSTRUCTIONS 1000000", "INSTRUCTIONS -1",
     "e14: INSTRUCTIONS must be a number from 0 to 18446744073709551615, not "
     "\"-1\""},
    {"MICROSECONDS 1440000000", "MICROSECONDS 18446744073709551616",
     "e16: MICROSECONDS must be a number from 0 to"},
    {"UNCOUNTED 3", "UNCOUNTED 0x3", "e15: UNCOUNTED must be a number"},
    {"L 10100", "L 1010", "e17: L must have 5 binary digits, not \"1010\""},
    {"F 110", "F 7", "e18: F must have 3 binary digits, not \"7\""},
    {"CI5 0", "CI5 1", "e0: CI5 is 1, so CI must be from 0 to 31, not 24577"},
    {"PREPULSES 1000002", "PREPULSES 999999",
     "e0: INSTRUCTIONS must not exceed PREPULSES"},
    {"PREPULSES 1000002", "PREPULSES 9223372036854775808",
     "e0: the value of PREPULSES is too large"},
    {"UNCOUNTED 3", "UNCOUNTED 1000001",
     "e0: UNCOUNTED must not exceed INSTRUCTIONS"},
    {"baby: end\n", "baby: end\nbaby: end\n",
     "e55: there is text after \"baby: end\""},
    {"TEST 1", "T\x01", "e8: this is not a text file"},
    {"TEST 1", "T\xC4T 1", "e8: there is a non-ASCII character"},
};

static void test_errors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        assert_false(read(with(errors[i].from, errors[i].to)));
        if (strstr(messages, errors[i].says) == NULL)
            fail_msg("\"%s\"\nis not \"%s\"", messages, errors[i].says);
    }
    assert_false(read_bytes("", 0));
}

/* Data after the end belong to another program, which replaces the state. */
static void test_data_after_the_end(void **state)
{
    static const struct reader_report report = {receive_message, NULL};
    const char *text = with("baby: end\n", "baby: end\n3 NUM 5\n");

    (void)state;
    said = 0;
    snapshot.machine.a = 77;
    assert_false(state_read(&snapshot, &program, text, strlen(text), &report));
    assert_int_equal(said, 1);
    assert_string_equal(messages,
                        "w55: the last of 2 programs in this file starts here; "
                        "the others are left out");
    assert_int_equal(snapshot.machine.a, 77);
    assert_true(program_read(&program, text, strlen(text), NULL));
    assert_int_equal(program.store[3], 5);
    assert_int_equal(program.store[1], 0);
}

static void test_every_prefix(void **state)
{
    size_t size, needed;

    (void)state;
    write_sample();
    size = strlen(text_of);
    needed = size - strlen("\nbaby: end\n");
    for (size_t i = 0; i < size; i++) {
        bool good = read_bytes(text_of, i);

        if (i < needed)
            assert_false(good);
    }
    assert_true(read_bytes(text_of, needed));
}

/* A randomly damaged text must be either read completely or rejected. */
static void test_random_changes(void **state)
{
    struct prng prng;

    (void)state;
    prng_seed(&prng, 1949);
    for (unsigned i = 0; i < ROUNDS; i++) {
        size_t size;

        write_sample();
        size = strlen(text_of);
        for (unsigned j = prng_next(&prng) % 4; j < 5; j++)
            text_of[prng_next(&prng) % size] = (char)prng_next(&prng);
        if (read_bytes(text_of, size)) {
            assert_true(snapshot.uncounted <= snapshot.machine.instructions);
            assert_true(snapshot.machine.instructions <=
                        snapshot.machine.prepulses);
        }
    }
}

/* A file may contain more comments than can be kept. */
static void test_long_head(void **state)
{
    static char text[2 * SNAPSHOT_FILE_SIZE];

    (void)state;
    write_sample();
    strcpy(text, "baby: state 1\n");
    for (unsigned i = 0; i < 100; i++)
        strcat(text, "; a row as long as others are\n");
    strcat(text, text_of + strlen("baby: state 1\n"));
    assert_true(read(text));
    assert_int_equal(said, 1);
    assert_int_equal(strncmp(messages, "w0: the comments before", 23), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_text),
        cmocka_unit_test(test_sample_text),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_guest),
        cmocka_unit_test(test_longest_text),
        cmocka_unit_test(test_detection),
        cmocka_unit_test(test_tolerated_changes),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_data_after_the_end),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_random_changes),
        cmocka_unit_test(test_long_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
