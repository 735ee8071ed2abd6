/* SPDX-License-Identifier: MIT */
/* Tests that counters stay at their maximum while the machine runs on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ui/base/status.h"
#include "services/option_parser.h"
#include "console.h"
#include "emu/machine/count.h"
#include "emu/format/snapshot_file.h"
#include "emu/session/engine_use.h"
#include "tests/lib/whole.h"
#include "services/batch.h"
#include "ui/ui.h"

#define TURNS  "; Turns for ever\n1 LDN 4\n2 STO 5\n3 JMP 0\n4 NUM 1\n"
#define LAST   UINT64_C(9223372036854775807)
#define SECOND UINT64_C(1000000)
#define BAR_US 1440u

static char saved[SNAPSHOT_FILE_SIZE];

/* Loads a program and sets its counts to PREPULSES and its time to US. */
static void begin(unsigned rows, uint64_t prepulses, uint64_t us)
{
    struct snapshot snapshot;

    start_program(rows, TURNS);
    session_snapshot_released(&ui.view.session, &snapshot);
    snapshot.machine.prepulses = snapshot.machine.instructions = prepulses;
    snapshot.machine_us = us;
    session_restore(&ui.view.session, &snapshot,
                    &ui.view.session.loaded.program);
    turn();
}

static bool reads_back(void)
{
    static struct program program;
    struct snapshot is, again;
    struct strbuf text = strbuf_begin(saved, sizeof saved);

    session_snapshot_released(&ui.view.session, &is);
    snapshot_file_write(&text, &is, &ui.view.session.loaded.program);
    assert_false(text.cut);
    return state_read(&again, &program, saved, text.length, NULL) &&
           again.machine.prepulses == is.machine.prepulses &&
           again.machine.instructions == is.machine.instructions &&
           again.machine_us == is.machine_us;
}

/* Runs the console for COUNT turns and reports that each took 3 ms. */
static void turns(unsigned count)
{
    bool drawn;

    for (; count > 0; count--) {
        now += FRAME;
        ui_turn(&ui, now, &drawn);
        ui_account_time(&ui, 3000, 0);
    }
}

static void test_count_add(void **state)
{
    uint64_t count = UINT64_MAX - 2;
    uint32_t small = UINT32_MAX - 1;

    (void)state;
    count_add(&count, 1);
    assert_int_equal(count, UINT64_MAX - 1);
    count_add(&count, 1);
    assert_int_equal(count, UINT64_MAX);
    count_add(&count, 0);
    count_add(&count, 1);
    count_add(&count, UINT64_MAX);
    assert_int_equal(count, UINT64_MAX);
    count = 1;
    count_add(&count, UINT64_MAX);
    assert_int_equal(count, UINT64_MAX);
    count_up(&small);
    assert_int_equal(small, UINT32_MAX);
    count_up(&small);
    assert_int_equal(small, UINT32_MAX);
}

/* Single steps must work with the counts at their maximum. */
static void test_steps(void **state)
{
    const struct machine *machine = &ui.view.session.machine;

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        begin(sizes[i], LAST - 3, 0);
        for (uint64_t step = 1; step <= 30; step++) {
            uint32_t ci = machine->ci;

            press(KEY_F6);
            assert_int_equal(machine->ci, ci == 2 ? 0 : ci + 1);
            assert_int_equal(machine->prepulses,
                             step < 3 ? LAST - 3 + step : LAST);
            assert_int_equal(machine->instructions, machine->prepulses);
            assert_int_equal(ui.view.session.machine_us, step * BAR_US);
            assert_true(reads_back());
        }
        shows("9 223 372 036 854 775 807 instructions");
    }
}

/* History must be recorded up to the maximum count, but not beyond it. */
static void test_history(void **state)
{
    const struct machine *machine = &ui.view.session.machine;

    (void)state;
    begin(50, LAST - 3, 0);
    press_times(KEY_F6, 3);
    press_times(KEY_F7, 2);
    assert_int_equal(machine->instructions, LAST - 2);
    press_times(KEY_F6, 2);
    assert_int_equal(machine->instructions, LAST);
    assert_int_equal(machine->ci, 0);
    press(KEY_F6);
    press(KEY_F7);
    shows("This is as far back as history reaches");
    assert_int_equal(machine->ci, 1);
    assert_false(session_in_past(&ui.view.session));
}

/* With counts at their maximum, the machine must still run and accept keys. */
static void test_runs_on(void **state)
{
    struct machine *machine = &ui.view.session.machine;

    (void)state;
    begin(50, LAST - 100000, 0);
    ui.view.session.pace.speed = SPEED_MAX;
    press(KEY_TAB);
    ui.view.session.pace.call = 1 << 14;
    send((struct event){.key = KEY_F5, .down = true});
    turns(200);
    assert_true(session_runs(&ui.view.session));
    assert_int_equal(machine->prepulses, LAST);
    machine->store[4] = 5;
    session_state_changed(&ui.view.session);
    turns(1);
    assert_int_equal((int32_t)machine->store[5], -5);
    send(key_of('1'));
    send((struct event){
        .key = KEY_CHARACTER, .character = '1', .position = '1'});
    turns(5);
    assert_false(ui.view.session.press.open);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
    press(KEY_F5);
    assert_false(session_runs(&ui.view.session));
    assert_true(reads_back());
}

/* With the counts at their maximum, breakpoints must still work. */
static void test_stops(void **state)
{
    const struct machine *machine = &ui.view.session.machine;

    (void)state;
    begin(50, LAST, 0);
    ui.view.session.run_control.breakpoints.obeying = 1u << 2;
    session_breakpoints_changed(&ui.view.session);
    for (unsigned i = 0; i < 3; i++) {
        press(KEY_F5);
        for (unsigned j = 0; j < 50 && session_runs(&ui.view.session); j++)
            turn();
        assert_false(session_runs(&ui.view.session));
        assert_int_equal(ui.view.session.run_control.reason, BREAK_LINE);
        assert_int_equal(machine->ci, 1);
    }
}

static void test_machine_time(void **state)
{
    const struct session *session = &ui.view.session;

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        begin(sizes[i], 0, UINT64_MAX - 2 * BAR_US);
        press(KEY_F6);
        assert_int_equal(session->machine_us, UINT64_MAX - BAR_US);
        press(KEY_F6);
        assert_int_equal(session->machine_us, UINT64_MAX);
        press(KEY_F6);
        assert_int_equal(session->machine_us, UINT64_MAX);
        shows("5124095576 h 1 min of machine time");
        assert_true(reads_back());
        ui.view.session.pace.speed = SPEED_MAX;
        press(KEY_F5);
        for (unsigned j = 0; j < 20; j++)
            turn();
        press(KEY_F5);
        assert_int_equal(session->machine_us, UINT64_MAX);
        /* Replaying from the start must give the same machine time. */
        press(KEY_HOME);
        session_seek_step(&ui.view.session, 1);
        assert_int_equal(session->machine_us, UINT64_MAX - BAR_US);
        press_times(KEY_F6, 2);
        assert_int_equal(session->machine_us, UINT64_MAX);
    }
}

static void test_rate(void **state)
{
    static const uint64_t rates[] = {1000, SECOND * SECOND,
                                     1000 * SECOND * SECOND};

    (void)state;
    for (unsigned i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        begin(50, 0, 0);
        ui.view.session.cs = true;
        ui.view.rate = (struct rate){.begun = true, .since = now};
        ui.view.session.machine.prepulses = rates[i] * 4;
        status_measure(&ui.view, now + 4 * SECOND);
        assert_int_equal(ui.view.rate.thousandths / 1000, rates[i]);
    }
}

static void test_profile(void **state)
{
    static const struct breakpoints none;
    struct profile profile = {0};
    struct machine machine;

    (void)state;
    begin(50, 0, 0);
    machine = ui.view.session.machine;
    for (unsigned line = 0; line < LINES; line++)
        profile.obeyed[line] = profile.read[line] = profile.written[line] =
            UINT64_MAX - 1;
    profile_run(&profile, &machine, &none, 6);
    assert_int_equal(profile.obeyed[1], UINT64_MAX);
    assert_int_equal(profile.read[4], UINT64_MAX);
    assert_int_equal(profile.written[5], UINT64_MAX);
    assert_int_equal(profile.written[6], UINT64_MAX - 1);
}

static void test_lab(void **state)
{
    struct predecoded *predecoded = &ui.view.session.engine_state->predecoded;

    (void)state;
    begin(50, 0, 0);
    press(KEY_F4);
    type("l");
    ui.lab.lockstep.calls = UINT32_MAX - 1;
    predecoded->decodings = UINT64_MAX - 1;
    press_times(KEY_F6, 4);
    assert_int_equal(ui.lab.lockstep.calls, UINT32_MAX);
    assert_int_equal(predecoded->decodings, UINT64_MAX);
}

static void test_batch(void **state)
{
    static struct batch batch;
    static struct library library;
    struct options options;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);
    unsigned turns = 0;

    (void)state;
    begin(50, LAST - 1, 0);
    ui.view.session.machine.store[3] = STP << FUNCTION_BIT;
    assert_true(reads_back());
    library_add(&library, "full", saved, strlen(saved));
    options_read(&options, "", &warnings);
    assert_true(batch_start(&batch, &options, &library, 1, NULL, &warnings));
    while (batch_turn(&batch) && batch.out.length == 0)
        assert_true(turns++ < 10);
    assert_non_null(
        strstr(batch.out.at, "instructions=9223372036854775807 end=stop"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count_add), cmocka_unit_test(test_steps),
        cmocka_unit_test(test_history),   cmocka_unit_test(test_runs_on),
        cmocka_unit_test(test_stops),     cmocka_unit_test(test_machine_time),
        cmocka_unit_test(test_rate),      cmocka_unit_test(test_profile),
        cmocka_unit_test(test_lab),       cmocka_unit_test(test_batch),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
