/* SPDX-License-Identifier: MIT */
/* Tests the trace sent to COM1 by comparing it with a second machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ui/debugger/trace_export.h"
#include "console.h"
#include "emu/format/reader.h"
#include "emu/format/snapshot_file.h"
#include "emu/history/trace.h"
#include "emu/format/writer.h"
#include "ui/ui.h"
#include "tests/lib/whole.h"

#define SECOND 1000000u
#define ALL    4096u /* more bytes than can be sent in one turn */

static const struct pc with_all = {.serial = true, .memory = PC_MEMORY};

static const char *unread; /* start of the output that has not been compared */

static uint64_t here(void)
{
    return position_step(&ui.history.at);
}

/* Returns the number of steps by which the machine is ahead of the trace. */
static uint64_t ahead(void)
{
    return here() - position_step(&ui.debugger.trace.at);
}

/* Runs one turn in which COM1 accepts up to LIMIT bytes. */
static void turn_with(size_t limit)
{
    transmit(limit);
    turn_by(2000);
}

static void turns_with(size_t limit, unsigned count)
{
    while (count-- > 0) {
        turn_with(limit);
        if (ui.debugger.trace.live)
            assert_true(ahead() <= TRACER_AHEAD);
    }
}

/* Runs the console until all output has been sent. */
static void drain(size_t limit)
{
    for (unsigned i = 0; i < 1000000; i++) {
        transmit(limit);
        turn_by(50);
        const char *bytes;

        if (ui_to_send(&ui, PORT_COM1, &bytes) == 0)
            return;
    }
    fail_msg("COM1 is sent more and more");
}

static struct snapshot fresh;

static void load_fresh(const struct library_file *from)
{
    static struct program program;

    assert_true(program_read(&program, from->text, from->size, NULL));
    fresh = (struct snapshot){.controls = controls_normal};
    program_load(&program, &fresh.machine);
}

/* Returns the index of a program in the library. */
static unsigned index_of(const char *name)
{
    int i = library_find(&ui.view.library, name);

    assert_true(i >= 0);
    return (unsigned)i;
}

static void load_fresh_name(const char *name)
{
    load_fresh(&ui.view.library.file[index_of(name)]);
}

static void expect(const char *row)
{
    size_t length = strlen(row);

    if (strncmp(unread, row, length) != 0 ||
        strncmp(unread + length, "\r\n", 2) != 0)
        fail_msg("not \"%s\" but \"%.60s\"", row, unread);
    unread += length + 2;
}

static void expect_head(void)
{
    expect(TRACE_HEAD);
}

static void expect_gone_to(unsigned instructions)
{
    char row[40];
    struct strbuf text = strbuf_begin(row, sizeof row);

    strbuf_add(&text, "%10u moved here", instructions);
    expect(row);
}

static void step_fresh(uint64_t count)
{
    while (count-- > 0)
        snapshot_prepulse(&fresh);
}

/* Checks the next COUNT trace rows against the second machine. */
static void expect_steps(uint64_t count)
{
    while (count-- > 0) {
        struct snapshot before = fresh;
        struct bar bar = snapshot_prepulse(&fresh);
        char row[TRACE_WIDTH + 1];
        struct strbuf text = strbuf_begin(row, sizeof row);

        trace_write(&text, &before, &fresh, &bar);
        expect(row);
    }
}

static void expect_end(void)
{
    assert_string_equal(unread, "");
}

/* Returns the number of complete rows that have not been compared. */
static unsigned rows_arrived(void)
{
    unsigned rows = 0;

    for (const char *at = unread; (at = strstr(at, "\r\n")) != NULL; at += 2)
        rows++;
    return rows;
}

static void begin(struct pc pc, const char *command)
{
    wire_clear();
    unread = wire;
    start_pc(pc, 50, command, NULL, 0);
    load_fresh_name("july1948");
}

static void open_debugger(void)
{
    type_one('b', true);
    assert_int_equal(ui.view.page, PAGE_DEBUG);
}

/* Opens the debugger and starts a live trace. */
static void begin_live(const char *command)
{
    begin(with_all, command);
    open_debugger();
    type("t");
    assert_true(ui.debugger.trace.live);
    assert_non_null(strstr(ui.view.message, "each instruction to COM1"));
}

/* Runs the July program for that many steps and opens the debugger. */
static void begin_at(uint64_t steps)
{
    bool drawn;

    begin(with_all, "speed=max");
    open_debugger();
    session_set_cs(&ui.view.session, true);
    while (here() < steps) {
        ui.view.session.pace.call = steps - here() < 64 ? 1 : 64;
        ui_turn(&ui, now += 1000, &drawn);
    }
    session_set_cs(&ui.view.session, false);
    session_record(&ui.view.session);
    assert_int_equal(here(), steps);
}

static void load_program(const char *name)
{
    press(KEY_F2);
    press_times(KEY_DOWN, index_of(name));
    press(KEY_ENTER);
    load_fresh_name(name);
}

/* Edits a line in the past and confirms that the future is discarded. */
static void set_line_in_past(unsigned line, const char *word)
{
    assert_true(session_in_past(&ui.view.session));
    go_to(line);
    type_one(*word, false);
    assert_int_equal(ui.view.page, PAGE_ASK);
    type_one(YES, false);
    type(word + 1);
    press(KEY_ENTER);
    assert_false(session_in_past(&ui.view.session));
}

static void says(const char *text)
{
    if (strstr(ui.view.message, text) == NULL)
        fail_msg("not \"%s\" but \"%s\"", text, ui.view.message);
}

static const size_t rates[] = {1, 7, 200, ALL};
#define RATES (sizeof rates / sizeof rates[0])

static void test_flat_out(void **state)
{
    (void)state;
    for (unsigned i = 0; i < RATES; i++) {
        begin_live("speed=max");
        press(KEY_F5);
        turns_with(rates[i], rates[i] < 200 ? 2000 : 300);
        if (rates[i] < ALL)
            assert_int_equal(ahead(), TRACER_AHEAD);
        press(KEY_F5);
        assert_false(session_runs(&ui.view.session));
        uint64_t steps = here();

        assert_true(steps > TRACER_AHEAD);
        drain(rates[i] == 1 ? 3 : rates[i]);
        expect_head();
        expect_steps(steps);
        expect_end();
    }
}

/* The machine must run as fast as COM1 can send trace rows. */
static void test_speed_of_com1(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(200, 100);
    uint64_t before = here();

    turns_with(200, 1000);
    assert_true(here() - before >= 1000 * 200 / (TRACE_WIDTH - 8));
}

/* At the speed of 1948, each trace row must be sent without delay. */
static void test_real_speed(void **state)
{
    (void)state;
    begin_live("speed=real");
    drain(ALL);
    expect_head();
    press(KEY_F5);
    for (unsigned i = 0; i < 200; i++) {
        turn_with(ALL);
        assert_true(ahead() <= 1 + 2000 / 1440);
    }
    press(KEY_F5);
    drain(ALL);
    assert_true(here() > 200);
    expect_steps(here());
    expect_end();
}

static void test_end_of_trace(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(200, 50);
    uint64_t steps = here();

    shows("?COM1");
    type("t");
    says("The trace to COM1 has ended");
    assert_true(session_runs(&ui.view.session));
    turns_with(200, 1000);
    press(KEY_F5);
    drain(200);
    assert_true(here() > steps + 10000);
    expect_head();
    assert_true(rows_arrived() >= steps);
    assert_true(rows_arrived() <= steps + TRACER_AHEAD);
    expect_steps(rows_arrived());
    expect_end();
}

static void test_option(void **state)
{
    (void)state;
    begin(with_all, "trace run speed=max program=helix");
    assert_string_equal(ui.view.message, "");
    load_fresh_name("helix");
    turns_with(ALL, 100);
    press(KEY_F5);
    drain(ALL);
    expect_head();
    assert_true(here() > 100);
    expect_steps(here());
    expect_end();
}

static void test_action(void **state)
{
    (void)state;
    begin_live("");
    for (unsigned i = 0; i < 3; i++)
        press(KEY_F6);
    press(KEY_TAB);
    set_line(31, "-5");
    press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_steps(3);
    expect("         3 by hand 31 -5");
    fresh.machine.store[31] = 0u - 5;
    expect_steps(1);
    expect_end();
}

/* KC must not lose trace rows even if the trace is far behind the machine. */
static void test_kc_far_ahead(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(1, 100);
    assert_int_equal(ahead(), TRACER_AHEAD);
    press(KEY_F5);
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    uint64_t steps = here();

    press(KEY_F5);
    turn();
    turn();
    press(KEY_F5);
    assert_int_equal(here(), steps);
    drain(200);
    expect_head();
    expect_steps(steps);
    expect_end();
}

/* Restarting the trace must not lose rows that have not been sent. */
static void test_end_and_begin(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(7, 100);
    press(KEY_F5);
    type("t");
    type("t");
    uint64_t steps = here();

    if (!ui.debugger.trace.live)
        drain(200);
    drain(200);
    expect_head();
    expect_steps(steps);
    expect_end();
}

static void test_going_back(void **state)
{
    (void)state;
    begin_live("");
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_steps(5);
    press(KEY_F7);
    press(KEY_F7);
    drain(ALL);
    expect_gone_to(4);
    expect_gone_to(3);
    expect_end();
    load_fresh_name("july1948");
    step_fresh(3);
    press(KEY_F6);
    press(KEY_F6);
    press(KEY_F6);
    drain(ALL);
    expect_steps(3);
    expect_end();
}

/* After an edit in the past, the trace must continue from there. */
static void test_new_future(void **state)
{
    (void)state;
    begin_live("");
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    press(KEY_F7);
    press(KEY_TAB);
    set_line_in_past(24, "-5");
    press(KEY_F6);
    press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_steps(5);
    expect_gone_to(4);
    expect("         4 by hand 24 -5");
    load_fresh_name("july1948");
    step_fresh(4);
    fresh.machine.store[24] = 0u - 5;
    expect_steps(2);
    expect_end();
}

/* Going back must drop the pending rows of later steps. */
static void test_going_back_before_sent_rows(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(7, 50);
    press(KEY_F5);
    assert_int_equal(ahead(), TRACER_AHEAD);
    uint64_t steps = here();

    press(KEY_F7);
    press(KEY_F7);
    assert_int_equal(here(), steps - 2);
    drain(200);
    expect_head();
    expect_steps(steps - 2);
    expect_end();
}

/* A long seek must be traced as a single row. */
static void test_long_seek(void **state)
{
    (void)state;
    begin_at(5000);
    type("t");
    type("7g");
    drain(ALL);
    type("4999g");
    press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_gone_to(7);
    expect_gone_to(4999);
    step_fresh(4999);
    expect_steps(1);
    expect_end();
}

static void test_loading(void **state)
{
    (void)state;
    begin_live("");
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_steps(5);
    load_program("primes");
    drain(ALL);
    expect_gone_to(0);
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    expect_steps(5);
    expect_end();
}

/* A program replaced before it was started must not appear in the trace. */
static void test_loading_at_once(void **state)
{
    (void)state;
    begin_live("");
    load_program("primes");
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    expect_head();
    expect_gone_to(0);
    expect_steps(5);
    expect_end();
}

/* Loading a program must not lose trace rows that have not been sent. */
static void test_loading_far_ahead(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(7, 100);
    load_program("primes");
    press(KEY_F6);
    drain(200);
    const char *gone = strstr(wire, "         0 moved here\r\n");

    assert_non_null(gone);
    unread = gone;
    expect_gone_to(0);
    expect_steps(1);
    expect_end();
    /* The trace of the previous program must be complete. */
    unread = wire;
    load_fresh_name("july1948");
    expect_head();
    while (unread < gone)
        expect_steps(1);
    assert_ptr_equal(unread, gone);
}

/* Restoring a state with a similar step count must be traced correctly. */
static void test_restoring(void **state)
{
    static char text[8192];
    struct strbuf paper = strbuf_begin(text, sizeof text);
    struct program program;
    struct snapshot snapshot;

    (void)state;
    begin_at(50);
    session_program(&ui.view.session, &program);
    session_snapshot_released(&ui.view.session, &snapshot);
    snapshot_file_write(&paper, &snapshot, &program);
    for (unsigned at = 30; at <= 60; at += 10) {
        struct library_file state_file = {"there", text, paper.length};

        begin_at(at);
        type("t");
        drain(ALL);
        expect_head();
        assert_true(load_library_file(&state_file));
        turn();
        fresh = snapshot;
        press(KEY_F6);
        drain(ALL);
        expect_gone_to(50);
        expect_steps(1);
        expect_end();
    }
}

static void expect_last(uint64_t steps)
{
    expect_head();
    load_fresh_name("july1948");
    step_fresh(here() - steps);
    expect_steps(steps);
    expect_end();
}

static void test_last_rows(void **state)
{
    static const uint64_t some[] = {0, 1, 12, 999, 1000, 1001, 5000};

    (void)state;
    for (unsigned i = 0; i < sizeof some / sizeof some[0]; i++)
        for (unsigned j = 1; j < RATES; j++) {
            uint64_t steps = some[i] < TRACER_STEPS ? some[i] : TRACER_STEPS;

            begin_at(some[i]);
            type("s");
            says("Sending the last ");
            drain(rates[j]);
            assert_int_equal(here(), some[i]);
            expect_last(steps);
        }
}

/* In the past, the trace must end at the current position. */
static void test_last_rows_in_the_past(void **state)
{
    (void)state;
    begin_at(5000);
    type("3000g");
    assert_int_equal(here(), 3000);
    type("s");
    drain(ALL);
    expect_last(TRACER_STEPS);
}

static void test_last_rows_while_running(void **state)
{
    (void)state;
    begin_at(2000);
    press(KEY_F5);
    turns_with(0, 10);
    uint64_t before = here();

    type("s");
    turns_with(200, 400);
    assert_true(here() > before + 10000);
    press(KEY_F5);
    drain(200);
    expect_head();
    assert_int_equal(rows_arrived(), TRACER_STEPS);
    uint64_t first = strtoull(unread, NULL, 10);

    assert_true(first + TRACER_STEPS - 1 >= before);
    step_fresh(first - 1);
    expect_steps(TRACER_STEPS);
    expect_end();
}

static void test_last_rows_refused(void **state)
{
    (void)state;
    begin_at(2000);
    type("s");
    turns_with(200, 10);
    type("s");
    says("The previous steps are still being sent");
    drain(200);
    expect_last(TRACER_STEPS);
    type("s");
    says("Sending the last 1000 steps to COM1");
    drain(200);
    expect_last(TRACER_STEPS);
    type("t");
    type("s");
    says("A live trace is already being sent");
    drain(200);
    expect_head();
    expect_end();
}

/* An edit in the past must cancel pending rows of later steps. */
static void test_last_rows_cancelled(void **state)
{
    (void)state;
    begin_at(1000);
    type("s");
    type("100g");
    assert_int_equal(here(), 100);
    press(KEY_TAB);
    set_line_in_past(31, "-5");
    assert_int_equal(history_last(&ui.history), 101);
    drain(200);
    expect_head();
    expect_steps(100);
    expect_end();
}

static void test_stuck_com1(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    turns_with(100, 50);
    uint64_t since = now;
    transmit(1);
    while (now + 10000 < since + TRANSFER_STUCK_US) {
        turn_by(10000);
        transmit(0);
    }
    assert_true(ui.debugger.trace.live);
    assert_int_equal(ahead(), TRACER_AHEAD);
    uint64_t before = here();

    turn_by(10000);
    turn_by(10000);
    says("COM1 accepts no more data; the trace has ended");
    assert_false(ui.debugger.trace.live);
    turns_with(0, 100);
    assert_true(here() > before + 10000);

    /* The trace can be restarted and must begin with a new row. */
    press(KEY_F5);
    uint64_t steps = here();

    type("t");
    unread = wire + wire_length;
    press(KEY_F6);
    drain(ALL);
    expect("");
    expect_head();
    step_fresh(steps);
    expect_steps(1);
    expect_end();
}

static void test_slow_com1(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    for (unsigned i = 0; i < 20; i++) {
        transmit(1);
        for (unsigned j = 0; j < 49; j++)
            turn_by(SECOND / 10);
        assert_true(ui.debugger.trace.live);
    }
    assert_int_equal(wire_length, 20);
}

static void check_missing(struct pc pc, const char *what)
{
    begin(pc, "trace run speed=max");
    speed_of_pc = 1;
    says(what);
    turns_with(ALL, 20);
    open_debugger();
    type("t");
    says(what);
    assert_false(ui.debugger.trace.live);
    type("s");
    says(what);
    uint64_t before = ui.view.session.machine.prepulses;

    turns_with(ALL, 100);
    assert_true(ui.view.session.machine.prepulses > before + 10000);
    press(KEY_F5);
    press(KEY_F7);
    turns_with(ALL, 100);
    load_program("primes");
    turns_with(ALL, 100);
    assert_int_equal(wire_length, 0);
}

static void test_missing_hardware(void **state)
{
    (void)state;
    check_missing((struct pc){.memory = PC_MEMORY},
                  "This PC has no COM1 to send a trace to");
    check_missing((struct pc){.serial = true},
                  "This PC has too little memory for a trace");
    check_missing((struct pc){0}, "This PC has no COM1 to send a trace to");
}

static void one_more_action(char digit)
{
    char word[] = {'-', digit, '\0'};

    press(KEY_HOME);
    type(word);
    press(KEY_ENTER);
}

static void test_little_memory(void **state)
{
    struct pc pc = {.serial = true,
                    .memory = sizeof(struct journal) +
                              64 * sizeof(struct checkpoint)};

    (void)state;
    begin(pc, "trace");
    for (unsigned i = 0; i < 200; i++) {
        one_more_action((char)('1' + i % 9));
        transmit(1);
    }
    assert_int_equal(here(), 200);
    assert_true(history_first(&ui.history) > 10);
    drain(ALL);
    assert_int_equal(ahead(), 0);
    expect_head();
    unsigned rows = rows_arrived(), leaps = 0;

    assert_true(rows < 200);
    for (; *unread != '\0'; unread = strchr(unread, '\n') + 1) {
        bool leap = strncmp(unread, "         0 moved here\r\n", 23) == 0;

        leaps += leap;
        assert_true(leap ||
                    strncmp(unread, "         0 by hand 00 -", 23) == 0);
    }
    assert_true(leaps > 0);
}

#define MARK "; baby: save 1\n"

/* Returns the first save of the program as entered, with CR LF line ends. */
static const char *as_sent(void)
{
    static char text[sizeof MARK + ASM_SIZE], sent[2 * sizeof text];
    static struct program program;
    struct strbuf paper = strbuf_begin(text, sizeof text);
    size_t length = 0;

    session_program_entered(&ui.view.session, &program);
    strbuf_add(&paper, MARK);
    program_write_asm(&paper, &program);
    for (size_t i = 0; i < paper.length; i++) {
        if (text[i] == '\n')
            sent[length++] = '\r';
        sent[length++] = text[i];
    }
    sent[length] = '\0';
    return sent;
}

/* Saving a program during a trace must send it between two trace rows. */
static void test_save(void **state)
{
    (void)state;
    for (unsigned i = 0; i < RATES; i++) {
        begin_live("speed=max");
        press(KEY_F5);
        turns_with(rates[i], 61);
        press(KEY_F3);
        send(key_of('a'));
        const char *sent = as_sent();

        assert_true(session_store_differs(&ui.view.session));
        while (transfer_is_active(&ui.view.transfer))
            turn_with(rates[i]);
        turns_with(rates[i], 61);
        press(KEY_ESCAPE);
        press(KEY_F5);
        assert_false(session_runs(&ui.view.session));
        drain(rates[i] == 1 ? 3 : rates[i]);
        char *place = strstr(wire, sent);

        assert_non_null(place);
        memmove(place, place + strlen(sent), strlen(place + strlen(sent)) + 1);
        expect_head();
        while (unread < place)
            expect_steps(1);
        assert_ptr_equal(unread, place);
        expect_steps(here() - fresh.machine.prepulses);
        expect_end();
    }
}

/* A seek during a transfer must be traced after the transfer has finished. */
static void test_save_and_seek(void **state)
{
    (void)state;
    begin_live("");
    for (unsigned i = 0; i < 5; i++)
        press(KEY_F6);
    drain(ALL);
    press(KEY_F3);
    send(key_of('a'));
    const char *sent = as_sent();

    turns_with(7, 3);
    assert_true(transfer_is_active(&ui.view.transfer));
    assert_true(session_seek_step(&ui.view.session, 2));
    trace_export_follow(&ui.view);
    while (transfer_is_active(&ui.view.transfer))
        turn_with(7);
    drain(7);
    expect_head();
    expect_steps(5);
    assert_true(strncmp(unread, sent, strlen(sent)) == 0);
    unread += strlen(sent);
    expect_gone_to(2);
    expect_end();
}

/* The machine must wait while a program is being received. */
static void test_receive(void **state)
{
    (void)state;
    begin_live("speed=max");
    press(KEY_F5);
    press(KEY_F3);
    type("r");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    uint64_t before = here();

    turns_with(200, 1000);
    assert_true(here() <= before + TRACER_AHEAD);
    press(KEY_ESCAPE);
    press(KEY_ESCAPE);
    turns_with(200, 1000);
    assert_true(here() > before + 2 * TRACER_AHEAD);
    press(KEY_F5);
    drain(200);
    expect_head();
    expect_steps(here());
    expect_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flat_out),
        cmocka_unit_test(test_speed_of_com1),
        cmocka_unit_test(test_real_speed),
        cmocka_unit_test(test_end_of_trace),
        cmocka_unit_test(test_option),
        cmocka_unit_test(test_action),
        cmocka_unit_test(test_kc_far_ahead),
        cmocka_unit_test(test_end_and_begin),
        cmocka_unit_test(test_going_back),
        cmocka_unit_test(test_new_future),
        cmocka_unit_test(test_going_back_before_sent_rows),
        cmocka_unit_test(test_long_seek),
        cmocka_unit_test(test_loading),
        cmocka_unit_test(test_loading_at_once),
        cmocka_unit_test(test_loading_far_ahead),
        cmocka_unit_test(test_restoring),
        cmocka_unit_test(test_last_rows),
        cmocka_unit_test(test_last_rows_in_the_past),
        cmocka_unit_test(test_last_rows_while_running),
        cmocka_unit_test(test_last_rows_refused),
        cmocka_unit_test(test_last_rows_cancelled),
        cmocka_unit_test(test_stuck_com1),
        cmocka_unit_test(test_slow_com1),
        cmocka_unit_test(test_missing_hardware),
        cmocka_unit_test(test_little_memory),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_save_and_seek),
        cmocka_unit_test(test_receive),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
