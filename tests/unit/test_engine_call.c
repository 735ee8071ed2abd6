/* SPDX-License-Identifier: MIT */
/* Tests a session whose engine runs in another address space and may be killed
   there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/lib/whole.h"
#include "emu/session/entered.h"
#include "emu/session/engine_use.h"
#include "emu/session/session.h"
#include "emu/text/strbuf.h"
#include "ui/base/explain.h"

/* An address space that counts the calls, and kills the engine on one. */
static struct {
    struct engine_space space; /* must be first */
    unsigned calls[ENGINE_RESTART + 1];
    unsigned runs_left;  /* runs before one is killed */
    bool start_is_fatal; /* true if the engine cannot even be started */
} outside;

#define CALLS   20   /* calls in a turn */
#define CALL_US 100  /* how long a call seems to take ... */
#define BARS    4096 /* ... unless it executes as many bars */

static struct session session;
static union engine_state engine_state;
static uint64_t now;

static const char fault[] = "Page fault: write to 00100000";

/* A killed engine leaves nonsense in its state and in the call. */
static bool enter(struct engine_space *space, struct engine_call *call)
{
    bool start = call->function == ENGINE_START;

    outside.calls[call->function]++;
    if ((call->function == ENGINE_RUN && outside.runs_left-- == 0) ||
        (start && outside.start_is_fatal &&
         call->engine != &engine_reference)) {
        memset(&engine_state, 0xA5, sizeof engine_state);
        call->outcome = (struct outcome){1000, RUN_STOP};
        memcpy(space->fault, fault, sizeof fault);
        return false;
    }
    engine_call_execute(call);
    return true;
}

static void ignore(void *context, bool error, unsigned line, const char *text)
{
    (void)context;
    fail_msg("%s in line %u: %s", error ? "error" : "warning", line, text);
}

/* A loop of seven instructions that stores. */
static const char loop[] = "1 LDN 20\n2 SUB 21\n3 STO 20\n4 LDN 20\n"
                           "5 STO 20\n6 CMP\n7 JMP 22\n20 NUM 0\n21 NUM 1\n"
                           "22 NUM 0\n";

static int start(void **state)
{
    static struct program program;
    struct reader_report report = {ignore, NULL};

    (void)state;
    memset(&outside, 0, sizeof outside);
    outside.space.enter = enter;
    outside.runs_left = UINT32_MAX;
    now = 5000000;
    session_start(&session, &outside.space, &engine_state, NULL, NULL,
                  SPEED_MAX, now);
    assert_true(session_set_engine(&session, &engine_predecoded, NULL));
    assert_true(program_read(&program, loop, sizeof loop - 1, &report));
    session_load(&session, &program);
    return 0;
}

static void turn(void)
{
    now += 5000;
    session_turn(&session, now, true);
    for (unsigned i = 0; i < CALLS && session_turn_more(&session, now); i++)
        session_account_call(&session,
                             session.pace.call < BARS ? CALL_US : PACE_CALL_US);
    session_record(&session);
}

static void test_all_calls(void **state)
{
    (void)state;
    assert_int_equal(outside.calls[ENGINE_START], 2);
    assert_true(outside.calls[ENGINE_RESTART] > 0);
    session_set_cs(&session, true);
    for (unsigned i = 0; i < 50; i++)
        turn();
    assert_true(outside.calls[ENGINE_RUN] > 0);
    session_set_engine(&session, &engine_threaded, NULL);
    assert_int_equal(outside.calls[ENGINE_START], 3);
    assert_int_equal(outside.calls[ENGINE_LINES_USED], 2);
}

/* The reference, which executes the first bars after a load, stores more than
   once in a turn. */
static void test_changes_are_reported_together(void **state)
{
    (void)state;
    session_set_cs(&session, true);
    turn();
    unsigned before = outside.calls[ENGINE_NOTIFY];

    turn();
    assert_true(session.machine.instructions > 14);
    assert_true(outside.calls[ENGINE_NOTIFY] <= before + 1);
    session_line_written(&session, 20);
    assert_true(outside.calls[ENGINE_NOTIFY] <= before + 2);
}

static void run_until_killed(void)
{
    outside.runs_left = 0;
    session_set_cs(&session, true);
    for (unsigned i = 0; i < 100 && !session.killed; i++)
        turn();
    assert_true(session.killed);
}

static void test_killed(void **state)
{
    char line[ENGINE_FAULT_SIZE];
    struct strbuf text = strbuf_begin(line, sizeof line);

    (void)state;
    run_until_killed();
    assert_false(session.cs);
    assert_int_equal(session.run_control.reason, BREAK_KILLED);
    /* The state is that of the reference after the same instructions. */
    struct machine machine = {0};
    static const struct breakpoints none;
    uint32_t count = (uint32_t)session.machine.instructions;

    session_entered_machine(&session, &machine);
    engine_reference.run(NULL, &machine, &none, count);
    assert_memory_equal(machine.store, session.machine.store,
                        sizeof machine.store);
    assert_int_equal(machine.a, session.machine.a);
    assert_int_equal(machine.ci, session.machine.ci);

    explain_last(&text, &session);
    assert_string_equal(line, fault);
    text = strbuf_begin(line, sizeof line);
    explain_break(&text, &session);
    assert_string_equal(line, fault);
    text = strbuf_begin(line, sizeof line);
    explain_advice(&text, &session, false, 0);
    assert_non_null(strstr(line, "The engine was killed"));
}

/* Until it is restarted, the engine is not called again, and the reference
   executes single steps. */
static void test_killed_engine_is_not_called(void **state)
{
    (void)state;
    run_until_killed();
    memset(outside.calls, 0, sizeof outside.calls);
    uint64_t count = session.machine.instructions;

    session_kc(&session);
    assert_int_equal(session.machine.instructions, count + 1);
    session_set_cs(&session, true);
    turn();
    assert_false(session.cs);
    session_line_written(&session, 20);
    for (unsigned i = 0; i <= ENGINE_RESTART; i++)
        assert_int_equal(outside.calls[i], 0);
}

static void go_on(void)
{
    outside.runs_left = UINT32_MAX;
    assert_false(session.killed);
    session_set_cs(&session, true);
    uint64_t count = session.machine.instructions;

    for (unsigned i = 0; i < 100; i++)
        turn();
    assert_true(session.machine.instructions > count + 512);
    assert_true(session.cs);
}

static void test_restarted(void **state)
{
    (void)state;
    run_until_killed();
    session_restart(&session);
    go_on();
    run_until_killed();
    session_reload(&session);
    go_on();
}

static void test_another_engine(void **state)
{
    (void)state;
    run_until_killed();
    assert_true(session_set_engine(&session, &engine_threaded, NULL));
    go_on();
    assert_ptr_equal(session.engine, &engine_threaded);
}

/* An engine that cannot be started again is replaced by the reference. */
static void test_engine_that_does_not_start(void **state)
{
    (void)state;
    outside.start_is_fatal = true;
    run_until_killed();
    assert_ptr_equal(session.engine, &engine_reference);
    assert_string_equal(session.space->fault, fault);
    assert_false(session_set_engine(&session, &engine_threaded, NULL));
    go_on();
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_all_calls),
        TEST(test_changes_are_reported_together),
        TEST(test_killed),
        TEST(test_killed_engine_is_not_called),
        TEST(test_restarted),
        TEST(test_another_engine),
        TEST(test_engine_that_does_not_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
