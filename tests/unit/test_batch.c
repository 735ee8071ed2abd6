/* SPDX-License-Identifier: MIT */
/* Tests batch mode by comparing its whole report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/compact.h"
#include "services/option_parser.h"
#include "emu/machine/instruction_set.h"
#include "emu/format/snapshot_file.h"
#include "services/batch.h"
#include "tests/lib/whole.h"

#define ENGINE "predecoded"

static struct library library;
static struct batch batch;
static char report[1 << 20];
static char expected[1 << 20];
static size_t expected_length;
static char warning[240];
static bool any;

static void add(const char *name, const char *text)
{
    library_add(&library, name, text, strlen(text));
}

static int empty(void **state)
{
    (void)state;
    library.count = 0;
    expected_length = 0;
    return 0;
}

/* Runs the batch to its end and checks that it takes at most TURNS turns. */
static void collect(unsigned turns)
{
    size_t length = 0;

    report[0] = '\0';
    while (batch_turn(&batch)) {
        assert_true(turns-- > 0);
        assert_false(batch.out.cut);
        assert_int_equal(strlen(batch.out.at), batch.out.length);
        assert_true(length + batch.out.length < sizeof report);
        strcpy(report + length, batch.out.at);
        length += batch.out.length;
        batch.out = strbuf_begin(batch.buffer, sizeof batch.buffer);
    }
    assert_int_equal(batch.out.length, 0);
}

/* Runs a batch with the given boot line and number of programs. */
static void run(const char *command, unsigned modules)
{
    struct options options;
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);

    memset(&batch, 0xA5, sizeof batch);
    options_read(&options, command, &warnings);
    any = batch_start(&batch, &options, &library, modules, NULL, &warnings);
    collect(2000);
}

static void expect(const char *text)
{
    size_t length = strlen(text);

    assert_true(expected_length + length < sizeof expected);
    memcpy(expected + expected_length, text, length + 1);
    expected_length += length;
}

/* Appends the expected registers and store contents to the expected report.
   LINES_SET gives the rows of the lines that are not zero, in ascending
   order. */
static void expect_state(const char *registers, const char *lines_set)
{
    expect(registers);
    for (unsigned line = 0; line < 32; line++) {
        char row[48];

        snprintf(row, sizeof row, "%04u:", line);
        if (strncmp(lines_set, row, 5) == 0) {
            snprintf(row, sizeof row, "%.38s", lines_set);
            lines_set += 38;
            expect(row);
        } else {
            expect(row);
            expect("00000000000000000000000000000000\n");
        }
    }
    assert_int_equal(*lines_set, '\0');
    expect("baby: end\n");
}

static void check(void)
{
    assert_string_equal(report, expected);
    expected_length = 0;
}

/* A program that stores -5 in line 6 and stops. */
#define STOPS "1 LDN 5\n2 STO 6\n3 STP\n5 NUM 5\n"
#define STOPS_AT_END                                                           \
    "A -5\nCI 3\nPI 57344\nTEST 0\n",                                          \
        "0001:10100000000000100000000000000000\n"                              \
        "0002:01100000000001100000000000000000\n"                              \
        "0003:00000000000001110000000000000000\n"                              \
        "0005:10100000000000000000000000000000\n"                              \
        "0006:11011111111111111111111111111111\n"

static void test_stop(void **state)
{
    (void)state;
    add("stops.snp", STOPS);
    run("batch", 1);
    expect("baby: batch program=stops.snp engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_true(any);
    assert_false(batch.failed);
}

/* If the run ends after a Test, the report must include the flip-flop. */
static void test_flip_flop(void **state)
{
    (void)state;
    add("test", "1 LDN 4\n2 CMP\n3 STP\n4 NUM 1\n");
    run("batch limit=2", 1);
    expect("baby: batch program=test engine=" ENGINE
           " instructions=2 end=limit\n");
    expect_state("A -1\nCI 2\nPI 49152\nTEST 1\n",
                 "0001:00100000000000100000000000000000\n"
                 "0002:00000000000000110000000000000000\n"
                 "0003:00000000000001110000000000000000\n"
                 "0004:10000000000000000000000000000000\n");
    check();
}

/* A program that loops forever in line 1. */
#define LOOPS        "0 NUM 0\n1 JMP 0\n"
#define LOOPS_AT_END "A 0\nCI 0\nPI 0\nTEST 0\n", ""

static const char *const limits[] = {"1",    "1023",   "1024",   "1025",
                                     "2048", "123457", "1000000"};

static void test_limit(void **state)
{
    (void)state;
    add("loops", LOOPS);
    for (unsigned i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        char command[40], first[120];

        snprintf(command, sizeof command, "batch limit=%s", limits[i]);
        run(command, 1);
        snprintf(first, sizeof first,
                 "baby: batch program=loops engine=" ENGINE
                 " instructions=%s end=limit\n",
                 limits[i]);
        expect(first);
        expect_state(LOOPS_AT_END);
        check();
        assert_false(batch.failed);
    }
}

/* Every turn except the first must take at most 50 ms.  The first takes 102 ms
   on the slowest PC, which needs 100 us per instruction. */
static void test_turns(void **state)
{
    static const uint32_t ns[] = {5, 300, 10000, 100000};
    struct options options;
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);

    (void)state;
    for (unsigned i = 0; i < 20; i++)
        add("stops", STOPS);
    add("loops", LOOPS);
    for (unsigned i = 0; i < sizeof ns / sizeof *ns; i++) {
        options_read(&options, "batch limit=20000000", &warnings);
        batch_start(&batch, &options, &library, 21, NULL, &warnings);
        while (batch.next < 20 || batch.machine.instructions < 1000000) {
            uint64_t before = batch.machine.instructions, did;

            if (batch.slice > 1024)
                assert_true(batch.slice * (uint64_t)ns[i] <= 50000000);
            assert_true(batch_turn(&batch));
            did = batch.machine.instructions - before;
            batch_took(&batch, did <= batch.slice ? did * ns[i] / 1000 : 1);
            batch.out = strbuf_begin(batch.buffer, sizeof batch.buffer);
        }
    }
}

/* A Stop must be reported even if it is the last instruction allowed. */
static void test_stop_as_last_instruction(void **state)
{
    (void)state;
    add("stops", STOPS);
    run("batch limit=3", 1);
    expect("baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    run("batch limit=18446744073709551615", 1);
    expect("baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
}

/* A program that hangs because it sets the function digits of CI. */
#define HANGS "1 LDN 3\n2 JMP 4\n3 NUM 5\n4 NUM 24576\n"
#define HANGS_STORE                                                            \
    "0001:11000000000000100000000000000000\n"                                  \
    "0002:00100000000000000000000000000000\n"                                  \
    "0003:10100000000000000000000000000000\n"                                  \
    "0004:00000000000001100000000000000000\n"

static void test_hung(void **state)
{
    (void)state;
    add("hangs", HANGS);
    run("batch", 1);
    expect("baby: batch program=hangs engine=" ENGINE
           " instructions=2 end=hung\n");
    expect_state("A -5\nCI 24577\nPI 4\nTEST 0\n", HANGS_STORE);
    check();
    assert_false(batch.failed);
}

static void test_hang_after_limit(void **state)
{
    (void)state;
    add("hangs", HANGS);
    run("batch limit=2", 1);
    expect("baby: batch program=hangs engine=" ENGINE
           " instructions=2 end=limit\n");
    expect_state("A -5\nCI 24576\nPI 4\nTEST 0\n", HANGS_STORE);
    check();
    run("batch limit=3", 1);
    assert_non_null(strstr(report, "instructions=2 end=hung\n"));
}

static void test_ci5(void **state)
{
    (void)state;
    add("hangs", HANGS);
    run("batch ci5 limit=1000", 1);
    expect("baby: batch program=hangs engine=" ENGINE
           " instructions=1000 end=limit\n");
    expect_state("A -5\nCI 0\nPI 4\nTEST 0\n", HANGS_STORE);
    check();
}

static void test_error(void **state)
{
    (void)state;
    add("broken.asm", "1 LDN 1\n2 LDN 99\n3 STP\n");
    run("batch", 1);
    expect("baby: error broken.asm:2: line 99 does not exist; "
           "the store has lines 0 to 31\n");
    check();
    assert_true(any);
    assert_true(batch.failed);
}

static void test_empty_module(void **state)
{
    (void)state;
    library_add(&library, "module-1", NULL, 0);
    run("batch", 1);
    expect(
        "baby: error module-1:0: the file contains no program: it is empty\n");
    check();
    assert_true(batch.failed);
}

static void test_warning(void **state)
{
    (void)state;
    add("doubtful", "5\n" STOPS);
    run("batch", 1);
    expect("baby: warning doubtful:1: the count is 5, but the number of lines "
           "is 4\n"
           "baby: batch program=doubtful engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_false(batch.failed);
}

static unsigned count_of(const char *text)
{
    unsigned count = 0;

    for (const char *at = report; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

/* A large number of warnings must neither truncate the report nor hide the
 * error. */
static void test_many_warnings(void **state)
{
    static char text[40000];

    (void)state;
    text[0] = '\0';
    for (unsigned i = 0; i < 1000; i++)
        strcat(text, "1 101 ; x\n1 STP\n");
    add("many", text);
    run("batch", 1);
    assert_int_equal(count_of("baby: warning many:"), 51);
    assert_int_equal(count_of("baby: warning many:0: 2949 more warnings\n"), 1);
    assert_int_equal(count_of("baby: end\n"), 1);
    assert_false(batch.failed);
    strcat(text, "3 FOO\n");
    library.count = 0;
    add("many", text);
    run("batch", 1);
    assert_int_equal(count_of("baby: warning many:"), 50);
    assert_int_equal(count_of("baby: error many:2001: "), 1);
    assert_true(batch.failed);
}

/* Each program must start on a cleared machine. */
static void test_several_modules(void **state)
{
    (void)state;
    add("stops", STOPS);
    add("broken", "0 what is this\n");
    add("loops", LOOPS);
    add("hangs", HANGS);
    add("again", STOPS);
    add("builtin_library", LOOPS);
    run("batch limit=70000", 5);
    expect("baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    expect("baby: error broken:1: there is no instruction \"what\"; "
           "use JMP, JRP, LDN, STO, SUB, CMP, STP or NUM\n");
    expect("baby: batch program=loops engine=" ENGINE
           " instructions=70000 end=limit\n");
    expect_state(LOOPS_AT_END);
    expect("baby: batch program=hangs engine=" ENGINE
           " instructions=2 end=hung\n");
    expect_state("A -5\nCI 24577\nPI 4\nTEST 0\n", HANGS_STORE);
    expect("baby: batch program=again engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_true(batch.failed);
}

static void test_512_modules(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 512; i++)
        add("stops", STOPS);
    run("batch", 512);
    for (unsigned i = 0; i < 512; i++) {
        expect("baby: batch program=stops engine=" ENGINE
               " instructions=3 end=stop\n");
        expect_state(STOPS_AT_END);
    }
    check();
    assert_false(batch.failed);
}

static void test_no_modules(void **state)
{
    (void)state;
    add("builtin_library", LOOPS);
    run("batch", 0);
    expect("baby: error boot:0: batch has nothing to run; it needs modules, "
           "program=NAME or store=TEXT\n");
    check();
    assert_false(any);
    assert_true(batch.failed);
    assert_string_equal(warning, "batch has nothing to run; it needs "
                                 "modules, program=NAME or "
                                 "store=TEXT");
}

static void test_by_name(void **state)
{
    (void)state;
    add("loops", LOOPS);
    add("stops.asm", STOPS);
    run("batch program=stops", 0);
    expect("baby: batch program=stops.asm engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_true(any);
    assert_false(batch.failed);
    run("batch program=nothere", 0);
    expect("baby: error boot:0: batch: there is no program called "
           "\"nothere\"\n");
    check();
    assert_false(any);
    assert_true(batch.failed);
}

static void test_boot_line_warnings(void **state)
{
    (void)state;
    add("stops", STOPS);
    run("batch color", 1);
    expect("baby: warning boot:0: boot option \"color\" is unknown\n"
           "baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_false(batch.failed);
}

/* Returns the state of the program STOPS after COUNT instructions. */
static struct snapshot breakpoints_at(unsigned count)
{
    static struct program program;
    struct snapshot snapshot = {.controls = controls_normal};

    assert_true(program_read(&program, STOPS, strlen(STOPS), NULL));
    program_load(&program, &snapshot.machine);
    while (count-- > 0)
        prepulse(&snapshot.machine, &controls_normal);
    return snapshot;
}

static void add_state(const char *name, const struct snapshot *snapshot)
{
    static char texts[4][SNAPSHOT_FILE_SIZE];
    static struct program beside;
    struct strbuf text = strbuf_begin(texts[library.count], SNAPSHOT_FILE_SIZE);

    assert_true(library.count < 4);
    snapshot_file_write(&text, snapshot, &beside);
    add(name, text.at);
}

/* A saved state must continue with its own instruction count. */
static void test_state(void **state)
{
    (void)state;
    for (unsigned count = 0; count <= 3; count++) {
        struct snapshot snapshot = breakpoints_at(count);

        library.count = 0;
        add_state("saved", &snapshot);
        run("batch", 1);
        expect("baby: batch program=saved engine=" ENGINE
               " instructions=3 end=stop\n");
        expect_state(STOPS_AT_END);
        check();
        assert_false(batch.failed);
    }
}

static void test_state_and_limit(void **state)
{
    struct snapshot snapshot = breakpoints_at(2);

    (void)state;
    add_state("saved", &snapshot);
    for (unsigned limit = 1; limit <= 2; limit++) {
        run(limit == 1 ? "batch limit=1" : "batch limit=2", 1);
        assert_non_null(strstr(report, " instructions=2 end=limit\n"));
        assert_non_null(strstr(report, "A -5\nCI 2\n"));
    }
    run("batch limit=3", 1);
    assert_non_null(strstr(report, " instructions=3 end=stop\n"));
}

/* A state saved while the machine was hung must not execute anything. */
static void test_state_hung(void **state)
{
    struct snapshot snapshot = {.machine = {.ci = 24577, .prepulses = 1},
                                .controls = controls_normal,
                                .hung = true};

    (void)state;
    add_state("saved", &snapshot);
    add("stops", STOPS);
    run("batch", 2);
    expect("baby: batch program=saved engine=" ENGINE
           " instructions=0 end=hung\n");
    expect_state("A 0\nCI 24577\nPI 0\nTEST 0\n", "");
    expect("baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
}

/* The options of a saved state must not affect the next program. */
static void test_state_compatible(void **state)
{
    struct snapshot snapshot = {
        .machine = {.store = {[1] = 2, [2] = 24576}, .ci5 = true},
        .controls = controls_normal};

    (void)state;
    add_state("saved", &snapshot);
    add("hangs", HANGS);
    run("batch limit=50", 2);
    assert_non_null(strstr(report, "instructions=50 end=limit\nA 0\nCI 0\n"));
    assert_non_null(strstr(report, "instructions=2 end=hung\nA -5\nCI 24577"));
    library.count = 0;
    snapshot.machine.ci5 = false;
    add_state("saved", &snapshot);
    add("hangs", HANGS);
    run("batch ci5 limit=50", 2);
    assert_non_null(strstr(report, "instructions=1 end=hung\n"));
    assert_non_null(strstr(report, "instructions=50 end=limit\n"));
}

static void test_state_wrong(void **state)
{
    struct snapshot snapshot = breakpoints_at(1);

    (void)state;
    snapshot.controls.manual = true;
    add_state("manual", &snapshot);
    add("half", "baby: state 1\nA 0\n");
    add("stops", STOPS);
    run("batch", 3);
    expect("baby: error manual:0: batch needs the switches in normal "
           "position (L and F must be 1, MAN and ERASE 0)\n"
           "baby: error half:0: CI is missing\n"
           "baby: batch program=stops engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_true(batch.failed);
}

/* A program given by the store= option must be run. */
static void test_store(void **state)
{
    static const struct program breakpoints = {
        .store = {[1] = 2 << 13 | 5, 3 << 13 | 6, 7 << 13, [5] = 5}};
    char command[300];
    struct strbuf text = strbuf_begin(command, sizeof command);

    (void)state;
    strbuf_add(&text, "batch store=");
    compact_write(&text, &breakpoints);
    run(command, 0);
    expect("baby: batch program=store engine=" ENGINE
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
    assert_false(batch.failed);
}

/* A store= value of valid characters but the wrong length must be reported. */
static void test_store_wrong(void **state)
{
    static const char *const texts[] = {
        "AAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAA",
    };

    (void)state;
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        char command[120];

        snprintf(command, sizeof command, "batch store=%s", texts[i]);
        run(command, 0);
        assert_ptr_equal(strstr(report, "baby: error store:1: "), report);
        assert_true(batch.failed);
    }
}

/* Without memory for code, the translator must fall back to the reference. */
static void test_no_code(void **state)
{
    (void)state;
    add("stops.snp", STOPS);
    struct options options;
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);

    options_read(&options, "batch", &warnings);
    options.engine = &engine_translator;
    assert_true(batch_start(&batch, &options, &library, 1, NULL, &warnings));
    collect(2000);
    expect("baby: batch program=stops.snp engine=reference"
           " instructions=3 end=stop\n");
    expect_state(STOPS_AT_END);
    check();
}

#define TEST(function) cmocka_unit_test_setup(function, empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_stop),
        TEST(test_flip_flop),
        TEST(test_limit),
        TEST(test_stop_as_last_instruction),
        TEST(test_turns),
        TEST(test_hung),
        TEST(test_hang_after_limit),
        TEST(test_ci5),
        TEST(test_error),
        TEST(test_empty_module),
        TEST(test_warning),
        TEST(test_many_warnings),
        TEST(test_several_modules),
        TEST(test_512_modules),
        TEST(test_no_modules),
        TEST(test_by_name),
        TEST(test_boot_line_warnings),
        TEST(test_state),
        TEST(test_state_and_limit),
        TEST(test_state_hung),
        TEST(test_state_compatible),
        TEST(test_state_wrong),
        TEST(test_store),
        TEST(test_no_code),
        TEST(test_store_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
