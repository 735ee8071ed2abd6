/* SPDX-License-Identifier: MIT */
/* Tests the code discovery of a static translator against executed lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/machine/controls.h"
#include "emu/machine/instruction_set.h"
#include "emu/translator/static_discover.h"
#include "tests/lib/whole.h"

#define PREPULSES 3000000

/* Returns the lines that MACHINE executes in at most COUNT prepulses. */
static uint32_t execute(struct machine *machine, unsigned count)
{
    uint32_t lines = 0;

    for (unsigned i = 0; i < count && !machine->neon; i++) {
        uint32_t next = machine_next_control(machine);

        if (next & FUNCTION_DIGITS)
            break;
        lines |= UINT32_C(1) << word_line(next);
        prepulse(machine, &controls_normal);
    }
    return lines;
}

/* What is found in a program, and which of its lines are executed. */
static const struct {
    const char *name;
    uint32_t code, executed, resolved, unresolved, rewritten;
} rows[] = {
    {"july1948", 0xFFFFE, 0xFFFFE, 0x80100, 0, 0},
    {"june1948", 0x3FFFE, 0x3FFFE, 0x18020, 0, 0},
    {"squareroot", 0x1FFFE, 0x1FFFE, 0x10040, 0, 0},
    /* Some lines are executed with other numbers only. */
    {"longdivision", 0x3FFFFFE, 0x3FFF07E, 0x2040040, 0, 0},
    /* These rewrite their instructions. */
    {"ducks", 0x3FFFE, 0x3FFFE, 0x20000, 0, 0x82},
    {"helix", 0x7FFE, 0x7FFE, 0x4000, 0, 0x12},
};

static void test_shipped_programs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static char text[FILE_MAX];
        char path[64];
        struct program program;
        struct machine machine;
        struct static_code found;

        snprintf(path, sizeof path, "boot/programs/%s.asm", rows[i].name);
        FILE *file = fopen(path, "rb");

        assert_non_null(file);
        size_t size = fread(text, 1, sizeof text, file);

        fclose(file);
        assert_true(program_read(&program, text, size, NULL));
        found = static_discover(program.store, program.ci);
        assert_int_equal(found.code, rows[i].code);
        assert_int_equal(found.resolved, rows[i].resolved);
        assert_int_equal(found.unresolved, rows[i].unresolved);
        assert_int_equal(found.code & found.stores, rows[i].rewritten);
        program_load(&program, &machine);
        assert_int_equal(execute(&machine, PREPULSES), rows[i].executed);
    }
}

#define INSTRUCTION(function, line)                                            \
    ((uint32_t)(function) << FUNCTION_BIT | (line))

/* A subroutine returns by an operand that its caller has stored. */
static void test_return_is_unresolved(void **state)
{
    const uint32_t store[LINES] = {
        [1] = INSTRUCTION(LDN, 20),
        [2] = INSTRUCTION(STO, 10),
        [3] = INSTRUCTION(JMP, 21),
        [4] = INSTRUCTION(STP, 0),
        [6] = INSTRUCTION(JMP, 10),
        [20] = (uint32_t)-3,
        [21] = 5,
    };
    struct static_code found = static_discover(store, 0);

    (void)state;
    assert_int_equal(found.code, 0x4E);
    assert_int_equal(found.resolved, 1u << 3);
    assert_int_equal(found.targets, 1u << 6);
    assert_int_equal(found.unresolved, 1u << 6);
    assert_int_equal(found.stores, 1u << 10);
}

/* Line 2 jumps by line 20, to which the code found there stores. */
static void test_store_found_late(void **state)
{
    const uint32_t store[LINES] = {
        [1] = INSTRUCTION(CMP, 0),  [2] = INSTRUCTION(JMP, 20),
        [3] = INSTRUCTION(STP, 0),  [9] = INSTRUCTION(STO, 20),
        [10] = INSTRUCTION(STP, 0), [20] = 8,
    };
    struct static_code found = static_discover(store, 0);

    (void)state;
    assert_int_equal(found.unresolved, 1u << 2);
    assert_int_equal(found.resolved, 0);
    assert_int_equal(found.code, 0xE);
    assert_int_equal(found.stores, 1u << 20);
}

static void test_edges(void **state)
{
    uint32_t store[LINES] = {[31] = INSTRUCTION(CMP, 0),
                             [0] = INSTRUCTION(STP, 0),
                             [1] = INSTRUCTION(JRP, 20),
                             [20] = 0xFFFFFFFF};
    struct static_code found = static_discover(store, 30);

    (void)state;
    assert_int_equal(found.code, 0x80000003);
    assert_int_equal(found.targets, 2);
    /* A jump to where the machine hangs leads to no line. */
    store[1] = INSTRUCTION(JMP, 20);
    store[20] = FUNCTION_DIGITS;
    found = static_discover(store, 0);
    assert_int_equal(found.code, 2);
    assert_int_equal(found.targets, 0);
    assert_int_equal(static_discover(store, FUNCTION_DIGITS).code, 0);
}

static uint32_t random_word(void)
{
    unsigned function = (unsigned)rand() % 8;
    unsigned line = (unsigned)rand() % (rand() % 2 ? LINES : 8);

    return rand() % 4 == 0 ? (uint32_t)(rand() % 40 - 8)
                           : INSTRUCTION(function, line);
}

/* If all jumps are resolved and no code is rewritten, all lines that are
   executed have been found. */
static void test_nothing_is_missed(void **state)
{
    unsigned checked = 0;

    (void)state;
    srand(1948);
    for (unsigned i = 0; i < 200000; i++) {
        struct machine machine = {.ci = 0};
        struct static_code found;

        for (unsigned line = 0; line < LINES; line++)
            machine.store[line] = random_word();
        found = static_discover(machine.store, 0);
        assert_int_equal(found.resolved & found.unresolved, 0);
        assert_int_equal(found.targets & ~found.code, 0);
        if (found.unresolved != 0 || (found.code & found.stores) != 0)
            continue;
        checked++;
        assert_int_equal(execute(&machine, 200) & ~found.code, 0);
    }
    assert_true(checked > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_programs),
        cmocka_unit_test(test_return_is_unresolved),
        cmocka_unit_test(test_store_found_late),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_nothing_is_missed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
