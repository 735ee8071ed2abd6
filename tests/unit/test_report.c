/* SPDX-License-Identifier: MIT */
/* Tests the report page and the jobs that it runs, with a simulated COM1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"

static unsigned slices, wanted;  /* slices done and slices to be done */
static unsigned slices_per_row;  /* number of slices per row of the report */
static uint64_t last_ns, cycles; /* time most recently passed to the job */
static unsigned calls;           /* number of calls of take_time() */
static bool is_good;

static void begin(struct work *work)
{
    (void)work;
    slices = calls = 0;
}

static bool slice(struct work *work, struct strbuf *lines,
                  struct strbuf *details)
{
    (void)work;
    assert_int_equal(calls, slices);
    slices++;
    if (slices % slices_per_row == 0) {
        strbuf_add(lines, "line of slice %u\n", slices);
        strbuf_add(details, "detail of slice %u\n", slices);
    }
    if (slices == wanted)
        strbuf_add(lines, "the end\n");
    return slices < wanted;
}

static void take_time(struct work *work, uint64_t ns, uint64_t count)
{
    (void)work;
    calls++;
    last_ns = ns;
    cycles = count;
}

static bool good(const struct work *work)
{
    (void)work;
    return is_good;
}

static const struct job job = {
    .title = "Job",
    .heads = "what is over it",
    .begin = begin,
    .slice = slice,
    .took = take_time,
    .good = good,
};

static size_t com1_limit; /* bytes that COM1 accepts per turn */
static bool drawn;

/* Runs one turn in the same way as the kernel and accounts for its time. */
static uint32_t make_turn(uint64_t step)
{
    transmit(com1_limit);
    now += step;
    uint32_t wait = ui_turn(&ui, now, &drawn);
    ui_account_time(&ui, step, 7 * step);
    return wait;
}

/* Starts a job of COUNT slices that reports a row after every EVERY slices. */
static void open_job(unsigned rows, const char *command, unsigned count,
                     unsigned every)
{
    start_with(rows, command, NULL, 0);
    ui.view.environment.serial = true;
    wanted = count;
    slices_per_row = every;
    is_good = true;
    com1_limit = 100;
    wire_clear();
    report_open(&ui.view, &job);
}

static void run_job(void)
{
    for (unsigned i = 0; i < 100000 && ui.report.running; i++)
        assert_true(make_turn(3000) == 0 || !ui.report.running);
    assert_false(ui.report.running);
    make_turn(FRAME);
}

static void test_report_page(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_job(sizes[i], "", 6, 2);
        make_turn(1000);
        row_shows(0, "Baby   Job");
        row_shows(2, "  what is over it");
        row_shows(sizes[i] - 1, "Esc: cancel");
        run_job();
        check_grid();
        unsigned step = ui.view.layout->step;

        row_shows(2 + step, "  line of slice 2");
        row_shows(2 + 2 * step, "  line of slice 4");
        row_shows(2 + 3 * step, "  line of slice 6");
        row_shows(2 + 4 * step, "  the end");
        assert_int_equal(attribute_at(2 + 3 * step, 2), ATTR_TEXT);
        assert_int_equal(attribute_at(2 + 4 * step, 2), ATTR_STRONG);
        shows_not("detail");
        row_shows(sizes[i] - 1, "Any key opens the console");
        press(KEY_ENTER);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        assert_string_equal(ui.view.message, "");
    }
}

/* The last rows must be shown first, and earlier rows after scrolling. */
static void test_scrolling(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_job(sizes[i], "", 99, 1);
        run_job();
        shows("  the end");
        shows("  line of slice 99");
        shows_not("  line of slice 1 ");
        row_shows(2, "  what is over it");
        row_shows(sizes[i] - 1, "Any other key: open the console");
        press_times(KEY_PAGE_UP, 2);
        shows_not("  the end");
        press_times(KEY_PAGE_UP, 9);
        row_shows(2 + ui.view.layout->step, "  line of slice 1 ");
        shows_not("  the end");
        press_times(KEY_PAGE_DOWN, 11);
        shows("  the end");
        shows_not("  line of slice 1 ");
        assert_int_equal(ui.view.page, PAGE_REPORT);
    }
}

static void test_too_long_report(void **state)
{
    (void)state;
    open_job(24, "", 2000, 1);
    ui.view.environment.serial = false;
    run_job();
    assert_true(ui.report.lines.cut);
    check_grid();
}

static void test_com1(void **state)
{
    static const size_t takes[] = {1, 7, 100, 5000};

    (void)state;
    for (unsigned i = 0; i < sizeof takes / sizeof takes[0]; i++) {
        open_job(50, "", 4, 2);
        com1_limit = takes[i];
        run_job();
        assert_string_equal(wire, "what is over it\r\n"
                                  "line of slice 2\r\ndetail of slice 2\r\n"
                                  "line of slice 4\r\nthe end\r\n"
                                  "detail of slice 4\r\n");
    }
}

static void test_warnings_on_com1(void **state)
{
    (void)state;
    start_with(50, "colour=red", NULL, 0);
    ui.view.environment.serial = true;
    wire_length = 0;
    com1_limit = 5000;
    report_open(&ui.view, &job);
    run_job();
    assert_ptr_equal(strstr(wire, "baby: warning boot:0: boot option "
                                  "\"colour=red\" is unknown\r\n"
                                  "what is over it\r\n"),
                     wire);
    shows("boot option \"colour=red\" is unknown");
}

/* If COM1 is stuck the job must still finish, and report a failure. */
static void test_stuck_com1(void **state)
{
    (void)state;
    open_job(50, "qemu-exit", 400, 1);
    com1_limit = 0;
    for (unsigned i = 0; i < 2000 && ui.report.running; i++)
        make_turn(FRAME);
    assert_int_equal(slices, 400);
    assert_int_equal(wire_length, 0);
    assert_int_equal(ui.view.request, REQUEST_FAILURE);
}

static void test_no_com1(void **state)
{
    (void)state;
    open_job(50, "", 4, 1);
    ui.view.environment.serial = false;
    ui.view.transfer.state = TRANSFER_NONE;
    run_job();
    shows("  the end");
    assert_int_equal(wire_length, 0);
}

/* A turn that runs a slice must do nothing else, to keep its time exact. */
static void test_time_of_slices(void **state)
{
    (void)state;
    open_job(50, "run speed=max", 500, 3);
    uint64_t prepulses = ui.view.session.machine.prepulses;

    for (unsigned i = 1; slices < 500; i++) {
        unsigned before = slices;

        assert_int_equal(make_turn(i), 0);
        assert_int_equal(ui.view.session.machine.prepulses, prepulses);
        assert_int_equal(calls, slices);
        if (slices == before)
            continue;
        assert_false(drawn);
        assert_int_equal(slices, before + 1);
        assert_int_equal(last_ns, i * 1000u);
        assert_int_equal(cycles, 7 * i);
    }
    run_job();
    assert_true(ui.view.session.machine.prepulses > prepulses);
}

/* The demonstration must not start until some time after a job. */
static void test_kiosk(void **state)
{
    (void)state;
    open_job(50, "kiosk=10", 2000, 100);
    for (unsigned i = 0; ui.report.running; i++) {
        make_turn(FRAME);
        assert_int_equal(ui.view.page, PAGE_REPORT);
    }
    make_turn(9000000);
    assert_int_equal(ui.view.page, PAGE_REPORT);
    make_turn(1000000);
    assert_int_equal(ui.view.page, PAGE_DEMO);
}

static void test_cancel_job(void **state)
{
    static const enum key keys[] = {KEY_ESCAPE, KEY_F10};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        open_job(50, "qemu-exit", 1000, 50);
        for (unsigned j = 0; j < 300; j++)
            make_turn(3000);
        press(KEY_ENTER);
        press(KEY_TAB);
        type("x");
        assert_int_equal(ui.view.page, PAGE_REPORT);
        press(keys[i]);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        shows("Cancelled before completion");
        unsigned before = slices;

        for (unsigned j = 0; j < 300; j++)
            make_turn(3000);
        assert_int_equal(slices, before);
        assert_true(before < 1000);
        assert_int_equal(ui.view.request, REQUEST_NONE);
    }
}

static void test_held_key_at_the_end(void **state)
{
    (void)state;
    open_job(50, "", 4, 1);
    press(KEY_ENTER);
    run_job();
    repeat(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_REPORT);
    press(KEY_F10);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

static void test_status(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        open_job(50, "qemu-exit", 4, 1);
        is_good = i;
        while (ui.report.running) {
            assert_int_equal(ui.view.request, REQUEST_NONE);
            make_turn(3000);
        }
        assert_non_null(strstr(wire, "detail of slice 4\r\n"));
        assert_int_equal(ui.view.request,
                         i ? REQUEST_SUCCESS : REQUEST_FAILURE);
        ui_request_failed(&ui);
        make_turn(FRAME);
        assert_int_equal(ui.view.request, REQUEST_NONE);
        shows("qemu-exit: this PC has no exit device at port 0xF4");
        assert_int_equal(ui.view.page, PAGE_REPORT);
    }
    open_job(50, "", 4, 1);
    run_job();
    assert_int_equal(ui.view.request, REQUEST_NONE);
}

static void test_selftest(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "selftest qemu-exit kiosk=1", NULL, 0);
        assert_int_equal(ui.view.page, PAGE_REPORT);
        run_job();
        row_shows(0, "Baby   Self test");
        shows("  engine       check                passed    failed");
        shows("  reference    known ends ");
        shows("  predecoded   engine changes   ");
        shows(" passed, 0 failed");
        shows_not("...");
        assert_int_equal(ui.view.request, REQUEST_SUCCESS);
    }
}

/* Tests the benchmark with a fake engine and slices of 3 ms. */
static void test_bench(void **state)
{
    const struct bench_entry bench_entries[] = {
        {&engine_reference, NULL, RUNS_ENGINE, RUNS_ALL, NULL, NULL},
        {&engine_reference, NULL, RUNS_SWITCH, RUNS_ALL, NULL, NULL},
    };

    (void)state;
    start_with(50, "", NULL, 0);
    ui.view.environment.serial = true;
    com1_limit = 1000;
    wire_clear();
    ui.view.environment.bench_entries = bench_entries;
    ui.view.environment.bench_entry_count = 2;
    report_open(&ui.view, &job_bench);
    run_job();
    shows("july    reference            0.02   0.02   0.02 328.13     1.00");
    shows("The 52 minutes of July 1948 take 98.3 s here");
    transmit(sizeof wire);
    assert_non_null(strstr(wire, "baby: bench program=july engine=reference"
                                 " rate=21333"));
    check_grid();
}

static void test_bench_without_results(void **state)
{
    (void)state;
    start_with(50, "", NULL, 0);
    ui.view.environment.serial = true;
    com1_limit = 1000;
    wire_clear();
    report_open(&ui.view, &job_bench);
    run_job();
    assert_true(ui.report.over);
    assert_false(job_bench.good(&ui.report.work));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bench),
        cmocka_unit_test(test_bench_without_results),
        cmocka_unit_test(test_report_page),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_too_long_report),
        cmocka_unit_test(test_com1),
        cmocka_unit_test(test_warnings_on_com1),
        cmocka_unit_test(test_stuck_com1),
        cmocka_unit_test(test_no_com1),
        cmocka_unit_test(test_time_of_slices),
        cmocka_unit_test(test_kiosk),
        cmocka_unit_test(test_cancel_job),
        cmocka_unit_test(test_held_key_at_the_end),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_selftest),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
