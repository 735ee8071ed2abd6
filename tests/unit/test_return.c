/* SPDX-License-Identifier: MIT */
/* Tests reverse execution of all built-in programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "console.h"
#include "emu/check/random_machine.h"
#include "emu/format/reader.h"
#include "snapshots.h"
#include "tests/lib/whole.h"

#define PREPULSES   200000u
#define CHECKPOINTS 64

static const struct breakpoints no_stops;

static struct checkpoint memory[CHECKPOINTS];
static struct history history;
static struct snapshot beginning; /* state just after loading */

static void load(unsigned number)
{
    static struct program program;
    const struct library_file *file = &builtin_library.file[number];

    assert_true(program_read(&program, file->text, file->size, NULL));
    beginning = (struct snapshot){.controls = controls_normal, .bar_us = 1440};
    program_load(&program, &beginning.machine);
    assert_true(history_start(&history, memory, sizeof memory,
                              &engine_predecoded, NULL));
    history_begin(&history, &beginning, 0);
}

/* Executes up to BUDGET instructions, or one if the machine is stopped. */
static void obey(const struct engine *engine, union engine_state *state,
                 struct snapshot *snapshot, uint32_t budget)
{
    struct machine *machine = &snapshot->machine;
    uint64_t before = machine->prepulses;

    if (machine->neon || snapshot->hung) {
        snapshot_prepulse(snapshot);
        engine->state_changed(state);
        return;
    }
    struct outcome outcome = engine->run(state, machine, &no_stops, budget);

    snapshot->hung = outcome.status == RUN_HUNG;
    snapshot->machine_us += (machine->prepulses - before) * snapshot->bar_us;
}

static void run(struct prng *prng)
{
    union engine_state engine;
    struct snapshot present = beginning;

    assert_true(engine_predecoded.start(&engine, NULL));
    while (present.machine.prepulses < PREPULSES) {
        obey(&engine_predecoded, &engine, &present, 1 + prng_next(prng) % 9000);
        history_record(&history, &present, 0);
    }
    assert_int_equal(history_first(&history), 0);
    assert_int_equal(history_last(&history), present.machine.prepulses);
}

static struct snapshot at_step(uint64_t step)
{
    struct snapshot snapshot = beginning;

    while (snapshot.machine.prepulses < step)
        snapshot_prepulse(&snapshot);
    return snapshot;
}

static struct snapshot after(uint64_t instructions)
{
    union engine_state engine;
    struct snapshot snapshot = beginning;

    assert_true(engine_reference.start(&engine, NULL));
    while (snapshot.machine.instructions < instructions)
        obey(&engine_reference, &engine, &snapshot,
             (uint32_t)(instructions - snapshot.machine.instructions));
    return snapshot;
}

static void seek(void)
{
    while (history_seek_advance(&history, 5000) == SEEK_BUSY)
        ;
}

static struct snapshot go(uint64_t step)
{
    history_seek_step(&history, step);
    seek();
    assert_int_equal(position_step(&history.at), step);
    return history.at.snapshot;
}

static struct snapshot go_to_count(uint64_t instructions)
{
    assert_true(history_seek_count(&history, instructions));
    seek();
    return history.at.snapshot;
}

/* Moves between two positions several times and compares their states. */
static void back_and_forth(uint64_t step, uint64_t k)
{
    const struct snapshot here = go(step), there = go(step - k);
    const struct snapshot expected = at_step(step - k);

    assert_true(snapshots_are_same(&there, &expected));
    for (unsigned i = 0; i < 2; i++) {
        const struct snapshot forth = go(step), back = go(step - k);

        assert_true(snapshots_are_same(&forth, &here));
        assert_true(snapshots_are_same(&back, &there));
    }
}

static void test_back_and_forth(void **state)
{
    static const uint64_t some[] = {1, 2, 7, 100, 1000};

    (void)state;
    for (unsigned number = 0; number < builtin_library.count; number++) {
        struct prng prng;
        uint64_t last;

        prng_seed(&prng, number);
        load(number);
        run(&prng);
        last = history_last(&history);
        for (unsigned i = 0; i < sizeof some / sizeof some[0]; i++) {
            uint64_t k = some[i];

            back_and_forth(last, k);
            back_and_forth(k + prng_next(&prng) % (last - k), k);
        }
        for (unsigned i = 0; i < 10; i++) {
            uint64_t step = prng_next(&prng) % last;

            back_and_forth(step, prng_next(&prng) % (step + 1));
        }
    }
}

/* Single steps must work across Stops, hangs and checkpoints. */
static void test_single_steps(void **state)
{
    (void)state;
    for (unsigned number = 0; number < builtin_library.count; number++) {
        struct snapshot snapshot[300];
        struct prng prng;

        prng_seed(&prng, number);
        load(number);
        run(&prng);
        uint64_t last = history_last(&history);
        uint64_t first = prng_next(&prng) % (last - 300);

        snapshot[0] = at_step(first);
        for (unsigned i = 1; i < 300; i++) {
            snapshot[i] = snapshot[i - 1];
            snapshot_prepulse(&snapshot[i]);
        }
        for (unsigned i = 300; i-- > 0;) {
            const struct snapshot there = go(first + i);

            assert_true(snapshots_are_same(&there, &snapshot[i]));
        }
        for (unsigned i = 0; i < 300; i++) {
            const struct snapshot there = go(first + i);

            assert_true(snapshots_are_same(&there, &snapshot[i]));
        }
    }
}

static void test_counts(void **state)
{
    (void)state;
    for (unsigned number = 0; number < builtin_library.count; number++) {
        struct prng prng;
        uint64_t limit;

        prng_seed(&prng, number);
        load(number);
        run(&prng);
        limit = history.last.snapshot.machine.instructions;
        for (unsigned i = 0; i < 12; i++) {
            uint64_t count = prng_next(&prng) % (limit + 1);
            const struct snapshot there = go_to_count(count);
            const struct snapshot expected = after(count);

            assert_true(snapshots_are_same(&there, &expected));
        }
        assert_false(history_seek_count(&history, limit + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_and_forth),
        cmocka_unit_test(test_single_steps),
        cmocka_unit_test(test_counts),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
