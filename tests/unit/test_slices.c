/* SPDX-License-Identifier: MIT */
/* Tests the length of a slice if execution suddenly slows down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ui/kiosk.h"
#include "console.h"

/* Maximum time from a key to the turn that draws it, beyond 200 ms: slices of
   the machine of five calls each, which are longer if drawing takes long. */
#define KEY_SLACK (2 * 5 * PACE_CALL_MAX)

/* Maximum length of a turn.  It may last one slice and three calls: one beyond
   the end of the slice, one in ui_turn(), and one to log bars for the tube. */
#define BOUND_US (PACE_SLICE_US + 3 * PACE_CALL_US)

/* Time per instruction in the engine, and per bar in the reference, in ns. */
static uint32_t fast_ns, slow_ns;
static uint64_t by_engine;

static bool begin(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    return true;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    (void)state;
    (void)breakpoints;
    machine->prepulses += budget;
    machine->instructions += budget;
    by_engine += budget;
    return (struct outcome){budget, RUN_BUDGET};
}

static void edited(void *state, const struct machine *machine, unsigned line)
{
    (void)state;
    (void)machine;
    (void)line;
}

static void changed(void *state)
{
    (void)state;
}

static const struct engine quick = {.name = "quick",
                                    .start = begin,
                                    .run = run,
                                    .line_written = edited,
                                    .state_changed = changed};

static uint64_t pc_clock(void)
{
    uint64_t other = ui.view.session.machine.prepulses - by_engine;

    return now + (by_engine * fast_ns + other * slow_ns) / 1000;
}

static uint32_t drawing_us; /* time to draw the screen */
/* Time after which the machine runs between, or 0 for that of its slices */
static uint32_t part_us;
static uint32_t left_us; /* time that the current drawing still takes */
static uint32_t drawings;

/* Runs one turn in the same way as the kernel and returns its duration.  Then
   sleeps for as long as the console allows. */
static uint64_t kernel_turn(void)
{
    uint64_t start = pc_clock();
    bool drawn;

    while (ui_more(&ui, pc_clock()))
        continue;
    uint64_t turned = pc_clock();
    uint32_t wait = ui_turn(&ui, turned, &drawn);

    if (drawn) {
        left_us = drawing_us;
        drawings += drawing_us > 0;
    }
    if (left_us > 0) {
        uint64_t since = drawn ? turned : pc_clock();
        uint32_t most = part_us ? part_us : pace_slice(&ui.view.session.pace);
        uint32_t part = left_us < most ? left_us : most;

        now += part;
        left_us -= part;
        ui_account_drawing(&ui,
                           &(struct drawing_part){drawn, left_us == 0, since,
                                                  pc_clock(), part / 2});
    }
    uint64_t took = pc_clock() - start;

    now += wait < 1000 ? wait : 1000;
    return took;
}

static void start_quick(uint32_t fast, uint32_t slow)
{
    start_program(50, "1 JMP 0\n0 NUM 0\n");
    fast_ns = fast;
    slow_ns = slow;
    by_engine = 0;
    drawing_us = left_us = 0;
    part_us = UINT32_MAX;
    assert_true(session_set_engine(&ui.view.session, &quick, NULL));
    pace_set(&ui.view.session.pace, SPEED_MAX);
    session_set_cs(&ui.view.session, true);
    for (unsigned i = 0; i < 50; i++)
        kernel_turn();
}

static void check_turns(unsigned count)
{
    while (count-- > 0) {
        uint64_t took = kernel_turn();

        if (took > BOUND_US)
            fail_msg("a turn took %u us", (unsigned)took);
        assert_true(session_runs(&ui.view.session));
    }
}

/* While KCC is held, bars are executed by the reference engine. */
static void hold_key(bool on)
{
    session_hold_keys(&ui.view.session, 0, on ? KCC : 0);
    session_record(&ui.view.session);
}

static void count_bars(bool on)
{
    static struct profile profile;

    ui.view.session.profile = on ? &profile : NULL;
}

static void change_engine(bool on)
{
    assert_true(session_set_engine(&ui.view.session,
                                   on ? &engine_reference : &quick, NULL));
}

/* Turns must stay short if execution suddenly becomes much slower. */
static void test_sudden_slowdown(void **state)
{
    static const uint32_t slower[] = {5000, 50000};
    static void (*const ways[])(bool on) = {hold_key, count_bars,
                                            change_engine};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start_quick(5, slower[i]);
        for (unsigned round = 0; round < 30; round++) {
            ways[round % 3](true);
            check_turns(round % 7 + 1);
            ways[round % 3](false);
            check_turns(40);
        }
        assert_true(by_engine > 1000000);
    }
}

/* The demonstration must not change the call size of the session. */
static void test_after_the_demonstration(void **state)
{
    (void)state;
    start_quick(5, 5000);
    uint32_t call = ui.view.session.pace.call;

    kiosk_start_demo(&ui, pc_clock());
    for (unsigned i = 0; i < 1000; i++) {
        now += 1000;
        kernel_turn();
    }
    assert_true(ui.view.session.pace.call <= call);
}

/* Runs the PC for a minute, and returns the number of prepulses. */
static uint64_t run_minute(uint32_t drawing)
{
    uint64_t end, before = ui.view.session.machine.prepulses;

    drawing_us = drawing;
    drawings = 0;
    for (end = pc_clock() + 60000000; pc_clock() < end;)
        kernel_turn();
    return ui.view.session.machine.prepulses - before;
}

/* A PC that draws slowly holds the speed of 1948 if it can catch up. */
static void test_slow_drawing(void **state)
{
    static const uint32_t drawing[] = {1000, 30000, 300000, 490000};
    const uint64_t real = 60000000 / 1440;

    (void)state;
    for (unsigned i = 0; i < sizeof drawing / sizeof *drawing; i++) {
        start_quick(5000, 20000);
        pace_set(&ui.view.session.pace, SPEED_REAL);
        assert_in_range(run_minute(drawing[i]), real * 99 / 100,
                        real * 101 / 100);
        assert_true(drawings >= 60000000 / (drawing[i] + 20000) / 2);
    }
    /* Ten times as long is too long, but the machine and the screen go on. */
    start_quick(5000, 20000);
    pace_set(&ui.view.session.pace, SPEED_REAL);
    assert_in_range(run_minute(4900000), real / 20, real);
    assert_true(drawings >= 10);
}

/* Flat out, the machine has half of the time, also if it runs between the parts
   of a drawing, and the drawings have the other half. */
static void test_half_of_the_time(void **state)
{
    static const uint32_t drawing[] = {30000, 300000, 3000000};
    static const uint32_t parts[] = {0, UINT32_MAX};

    (void)state;
    for (unsigned i = 0; i < sizeof drawing / sizeof *drawing; i++)
        for (unsigned j = 0; j < sizeof parts / sizeof *parts; j++) {
            start_quick(5000, 20000);
            part_us = parts[j];
            run_minute(drawing[i]);
            assert_in_range((uint64_t)drawings * drawing[i], 25000000,
                            32000000);
        }
}

/* A key must be drawn soon, however long a drawing takes, also if the machine
   runs between its parts. */
static void test_keys_while_drawing(void **state)
{
    static const uint32_t drawing[] = {30000, 300000, 3000000};
    static const uint32_t parts[] = {5000, UINT32_MAX};

    (void)state;
    for (unsigned i = 0; i < sizeof drawing / sizeof *drawing; i++)
        for (unsigned j = 0; j < sizeof parts / sizeof *parts; j++) {
            start_quick(5000, 20000);
            part_us = parts[j];
            run_minute(drawing[i]);
            for (unsigned k = 0; k < 50; k++) {
                uint64_t pressed = pc_clock(), before = drawings;

                ui_event(&ui, &(struct event){.key = KEY_DOWN, .down = true});
                while (drawings == before)
                    kernel_turn();
                /* The last turn includes the part of a drawing. */
                uint64_t part = drawing[i] < part_us ? drawing[i] : part_us;

                assert_true(pc_clock() - pressed < 200000 + part + KEY_SLACK);
                for (unsigned l = 0; l < k; l++)
                    kernel_turn();
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_while_drawing),
        cmocka_unit_test(test_sudden_slowdown),
        cmocka_unit_test(test_after_the_demonstration),
        cmocka_unit_test(test_slow_drawing),
        cmocka_unit_test(test_half_of_the_time),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
