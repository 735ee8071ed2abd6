/* SPDX-License-Identifier: MIT */
/*
 * Tests seeking in the history.  After random instructions and operator
 * actions, every recorded position must be found again with all fields equal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/history/history.h"
#include "emu/history/profile_range.h"
#include "emu/history/reverse_continue.h"
#include "emu/history/seek.h"
#include "emu/check/bench_programs.h"
#include "snapshots.h"

#define POSITIONS 40000

static struct history history;
static struct snapshot now;
static uint32_t records;
static struct snapshot all[POSITIONS]; /* all recorded positions */
static uint64_t steps;                 /* number of recorded positions */
static uint32_t noted[POSITIONS];      /* end of the journal at each position */

static void *memory;

static void start(size_t checkpoints)
{
    free(memory);
    memory = malloc(checkpoints * sizeof(struct checkpoint));
    assert_non_null(memory);
    assert_true(history_start(&history, memory,
                              checkpoints * sizeof(struct checkpoint),
                              &engine_predecoded, NULL));
}

static void load(const struct machine *machine)
{
    now = (struct snapshot){
        .machine = *machine,
        .controls = controls_normal,
        .bar_us = 1440,
    };
    now.machine.prepulses = now.machine.instructions = 0;
    records = 1;
    history_begin(&history, &now, records);
    all[0] = now;
    noted[0] = records;
    steps = 1;
}

static void observe(void)
{
    history_record(&history, &now, records);
    if (!history_in_past(&history)) {
        steps = history_last(&history) + 1;
        if (steps <= POSITIONS) {
            all[steps - 1] = now;
            noted[steps - 1] = records;
        }
    }
}

/* Returns true if STEP is followed by a prepulse rather than an action. */
static bool is_prepulse(uint64_t step)
{
    return all[step + 1].machine.prepulses != all[step].machine.prepulses;
}

/* Returns the end of the journal before the action that follows STEP. */
static uint32_t records_at(uint64_t step)
{
    while (step + 1 < steps && is_prepulse(step))
        step++;
    return noted[step];
}

/* Executes one prepulse, even if the machine is stopped. */
static void one_prepulse(void)
{
    snapshot_prepulse(&now);
    observe();
}

static void action(struct prng *prng)
{
    uint32_t line = prng_next(prng) % LINES;

    switch (prng_next(prng) % 8) {
    case 0:
        now.controls.stat ^= 1u << (prng_next(prng) % 5);
        break;
    case 1:
        now.controls.manual = !now.controls.manual;
        break;
    case 2:
        now.controls.typewriter = 1u << line;
        break;
    case 3:
        now.controls.strip = prng_next(prng) % 16;
        break;
    case 4:
    case 5:
        now.controls = controls_normal;
        break;
    case 6:
        machine_clear_control(&now.machine);
        now.uncounted = now.machine.instructions;
        now.machine_us = 0;
        now.hung = false;
        break;
    default:
        now.machine.store[line] = random_word(prng);
        break;
    }
    records += prng_next(prng) % 3;
    observe();
}

/* Records random positions, most of them prepulses, until there are COUNT. */
static void record_random(struct prng *prng, uint64_t count)
{
    uint32_t far = count < 400 ? (uint32_t)count / 2 : 400;
    uint32_t rarely = 1 + prng_next(prng) % far;

    while (steps < count)
        if (prng_one_in(prng, rarely))
            action(prng);
        else
            one_prepulse();
}

/* Runs a seek to its end and returns its status. */
static enum seek_status turns(uint32_t budget)
{
    enum seek_status state;

    while ((state = history_seek_advance(&history, budget)) == SEEK_BUSY)
        ;
    assert_int_equal(history_seek_advance(&history, budget), SEEK_NONE);
    assert_true(history.count <= history.capacity);
    return state;
}

static void seek(void)
{
    assert_int_equal(turns(1000), SEEK_FOUND);
}

static void is_at(const struct position *position, uint64_t step)
{
    assert_int_equal(position_step(position), step);
    assert_true(snapshots_are_same(&position->snapshot, &all[step]));
    assert_int_equal(position->records, records_at(step));
}

static void go(uint64_t step)
{
    history_seek_step(&history, step);
    seek();
    is_at(&history.at, step);
}

/* Advances POSITION by one step and checks that it arrives at STEP. */
static void advance(struct position *position, uint64_t step)
{
    struct snapshot snapshot = all[step - 1];
    struct bar bar = {0}, expected = {0};
    bool obeyed = history_next(&history, position, &bar);

    assert_int_equal(obeyed, is_prepulse(step - 1));
    if (obeyed)
        expected = snapshot_prepulse(&snapshot);
    assert_int_equal(bar.instruction, expected.instruction);
    assert_int_equal(bar.operand, expected.operand);
    assert_int_equal(bar.control_line, expected.control_line);
    assert_int_equal(position_step(position), step);
    assert_true(snapshots_are_same(&position->snapshot, &all[step]));
}

/* Returns the first position with the given count of instructions. */
static uint64_t first_with(uint64_t instructions)
{
    uint64_t first = 0;

    while (all[first].machine.instructions < instructions)
        first++;
    return first;
}

static void go_to_count(uint64_t instructions)
{
    uint64_t step = first_with(instructions);

    assert_true(history_seek_count(&history, instructions));
    seek();
    is_at(&history.at, step);
}

static uint64_t random_up_to(struct prng *prng, uint64_t limit)
{
    return prng_next(prng) % (limit + 1);
}

/* Seeking backward and then forward must return to the same position. */
static void test_random(void **state)
{
    unsigned acted = 0, counted = 0;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 10000; number++) {
        struct prng prng;
        struct machine machine;

        prng_seed(&prng, number);
        machine = random_machine(&prng);
        machine.neon = false;
        load(&machine);
        record_random(&prng, 2 + prng_next(&prng) % 200);
        acted += history.last.actions > 0;
        counted += now.machine.instructions > 0;
        for (unsigned i = 0; i < 4; i++) {
            uint64_t at = random_up_to(&prng, steps - 1),
                     k = random_up_to(&prng, at);

            go(at);
            assert_int_equal(history_in_past(&history), at < steps - 1);
            go(at - k);
            go(at);
            go_to_count(random_up_to(&prng, now.machine.instructions));
        }
        go(steps - 1);
        assert_false(history_in_past(&history));
    }
    assert_true(acted > 5000);
    assert_true(counted > 5000);
}

/* Positions that are forgotten or in the future must not be reachable. */
static void cannot_be_reached(void)
{
    uint64_t first = history_first(&history), last = history_last(&history);
    uint64_t before = all[first].machine.instructions;

    assert_false(history_seek_count(&history, now.machine.instructions + 1));
    if (before > 0)
        assert_false(history_seek_count(&history, before - 1));
    history_seek_step(&history, 0);
    seek();
    is_at(&history.at, first);
    history_seek_step(&history, last + 100);
    seek();
    is_at(&history.at, last);
}

/* Positions must stay reachable while checkpoints are thinned out. */
static void test_long(void **state)
{
    unsigned forgot = 0;

    (void)state;
    for (unsigned number = 0; number < 30; number++) {
        struct prng prng;
        struct machine machine;

        start(64 + number * 8);
        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, POSITIONS);
        assert_true(history.count <= history.capacity);
        forgot += history_first(&history) > 0;
        for (unsigned i = 0; i < 60; i++) {
            uint64_t first = history_first(&history);
            struct position position;
            uint64_t step = first + prng_next(&prng) % (steps - first);

            go(step);
            step = first + prng_next(&prng) % (steps - first);
            history_peek(&history, step, &position);
            is_at(&position, step);
            while (step < steps - 1 && prng_next(&prng) % 50 != 0)
                advance(&position, ++step);
        }
        cannot_be_reached();
    }
    assert_true(forgot > 0);
}

#define KEPT 400

/* Runs the loaded program for COUNT prepulses. */
static void run(union engine_state *engine, uint32_t count)
{
    static const struct breakpoints none;
    uint64_t before = now.machine.prepulses;

    engine_predecoded.state_changed(engine);
    engine_predecoded.run(engine, &now.machine, &none, count);
    now.machine_us += (now.machine.prepulses - before) * now.bar_us;
    observe();
}

/* Steps forward to every checkpoint and compares the machine with it. */
static void over_checkpoints(void)
{
    for (uint32_t i = 1; i < history.count; i++) {
        const struct checkpoint checkpoint = history.checkpoints[i];
        struct position position;
        struct bar bar;

        history_peek(&history, position_step(&checkpoint.position) - 1,
                     &position);
        assert_int_equal(history_next(&history, &position, &bar),
                         !checkpoint.action);
        assert_true(lockstep_same(&position.snapshot.machine,
                                  &checkpoint.position.snapshot.machine));
    }
}

/* Positions must stay reachable if the memory for checkpoints is full. */
static void test_full_memory(void **state)
{
    static struct snapshot kept[KEPT];
    struct machine machine = sample_machine(SAMPLE_REWRITE);
    union engine_state engine;
    struct prng prng;
    uint64_t step[KEPT];

    (void)state;
    start(64);
    prng_seed(&prng, 1);
    load(&machine);
    assert_true(engine_predecoded.start(&engine, NULL));
    for (unsigned i = 0; i < KEPT; i++) {
        run(&engine, 10000 + prng_next(&prng) % 15000);
        if (i % 80 == 7)
            now.machine.store[31] = prng_next(&prng);
        else if (i % 80 == 47)
            now.bar_us ^= 1440 ^ 1224;
        observe();
        step[i] = history_last(&history);
        kept[i] = now;
        assert_true(history.count <= history.capacity);
    }
    assert_int_equal(history_first(&history), 0);
    for (unsigned i = 0; i < KEPT; i++) {
        unsigned to = prng_next(&prng) % KEPT;

        history_seek_step(&history, step[to]);
        seek();
        assert_int_equal(position_step(&history.at), step[to]);
        assert_true(snapshots_are_same(&history.at.snapshot, &kept[to]));
    }
    over_checkpoints();
}

/* A change of speed must neither create a position nor count as an action. */
static void test_change_of_speed(void **state)
{
    struct machine machine = sample_machine(SAMPLE_REWRITE);
    struct position position;

    (void)state;
    start(64);
    load(&machine);
    now.bar_us = 1224;
    observe();
    one_prepulse();
    now.machine.store[31] = 5;
    observe();
    now.bar_us = 1440;
    observe();
    one_prepulse();
    assert_int_equal(steps, 4);
    history_peek(&history, 0, &position);
    for (uint64_t step = 1; step < steps; step++)
        advance(&position, step);
    for (uint64_t step = 0; step < steps; step++)
        go(step);
}

/* When actions fill the memory, only the oldest positions must be forgotten. */
static void test_forget_oldest(void **state)
{
    const struct machine machine = {0};

    (void)state;
    for (unsigned capacity = 64; capacity < 100; capacity += 7) {
        start(capacity);
        load(&machine);
        while (steps < capacity * 5) {
            now.machine.a++;
            observe();
            assert_true(history.count <= capacity);
            if (steps <= capacity)
                assert_int_equal(history_first(&history), 0);
            assert_true(steps - history_first(&history) >
                        (steps <= capacity ? 0 : capacity * 2 / 3));
        }
        for (uint64_t i = history_first(&history); i < steps; i++)
            go(i);
    }
}

static void test_seek_count(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 300; number++) {
        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, 300);
        for (uint64_t n = 0; n <= now.machine.instructions; n += 7)
            go_to_count(n);
        assert_false(
            history_seek_count(&history, now.machine.instructions + 1));
    }
}

/* Returns true if a breakpoint must stop the machine at STEP. */
static bool breakpoints_at(const struct breakpoints *breakpoints, uint64_t step)
{
    const struct snapshot *at = &all[step], *before = &all[step - (step > 0)];
    uint32_t control = machine_next_control(&at->machine);

    if (!at->controls.manual &&
        breakpoints_before(
            breakpoints, control & (at->controls.stat | ~(uint32_t)STATICISOR)))
        return true;
    if (step == 0 || at->machine.prepulses == before->machine.prepulses)
        return false;

    struct machine again = before->machine;
    struct bar bar = prepulse(&again, &before->controls);

    return !bar.hung && !again.neon &&
           breakpoints_after(breakpoints, bar.instruction, before->machine.a,
                             at->machine.a);
}

static void test_seek_breakpoints(void **state)
{
    unsigned found = 0;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        struct prng prng;
        struct machine machine;
        struct breakpoints breakpoints = {0};

        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, 400);
        *(&breakpoints.obeying + number % 3) = 1u << prng_next(&prng) % LINES;
        if (number % 5 == 0)
            breakpoints.when = 1u << prng_next(&prng) % 3;
        for (unsigned i = 0; i < 20; i++) {
            uint64_t step = prng_next(&prng) % steps, last = step;
            bool any = false;

            go(step);
            while (last > 0 && !any)
                any = breakpoints_at(&breakpoints, --last);
            history_seek_breakpoint(&history, &breakpoints);
            assert_int_equal(turns(37), any ? SEEK_FOUND : SEEK_NOT_FOUND);
            is_at(&history.at, last);
            found += any;
        }
    }
    assert_true(found > 1000);
}

static void test_discard_future(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, 100);
        for (unsigned i = 0; i < 5; i++) {
            uint64_t step = prng_next(&prng) % steps;

            go(step);
            history_truncate(&history);
            assert_false(history_in_past(&history));
            assert_int_equal(history_last(&history), step);
            now = history.at.snapshot;
            records = noted[step] = history.at.records;
            steps = step + 1;
            record_random(&prng, step + 50);
        }
        for (uint64_t step = 0; step < steps; step += 3)
            go(step);
    }
}

static void test_replay(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 300; number++) {
        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, 300);
        go(0);
        while (history_in_past(&history)) {
            uint64_t step = position_step(&history.at);

            if (history_steps_ahead(&history) == 0) {
                go(step + 1);
                continue;
            }
            now = history.at.snapshot;
            for (uint64_t room = history_steps_ahead(&history); room > 0;
                 room--) {
                one_prepulse();
                step++;
            }
            assert_int_equal(position_step(&history.at), step);
            assert_true(snapshots_are_same(&history.at.snapshot, &all[step]));
        }
    }
}

static void test_profile_range(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        struct profile profile = {0}, expected = {0};
        struct position from;

        prng_seed(&prng, number);
        machine = random_machine(&prng);
        load(&machine);
        record_random(&prng, 300);
        uint64_t here = prng_next(&prng) % steps;
        uint64_t there = prng_next(&prng) % (here + 1);

        go(here);
        history_peek(&history, there, &from);
        for (; there < here; there++) {
            struct snapshot snapshot = all[there];

            if (!is_prepulse(there))
                continue;
            struct bar bar = snapshot_prepulse(&snapshot);

            profile_bar(&expected, &bar, snapshot.controls.manual);
        }
        history_profile_range(&history, &from, &profile);
        assert_int_equal(turns(50), SEEK_PREVIEW);
        assert_memory_equal(&profile, &expected, sizeof profile);
        is_at(&history.at, here);
        is_at(&history.seek.at, here);
    }
}

static void test_seek_preview(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    prng_seed(&prng, 1);
    machine = random_machine(&prng);
    load(&machine);
    record_random(&prng, 300);
    go(200);
    history_seek_step(&history, 50);
    history_seek_preview(&history);
    assert_int_equal(history_seek_advance(&history, 100000), SEEK_PREVIEW);
    assert_true(snapshots_are_same(&history.seek.at.snapshot, &all[50]));
    assert_int_equal(position_step(&history.at), 200);
    assert_int_equal(history_seek_advance(&history, 1000), SEEK_NONE);
}

static void test_cancel_seek(void **state)
{
    struct prng prng;
    struct machine machine;

    (void)state;
    start(512);
    prng_seed(&prng, 1);
    machine = random_machine(&prng);
    load(&machine);
    record_random(&prng, 3000);
    go(2900);
    history_seek_step(&history, 10);
    assert_int_equal(history_seek_advance(&history, 1), SEEK_BUSY);
    history_seek_cancel(&history);
    assert_int_equal(history_seek_advance(&history, 1000), SEEK_NONE);
    is_at(&history.at, 2900);
    history_seek_step(&history, 10);
    load(&machine);
    assert_int_equal(history_seek_advance(&history, 1000), SEEK_NONE);
    is_at(&history.at, 0);
}

/* Seeking must work even if actions leave no memory for checkpoints. */
static void test_no_room_for_checkpoints(void **state)
{
    struct machine machine = sample_machine(SAMPLE_REWRITE);
    union engine_state engine;

    (void)state;
    start(64);
    load(&machine);
    assert_true(engine_predecoded.start(&engine, NULL));
    for (unsigned i = 0; i < 62; i++) {
        now.machine.store[31]++;
        observe();
        if (i == 50)
            run(&engine, 100000);
    }
    assert_int_equal(history.count, history.capacity);
    for (uint64_t step = 30000; step < 100000; step += 7777) {
        history_seek_step(&history, step);
        seek();
        assert_int_equal(position_step(&history.at), step);
    }
}

/* Peeking at nearby positions must not replay from a distant checkpoint. */
static void test_peek(void **state)
{
    struct machine machine = sample_machine(SAMPLE_REWRITE);
    union engine_state engine;
    struct position position;

    (void)state;
    start(64);
    load(&machine);
    assert_true(engine_predecoded.start(&engine, NULL));
    run(&engine, 1000000);
    assert_int_equal(history.count, 2);
    for (unsigned i = 0; i < 16000; i += 500) {
        history_peek(&history, 600000 - i, &position);
        assert_int_equal(position_step(&position), 600000 - i);
        assert_int_equal(history.count, 3);
    }
    history_peek(&history, 300000, &position);
    history_peek(&history, 299990, &position);
    assert_int_equal(history.count, 4);
}

/* A position must include the journal records written before the next
   action. */
static void test_journal_records(void **state)
{
    const struct machine machine = {0};

    (void)state;
    start(64);
    load(&machine);
    one_prepulse();
    records = 3;
    observe();
    now.machine.a = 5;
    records = 4;
    observe();
    records = 6;
    observe();
    one_prepulse();
    assert_int_equal(history_last(&history), 3);
    static const uint32_t expected[] = {3, 3, 6, 6};

    for (uint64_t step = 0; step < 4; step++) {
        go(step);
        assert_int_equal(history.at.records, expected[step]);
    }
}

#define JULY_MAX  10000000
#define JULY_WAYS 40

/* A run of the July program on the reference engine, for comparison.  After the
   program stops, one more prepulse is executed, CI is cleared, and the program
   runs again. */
struct fresh {
    struct position at;
    bool clears; /* true if the next action clears CI */
};

static void go_fresh(struct fresh *fresh, uint64_t step)
{
    while (position_step(&fresh->at) < step) {
        struct snapshot *snapshot = &fresh->at.snapshot;
        bool clears = snapshot->machine.neon;

        if (fresh->clears) {
            snapshot->machine.ci = 0;
            fresh->at.actions++;
        } else {
            snapshot_prepulse(snapshot);
        }
        fresh->clears = clears;
    }
}

/* Returns the step of the last checkpoint before STEP. */
static uint64_t nearest(uint64_t step)
{
    return position_step(&history_checkpoint_before(&history, step)->position);
}

/* Seeking by up to ten million steps in the July program must be exact. */
static void test_july(void **state)
{
    struct machine machine = sample_machine(SAMPLE_JULY);
    union engine_state engine;
    struct prng prng;
    uint64_t ways[JULY_WAYS];
    unsigned count = 0;

    (void)state;
    start(512);
    prng_seed(&prng, 1);
    load(&machine);

    struct fresh fresh = {.at = {.snapshot = now}};

    assert_true(engine_predecoded.start(&engine, NULL));
    while (now.machine.prepulses < 12000000) {
        if (now.machine.neon) {
            one_prepulse();
            now.machine.ci = 0;
            observe();
        }
        run(&engine, 1 + prng_next(&prng) % 100000);
    }
    const struct snapshot end = now;
    uint64_t last = history_last(&history);

    for (uint64_t k = 1; k < JULY_MAX; k = k * 5 / 3 + 1)
        ways[count++] = k;
    for (ways[count++] = JULY_MAX; count > 0;) {
        uint64_t k = ways[--count];
        struct snapshot there;

        history_seek_step(&history, last - k);
        seek();
        there = history.at.snapshot;
        assert_int_equal(position_step(&history.at), last - k);
        go_fresh(&fresh, last - k);
        assert_true(snapshots_are_same(&there, &fresh.at.snapshot));
        assert_true(last - k - nearest(last - k) < 40000);
        history_seek_step(&history, last);
        seek();
        assert_true(snapshots_are_same(&history.at.snapshot, &end));
        history_seek_step(&history, last - k - 1);
        seek();
        history_seek_step(&history, last - k);
        seek();
        assert_true(snapshots_are_same(&history.at.snapshot, &there));
    }
}

static void test_no_history(void **state)
{
    const struct machine machine = {0};

    (void)state;
    assert_true(history_start(&history, NULL, 0, &engine_predecoded, NULL));
    load(&machine);
    one_prepulse();
    assert_int_equal(history.capacity, 0);
    assert_false(history_in_past(&history));
    assert_false(history_seek_count(&history, 0));
}

static int end(void **state)
{
    (void)state;
    free(memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_seek_count),
        cmocka_unit_test(test_seek_breakpoints),
        cmocka_unit_test(test_discard_future),
        cmocka_unit_test(test_replay),
        cmocka_unit_test(test_journal_records),
        cmocka_unit_test(test_july),
        cmocka_unit_test(test_no_history),
        cmocka_unit_test(test_profile_range),
        cmocka_unit_test(test_seek_preview),
        cmocka_unit_test(test_cancel_seek),
        cmocka_unit_test(test_no_room_for_checkpoints),
        cmocka_unit_test(test_peek),
        cmocka_unit_test(test_change_of_speed),
        cmocka_unit_test(test_full_memory),
        cmocka_unit_test(test_forget_oldest),
    };

    return cmocka_run_group_tests(tests, NULL, end);
}
