/* SPDX-License-Identifier: MIT */
/*
 * Going back and forth in what happened: whatever was obeyed and done, each
 * position is the same again.  An operator does things at random, and every
 * position is put down as it is; history has to find each of them.
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
#include "emu/check/bench_programs.h"
#include "moments.h"

#define POSITIONS 40000

static struct history history;
static struct moment now;
static uint32_t records;
static struct moment all[POSITIONS]; /* by step */
static uint64_t steps;               /* so many were made */
static uint32_t noted[POSITIONS];    /* what the journal had then */

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
    now = (struct moment){
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
    history_observe(&history, &now, records);
    if (!history_in_past(&history)) {
        steps = history_last(&history) + 1;
        if (steps <= POSITIONS) {
            all[steps - 1] = now;
            noted[steps - 1] = records;
        }
    }
}

/* STEP and the one after it: no hand came between them. */
static bool is_prepulse(uint64_t step)
{
    return all[step + 1].machine.prepulses != all[step].machine.prepulses;
}

/* What the journal had before the next action. */
static uint32_t records_at(uint64_t step)
{
    while (step + 1 < steps && is_prepulse(step))
        step++;
    return noted[step];
}

/* A prepulse, that goes out by itself or not. */
static void one_prepulse(void)
{
    moment_prepulse(&now);
    observe();
}

static void action(struct dice *dice)
{
    uint32_t line = dice_roll(dice) % LINES;

    switch (dice_roll(dice) % 8) {
    case 0:
        now.controls.stat ^= 1u << (dice_roll(dice) % 5);
        break;
    case 1:
        now.controls.manual = !now.controls.manual;
        break;
    case 2:
        now.controls.typewriter = 1u << line;
        break;
    case 3:
        now.controls.strip = dice_roll(dice) % 16;
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
        now.machine.store[line] = dice_word(dice);
        break;
    }
    records += dice_roll(dice) % 3;
    observe();
}

/* So many positions, most by prepulses. */
static void live(struct dice *dice, uint64_t count)
{
    uint32_t far = count < 400 ? (uint32_t)count / 2 : 400;
    uint32_t rarely = 1 + dice_roll(dice) % far;

    while (steps < count)
        if (dice_one_in(dice, rarely))
            action(dice);
        else
            one_prepulse();
}

/* To the end of the search, a budget at a time; how it ended. */
static enum search turns(uint32_t budget)
{
    enum search state;

    while ((state = history_turn(&history, budget)) == SEARCH_GOES_ON)
        ;
    assert_int_equal(history_turn(&history, budget), SEARCH_NONE);
    assert_true(history.count <= history.capacity);
    return state;
}

static void search(void)
{
    assert_int_equal(turns(1000), SEARCH_FOUND);
}

static void is_at(const struct position *position, uint64_t step)
{
    assert_int_equal(position_step(position), step);
    assert_true(moments_are_same(&position->moment, &all[step]));
    assert_int_equal(position->records, records_at(step));
}

static void go(uint64_t step)
{
    history_search_step(&history, step);
    search();
    is_at(&history.at, step);
}

/* POSITION becomes the next one, STEP. */
static void next(struct position *position, uint64_t step)
{
    struct moment moment = all[step - 1];
    struct bar bar = {0}, expected = {0};
    bool obeyed = history_next(&history, position, &bar);

    assert_int_equal(obeyed, is_prepulse(step - 1));
    if (obeyed)
        expected = moment_prepulse(&moment);
    assert_int_equal(bar.instruction, expected.instruction);
    assert_int_equal(bar.operand, expected.operand);
    assert_int_equal(bar.control_line, expected.control_line);
    assert_int_equal(position_step(position), step);
    assert_true(moments_are_same(&position->moment, &all[step]));
}

/* The first position with so many instructions. */
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

    assert_true(history_search_count(&history, instructions));
    search();
    is_at(&history.at, step);
}

static uint64_t up_to(struct dice *dice, uint64_t most)
{
    return dice_roll(dice) % (most + 1);
}

/* 10,000 machines, most of them with actions on the way: K back and K forward
   is where one was, and so is the way by counts of instructions. */
static void test_random(void **state)
{
    unsigned acted = 0, counted = 0;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 10000; number++) {
        struct dice dice;
        struct machine machine;

        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        machine.neon = false;
        load(&machine);
        live(&dice, 2 + dice_roll(&dice) % 200);
        acted += history.last.actions > 0;
        counted += now.machine.instructions > 0;
        for (unsigned i = 0; i < 4; i++) {
            uint64_t at = up_to(&dice, steps - 1), k = up_to(&dice, at);

            go(at);
            assert_int_equal(history_in_past(&history), at < steps - 1);
            go(at - k);
            go(at);
            go_to_count(up_to(&dice, now.machine.instructions));
        }
        go(steps - 1);
        assert_false(history_in_past(&history));
    }
    assert_true(acted > 5000);
    assert_true(counted > 5000);
}

/* Neither what was forgotten nor what has not happened. */
static void cannot_be_reached(void)
{
    uint64_t first = history_first(&history), last = history_last(&history);
    uint64_t before = all[first].machine.instructions;

    assert_false(history_search_count(&history, now.machine.instructions + 1));
    if (before > 0)
        assert_false(history_search_count(&history, before - 1));
    history_search_step(&history, 0);
    search();
    is_at(&history.at, first);
    history_search_step(&history, last + 100);
    search();
    is_at(&history.at, last);
}

/* Longer ones, with little memory, so that checkpoints are thinned out. */
static void test_long(void **state)
{
    unsigned forgot = 0;

    (void)state;
    for (unsigned number = 0; number < 30; number++) {
        struct dice dice;
        struct machine machine;

        start(64 + number * 8);
        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, POSITIONS);
        assert_true(history.count <= history.capacity);
        forgot += history_first(&history) > 0;
        for (unsigned i = 0; i < 60; i++) {
            uint64_t first = history_first(&history);
            struct position position;
            uint64_t step = first + dice_roll(&dice) % (steps - first);

            go(step);
            step = first + dice_roll(&dice) % (steps - first);
            history_look(&history, step, &position);
            is_at(&position, step);
            while (step < steps - 1 && dice_roll(&dice) % 50 != 0)
                next(&position, ++step);
        }
        cannot_be_reached();
    }
    assert_true(forgot > 0);
}

#define KEPT 400

/* One that goes for ever; by itself, so many prepulses. */
static void run(union engine_state *engine, uint32_t count)
{
    static const struct stops none;
    uint64_t before = now.machine.prepulses;

    engine_predecoded.changed(engine);
    engine_predecoded.run(engine, &now.machine, &none, count);
    now.machine_us += (now.machine.prepulses - before) * now.bar_us;
    observe();
}

/* From the position before each checkpoint the next is that one. */
static void over_checkpoints(void)
{
    for (uint32_t i = 1; i < history.count; i++) {
        const struct checkpoint checkpoint = history.checkpoints[i];
        struct position position;
        struct bar bar;

        history_look(&history, position_step(&checkpoint.position) - 1,
                     &position);
        assert_int_equal(history_next(&history, &position, &bar),
                         !checkpoint.action);
        assert_true(lockstep_same(&position.moment.machine,
                                  &checkpoint.position.moment.machine));
    }
}

/* Far more than there is memory for, but few actions: all of it is within
   reach, though what has gone through it is far from one checkpoint to the
   next.  A change of speed is no action, and is not forgotten either. */
static void test_full(void **state)
{
    static struct moment kept[KEPT];
    struct machine machine = sample_machine(SAMPLE_REWRITE);
    union engine_state engine;
    struct dice dice;
    uint64_t step[KEPT];

    (void)state;
    start(64);
    dice_shake(&dice, 1);
    load(&machine);
    assert_true(engine_predecoded.start(&engine, NULL));
    for (unsigned i = 0; i < KEPT; i++) {
        run(&engine, 10000 + dice_roll(&dice) % 15000);
        if (i % 80 == 7)
            now.machine.store[31] = dice_roll(&dice);
        else if (i % 80 == 47)
            now.bar_us ^= 1440 ^ 1224;
        observe();
        step[i] = history_last(&history);
        kept[i] = now;
        assert_true(history.count <= history.capacity);
    }
    assert_int_equal(history_first(&history), 0);
    for (unsigned i = 0; i < KEPT; i++) {
        unsigned to = dice_roll(&dice) % KEPT;

        history_search_step(&history, step[to]);
        search();
        assert_int_equal(position_step(&history.at), step[to]);
        assert_true(moments_are_same(&history.at.moment, &kept[to]));
    }
    over_checkpoints();
}

/* A change of speed makes no step, and what came of an action still did. */
static void test_speed(void **state)
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
    history_look(&history, 0, &position);
    for (uint64_t step = 1; step < steps; step++)
        next(&position, step);
    for (uint64_t step = 0; step < steps; step++)
        go(step);
}

/* Actions cannot give way, so the oldest are forgotten, but no more of them
   than must be. */
static void test_forgetting(void **state)
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

/* Each count there is. */
static void test_count(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 300; number++) {
        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, 300);
        for (uint64_t n = 0; n <= now.machine.instructions; n += 7)
            go_to_count(n);
        assert_false(
            history_search_count(&history, now.machine.instructions + 1));
    }
}

/* Whether a run would stop at STEP, as told by the positions around it. */
static bool stops_at(const struct stops *stops, uint64_t step)
{
    const struct moment *at = &all[step], *before = &all[step - (step > 0)];
    uint32_t control = machine_next_control(&at->machine);

    if (!at->controls.manual &&
        stops_before(stops,
                     control & (at->controls.stat | ~(uint32_t)STATICISOR)))
        return true;
    if (step == 0 || at->machine.prepulses == before->machine.prepulses)
        return false;

    struct machine again = before->machine;
    struct bar bar = prepulse(&again, &before->controls);

    return !bar.hung && !again.neon &&
           stops_after(stops, bar.instruction, before->machine.a,
                       at->machine.a);
}

static void test_stops(void **state)
{
    unsigned found = 0;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        struct dice dice;
        struct machine machine;
        struct stops stops = {0};

        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, 400);
        *(&stops.obeying + number % 3) = 1u << dice_roll(&dice) % LINES;
        if (number % 5 == 0)
            stops.when = 1u << dice_roll(&dice) % 3;
        for (unsigned i = 0; i < 20; i++) {
            uint64_t step = dice_roll(&dice) % steps, last = step;
            bool any = false;

            go(step);
            while (last > 0 && !any)
                any = stops_at(&stops, --last);
            history_search_stop(&history, &stops);
            assert_int_equal(turns(37), any ? SEARCH_FOUND : SEARCH_NOT_FOUND);
            is_at(&history.at, last);
            found += any;
        }
    }
    assert_true(found > 1000);
}

/* What was not done does not happen: a new future. */
static void test_cut(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, 100);
        for (unsigned i = 0; i < 5; i++) {
            uint64_t step = dice_roll(&dice) % steps;

            go(step);
            history_cut(&history);
            assert_false(history_in_past(&history));
            assert_int_equal(history_last(&history), step);
            now = history.at.moment;
            records = noted[step] = history.at.records;
            steps = step + 1;
            live(&dice, step + 50);
        }
        for (uint64_t step = 0; step < steps; step += 3)
            go(step);
    }
}

/* Obeyed again as any machine is, up to the next action. */
static void test_again(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 300; number++) {
        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, 300);
        go(0);
        while (history_in_past(&history)) {
            uint64_t step = position_step(&history.at);

            if (history_room(&history) == 0) {
                go(step + 1);
                continue;
            }
            now = history.at.moment;
            for (uint64_t room = history_room(&history); room > 0; room--) {
                one_prepulse();
                step++;
            }
            assert_int_equal(position_step(&history.at), step);
            assert_true(moments_are_same(&history.at.moment, &all[step]));
        }
    }
}

/* What was obeyed between two positions, counted on the way. */
static void test_tally(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    for (unsigned number = 0; number < 1000; number++) {
        struct profile profile = {0}, expected = {0};
        struct position from;

        dice_shake(&dice, number);
        machine = dice_machine(&dice);
        load(&machine);
        live(&dice, 300);
        uint64_t here = dice_roll(&dice) % steps;
        uint64_t there = dice_roll(&dice) % (here + 1);

        go(here);
        history_look(&history, there, &from);
        for (; there < here; there++) {
            struct moment moment = all[there];

            if (!is_prepulse(there))
                continue;
            struct bar bar = moment_prepulse(&moment);

            profile_bar(&expected, &bar, moment.controls.manual);
        }
        history_search_tally(&history, &from, &profile);
        assert_int_equal(turns(50), SEARCH_ASIDE);
        assert_memory_equal(&profile, &expected, sizeof profile);
        is_at(&history.at, here);
        is_at(&history.search.at, here);
    }
}

/* A search to look only. */
static void test_aside(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    dice_shake(&dice, 1);
    machine = dice_machine(&dice);
    load(&machine);
    live(&dice, 300);
    go(200);
    history_search_step(&history, 50);
    history_search_aside(&history);
    assert_int_equal(history_turn(&history, 100000), SEARCH_ASIDE);
    assert_true(moments_are_same(&history.search.at.moment, &all[50]));
    assert_int_equal(position_step(&history.at), 200);
    assert_int_equal(history_turn(&history, 1000), SEARCH_NONE);
}

/* Given up on the way, a search has led nowhere. */
static void test_cancel(void **state)
{
    struct dice dice;
    struct machine machine;

    (void)state;
    start(512);
    dice_shake(&dice, 1);
    machine = dice_machine(&dice);
    load(&machine);
    live(&dice, 3000);
    go(2900);
    history_search_step(&history, 10);
    assert_int_equal(history_turn(&history, 1), SEARCH_GOES_ON);
    history_cancel(&history);
    assert_int_equal(history_turn(&history, 1000), SEARCH_NONE);
    is_at(&history.at, 2900);
    history_search_step(&history, 10);
    load(&machine);
    assert_int_equal(history_turn(&history, 1000), SEARCH_NONE);
    is_at(&history.at, 0);
}

/* Where all that is kept are actions, no checkpoint can be left by the way. */
static void test_no_mark(void **state)
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
        history_search_step(&history, step);
        search();
        assert_int_equal(position_step(&history.at), step);
    }
}

/* What is looked at around a position far from all checkpoints is not obeyed
   again from the last of them each time. */
static void test_look(void **state)
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
        history_look(&history, 600000 - i, &position);
        assert_int_equal(position_step(&position), 600000 - i);
        assert_int_equal(history.count, 3);
    }
    history_look(&history, 300000, &position);
    history_look(&history, 299990, &position);
    assert_int_equal(history.count, 4);
}

/* The journal's records at each position: those made before the next action,
   as an edit of a note alone makes no position. */
static void test_records(void **state)
{
    const struct machine machine = {0};

    (void)state;
    start(64);
    load(&machine); /* position 0, a record; */
    one_prepulse(); /* 1 */
    records = 3;    /* .. two notes; */
    observe();
    now.machine.a = 5;
    records = 4;
    observe(); /* 2 */
    records = 6;
    observe();
    one_prepulse(); /* 3 */
    assert_int_equal(history_last(&history), 3);
    static const uint32_t expected[] = {3, 3, 6, 6};

    for (uint64_t step = 0; step < 4; step++) {
        go(step);
        assert_int_equal(history.at.records, expected[step]);
    }
}

#define JULY_MOST 10000000
#define JULY_WAYS 40

/* The same by the reference alone, one prepulse after the other.  July stops
   after two millions; KC gives one more prepulse, and then CI is cleared
   (CLEARS: that is next), so that another run follows. */
struct fresh {
    struct position at;
    bool clears;
};

static void go_fresh(struct fresh *fresh, uint64_t step)
{
    while (position_step(&fresh->at) < step) {
        struct moment *moment = &fresh->at.moment;
        bool clears = moment->machine.neon;

        if (fresh->clears) {
            moment->machine.ci = 0;
            fresh->at.actions++;
        } else {
            moment_prepulse(moment);
        }
        fresh->clears = clears;
    }
}

/* The checkpoint that STEP is come to from. */
static uint64_t nearest(uint64_t step)
{
    return position_step(&history_before(&history, step)->position);
}

/* July, K back and K forward, K to ten million. */
static void test_july(void **state)
{
    struct machine machine = sample_machine(SAMPLE_JULY);
    union engine_state engine;
    struct dice dice;
    uint64_t ways[JULY_WAYS];
    unsigned count = 0;

    (void)state;
    start(512);
    dice_shake(&dice, 1);
    load(&machine);

    struct fresh fresh = {.at = {.moment = now}};

    assert_true(engine_predecoded.start(&engine, NULL));
    while (now.machine.prepulses < 12000000) {
        if (now.machine.neon) {
            one_prepulse();
            now.machine.ci = 0;
            observe();
        }
        run(&engine, 1 + dice_roll(&dice) % 100000);
    }
    const struct moment end = now;
    uint64_t last = history_last(&history);

    for (uint64_t k = 1; k < JULY_MOST; k = k * 5 / 3 + 1)
        ways[count++] = k;
    for (ways[count++] = JULY_MOST; count > 0;) {
        uint64_t k = ways[--count];
        struct moment there;

        history_search_step(&history, last - k);
        search();
        there = history.at.moment;
        assert_int_equal(position_step(&history.at), last - k);
        go_fresh(&fresh, last - k);
        assert_true(moments_are_same(&there, &fresh.at.moment));
        assert_true(last - k - nearest(last - k) < 40000);
        history_search_step(&history, last);
        search();
        assert_true(moments_are_same(&history.at.moment, &end));
        history_search_step(&history, last - k - 1);
        search();
        history_search_step(&history, last - k);
        search();
        assert_true(moments_are_same(&history.at.moment, &there));
    }
}

static void test_none(void **state)
{
    const struct machine machine = {0};

    (void)state;
    assert_true(history_start(&history, NULL, 0, &engine_predecoded, NULL));
    load(&machine);
    one_prepulse();
    assert_int_equal(history.capacity, 0);
    assert_false(history_in_past(&history));
    assert_false(history_search_count(&history, 0));
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
        cmocka_unit_test(test_random),     cmocka_unit_test(test_long),
        cmocka_unit_test(test_count),      cmocka_unit_test(test_stops),
        cmocka_unit_test(test_cut),        cmocka_unit_test(test_again),
        cmocka_unit_test(test_records),    cmocka_unit_test(test_july),
        cmocka_unit_test(test_none),       cmocka_unit_test(test_tally),
        cmocka_unit_test(test_aside),      cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_no_mark),    cmocka_unit_test(test_look),
        cmocka_unit_test(test_speed),      cmocka_unit_test(test_full),
        cmocka_unit_test(test_forgetting),
    };

    return cmocka_run_group_tests(tests, NULL, end);
}
