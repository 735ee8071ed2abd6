/* SPDX-License-Identifier: MIT */
/* Tests a session without a screen or keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/engine/lockstep.h"
#include "emu/format/reader.h"
#include "emu/session/session.h"
#include "ui/base/explain.h"
#include "tests/lib/whole.h"

#define NONE UINT32_MAX

static struct session session;
static union engine_state engine_state;
static struct journal journal;
static uint64_t now;

static void ignore_message(void *context, bool error, unsigned line,
                           const char *sentence)
{
    (void)context;
    fail_msg("%s in line %u: %s", error ? "error" : "warning", line, sentence);
}

static void load(const char *text)
{
    static struct program program;
    struct reader_report report = {ignore_message, NULL};

    assert_true(program_read(&program, text, strlen(text), &report));
    session_load(&session, &program);
}

static int start(void **state)
{
    (void)state;
    memset(&session, 0xA5, sizeof session);
    memset(&journal, 0, sizeof journal);
    now = 5000000;
    session_start(&session, NULL, &engine_state, &journal, NULL, SPEED_REAL,
                  now);
    return 0;
}

/* Sets CS to Run and returns whether the machine runs. */
static bool run(void)
{
    session_set_cs(&session, true);
    return session_runs(&session);
}

static void turn(uint64_t step, bool frame)
{
    now += step;
    session_turn(&session, now, frame);
}

static const char *last_words(void)
{
    static char words[120];
    struct strbuf text = strbuf_begin(words, sizeof words);

    explain_last(&text, &session);
    assert_false(text.cut);
    assert_true(text.length <= 78);
    return words;
}

/* A program that counts down from 3 in line 10 and then stops. */
#define COUNTS                                                                 \
    "1 LDN 10\n2 STO 10\n3 LDN 10\n4 SUB 11\n5 STO 10\n6 CMP\n7 JMP 0 ; "      \
    "again\n"                                                                  \
    "8 STP\n0 NUM 0\n10 NUM 3 ; the count\n11 NUM 1\n"

static void test_load(void **state)
{
    (void)state;
    load(COUNTS);
    assert_int_equal(session.machine.store[10], 3);
    assert_false(session_runs(&session) || session.hung ||
                 session.entered.unsaved);
    assert_false(session.last.valid);
    assert_int_equal(session.machine.prepulses, 0);
    /* Lines that were never set must be treated as numbers. */
    assert_int_equal(session.notes.numbers & 0xFF, 0x01);
    assert_int_equal(session.notes.numbers >> 8, 0xFFFFFE);
}

static void test_load_keeps_switches(void **state)
{
    (void)state;
    session.machine.ci5 = session.machine.immediate_test = true;
    load(COUNTS);
    session_reload(&session);
    assert_true(session.machine.ci5 && session.machine.immediate_test);
}

static void test_reload(void **state)
{
    (void)state;
    load(COUNTS);
    for (unsigned i = 0; i < 9; i++)
        session_kc(&session);
    session_begin_action(&session);
    session_set_line(&session, 20, &(struct line){.word = 77, .entered = 77});
    assert_true(session.entered.unsaved);
    assert_int_equal(session.notes.numbers >> 20 & 1, 0);
    run();
    session_reload(&session);
    assert_memory_equal(session.machine.store, session.loaded.program.store,
                        sizeof session.machine.store);
    assert_int_equal(session.machine.a, 0);
    assert_int_equal(session.machine.ci, 0);
    assert_int_equal(session.machine.pi, 0);
    assert_int_equal(session.machine.prepulses + session.machine.instructions +
                         session.machine_us,
                     0);
    assert_int_equal(session.notes.numbers >> 20 & 1, 1);
    assert_false(session_runs(&session) || session.entered.unsaved ||
                 session.last.valid);
}

/* Loading a program must discard key presses that have not yet taken effect. */
static void test_reload_releases_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(state);
        load(COUNTS);
        pace_set(&session.pace, SPEED_1);
        run();
        if (i == 0)
            session_clear_store(&session);
        else
            session_hold_keys(&session, 1u << 9, KLC);
        session_reload(&session);
        assert_true(controls_are_normal(&session.controls));
        run();
        for (unsigned j = 0; j < 40; j++)
            turn(100000, j % 2);
        assert_true(session.machine.prepulses > 2);
        assert_int_equal(session.machine.store[8], 0xE000);
        assert_int_equal(session.machine.store[1], 0x400A);
    }
}

static void save(void)
{
    struct program saved;

    session_program(&session, &saved);
    session_mark_saved(&session, &saved, NULL);
}

static void same_snapshot(const struct snapshot *one,
                          const struct snapshot *other)
{
    assert_true(lockstep_same(&one->machine, &other->machine));
    assert_int_equal(one->hung, other->hung);
    assert_int_equal(one->uncounted, other->uncounted);
    assert_int_equal(one->machine_us, other->machine_us);
    assert_int_equal(one->controls.stat, other->controls.stat);
    assert_int_equal(one->controls.manual, other->controls.manual);
    assert_int_equal(one->controls.erase, other->controls.erase);
}

/* Executes nine instructions and saves the state. */
static void leave_behind(struct snapshot *snapshot, struct program *program)
{
    load(COUNTS);
    session.machine.ci5 = true;
    for (unsigned i = 0; i < 9; i++) {
        if (i == 4)
            session_clear_control(&session);
        session_kc(&session);
    }
    session_set_switch(&session, 3, false);
    session_set_erase(&session, true);
    session_hold_keys(&session, 1u << 9, 0);
    session_program(&session, program);
    session_snapshot_released(&session, snapshot);
    assert_int_equal(snapshot->machine.instructions, 9);
    assert_int_equal(snapshot->uncounted, 4);
    assert_int_equal(snapshot->machine_us, 5 * 1440);
    assert_int_equal(snapshot->bar_us, 1440);
    assert_int_equal(snapshot->controls.typewriter, 0);
    assert_true(snapshot->machine.ci5);
}

static void test_restore(void **state)
{
    struct snapshot saved, now_there;
    struct program program;

    leave_behind(&saved, &program);
    start(state);
    load("1 STP\n");
    session.controls.kac_dead = true;
    run();
    session_restore(&session, &saved, &program);
    session_snapshot_released(&session, &now_there);
    same_snapshot(&saved, &now_there);
    assert_true(session.controls.kac_dead);
    assert_false(session_runs(&session) || session.cs ||
                 session.entered.unsaved);
    assert_string_equal(session_line(&session, 10).note, "the count");
    assert_string_equal(last_words(),
                        "No instruction has been obeyed since the state was "
                        "saved; line 6 is next");
    assert_int_equal(session_instructions(&session), 5);
    assert_false(session_undo(&session));

    /* Reloading must restore the saved state. */
    session_kc(&session);
    session_set_erase(&session, false);
    session_set_line(&session, 20, &(struct line){.word = 77, .entered = 77});
    session_reload(&session);
    session_snapshot_released(&session, &now_there);
    same_snapshot(&saved, &now_there);

    /* Loading another program must discard the saved state and its options. */
    load(COUNTS);
    assert_false(session.machine.ci5);
    assert_int_equal(session.machine.instructions, 0);
    session_kc(&session);
    session_reload(&session);
    assert_int_equal(session.machine.instructions, 0);
    assert_int_equal(session.machine.ci, 0);
}

/* Undoing a reload must restore the edited store. */
static void test_reload_undone(void **state)
{
    const struct machine *machine = &session.machine;
    struct snapshot saved, now_there;
    struct program program;

    leave_behind(&saved, &program);
    saved.machine.test = true;
    start(state);
    session_restore(&session, &saved, &program);
    session_begin_action(&session);
    session_set_line(&session, 20,
                     &(struct line){.word = 77, .entered = 77, .note = "mine"});
    session_set_erase(&session, false);
    assert_int_equal(session_lines_unsaved(&session), 1);
    session_reload(&session);
    assert_int_equal(session_lines_unsaved(&session), 0);
    for (unsigned i = 0; i < 3; i++) {
        assert_true(session_undo(&session));
        assert_int_equal(machine->store[20], 77);
        assert_string_equal(session_line(&session, 20).note, "mine");
        assert_false(session.controls.erase || machine->test || session.cs);
        assert_int_equal(machine->a | machine->ci | machine->pi, 0);
        assert_int_equal(session_lines_unsaved(&session), 1);
        assert_true(session.entered.unsaved);

        assert_true(session_redo(&session));
        session_snapshot_released(&session, &now_there);
        now_there.uncounted = saved.uncounted;
        now_there.machine_us = saved.machine_us;
        same_snapshot(&saved, &now_there);
        assert_string_equal(session_line(&session, 20).note, "");
        assert_int_equal(session_lines_unsaved(&session), 0);
        assert_false(session.entered.unsaved);
    }
}

static void test_restore_goes_on(void **state)
{
    struct program program;
    struct snapshot saved, end, other_end;

    for (unsigned i = 0; i < 12; i++) {
        start(state);
        load(COUNTS);
        for (unsigned j = 0; j < i; j++)
            session_kc(&session);
        session_program(&session, &program);
        session_snapshot_released(&session, &saved);
        run();
        for (unsigned j = 0; j < 100; j++)
            turn(10000, j % 2);
        session_snapshot_released(&session, &end);
        start(state);
        session_restore(&session, &saved, &program);
        run();
        for (unsigned j = 0; j < 100; j++)
            turn(10000, j % 2);
        session_snapshot_released(&session, &other_end);
        assert_true(end.machine.neon);
        same_snapshot(&end, &other_end);
    }
}

static void test_restore_hung(void **state)
{
    struct snapshot snapshot;
    struct program program;

    (void)state;
    program_clear(&program);
    session_snapshot_released(&session, &snapshot);
    snapshot.hung = true;
    snapshot.machine.ci = 24577;
    session_restore(&session, &snapshot, &program);
    assert_true(session.hung);
    assert_false(run());
    assert_string_equal(last_words(), "Hung: no instruction was fetched, "
                                      "because digits 13-15 of CI are not 0");
}

/* The compatibility options must be those of the state restored last. */
static void test_restore_twice(void **state)
{
    struct snapshot snapshot;
    struct program program;

    (void)state;
    program_clear(&program);
    session.machine.ci5 = true;
    session_snapshot_released(&session, &snapshot);
    snapshot.machine.ci5 = false;
    snapshot.machine.immediate_test = true;
    session_restore(&session, &snapshot, &program);
    assert_false(session.machine.ci5);
    snapshot.machine.immediate_test = false;
    session_restore(&session, &snapshot, &program);
    assert_false(session.machine.ci5 || session.machine.immediate_test);
    session_mark_saved(&session, &program, NULL);
    session_reload(&session);
    assert_false(session.machine.ci5 || session.machine.immediate_test);
    load("1 STP\n");
    assert_true(session.machine.ci5 && !session.machine.immediate_test);
}

static void test_reload_after_save(void **state)
{
    struct snapshot snapshot;
    struct program program;

    (void)state;
    load(COUNTS);
    session_kc(&session);
    session_program(&session, &program);
    session_snapshot_released(&session, &snapshot);
    session_kc(&session);
    session_mark_saved(&session, &program, &snapshot);
    session_reload(&session);
    assert_int_equal(session.machine.instructions, 1);
    session_mark_saved(&session, &program, NULL);
    session_reload(&session);
    assert_int_equal(session.machine.instructions, 0);
}

/* Changing a note must count as an edit. */
static void test_edited(void **state)
{
    struct line line;

    (void)state;
    load(COUNTS);
    line = session_line(&session, 10);
    session_begin_action(&session);
    session_set_line(&session, 10, &line);
    assert_false(session.entered.unsaved);
    strcpy(line.note, "other");
    session_begin_action(&session);
    session_set_line(&session, 10, &line);
    assert_true(session.entered.unsaved);
    save();
    assert_false(session.entered.unsaved);
    assert_string_equal(session.loaded.program.note[10], "other");
    assert_true(session_undo(&session));
    assert_true(session.entered.unsaved);
    assert_true(session_redo(&session));
    assert_false(session.entered.unsaved);
}

/* Saving must omit an outdated title and notes that are not shown. */
static void test_current_program(void **state)
{
    static struct program program;

    (void)state;
    load("; Title\n1 STP ; note\n2 NUM 7\n");
    session_program(&session, &program);
    assert_string_equal(program.head, session.loaded.program.head);
    assert_string_equal(program.note[1], "note");
    assert_int_equal(program.numbers >> 1 & 3, 2);
    session_clear_store(&session);
    session_begin_action(&session);
    session_set_line(&session, 2,
                     &(struct line){.word = 5, .entered = 5, .note = "mine"});
    session_program(&session, &program);
    assert_string_equal(program.head, "");
    assert_string_equal(program.note[1], "");
    assert_string_equal(program.note[2], "mine");
    assert_int_equal(program.store[2], 5);
    assert_int_equal(program.a | program.ci, 0);
}

static void test_without_journal(void **state)
{
    (void)state;
    session_start(&session, NULL, &engine_state, NULL, NULL, SPEED_REAL, now);
    load(COUNTS);
    session_set_switch(&session, 0, false);
    session_set_manual(&session, true);
    assert_true(session_make_normal(&session));
    session_begin_action(&session);
    assert_false(session_is_unsaved(&session));
    session_set_line(&session, 3,
                     &(struct line){.word = 5, .entered = 5, .note = "mine"});
    assert_string_equal(session_line(&session, 3).note, "mine");
    assert_true(session_is_unsaved(&session));
    session_hold_keys(&session, 2, KLC);
    session_kc(&session);
    session_hold_keys(&session, 0, 0);
    session_clear_control(&session);
    session_clear_store(&session);
    assert_int_equal(session.machine.store[3], 0);
    assert_false(session_undo(&session));
    assert_false(session_redo(&session));
    save();
    assert_false(session_is_unsaved(&session));
    session_begin_action(&session);
    session_set_line(&session, 0,
                     &(struct line){.note = "no word, but a note"});
    assert_true(session_is_unsaved(&session));
}

static void test_clear_control(void **state)
{
    (void)state;
    load(COUNTS);
    run();
    turn(10000, true);
    assert_int_equal(session_instructions(&session), 6);
    session_clear_control(&session);
    turn(1440, true);
    assert_int_equal(
        session.machine.a | session.machine.ci | session.machine.pi, 0);
    assert_true(session_runs(&session));
    assert_int_equal(session.machine.store[11], 1);
    turn(1440, true);
    assert_int_equal(session_instructions(&session), 1);
    assert_int_equal(session.machine_us, 1440);
    assert_int_equal(session.machine.ci, 1);
}

static void test_clear_control_when_stopped(void **state)
{
    (void)state;
    load(COUNTS);
    for (unsigned i = 0; i < 6; i++)
        session_kc(&session);
    session.machine.test = true;
    session_clear_control(&session);
    assert_true(session.machine.test);
    assert_int_equal(
        session.machine.a | session.machine.ci | session.machine.pi, 0);
    assert_int_equal(session_instructions(&session) + session.machine_us, 0);
    assert_int_equal(session.machine.instructions, 6);
    assert_false(session_runs(&session) || session.last.valid ||
                 session.entered.unsaved);
    assert_int_equal(session_next_line(&session), 2);
}

static void test_clear_store(void **state)
{
    uint32_t numbers;

    (void)state;
    load(COUNTS);
    numbers = session.notes.numbers;
    session_kc(&session);
    session_clear_store(&session);
    for (unsigned line = 0; line < LINES; line++)
        assert_int_equal(session.machine.store[line], 0);
    assert_int_equal(session.notes.numbers, UINT32_MAX);
    assert_string_equal(session_line(&session, 10).note, "");
    assert_int_equal(session.machine.ci, 1);
    assert_int_equal(session.machine.a, (uint32_t)-3);
    assert_true(session.entered.unsaved);
    assert_true(session_undo(&session));
    assert_memory_equal(session.machine.store, session.loaded.program.store,
                        sizeof session.machine.store);
    assert_string_equal(session_line(&session, 10).note, "the count");
    assert_int_equal(session.notes.numbers, numbers);
    assert_false(session.entered.unsaved);
}

static void test_run_to_stop(void **state)
{
    (void)state;
    load(COUNTS);
    assert_true(run());
    for (unsigned i = 0; i < 1000 && session_runs(&session); i++)
        turn(1000, i % 20 == 0);
    assert_false(session_runs(&session) || session.hung);
    assert_true(session.machine.neon);
    assert_int_equal(session.machine.ci, 8);
    assert_int_equal(session.machine_us, session.machine.prepulses * 1440);
    assert_string_equal(last_words(),
                        "STP   the machine has stopped at line 8");
    assert_false(run());
    assert_int_equal(session_wait(&session), NONE);
    session_kc(&session);
    assert_false(session.machine.neon);
    assert_true(session_runs(&session));
    session_set_cs(&session, false);
    assert_false(session_runs(&session));
}

static void test_speed_does_not_change_result(void **state)
{
    struct machine first;

    (void)state;
    load(COUNTS);
    while (!session.machine.neon)
        session_kc(&session);
    first = session.machine;
    for (unsigned speed = 0; speed < SPEEDS; speed++) {
        for (unsigned frames = 0; frames < 3; frames++) {
            start(state);
            load(COUNTS);
            pace_set(&session.pace, speed);
            run();
            for (unsigned i = 0; i < 5000 && session_runs(&session); i++)
                turn(20011, frames == 0 || (frames == 1 && i % 3 == 0));
            assert_memory_equal(&session.machine, &first, sizeof first);
            assert_string_equal(last_words(),
                                "STP   the machine has stopped at line 8");
        }
    }
}

static void test_stop(void **state)
{
    uint64_t prepulses;

    (void)state;
    load("0 NUM 0\n1 JMP 0\n");
    run();
    turn(14400, true);
    assert_int_equal(session.machine.prepulses, 10);
    assert_in_range(session_wait(&session), 1439, 1440);
    session_set_cs(&session, false);
    assert_int_equal(session_wait(&session), NONE);
    prepulses = session.machine.prepulses;
    turn(500000, true);
    assert_int_equal(session.machine.prepulses, prepulses);
    /* Time during which the machine was stopped must not be made up for. */
    run();
    turn(1439, true);
    assert_int_equal(session.machine.prepulses, prepulses);
    turn(1, true);
    assert_int_equal(session.machine.prepulses, prepulses + 1);
}

static void test_hung(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(state);
        load("1 JMP 4\n4 NUM 24576\n");
        pace_set(&session.pace, i ? SPEED_MAX : SPEED_REAL);
        run();
        turn(5000, false);
        assert_true(session.hung);
        assert_false(session_runs(&session) || session.machine.neon);
        assert_int_equal(session.machine.prepulses, 2);
        assert_int_equal(session.machine.instructions, 1);
        assert_int_equal(session.machine_us, 2 * 1440);
        assert_int_equal(strncmp(last_words(), "Hung: no instruction", 20), 0);
        assert_false(run());
        session_kc(&session);
        assert_true(session.hung);
        assert_int_equal(session.machine.prepulses, 3);
        session_clear_control(&session);
        assert_false(session.hung);
        assert_true(session_runs(&session));
        pace_set(&session.pace, SPEED_REAL);
        turn(1440, false);
        assert_int_equal(session.machine.pi, 4);
    }
}

/* Machine time must depend on the digit period selected during each bar. */
static void test_machine_time(void **state)
{
    (void)state;
    load("0 NUM 0\n1 JMP 0\n");
    session_kc(&session);
    assert_int_equal(session.machine_us, 1440);
    pace_set(&session.pace, SPEED_REAL + 1);
    session_kc(&session);
    assert_int_equal(session.machine_us, 1440 + 1224);
    pace_set(&session.pace, SPEED_MAX);
    run();
    turn(1, false);
    assert_true(session.machine.prepulses > 2);
    assert_int_equal(session.machine_us,
                     1440 + 1224 + (session.machine.prepulses - 2) * 1440);
}

/* The number of bars logged per frame must be limited at any speed. */
static void test_logged_bars(void **state)
{
    (void)state;
    load("0 NUM 0\n1 JMP 0\n");
    pace_set(&session.pace, SPEED_MAX);
    session.pace.call = 100000;
    session.pace.watch = PHOSPHOR_BARS_MAX;
    run();
    turn(1, false);
    assert_int_equal(session.machine.prepulses, PHOSPHOR_BARS_MAX);
    assert_int_equal(session.observed.log_remaining, 0);
    assert_true(session.phosphor.bars >= 256 && session.phosphor.bars < 1024);
    session.phosphor.bars = 0;
    turn(1, false);
    assert_int_equal(session.machine.prepulses, PHOSPHOR_BARS_MAX + 100000);
    assert_true(session.phosphor.bars <= 1);
    turn(1, true);
    assert_int_equal(session.machine.prepulses, PHOSPHOR_BARS_MAX + 200000);
    assert_true(session.phosphor.bars >= PHOSPHOR_BARS_MAX &&
                session.phosphor.bars <= PHOSPHOR_BARS_MAX + 1);
}

static uint32_t prng;

static uint32_t random_below(uint32_t limit)
{
    prng = prng * 1664525u + 1013904223u;
    return (prng >> 8) % limit;
}

/* An endless program in which line 7 alternates between SUB 11 and LDN 11. */
#define GOES_ON                                                                \
    "1 LDN 7\n2 SUB 13\n3 STO 7\n4 LDN 10\n5 STO 10\n6 LDN 10\n7 SUB 11\n"     \
    "8 STO 10\n9 JMP 0\n0 NUM 0\n11 NUM -1\n13 NUM -49174\n"

static void any_deed(void)
{
    static const uint32_t keys[] = {0, 0, 0, KLC, KLC, KSC, KAC, KCC};
    unsigned line = random_below(LINES);

    switch (random_below(12)) {
    case 0:
        load(GOES_ON);
        break;
    case 1:
        session_begin_action(&session);
        session_set_digits(&session, line, UINT32_MAX,
                           session.machine.store[random_below(16)]);
        break;
    case 2:
        session_set_switch(&session, random_below(5), random_below(2));
        break;
    case 3:
        session_make_normal(&session);
        break;
    case 4:
        session_undo(&session);
        break;
    case 5:
        session_redo(&session);
        break;
    case 6:
        session_kc(&session);
        break;
    case 7:
    case 8:
        session_hold_keys(&session, random_below(3) == 0 ? 1u << line : 0,
                          keys[random_below(8)]);
        break;
    case 9:
        session_hold_keys(&session, 0, 0);
        break;
    default:
        run();
    }
}

/* Runs the machine under an engine, with many random edits. */
static struct machine after_edits(const struct engine *engine, uint32_t seed)
{
    start(NULL);
    assert_true(session_set_engine(&session, engine, NULL));
    pace_set(&session.pace, SPEED_MAX);
    session.pace.call = 50;
    prng = seed;
    load(GOES_ON);
    for (unsigned i = 0; i < 200; i++) {
        any_deed();
        turn(1000, random_below(8) == 0);
    }
    return session.machine;
}

/* The result of a run with random edits must not depend on the engine. */
static void test_engines(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 200; seed++) {
        struct machine expected = after_edits(engines[0], seed);

        for (unsigned i = 1; engines[i] != NULL; i++) {
            struct machine machine = after_edits(engines[i], seed);

            assert_true(lockstep_same(&machine, &expected));
        }
    }
}

static const struct {
    const char *program, *words;
} words[] = {
    {"1 LDN 5\n5 NUM 7\n", "LDN 5   A = 0 - 7 = -7"},
    {"1 LDN 5\n5 NUM -2147483648\n",
     "LDN 5   A = 0 - (-2147483648) = -2147483648"},
    {"1 STO 5\n; a-start -9\n", "STO 5   line 5 is set to A = -9"},
    {"1 SUB 5\n5 NUM 4\n; a-start 9\n", "SUB 5   A = 9 - 4 = 5"},
    {"1 SUB 5\n5 NUM -4\n; a-start 9\n", "SUB 5   A = 9 - (-4) = 13"},
    {"1 SUB 5\n5 NUM 1\n; a-start -2147483648\n",
     "SUB 5   A = -2147483648 - 1 = 2147483647"},
    {"1 NUM 40965\n5 NUM 4\n; a-start 9\n", "SUB 5   A = 9 - 4 = 5"},
    {"1 CMP\n; a-start -1\n",
     "CMP   A = -1 is negative: the next line is skipped"},
    {"1 CMP\n", "CMP   A = 0 is not negative: the next line is obeyed"},
    {"1 JMP 5\n5 NUM 9\n", "JMP 5   CI = 9: line 10 is next"},
    {"1 JMP 5\n5 NUM 31\n", "JMP 5   CI = 31: line 0 is next"},
    {"1 JRP 5\n5 NUM 3\n", "JRP 5   CI = 1 + 3: line 5 is next"},
    {"1 JRP 5\n5 NUM -3\n", "JRP 5   CI = 1 - 3: line 31 is next"},
    {"1 JRP 5\n5 NUM -2147483648\n",
     "JRP 5   CI = 1 - 2147483648: line 2 is next"},
    {"1 STP\n", "STP   the machine has stopped at line 1"},
    {"0 STP\n; ci-start 31\n", "STP   the machine has stopped at line 0"},
};

static void test_explanations(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        start(state);
        load(words[i].program);
        session_kc(&session);
        assert_string_equal(last_words(), words[i].words);
    }
}

/* With the ci5 option, the explanation must name the line actually selected. */
static void test_explanations_with_ci5(void **state)
{
    (void)state;
    session.machine.ci5 = true;
    load("0 JRP 5\n5 NUM 3\n; ci-start 31\n");
    session_kc(&session);
    assert_int_equal(session.machine.ci, 3);
    assert_string_equal(last_words(), "JRP 5   CI = 0 + 3: line 4 is next");
}

/* After a skip, the explanation must use the old value of CI. */
static void test_explanation_after_skip(void **state)
{
    (void)state;
    load("1 CMP\n2 STP\n3 JRP 5\n5 NUM 3\n; a-start -1\n");
    session_kc(&session);
    session_kc(&session);
    assert_int_equal(session.machine.ci, 6);
    assert_string_equal(last_words(), "JRP 5   CI = 3 + 3: line 7 is next");
}

/* Checks the hints that are shown on the editor and panel pages. */
static void check_hint(const char *editor, const char *panel)
{
    for (unsigned i = 0; i < 2; i++) {
        char line[120];
        struct strbuf text = strbuf_begin(line, sizeof line);

        explain_advice(&text, &session, i == 1, 0);
        assert_true(text.length <= 78);
        assert_non_null(strstr(line, i == 1 ? panel : editor));
    }
}

static void test_hints(void **state)
{
    (void)state;
    load("1 STP\n");
    assert_string_equal(last_words(),
                        "No instruction has been obeyed yet; line 1 is next");
    check_hint("F5 runs", "Enter is KC, Backspace is CS");
    run();
    check_hint("F5 stops", "CS (Backspace) stops");
    turn(5000, true);
    check_hint("press F6, then F5", "KC (Enter)");
    load("1 JMP 4\n4 NUM 24576\n");
    run();
    turn(5000, true);
    check_hint("Hung: clear control (Esc, C)", "Hung: KCC (/)");
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_load),
        TEST(test_load_keeps_switches),
        TEST(test_reload),
        TEST(test_reload_releases_keys),
        TEST(test_reload_undone),
        TEST(test_restore),
        TEST(test_restore_goes_on),
        TEST(test_restore_hung),
        TEST(test_restore_twice),
        TEST(test_reload_after_save),
        TEST(test_edited),
        TEST(test_current_program),
        TEST(test_without_journal),
        TEST(test_clear_control),
        TEST(test_clear_control_when_stopped),
        TEST(test_clear_store),
        TEST(test_run_to_stop),
        TEST(test_speed_does_not_change_result),
        TEST(test_stop),
        TEST(test_hung),
        TEST(test_machine_time),
        TEST(test_logged_bars),
        TEST(test_engines),
        TEST(test_explanations),
        TEST(test_explanations_with_ci5),
        TEST(test_explanation_after_skip),
        TEST(test_hints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
