/* SPDX-License-Identifier: MIT */
/* Tests the benchmark's sample programs and the evaluation of fake timings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/bench.h"
#include "emu/machine/controls.h"
#include "emu/text/mnemonic.h"
#include "emu/machine/instruction_set.h"

#define ROUNDS 5

/* Executes up to LIMIT instructions and returns a bitmask of the functions. */
static unsigned obey(unsigned sample, struct machine *machine, uint32_t limit)
{
    unsigned functions = 0;

    *machine = sample_machine(sample);
    while (!machine->neon && machine->instructions < limit) {
        assert_false(prepulse(machine, &controls_normal).hung);
        functions |= 1u << word_function(machine->pi);
    }
    return functions;
}

static void test_july(void **state)
{
    struct machine machine;

    (void)state;
    obey(SAMPLE_JULY, &machine, UINT32_MAX);
    assert_int_equal(machine.instructions, 2097154);
    assert_int_equal(machine.store[27], 131072);
}

static void test_loop(void **state)
{
    struct machine machine;

    (void)state;
    assert_int_equal(obey(SAMPLE_LOOP, &machine, 1000), 1 << SUB | 1 << JMP);
    assert_int_equal(machine.instructions, 1000);
    assert_int_equal((int32_t)machine.a, -500);
    assert_int_equal(machine.ci, 0);
}

static void test_mix(void **state)
{
    struct machine machine;

    (void)state;
    assert_int_equal(obey(SAMPLE_MIX, &machine, 27), 0x7F);
    assert_int_equal(obey(SAMPLE_MIX, &machine, UINT32_MAX), 0xFF);
    assert_int_equal(machine.instructions, 851962);
}

/* Each iteration of this sample must execute a new instruction in line 4. */
static void test_rewrite(void **state)
{
    struct machine machine;

    (void)state;
    for (unsigned turn = 1; turn < 100; turn++) {
        unsigned line = turn % 2 ? 8 : 7;

        obey(SAMPLE_REWRITE, &machine, 5 * turn);
        assert_int_equal(machine.ci, 0);
        assert_int_equal(machine.store[4], LDN << FUNCTION_BIT | line);
        assert_int_equal(machine.a, 0 - machine.store[line]);
        assert_int_not_equal(machine.store[7], machine.store[8]);
    }
}

/* Fake engines, whose state is just their index. */

static unsigned order[1000], slices;

static bool begin(void *state, struct code_area *area)
{
    (void)state;
    return area == NULL;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    (void)machine;
    (void)breakpoints;
    order[slices++] = *(unsigned *)state;
    return (struct outcome){budget, RUN_BUDGET};
}

static void changed(void *state)
{
    (void)state;
}

static const struct engine made_up = {
    .name = "made-up", .start = begin, .run = run, .state_changed = changed};
static const struct engine other_form = {
    .name = "form", .start = begin, .run = run, .state_changed = changed};

static struct code_area wanted;
static unsigned which[] = {0, 1, 2, 3, 4};

/* The fourth engine fails to start.  Upper bounds run only the July program. */
static const struct bench_entry bench_entries[] = {
    {&made_up, RUNS_ENGINE, RUNS_ALL, &which[0], NULL},
    {&made_up, RUNS_SWITCH, RUNS_ALL, &which[1], NULL},
    {&made_up, RUNS_LIMIT, 1 << SAMPLE_JULY, &which[2], NULL},
    {&made_up, RUNS_ENGINE, RUNS_ALL, &which[3], &wanted},
    {&other_form, RUNS_LIMIT, 1 << SAMPLE_JULY, &which[4], NULL},
};

static struct bench bench;

/* Fake slice times in nanoseconds for each entry and round. */
static const uint32_t took[][ROUNDS] = {
    {140, 16, 64, 31, 109}, {256, 256, 1400, 1400, 1},
    {32, 32, 32, 32, 32},   {0},
    {16, 31, 15, 16, 16},
};

static void measure(void)
{
    unsigned rounds[5] = {0};

    slices = 0;
    bench_start(&bench, bench_entries, 5, ROUNDS, 1);
    while (bench_slice(&bench)) {
        unsigned i = order[slices - 1];
        uint64_t ns = took[i][rounds[i]++ % ROUNDS];

        assert_true(slices < 1000);
        bench_add_time(&bench, ns, 3 * ns);
    }
}

static void test_interleaved(void **state)
{
    static const unsigned turns[] = {0, 1, 2, 4};

    (void)state;
    measure();
    assert_int_equal(slices, ROUNDS * (4 + (SAMPLES - 1) * 2));
    for (unsigned i = 0; i < slices; i++)
        assert_int_equal(order[i],
                         i < ROUNDS * 4 ? turns[i % 4] : turns[i % 2]);
}

/* A slice that is too short must be repeated with twice the length. */
static void test_short_slices(void **state)
{
    (void)state;
    slices = 0;
    bench_start(&bench, bench_entries, 2, 1, 100);
    assert_true(bench_slice(&bench));
    bench_add_time(&bench, 99, 0);
    assert_true(bench_slice(&bench));
    bench_add_time(&bench, 100, 0);
    assert_true(bench_slice(&bench));
    assert_int_equal(order[0], 0);
    assert_int_equal(order[1], 0);
    assert_int_equal(order[2], 1);
    assert_int_equal(bench.times[0][0].instructions, 128);
}

static void test_rows(void **state)
{
    struct bench_row row;

    (void)state;
    measure();
    assert_true(bench_get_row(&bench, 0, &row));
    assert_string_equal(row.sample, "july");
    assert_string_equal(row.name, "made-up");
    assert_null(row.form);
    assert_int_equal(row.rate, 1000000000);
    assert_int_equal(row.cycles, 3000);
    assert_int_equal(row.of_switch, 400);
    assert_int_equal(row.of_limit, 25);
    assert_true(bench_get_row(&bench, 1, &row));
    assert_int_equal(row.of_switch, 100);
    assert_true(bench_get_row(&bench, 2, &row));
    assert_string_equal(row.name, "limit");
    assert_string_equal(row.form, "form");
    assert_int_equal(row.of_switch, 1600);
    assert_int_equal(row.of_limit, 100);
    assert_true(bench_get_row(&bench, 3, &row));
    assert_string_equal(row.sample, "loop");
    assert_int_equal(row.of_limit, 0);
    assert_true(bench_get_row(&bench, 2 * SAMPLES, &row));
    assert_string_equal(row.sample, "rewrite");
    assert_false(bench_get_row(&bench, 1 + 2 * SAMPLES, &row));
}

static void test_rows_before_the_end(void **state)
{
    struct bench_row row;

    (void)state;
    slices = 0;
    bench_start(&bench, bench_entries, 2, 1, 1);
    assert_false(bench_get_row(&bench, 0, &row));
    for (unsigned i = 0; i < 2; i++) {
        assert_true(bench_slice(&bench));
        bench_add_time(&bench, 10, 0);
    }
    assert_true(bench_get_row(&bench, 1, &row));
    assert_int_equal(row.cycles, 0);
    assert_false(bench_get_row(&bench, 2, &row));
}

static void check_row(void write(struct strbuf *, const struct bench_row *),
                      const struct bench_row *row, const char *expected)
{
    char line[160];
    struct strbuf text = strbuf_begin(line, sizeof line);

    write(&text, row);
    assert_string_equal(line, expected);
}

static void test_bench_lines(void **state)
{
    const struct bench_row engine = {"july",     "translator", NULL, true,
                                     7654321000, 330,          1575, 96};
    const struct bench_row limit = {"rewrite",  "limit", "subtract", false,
                                    3004999999, 0,       500,        0};
    char line[160];
    struct strbuf text = strbuf_begin(line, sizeof line);

    (void)state;
    strbuf_add(&text, BENCH_HEADS);
    assert_int_equal(text.length, BENCH_COLUMNS);
    check_row(
        bench_write, &engine,
        "july     translator             7654.32        0.33     15.75      "
        "0.96");
    check_row(
        bench_write, &limit,
        "rewrite  limit: subtract        3005.00           -      5.00      "
        "   -");
    check_row(
        bench_write_plain, &engine,
        "baby: bench program=july engine=translator rate=7654321000 cycles=330"
        " switch=15.75 limit=0.96");
    check_row(
        bench_write_plain, &limit,
        "baby: bench program=rewrite engine=limit rate=3004999999 cycles=0"
        " switch=5.00 limit=0.00 form=subtract");
}

/* Results must fit in their columns, however fast the PC is. */
static void test_columns(void **state)
{
    struct bench_row row = {"july", "translator", NULL, true, 0, 0, 0, 0};

    (void)state;
    row.rate = 99999999994999;
    row.cycles = 99999999994;
    row.of_switch = row.of_limit = 99999999;
    check_row(bench_write, &row,
              "july     translator         99999999.99 99999999.99 999999.99 "
              "999999.99");
    row.rate = 1000000000000000;
    row.cycles = 99999999999994;
    row.of_switch = 100000000;
    row.of_limit = 99999999999;
    check_row(bench_write, &row,
              "july     translator          1000000000 99999999999   1000000 "
              "999999999");
    row.rate = row.cycles = row.of_switch = row.of_limit = UINT64_MAX;
    check_row(bench_write, &row,
              "july     translator         >9999999999 >9999999999 >99999999 "
              ">99999999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_july),
        cmocka_unit_test(test_loop),
        cmocka_unit_test(test_mix),
        cmocka_unit_test(test_rewrite),
        cmocka_unit_test(test_interleaved),
        cmocka_unit_test(test_short_slices),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_rows_before_the_end),
        cmocka_unit_test(test_bench_lines),
        cmocka_unit_test(test_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
