/* SPDX-License-Identifier: MIT */
/* Tests that the self-test passes correct engines and finds faulty ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "emu/format/reader.h"
#include "emu/check/selftest.h"
#include "tests/lib/whole.h"

static union engine_state rooms[2];
static struct selftest selftest;
static char lines[20000], details[60000];

/* Runs the self-test on a table of engines and saves its output. */
static void run(const struct engine *const *table)
{
    struct strbuf line = strbuf_begin(lines, sizeof lines);
    struct strbuf detail = strbuf_begin(details, sizeof details);
    unsigned slices = 0;

    memset(rooms, 0xA5, sizeof rooms);
    selftest_start(&selftest, table, rooms, NULL);
    while (selftest_slice(&selftest, &line, &detail))
        assert_true(++slices < 100000);
    assert_false(line.cut || detail.cut);
}

/* Checks that the last row contains the result, and no other row does. */
static void check_result(void)
{
    char result[60];
    struct strbuf text = strbuf_begin(result, sizeof result);
    size_t length;

    strbuf_add(&text, "\n%u passed, %u failed\n", (unsigned)selftest.all_passed,
               (unsigned)selftest.all_failed);
    length = strlen(lines);
    assert_true(length > text.length);
    assert_string_equal(lines + length - text.length, result);
}

static void says(const char *text)
{
    if (strstr(lines, text) == NULL)
        fail_msg("missing \"%s\" in\n%s", text, lines);
}

static void test_correct_engines(void **state)
{
    (void)state;
    run(engines);
    check_result();
    assert_int_equal(selftest.all_failed, 0);
    assert_string_equal(details, "");
    says("reference    known ends               21         0\n"
         "switch       known ends               21         0\n"
         "switch       instructions          73728         0\n"
         "switch       random programs        1000         0\n"
         "switch       engine changes          300         0\n"
         "threaded     known ends               21         0\n"
         "threaded     instructions          73728         0\n"
         "threaded     random programs        1000         0\n"
         "threaded     engine changes          300         0\n"
         "predecoded   known ends ");
}

/* Faulty engines, each of which adds one error to the predecoded engine. */
static bool begin(void *state, struct code_area *area)
{
    return engine_predecoded.start(state, area);
}

static bool refuse(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    return false;
}

static void edited(void *state, const struct machine *machine, unsigned line)
{
    engine_predecoded.line_written(state, machine, line);
}

static void forget_edit(void *state, const struct machine *machine,
                        unsigned line)
{
    (void)state;
    (void)machine;
    (void)line;
}

static void changed(void *state)
{
    engine_predecoded.state_changed(state);
}

static struct outcome run_right(void *state, struct machine *machine,
                                const struct breakpoints *breakpoints,
                                uint32_t budget)
{
    return engine_predecoded.run(state, machine, breakpoints, budget);
}

/* Loses a carry when A is the most negative number. */
static struct outcome run_wrong_a(void *state, struct machine *machine,
                                  const struct breakpoints *breakpoints,
                                  uint32_t budget)
{
    struct outcome outcome = run_right(state, machine, breakpoints, budget);

    if (machine->a == 0x80000000 && outcome.instructions > 0)
        machine->a = 0x7FFFFFFF;
    return outcome;
}

/* Counts a hung prepulse as an instruction. */
static struct outcome run_wrong_hang(void *state, struct machine *machine,
                                     const struct breakpoints *breakpoints,
                                     uint32_t budget)
{
    struct outcome outcome = run_right(state, machine, breakpoints, budget);

    outcome.instructions += outcome.status == RUN_HUNG;
    return outcome;
}

/* Executes nothing but claims to have used up the budget. */
static struct outcome run_nothing(void *state, struct machine *machine,
                                  const struct breakpoints *breakpoints,
                                  uint32_t budget)
{
    (void)state;
    (void)machine;
    (void)breakpoints;
    (void)budget;
    return (struct outcome){0, RUN_BUDGET};
}

/* Corrupts a line of the store after two million instructions. */
static struct outcome run_wrong_store(void *state, struct machine *machine,
                                      const struct breakpoints *breakpoints,
                                      uint32_t budget)
{
    struct outcome outcome = run_right(state, machine, breakpoints, budget);

    if (machine->instructions > 2000000 && machine->instructions < 2100000)
        machine->store[27] ^= machine->neon;
    return outcome;
}

#define FAULTY(called, starts, runs, notes)                                    \
    {                                                                          \
        .name = (called), .state_size = sizeof rooms[0], .start = (starts),    \
        .run = (runs), .line_written = (notes), .state_changed = changed       \
    }

static const struct {
    struct engine engine;
    const char *says, *tells;
} wrong[] = {
    {FAULTY("carry", begin, run_wrong_a, edited), "carry        instructions ",
     "\nA              "},
    {FAULTY("hang", begin, run_wrong_hang, edited),
     "hang         known ends               20         1\n"
     "  first, hang: obeyed is 1, not 0\n",
     "\nobeyed                0           0           1  *\n"},
    {FAULTY("lazy", begin, run_nothing, edited),
     "lazy         engine changes            ",
     "before    expected        lazy\n"},
    {FAULTY("late", begin, run_wrong_store, edited),
     "late         known ends               20         1\n"
     "  first, late: line 27 is 20001, not 20000\n",
     "\nline 27               0       20000       20001  *\n"},
    {FAULTY("deaf", begin, run_right, forget_edit),
     "deaf         known ends               21         0\n"
     "deaf         instructions ",
     "*\n"},
    {FAULTY("refusing", refuse, run_right, edited),
     "refusing     random programs           0      1000\n"
     "  first, the refusing engine could not start\n",
     ""},
};

static void test_faulty_engines(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct engine *const table[] = {&engine_reference,
                                              &wrong[i].engine, NULL};

        run(table);
        check_result();
        assert_true(selftest.all_failed > 0);
        says("reference    known ends               21         0\n");
        says(wrong[i].says);
        if (strstr(details, wrong[i].tells) == NULL)
            fail_msg("missing %s in\n%s", wrong[i].tells, details);
    }
}

/* The self-test's first two programs must be equal to built-in ones. */
static void test_builtin_programs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        static struct program program;
        static const struct reader_report silent = {0};
        int index = library_find(&builtin_library, known_programs[i].name);

        assert_true(index >= 0);
        assert_true(program_read(&program, builtin_library.file[index].text,
                                 builtin_library.file[index].size, &silent));
        assert_memory_equal(program.store, known_programs[i].store,
                            sizeof program.store);
    }
}

static void test_translator_only(void **state)
{
    static struct translator translator;
    static union engine_state other, before;

    (void)state;
    memset(&translator, 0xA5, sizeof translator);
    translator_set_hot(&engine_translator, &translator, 7);
    assert_int_equal(translator.hot_threshold, 7);
    translator_set_eager(&engine_translator, &translator);
    assert_int_equal(translator.hot_threshold, 0);
    assert_int_equal(translator.translation_cost, 0);
    assert_int_equal(translator.min_budget, 0);
    for (unsigned i = 0; engines[i] != &engine_predecoded; i++) {
        translator_set_hot(engines[i], &other, 7);
        translator_set_eager(engines[i], &other);
        assert_memory_equal(&other, &before, sizeof other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_correct_engines),
        cmocka_unit_test(test_faulty_engines),
        cmocka_unit_test(test_builtin_programs),
        cmocka_unit_test(test_translator_only),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
