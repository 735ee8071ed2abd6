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

/* The operations of a pass, counted while the reference executes it. */
static struct floor_needs count_pass(unsigned pass, struct machine *machine)
{
    unsigned stores = 0, operands = 0;

    for (unsigned i = 0; i < pass; i++) {
        assert_false(prepulse(machine, &controls_normal).hung);
        unsigned function = word_function(machine->pi);

        stores += function == STO;
        operands += function != STO && function != CMP && function != STP;
    }
    return (struct floor_needs){
        (uint8_t)pass,
        {(uint8_t)stores, (uint8_t)(pass + operands), (uint8_t)pass}};
}

/* Each pass of a sample must need exactly what the floors say. */
static void test_floor_needs(void **state)
{
    static const unsigned heads[SAMPLES] = {[SAMPLE_JULY] = 4};

    (void)state;
    for (unsigned sample = 0; sample < SAMPLES; sample++) {
        const struct floor_needs *stores = &floor_needs[FLOOR_STORES][sample];
        const struct floor_needs *all = &floor_needs[FLOOR_DISPATCH][sample];
        struct machine machine;

        obey(sample, &machine, heads[sample]);
        for (unsigned i = 0; i < 100; i++) {
            struct floor_needs counted = count_pass(all->pass, &machine);

            assert_int_equal(machine_next_control(&machine), heads[sample] + 1);
            assert_memory_equal(&counted, all, sizeof counted);
            assert_int_equal(stores->pass, all->pass);
            assert_int_equal(stores->operations[OPERATION_STORE],
                             counted.operations[OPERATION_STORE]);
        }
    }
}

static void test_floor_rate(void **state)
{
    const struct floor_needs needs = {16, {3, 26, 16}}, none = {2, {0, 0, 0}};
    const uint64_t rates[] = {300, 1300, 1600}, no_rates[] = {0, 0, 0};
    unsigned decides = 9;

    (void)state;
    assert_int_equal(floor_rate(&needs, rates, &decides), 50 * 16);
    assert_int_equal(decides, OPERATION_LOAD);
    assert_int_equal(floor_rate(&none, rates, &decides), 0);
    assert_int_equal(floor_rate(&needs, no_rates, &decides), 0);
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

static struct code_area wanted;
static unsigned which[] = {0, 1, 2, 3, 4, 5};

/* The fourth engine fails to start.  Hand-written programs and the rate run
   only with the July program. */
static const struct bench_entry bench_entries[] = {
    {&made_up, NULL, RUNS_ENGINE, RUNS_ALL, &which[0], NULL},
    {&made_up, NULL, RUNS_SWITCH, RUNS_ALL, &which[1], NULL},
    {&made_up, "one", RUNS_BY_HAND, 1 << SAMPLE_JULY, &which[2], NULL},
    {&made_up, NULL, RUNS_ENGINE, RUNS_ALL, &which[3], &wanted},
    {&made_up, "other", RUNS_BY_HAND, 1 << SAMPLE_JULY, &which[4], NULL},
    {&made_up, "row", RUNS_STORES, 1 << SAMPLE_JULY, &which[5], NULL},
};
#define ENTRIES (sizeof bench_entries / sizeof *bench_entries)

static struct bench bench;

/* Fake slice times in nanoseconds for each entry and round. */
static const uint32_t took[][ROUNDS] = {
    {140, 16, 64, 31, 109}, {256, 256, 1400, 1400, 1},
    {32, 32, 32, 32, 32},   {0},
    {16, 31, 15, 16, 16},   {32, 64, 32, 32, 16},
};

static void measure(void)
{
    unsigned rounds[ENTRIES] = {0};

    slices = 0;
    bench_start(&bench, bench_entries, ENTRIES, ROUNDS, 1);
    while (bench_slice(&bench)) {
        unsigned i = order[slices - 1];
        uint64_t ns = took[i][rounds[i]++ % ROUNDS];

        assert_true(slices < 1000);
        bench_add_time(&bench, ns, 3 * ns);
    }
}

static void test_interleaved(void **state)
{
    static const unsigned turns[] = {0, 1, 2, 4, 5};

    (void)state;
    measure();
    assert_int_equal(slices, ROUNDS * (5 + (SAMPLES - 1) * 2));
    for (unsigned i = 0; i < slices; i++)
        assert_int_equal(order[i], i < ROUNDS * 5
                                       ? turns[i % 5]
                                       : turns[(i - ROUNDS * 5) % 2]);
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
    assert_true(row.is_engine);
    assert_int_equal(row.rate, 1000000000);
    assert_int_equal(row.lowest, 64000000000 / 140);
    assert_int_equal(row.highest, 4000000000);
    assert_int_equal(row.cycles, 3000);
    assert_int_equal(row.of_switch, 400);
    assert_int_equal(row.of_hand, 25);
    assert_int_equal(row.of_floor, 9);
    assert_true(bench_get_row(&bench, 1, &row));
    assert_int_equal(row.of_switch, 100);
    assert_true(bench_get_row(&bench, 2, &row));
    assert_string_equal(row.form, "other");
    assert_false(row.is_engine);
    assert_int_equal(row.of_switch, 1600);
    assert_int_equal(row.of_hand, 100);
    assert_true(bench_get_row(&bench, 4 + 2 * (SAMPLES - 1) - 1, &row));
    assert_string_equal(row.sample, "rewrite");
    assert_false(bench_get_row(&bench, 4 + 2 * (SAMPLES - 1), &row));
}

/* 64 stores in 32 ns, three of which are needed for 16 instructions. */
static void test_floor_row(void **state)
{
    struct bench_row row;

    (void)state;
    measure();
    assert_true(bench_get_row(&bench, 3, &row));
    assert_string_equal(row.sample, "july");
    assert_string_equal(row.name, "floor");
    assert_string_equal(row.form, "stores");
    assert_false(row.is_engine);
    assert_int_equal(row.rate, 2000000000u / 3 * 16ull);
    assert_int_equal(row.lowest, 1000000000u / 3 * 16ull);
    assert_int_equal(row.highest, 4000000000u / 3 * 16ull);
    assert_int_equal(row.cycles, 0);
    assert_int_equal(row.of_floor, 100);
    assert_int_equal(row.of_hand, 267);
    assert_true(bench_get_row(&bench, 4, &row));
    assert_string_equal(row.sample, "loop");
    assert_int_equal(row.of_hand, 0);
    assert_int_equal(row.of_floor, 0);
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
    char line[200];
    struct strbuf text = strbuf_begin(line, sizeof line);

    write(&text, row);
    assert_string_equal(line, expected);
}

static void test_bench_lines(void **state)
{
    const struct bench_row engine = {"july",     "translator", NULL,       true,
                                     7654321000, 6500000000,   7700000000, 330,
                                     1575,       96,           12};
    const struct bench_row by_hand = {"rewrite",  "hand",     "signs",    false,
                                      3004999999, 2900000000, 3100000000, 0,
                                      500,        0,          0};
    char line[200];
    struct strbuf text = strbuf_begin(line, sizeof line);

    (void)state;
    strbuf_add(&text, BENCH_HEADS);
    assert_int_equal(text.length, BENCH_COLUMNS);
    check_row(bench_write, &engine,
              "july    translator        7654.32   6500   7700   0.33"
              "    15.75   0.96    0.12");
    check_row(bench_write, &by_hand,
              "rewrite hand: signs       3005.00   2900   3100      -"
              "     5.00      -       -");
    check_row(bench_write_plain, &engine,
              "baby: bench program=july engine=translator rate=7654321000"
              " min=6500000000 max=7700000000 cycles=330"
              " switch=15.75 hand=0.96 floor=0.12");
    check_row(bench_write_plain, &by_hand,
              "baby: bench program=rewrite engine=hand rate=3004999999"
              " min=2900000000 max=3100000000 cycles=0"
              " switch=5.00 hand=0.00 floor=0.00 form=signs");
}

/* Results must fit in their columns, however fast the PC is. */
static void test_columns(void **state)
{
    struct bench_row row = {
        .sample = "rewrite", .name = "dispatch", .form = "loads"};

    (void)state;
    row.rate = 999999994999;
    row.lowest = row.highest = 999994999;
    row.cycles = 999994;
    row.of_switch = 9999999;
    row.of_hand = 99999;
    row.of_floor = 999999;
    check_row(bench_write, &row,
              "rewrite dispatch: loads 999999.99 999.99 999.99 999.99"
              " 99999.99 999.99 9999.99");
    row.rate = row.lowest = row.highest = row.cycles = row.of_switch =
        row.of_hand = row.of_floor = UINT64_MAX;
    check_row(bench_write, &row,
              "rewrite dispatch: loads >99999999 >99999 >99999 >99999"
              " >9999999 >99999 >999999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_july),
        cmocka_unit_test(test_loop),
        cmocka_unit_test(test_mix),
        cmocka_unit_test(test_rewrite),
        cmocka_unit_test(test_floor_needs),
        cmocka_unit_test(test_floor_rate),
        cmocka_unit_test(test_interleaved),
        cmocka_unit_test(test_short_slices),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_floor_row),
        cmocka_unit_test(test_rows_before_the_end),
        cmocka_unit_test(test_bench_lines),
        cmocka_unit_test(test_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
