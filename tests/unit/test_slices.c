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

/* Runs one turn in the same way as the kernel and returns its duration. */
static uint64_t kernel_turn(void)
{
    uint64_t start = pc_clock();
    bool drawn;

    while (ui_more(&ui, pc_clock()))
        continue;
    ui_turn(&ui, pc_clock(), &drawn);
    return pc_clock() - start;
}

static void start_quick(uint32_t fast, uint32_t slow)
{
    start_program(50, "1 JMP 0\n0 NUM 0\n");
    fast_ns = fast;
    slow_ns = slow;
    by_engine = 0;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sudden_slowdown),
        cmocka_unit_test(test_after_the_demonstration),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
