/* SPDX-License-Identifier: MIT */
/* Tests the text of trace rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "emu/history/trace.h"

#define LOWEST        UINT32_C(0x80000000) /* -2147483648 */
#define MINUS(number) (0 - (uint32_t)(number))

static struct snapshot snapshot;
static char row[TRACE_WIDTH + 20];

static uint32_t instruction(unsigned function, unsigned line)
{
    return (uint32_t)function << FUNCTION_BIT | line;
}

/* Stores a word in line 20 and makes it the next instruction. */
static void put_instruction(uint32_t word)
{
    snapshot = (struct snapshot){.controls = controls_normal, .bar_us = 1440};
    snapshot.machine.ci = 19;
    snapshot.machine.instructions = snapshot.machine.prepulses = 11;
    snapshot.machine.store[20] = word;
}

static void write_row(const struct snapshot *before, const struct bar *bar)
{
    struct strbuf text = strbuf_begin(row, sizeof row);

    trace_write(&text, before, &snapshot, bar);
    assert_false(text.cut);
}

static void obey(void)
{
    const struct snapshot before = snapshot;
    struct bar bar = snapshot_prepulse(&snapshot);

    write_row(&before, &bar);
}

/* Executes line 20 and checks the trace row. */
static void check_row(const char *expected)
{
    obey();
    assert_string_equal(row, expected);
}

/* Executes each function with OPERAND in line 27 and the given accumulator. */
static void test_functions(void **state)
{
    static const struct {
        unsigned function;
        uint32_t operand, a;
        const char *row;
    } functions[] = {
        {JMP, 4, 0, "        12 20 JMP 27           4 CI 4"},
        {JMP, MINUS(5), 0, "        12 20 JMP 27          -5 CI -5"},
        {JRP, 3, 0, "        12 20 JRP 27           3 CI 23"},
        {JRP, MINUS(21), 0, "        12 20 JRP 27         -21 CI -1"},
        {LDN, 131072, 9, "        12 20 LDN 27      131072 A -131072"},
        {LDN, LOWEST, 9, "        12 20 LDN 27 -2147483648 A -2147483648"},
        {STO, 77, MINUS(9), "        12 20 STO 27          77 27 -9"},
        {SUB, 5, 12, "        12 20 SUB 27           5 A 7"},
        {SUB + 1, 12, 5, "        12 20 SUB 27          12 A -7"},
        {SUB, MINUS(1), 0x7FFFFFFF,
         "        12 20 SUB 27          -1 A -2147483648"},
        {CMP, 3, MINUS(1), "        12 20 CMP                skips"},
        {CMP, 3, 0, "        12 20 CMP                goes on"},
        {STP, 3, MINUS(1), "        12 20 STP                stops"},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        put_instruction(instruction(functions[i].function, 27));
        snapshot.machine.store[27] = functions[i].operand;
        snapshot.machine.a = functions[i].a;
        check_row(functions[i].row);
    }
}

/* Undecoded digits must not be shown, and line numbers must have two digits. */
static void test_lines(void **state)
{
    (void)state;
    put_instruction(instruction(STO, 7) | 0xFFFF1FE0);
    snapshot.machine.store[7] = 1;
    check_row("        12 20 STO 7            1 07 0");
    put_instruction(0);
    snapshot.machine.ci = 2;
    snapshot.machine.store[3] = instruction(STO, 31);
    check_row("        12 03 STO 31           0 31 0");
}

/* An instruction that overwrites itself must be shown with the new word. */
static void test_own_line(void **state)
{
    (void)state;
    put_instruction(instruction(STO, 20));
    snapshot.machine.a = 5;
    check_row("        12 20 STO 20       24596 20 5");
}

/* With the immediate-test option, the flip-flop must not be shown. */
static void test_immediate_test(void **state)
{
    (void)state;
    put_instruction(instruction(CMP, 0));
    snapshot.machine.immediate_test = true;
    snapshot.machine.a = MINUS(1);
    check_row("        12 20 CMP                skips");
    assert_int_equal(snapshot.machine.ci, 21);
    put_instruction(instruction(CMP, 0));
    snapshot.machine.immediate_test = true;
    check_row("        12 20 CMP                goes on");
}

/* A Test must be shown with the value of A before it was cleared by KAC. */
static void test_cleared_after_test(void **state)
{
    (void)state;
    put_instruction(instruction(CMP, 0));
    snapshot.controls.strip = KAC;
    snapshot.machine.a = MINUS(1);
    check_row("        12 20 CMP                skips");
    assert_int_equal(snapshot.machine.a, 0);
}

static void test_switch_up(void **state)
{
    (void)state;
    put_instruction(0);
    snapshot.controls.stat &= ~UINT32_C(4);
    snapshot.machine.store[16] = instruction(LDN, 7);
    snapshot.machine.store[3] = 8;
    check_row("        12 16 LDN 3            8 A -8");
}

static void test_hung(void **state)
{
    (void)state;
    put_instruction(0);
    snapshot.machine.ci = 0x6013;
    check_row("        11 20 hangs: nothing is fetched");
}

static void test_man(void **state)
{
    (void)state;
    put_instruction(0);
    snapshot.controls.manual = true;
    snapshot.controls.stat = instruction(SUB, 27);
    snapshot.machine.store[27] = 131072;
    check_row("        11 M  SUB 27      131072 A -131072");
    snapshot.controls.stat = instruction(CMP, 0);
    check_row("        11 M  CMP                skips");
}

/* Checks the trace row written for an operator edit. */
static void check_edit(const struct snapshot *before, const char *expected)
{
    write_row(before, NULL);
    assert_string_equal(row, expected);
}

static void test_edits(void **state)
{
    struct snapshot before;

    (void)state;
    put_instruction(0);
    before = snapshot;
    snapshot.machine.store[5] = MINUS(3);
    check_edit(&before, "        11 by hand 05 -3");
    /* If there are several edits, only the first is shown. */
    snapshot.machine.store[30] = 1;
    snapshot.machine.a = 6;
    snapshot.controls.manual = true;
    check_edit(&before, "        11 by hand 05 -3");

    before = snapshot;
    snapshot.controls.stat = 0;
    check_edit(&before, "        11 by hand switches and keys");
    before = snapshot;
    snapshot.controls.strip = KLC;
    check_edit(&before, "        11 by hand switches and keys");

    before = snapshot;
    snapshot.machine.a = 6;
    snapshot.machine.ci = MINUS(2);
    check_edit(&before, "        11 by hand A 6 CI -2");
}

/* Checks the width of a row and the column of its instruction count. */
static void check_width(void)
{
    uint64_t count = snapshot.machine.instructions;

    assert_true(strlen(row) <= TRACE_WIDTH);
    if (count <= UINT64_C(9999999999)) {
        assert_true(strlen(row) <= TRACE_WIDTH - 10);
        assert_int_equal(row[TRACE_COUNT], ' ');
    }
}

static const uint64_t counts[] = {0, 1, 9999999998, 9999999999, UINT64_MAX - 1};
#define COUNTS (sizeof counts / sizeof counts[0])

static void test_row_width(void **state)
{
    size_t widest = 0;

    (void)state;
    for (unsigned function = 0; function < 8; function++)
        for (unsigned i = 0; i < COUNTS; i++) {
            put_instruction(instruction(function, 30));
            snapshot.machine.ci = 27;
            snapshot.machine.store[28] = instruction(function, 30);
            snapshot.machine.store[30] = LOWEST + (function == JRP) * 4;
            snapshot.machine.a = function == STO ? LOWEST : 0;
            snapshot.machine.instructions = counts[i];
            obey();
            check_width();
            if (strlen(row) > widest)
                widest = strlen(row);
        }
    assert_int_equal(widest, TRACE_WIDTH);
    assert_true(strncmp(row, "18446744073709551615 28 STP", 27) == 0);
}

static void test_width_of_other_rows(void **state)
{
    (void)state;
    for (unsigned i = 0; i < COUNTS; i++) {
        put_instruction(0);
        snapshot.machine.ci = 0x601B;
        snapshot.machine.instructions = counts[i];
        obey();
        check_width();

        struct snapshot before = snapshot;

        snapshot.machine.a = snapshot.machine.ci = LOWEST;
        write_row(&before, NULL);
        check_width();
        snapshot.controls.stat = 0;
        write_row(&before, NULL);
        check_width();
        snapshot.machine.store[31] = LOWEST;
        write_row(&before, NULL);
        check_width();
    }
}

/* The column headings must be aligned with the columns of every row. */
static void test_column_heads(void **state)
{
    (void)state;
    put_instruction(instruction(SUB, 27));
    obey();
    assert_int_equal(strstr(TRACE_HEAD, "after") + 5 - TRACE_HEAD, TRACE_COUNT);
    assert_int_equal(strstr(TRACE_HEAD, "line") - TRACE_HEAD,
                     strstr(row, "20 SUB") - row);
    assert_true(strlen(TRACE_HEAD) <= TRACE_WIDTH - 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_own_line),
        cmocka_unit_test(test_immediate_test),
        cmocka_unit_test(test_cleared_after_test),
        cmocka_unit_test(test_switch_up),
        cmocka_unit_test(test_hung),
        cmocka_unit_test(test_man),
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_row_width),
        cmocka_unit_test(test_width_of_other_rows),
        cmocka_unit_test(test_column_heads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
