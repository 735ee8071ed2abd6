/* SPDX-License-Identifier: MIT */
/*
 * Every program on the image, back and forth: by the fast engine with a
 * history, in turns as the desk gives them, and beside that from the load on by
 * the reference, which knows nothing of history.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "console.h"
#include "emu/check/random_machine.h"
#include "emu/format/reader.h"
#include "moments.h"
#include "tests/lib/whole.h"

#define PREPULSES   200000u
#define CHECKPOINTS 64

static const struct stops no_stops;

static struct checkpoint memory[CHECKPOINTS];
static struct history history;
static struct moment beginning; /* as loaded */

static void load(unsigned number)
{
    static struct program program;
    const struct library_file *file = &shipped.file[number];

    assert_true(program_read(&program, file->text, file->size, NULL));
    beginning = (struct moment){.controls = controls_normal, .bar_us = 1440};
    program_load(&program, &beginning.machine);
    assert_true(history_start(&history, memory, sizeof memory,
                              &engine_predecoded, NULL));
    history_begin(&history, &beginning, 0);
}

/* By ENGINE at most so many instructions.  Where nothing goes out by itself it
   is a KC. */
static void obey(const struct engine *engine, union engine_state *state,
                 struct moment *moment, uint32_t budget)
{
    struct machine *machine = &moment->machine;
    uint64_t before = machine->prepulses;

    if (machine->neon || moment->hung) {
        moment_prepulse(moment);
        engine->changed(state);
        return;
    }
    struct outcome outcome = engine->run(state, machine, &no_stops, budget);

    moment->hung = outcome.why == ENDED_HUNG;
    moment->machine_us += (machine->prepulses - before) * moment->bar_us;
}

static void run(struct dice *dice)
{
    union engine_state engine;
    struct moment present = beginning;

    assert_true(engine_predecoded.start(&engine, NULL));
    while (present.machine.prepulses < PREPULSES) {
        obey(&engine_predecoded, &engine, &present, 1 + dice_roll(dice) % 9000);
        history_observe(&history, &present, 0);
    }
    assert_int_equal(history_first(&history), 0);
    assert_int_equal(history_last(&history), present.machine.prepulses);
}

/* ---- by the reference ---- */

static struct moment at_step(uint64_t step)
{
    struct moment moment = beginning;

    while (moment.machine.prepulses < step)
        moment_prepulse(&moment);
    return moment;
}

static struct moment after(uint64_t instructions)
{
    union engine_state engine;
    struct moment moment = beginning;

    assert_true(engine_reference.start(&engine, NULL));
    while (moment.machine.instructions < instructions)
        obey(&engine_reference, &engine, &moment,
             (uint32_t)(instructions - moment.machine.instructions));
    return moment;
}

/* ---- by history ---- */

static void search(void)
{
    while (history_turn(&history, 5000) == SEARCH_GOES_ON)
        ;
}

static struct moment go(uint64_t step)
{
    history_search_step(&history, step);
    search();
    assert_int_equal(position_step(&history.at), step);
    return history.at.moment;
}

static struct moment go_to_count(uint64_t instructions)
{
    assert_true(history_search_count(&history, instructions));
    search();
    return history.at.moment;
}

/* K back from STEP and K forward, and from there the other way round. */
static void back_and_forth(uint64_t step, uint64_t k)
{
    const struct moment here = go(step), there = go(step - k);
    const struct moment expected = at_step(step - k);

    assert_true(moments_are_same(&there, &expected));
    for (unsigned i = 0; i < 2; i++) {
        const struct moment forth = go(step), back = go(step - k);

        assert_true(moments_are_same(&forth, &here));
        assert_true(moments_are_same(&back, &there));
    }
}

static void test_back_and_forth(void **state)
{
    static const uint64_t some[] = {1, 2, 7, 100, 1000};

    (void)state;
    for (unsigned number = 0; number < shipped.count; number++) {
        struct dice dice;
        uint64_t last;

        dice_shake(&dice, number);
        load(number);
        run(&dice);
        last = history_last(&history);
        for (unsigned i = 0; i < sizeof some / sizeof some[0]; i++) {
            uint64_t k = some[i];

            back_and_forth(last, k);
            back_and_forth(k + dice_roll(&dice) % (last - k), k);
        }
        for (unsigned i = 0; i < 10; i++) {
            uint64_t step = dice_roll(&dice) % last;

            back_and_forth(step, dice_roll(&dice) % (step + 1));
        }
    }
}

/* One at a time, over stops, hangs and checkpoints: as F7 and F6 go. */
static void test_single_steps(void **state)
{
    (void)state;
    for (unsigned number = 0; number < shipped.count; number++) {
        struct moment moment[300];
        struct dice dice;

        dice_shake(&dice, number);
        load(number);
        run(&dice);
        uint64_t last = history_last(&history);
        uint64_t first = dice_roll(&dice) % (last - 300);

        moment[0] = at_step(first);
        for (unsigned i = 1; i < 300; i++) {
            moment[i] = moment[i - 1];
            moment_prepulse(&moment[i]);
        }
        for (unsigned i = 300; i-- > 0;) {
            const struct moment there = go(first + i);

            assert_true(moments_are_same(&there, &moment[i]));
        }
        for (unsigned i = 0; i < 300; i++) {
            const struct moment there = go(first + i);

            assert_true(moments_are_same(&there, &moment[i]));
        }
    }
}

static void test_counts(void **state)
{
    (void)state;
    for (unsigned number = 0; number < shipped.count; number++) {
        struct dice dice;
        uint64_t most;

        dice_shake(&dice, number);
        load(number);
        run(&dice);
        most = history.last.moment.machine.instructions;
        for (unsigned i = 0; i < 12; i++) {
            uint64_t count = dice_roll(&dice) % (most + 1);
            const struct moment there = go_to_count(count);
            const struct moment expected = after(count);

            assert_true(moments_are_same(&there, &expected));
        }
        assert_false(history_search_count(&history, most + 1));
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
