/* SPDX-License-Identifier: MIT */
/*
 * Tests the debugger: its page, its keys on other pages, and editing the past.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "emu/check/random_machine.h"
#include "emu/engine/lockstep.h"
#include "emu/machine/instruction_set.h"
#include "ui/ui.h"

/* A program that counts line 20 down from 9 in steps of line 21. */
#define COUNTS                                                                 \
    "; Counts\n1 LDN 20\n2 STO 22\n3 LDN 22\n4 SUB 21\n5 STO 20\n6 SUB 21\n"   \
    "7 CMP\n8 JMP 23\n9 STP\n20 NUM 9\n21 NUM 1\n23 NUM 0\n"

/* Returns the machine after INSTRUCTIONS instructions of the loaded program. */
static struct machine after(uint64_t instructions)
{
    struct machine machine = {0};

    memcpy(machine.store, ui.view.session.loaded.program.store,
           sizeof machine.store);
    while (machine.instructions < instructions)
        prepulse(&machine, &controls_normal);
    return machine;
}

static void is_after(uint64_t instructions)
{
    const struct machine machine = after(instructions);

    if (!lockstep_same(&machine, &ui.view.session.machine)) {
        print_screen();
        fail_msg("not as after instruction %u", (unsigned)instructions);
    }
}

/* Returns the screen row that shows LINE in the listing. */
static unsigned row_of(unsigned line)
{
    char text[4];
    unsigned row = 3;

    snprintf(text, sizeof text, "%02u", line);
    while (strcmp(part(row, 5, 2), text) != 0)
        row++;
    return row;
}

static void debug_program(unsigned rows, const char *text)
{
    start_program(rows, text);
    type_one('b', true);
    assert_int_equal(ui.view.page, PAGE_DEBUG);
}

static void open_debugger(unsigned rows, const char *program)
{
    char command[40];

    snprintf(command, sizeof command, "program=%s", program);
    start_with(rows, command, NULL, 0);
    type_one('b', true);
    assert_int_equal(ui.view.base, PAGE_DEBUG);
}

/* Types NUMBER followed by KEY. */
static void number(unsigned long long number, char key)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%llu%c", number, key);
    type(digits);
}

static void search_to_end(void)
{
    for (unsigned i = 0; session_is_seeking(&ui.view.session); i++) {
        assert_true(i < 100000);
        turn();
    }
    turn();
}

/* Goes to instruction N and checks the machine there. */
static void go(unsigned long long n)
{
    number(n, 'g');
    search_to_end();
    if (session_runs(&ui.view.session))
        run_to_end();
    is_after(n);
}

/* Each key must set its breakpoint, show it on the page, and remove it. */
static void test_breakpoint_keys(void **state)
{
    static const struct {
        char key;
        const char *shown;
    } keys[] = {
        {'o', "before 4"},   {'r', "read 4"}, {'w', "written 4"},
        {'n', "A negative"}, {'z', "A 0"},    {'i', "CI > 31"},
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_debugger(sizes[i], "july1948");
        press_times(KEY_DOWN, 3);
        for (unsigned j = 0; j < sizeof keys / sizeof *keys; j++) {
            char words[40];

            shows("Break: none");
            type_one(keys[j].key, false);
            snprintf(words, sizeof words, "Break: %s ", keys[j].shown);
            shows(words);
            check_grid();
            type_one(keys[j].key, false);
        }
        shows("Break: none");
        for (unsigned j = 0; j < sizeof keys / sizeof *keys; j++)
            type_one(keys[j].key, false);
        shows("Break: before 4; read 4; written 4; A negative; A 0; CI > 31");
        row_shows(row_of(4), " orw 04 ");
        type("x");
        shows("Break: none");
        row_shows(row_of(4), "     04 ");
    }
}

static void test_counts(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    type("a");
    shows("Type an instruction number first, then A");
    number(0, 'a');
    shows("Type an instruction number first, then A");
    for (unsigned i = 1; i <= COUNT_BREAKPOINTS; i++)
        number(100 * i, 'a');
    shows("after 100; after 200; after 300");
    shows_not("...");
    number(999, 'a');
    shows("All 8 instruction-count breakpoints are in use");
    number(200, 'a');
    shows("after 100; after 300");
    number(999, 'a');
    shows("after 100; after 999; after 300");
    type("x");
    shows("Break: none");
}

static void test_more_breakpoints_than_shown(void **state)
{
    (void)state;
    open_debugger(24, "july1948");
    for (unsigned i = 1; i <= COUNT_BREAKPOINTS; i++)
        number(1000000000000000000u + i, 'a');
    row_shows(20, "...");
    check_grid();
}

/* F8 must set a breakpoint at the cursor's line in the editor and at the line
   of the L switches on the panel, and the listing must show it. */
static void test_breakpoints_on_other_pages(void **state)
{
    (void)state;
    start(50);
    go_to(5);
    press(KEY_F8);
    shows("Breakpoint: before line 5");
    row_shows(4 + 5, "05?LDN 23");
    press(KEY_F8);
    shows("Breakpoint removed: before line 5");
    row_shows(4 + 5, "05 LDN 23");
    press(KEY_TAB);
    press(KEY_F8);
    shows("Breakpoint: before line 31");
    assert_true(ui.view.session.run_control.breakpoints.obeying == 1u << 31);
}

/* Breakpoint keys, and the instruction counts at which COUNTS must stop. */
static const struct {
    const char *line, *set;
    const char *says;
    unsigned instructions[4];
} runs[] = {
    {"05", "o", "Breakpoint before line 5", {4, 12, 20, 28}},
    {"20", "r", "Breakpoint: line 20 was read", {1, 9, 17, 25}},
    {"21", "r", "Breakpoint: line 21 was read", {4, 6, 12, 14}},
    {"20", "w", "Breakpoint: line 20 was written", {5, 13, 21, 29}},
    {"22", "w", "Breakpoint: line 22 was written", {2, 10, 18, 26}},
    {"01", "n", "Breakpoint: A became negative", {1, 9, 17, 25}},
};

static void set_stop(const char *line, const char *keys)
{
    unsigned to = (unsigned)(line[0] - '0') * 10 + (unsigned)(line[1] - '0');

    while (ui.view.line != to)
        press(KEY_DOWN);
    type(keys);
}

static void check_run(unsigned i, const struct engine *engine, unsigned speed)
{
    debug_program(sizes[i % SIZES], COUNTS);
    if (!session_set_engine(&ui.view.session, engine, NULL))
        return;
    pace_set(&ui.view.session.pace, speed);
    set_stop(runs[i].line, runs[i].set);
    for (unsigned j = 0; j < 4; j++) {
        press(KEY_F5);
        run_to_end();
        shows(runs[i].says);
        is_after(runs[i].instructions[j]);
    }
    /* Reverse-continue must stop at the same instructions. */
    for (unsigned j = 3; j-- > 0;) {
        type("b");
        search_to_end();
        is_after(runs[i].instructions[j]);
    }
    type("x");
    press(KEY_F5);
    run_to_end();
    shows("The replay has reached the present");
    is_after(runs[i].instructions[3]);
}

static void test_run_to_breakpoints(void **state)
{
    static const unsigned at[] = {SPEED_1, SPEED_REAL, SPEED_MAX};

    (void)state;
    for (unsigned i = 0; i < sizeof runs / sizeof *runs; i++)
        for (unsigned j = 0; engines[j] != NULL; j++)
            for (unsigned k = 0; k < sizeof at / sizeof *at; k++)
                check_run(i, engines[j], at[k]);
}

/* The page must name the breakpoint that stopped the run, at any speed. */
static void test_stop_reason(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    pace_set(&ui.view.session.pace, SPEED_MAX);
    number(100002, 'a');
    press(KEY_F5);
    run_to_end();
    shows("Stopped after instruction 100 002");
    is_after(100002);
    struct machine before = after(100001);
    struct bar bar = prepulse(&before, &controls_normal);

    assert_int_equal(ui.view.session.last.word, bar.instruction);
    assert_int_equal(ui.view.session.last.operand, bar.operand);
    assert_false(ui.view.session.last.operand_unknown);
}

/* Without history, the old value of A is unknown and must not be shown. */
static void test_stop_reason_without_history(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    ui.history.count = ui.history.capacity = 0;
    pace_set(&ui.view.session.pace, SPEED_MAX);
    number(100002, 'a');
    press(KEY_F5);
    run_to_end();
    is_after(100002);
    struct machine before = after(100001);
    struct bar bar = prepulse(&before, &controls_normal);

    assert_true(ui.view.session.last.operand_unknown);
    assert_int_equal(ui.view.session.last.word, bar.instruction);
}

/* After a long run at full speed, the cause of the stop must still be found. */
static void test_stop_reason_at_full_speed(void **state)
{
    static const struct {
        const char *program, *set, *says;
        unsigned instructions;
    } rows[] = {
        {"; Zero\n1 LDN 20\n2 SUB 21\n3 JMP 22\n"
         "20 NUM 3000\n21 NUM -1\n22 NUM 1\n",
         "z", "Breakpoint: A became 0", 6000},
        {"; Leaves\n1 LDN 20\n2 SUB 21\n3 CMP\n4 JMP 23\n5 JMP 22\n"
         "20 NUM 3000\n21 NUM -1\n22 NUM 1\n23 NUM 40\n",
         "i", "Breakpoint: CI exceeds 31", 9001},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        for (unsigned j = 0; engines[j] != NULL; j++) {
            debug_program(50, rows[i].program);
            if (!session_set_engine(&ui.view.session, engines[j], NULL))
                continue;
            pace_set(&ui.view.session.pace, SPEED_MAX);
            type(rows[i].set);
            press(KEY_F5);
            run_to_end();
            shows(rows[i].says);
            is_after(rows[i].instructions);
        }
}

static void test_break_on_leaving(void **state)
{
    (void)state;
    debug_program(50, "; Leaves\n1 JMP 20\n9 LDN 1\n10 STP\n20 NUM 40\n");
    type("i");
    press(KEY_F5);
    run_to_end();
    shows("Breakpoint: CI exceeds 31");
    is_after(1);
    press(KEY_F5);
    run_to_end();
    is_after(2);
    type("i");
    press(KEY_F5);
    run_to_end();
    is_after(3);
}

static void test_go(void **state)
{
    struct prng prng;

    (void)state;
    prng_seed(&prng, 5);
    open_debugger(50, "july1948-989");
    for (unsigned i = 0; i < 40; i++) {
        go(prng_next(&prng) % 20000);
        shows(i % 2 ? "After instruction" : "instruction");
    }
}

static void test_go_past_the_end(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    number(1000000, 'g');
    search_to_end();
    run_to_end();
    assert_true(ui.view.session.machine.neon);
    uint64_t last = ui.view.session.machine.instructions;

    go(7);
    number(1000000, 'g');
    search_to_end();
    shows("Not reached: the machine stopped after instruction");
    is_after(last);
}

static void test_numbers(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    type("g");
    shows("Type an instruction number first, then G");
    type("12");
    shows(" 12  G: go to");
    press(KEY_BACKSPACE);
    shows(" 1  G: go to");
    press(KEY_ESCAPE);
    shows_not("G: go to");
    assert_int_equal(ui.view.page, PAGE_DEBUG);
    type("9999999999999999999");
    shows(" 9999999999999999999  G: go to");
    shows_not("The maximum instruction count is");
    type("9"); /* one more digit would overflow 64 bits */
    shows(" 9999999999999999999  G: go to");
    shows("The maximum instruction count is 18446744073709551615");
    press(KEY_ESCAPE);
    type("18446744073709551615");
    shows(" 18446744073709551615  G: go to");
    shows_not("The maximum instruction count is");
    type("0");
    shows(" 18446744073709551615  G: go to");
    shows("The maximum instruction count is");
    press(KEY_ESCAPE);
    press(KEY_BACKSPACE);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_MENU);
}

static void test_steps(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    press(KEY_F7);
    shows("This is as far back as history reaches");
    press_times(KEY_F6, 30);
    is_after(30);
    for (unsigned i = 30; i-- > 0;) {
        press(KEY_F7);
        is_after(i);
    }
    for (unsigned i = 1; i <= 30; i++) {
        press(KEY_F6);
        is_after(i);
    }
    shows("After instruction 30 ");
    press(KEY_HOME);
    is_after(0);
    shows("After instruction 0 of 30");
    press(KEY_END);
    is_after(30);
}

static void test_held_step_keys(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    press(KEY_F6);
    for (unsigned i = 0; i < 9; i++)
        repeat(KEY_F6);
    is_after(10);
    press(KEY_F7);
    for (unsigned i = 0; i < 4; i++)
        repeat(KEY_F7);
    is_after(5);
}

static void test_back_to_write(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    number(40, 'g');
    run_to_end();
    set_stop("20", "l");
    search_to_end();
    is_after(37);
    type("l");
    search_to_end();
    is_after(29);
    set_stop("21", "l");
    search_to_end();
    shows("No earlier write to this line");
    is_after(0);
}

/* Reverse-continue must stop at the nearest breakpoint or count. */
static void test_back_to_count(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    number(40, 'g');
    run_to_end();
    type("b");
    shows("There is no breakpoint to go back to");
    number(39, 'a');
    number(10, 'a');
    set_stop("20", "w");
    type("b");
    search_to_end();
    is_after(39);
    type("b");
    search_to_end();
    is_after(37);
    type("x");
    number(10, 'a');
    type("b");
    search_to_end();
    is_after(10);
}

static void test_cancel_seek(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    pace_set(&ui.view.session.pace, SPEED_MAX);
    number(300000, 'g');
    run_to_end();
    is_after(300000);
    set_stop("01", "o");
    ui.view.session.travel.budget = 100;
    speed_of_pc = 1;
    type("b");
    assert_true(session_is_seeking(&ui.view.session));
    shows("Replaying: instruction");
    press(KEY_ESCAPE);
    shows("Cancelled; the machine has not moved");
    assert_false(session_is_seeking(&ui.view.session));
    is_after(300000);
    ui.view.session.travel.budget = 100000;
    type("b");
    search_to_end();
    is_after(0);
}

static void test_no_memory(void **state)
{
    static const char keys[] = "blgpcvts";

    (void)state;
    open_debugger(50, "july1948");
    ui.history.count = ui.history.capacity = 0;
    press_times(KEY_F6, 3);
    shows("This PC has too little memory for history.");
    press(KEY_F7);
    shows("This PC has too little memory for history");
    is_after(3);
    for (unsigned i = 0; i < sizeof keys - 1; i++)
        type_one(keys[i], false);
    for (unsigned i = 0; i < sizeof keys - 1; i++)
        number(2, keys[i]);
    press(KEY_HOME);
    press(KEY_END);
    press(KEY_PAGE_UP);
    is_after(3);
    number(100, 'g');
    run_to_end();
    is_after(100);
}

static void begin_in_past(void)
{
    debug_program(50, COUNTS);
    number(40, 'g');
    run_to_end();
    go(20);
    shows("PAST");
}

/* Operator edits, each starting on the editor page. */
static void kill_line(void)
{
    press(KEY_DELETE);
}

static void type_word(void)
{
    type_one('5', false);
}

static void flip_digit(void)
{
    press(KEY_HOME);
    press(KEY_LEFT);
    type_one(' ', false);
}

static void press_switch(void)
{
    press(KEY_TAB);
    type_one('o', false);
}

static void press_typewriter(void)
{
    press(KEY_TAB);
    type_one('1', false);
}

static void clear_control(void)
{
    menu('c');
}

static void clear_store(void)
{
    menu('z');
}

static void (*const changes[])(void) = {
    kill_line,        type_word,     flip_digit,  press_switch,
    press_typewriter, clear_control, clear_store,
};

static bool same(const struct snapshot *one, const struct snapshot *other)
{
    return lockstep_same(&one->machine, &other->machine) &&
           controls_are_same(&one->controls, &other->controls);
}

/* Answering No must keep everything, and Yes must discard the future. */
static void test_edits_in_the_past(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct snapshot before, now_it_is;

        begin_in_past();
        press(KEY_TAB);
        session_snapshot(&ui.view.session, &before);
        changes[i]();
        assert_int_equal(ui.view.page, PAGE_ASK);
        shows("Discard everything recorded after this point?");
        type_one(NO, false);
        session_snapshot(&ui.view.session, &now_it_is);
        assert_true(same(&before, &now_it_is));
        assert_true(session_in_past(&ui.view.session));
        if (ui.view.base == PAGE_PANEL)
            press(KEY_TAB);
        changes[i]();
        type_one(YES, false);
        if (ui.view.entry.typing)
            press(KEY_ENTER);
        turn();
        session_snapshot(&ui.view.session, &now_it_is);
        assert_false(session_in_past(&ui.view.session));
        assert_false(same(&before, &now_it_is));
        assert_int_equal(ui.view.session.machine.instructions, 20);
        /* The past before the edit must be kept. */
        while (ui.view.base != PAGE_DEBUG)
            type_one('b', true);
        go(10);
        press(KEY_END);
        assert_int_equal(ui.view.session.machine.instructions, 20);
    }
}

static void test_undo_in_the_past(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    number(10, 'g');
    run_to_end();
    press(KEY_TAB);
    set_line(25, "NUM 7 ; seven");
    assert_string_equal(listing(25), "7");
    type_one('b', true);
    number(20, 'g');
    run_to_end();
    go(9);
    press(KEY_TAB);
    assert_string_equal(listing(25), "0");
    shows_not("seven");
    press(KEY_F6);
    press(KEY_F6);
    assert_string_equal(listing(25), "7");
    shows("seven");
    type_one('z', true);
    shows("Discard everything");
    type_one(YES, false);
    assert_string_equal(listing(25), "0");
    type_one('y', true);
    assert_string_equal(listing(25), "7");
}

static void to_view(enum debug_view view)
{
    while (ui.debugger.debug.view != view)
        type("v");
}

/* Returns the profile of the instructions executed between FROM and TO. */
static struct profile profile_of(uint64_t from, uint64_t to)
{
    struct profile profile = {0};
    struct machine machine = after(from);

    while (machine.instructions < to) {
        struct bar bar = prepulse(&machine, &controls_normal);

        profile_bar(&profile, &bar, false);
    }
    return profile;
}

static void is_profile(uint64_t from, uint64_t to)
{
    const struct profile profile = profile_of(from, to);

    assert_memory_equal(&profile, &ui.debugger.debug.profile, sizeof profile);
}

static void test_profile(void **state)
{
    (void)state;
    open_debugger(50, "july1948");
    to_view(DEBUG_PROFILE);
    shows("P starts a profile");
    number(100, 'g');
    run_to_end();
    type("p");
    shows("Profile started; P stops it");
    number(5000, 'g');
    run_to_end();
    is_profile(100, 5000);
    type("p");
    shows("Profile stopped");
    number(6000, 'g');
    run_to_end();
    is_profile(100, 5000);
    number(2000, 'p');
    search_to_end();
    shows("Profile from instruction 2000 to this one");
    is_profile(2000, 6000);
    is_after(6000);
    number(7000, 'p');
    shows("Only earlier instructions in history can be profiled");
}

static void test_profile_shown(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        debug_program(sizes[i], COUNTS);
        type("p");
        number(20, 'g');
        run_to_end();
        const struct profile profile = profile_of(0, 20);
        char end[24];

        snprintf(end, sizeof end, " 16404 %u", (unsigned)profile.obeyed[1]);
        assert_non_null(strstr(squeeze(row_text(row_of(1))), end));
        check_grid();
    }
}

static void test_compare(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        debug_program(sizes[i], COUNTS);
        number(5, 'g');
        run_to_end();
        type("c");
        shows("as entered: 2 differ");
        type("c");
        shows("as in the file: 2 differ");
        type("c");
        shows("as entered: 2 differ");
        shows("A 0   CI 0");
        number(13, 'g');
        run_to_end();
        number(4, 'c');
        search_to_end();
        shows("after 4: 2 differ");
        is_after(13);
        number(14, 'c');
        shows("Instruction 14 is not in history");
        set_stop("20", "");
        row_shows(row_of(20), "now 7");
    }
}

/* The trace must end at the current position and scroll back to its start. */
static void test_trace(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_debugger(sizes[i], "july1948");
        shows_not(" 1 01 ");
        press(KEY_F6);
        shows(" 1 01 LDN 24      262143 A -262143");
        number(5000, 'g');
        run_to_end();
        shows(" 5000 ");
        shows_not(" 5001 ");
        press_times(KEY_PAGE_UP, 3);
        shows_not(" 5000 ");
        press_times(KEY_PAGE_DOWN, 4);
        shows(" 5000 ");
        press_times(KEY_PAGE_UP, 200);
        shows_not(" 3900 ");
        assert_true(find(" 4010 ") >= 0 || find(" 4020 ") >= 0 ||
                    find(" 4030 ") >= 0);
        press(KEY_F7);
        shows(" 4999 ");
        /* In the past, the following rows must be shown as well. */
        shows(" 5000 ");
        check_grid();
    }
}

/* At full speed no trace may be shown, as it would slow the machine. */
static void test_no_trace_at_full_speed(void **state)
{
    (void)state;
    open_debugger(50, "helix");
    pace_set(&ui.view.session.pace, SPEED_MAX);
    press(KEY_F5);
    turn();
    shows("The trace is not shown at full speed");
    press(KEY_F5);
    shows_not("The trace is not shown at full speed");
    shows("STO");
}

static void hold(char c, bool down)
{
    struct event event = key_of(c);

    event.down = down;
    send(event);
    turn();
}

static void test_held_keys_in_the_past(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    press_times(KEY_F6, 3);
    press(KEY_TAB);
    hold('=', true);
    press_times(KEY_F7, 3);
    uint64_t last = history_last(&ui.history);

    assert_true(session_in_past(&ui.view.session));
    hold('=', false);
    press(KEY_ENTER);
    assert_int_equal(history_last(&ui.history), last);
    assert_int_equal(ui.view.session.machine.store[21], 1);
}

/* F5 must replay through a Stop and the edits after it. */
static void test_replay_through_stops(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    pace_set(&ui.view.session.pace, SPEED_MAX);
    press(KEY_F5);
    run_to_end();
    uint64_t stop = ui.view.session.machine.instructions;

    press_times(KEY_F6, 2);
    press(KEY_HOME);
    press(KEY_F5);
    run_to_end();
    is_after(stop);
    shows("PAST");
    press(KEY_F5);
    run_to_end();
    assert_false(session_in_past(&ui.view.session));
    assert_int_equal(ui.view.session.machine.instructions, stop + 2);

    debug_program(50, HANGING);
    press(KEY_F5);
    run_to_end();
    assert_true(ui.view.session.hung);
    menu('c');
    press(KEY_HOME);
    press(KEY_F5);
    run_to_end();
    press(KEY_F5);
    run_to_end();
    assert_false(session_in_past(&ui.view.session));
    assert_false(ui.view.session.hung);
}

/* Starts a step back that takes many turns, with the editor page open. */
static uint64_t begin_long_step_back(void)
{
    start_program(50, "; For ever\n1 LDN 9\n2 STO 8\n3 JMP 10\n10 NUM 0\n");
    pace_set(&ui.view.session.pace, SPEED_MAX);
    press(KEY_F5);
    for (unsigned i = 0; i < 50; i++)
        turn();
    ui.view.session.travel.budget = 100;
    speed_of_pc = 1;
    send((struct event){.key = KEY_F7, .down = true});
    assert_true(session_is_seeking(&ui.view.session));
    return ui.view.session.machine.instructions;
}

/* Keys typed during a seek must wait for its end, then raise the question. */
static void test_keys_during_seek(void **state)
{
    (void)state;
    uint64_t here = begin_long_step_back();

    send(key_of('7'));
    send(key_of('8'));
    assert_true(session_is_seeking(&ui.view.session));
    assert_int_equal(ui.view.session.machine.instructions, here);
    search_to_end();
    turn();
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.page, PAGE_ASK);
    assert_int_equal(ui.view.session.machine.instructions, here - 1);
    press(KEY_ESCAPE);

    /* Send more keys than the queue can hold. */
    here = begin_long_step_back();
    for (unsigned i = 0; i < 10 * EVENTS_WAITING; i++)
        send((struct event){.key = KEY_DOWN, .down = true});
    assert_true(session_is_seeking(&ui.view.session));
    search_to_end();
    turn();
    assert_int_equal(ui.view.line, (1 + EVENTS_WAITING) % LINES);
    assert_int_equal(ui.waiting_count, 0);
}

static void test_escape_during_seek(void **state)
{
    (void)state;
    uint64_t here = begin_long_step_back();

    send(key_of('7'));
    press(KEY_ESCAPE);
    assert_false(session_is_seeking(&ui.view.session));
    shows("Cancelled; the machine has not moved");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.session.machine.instructions, here);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_MENU);
}

/* Discarding unsaved later edits must require confirmation. */
static void test_unsaved_future(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    press(KEY_F6);
    set_line(25, "7");
    type_one('b', true);
    press(KEY_HOME);
    assert_false(ui.view.session.entered.unsaved);
    press(KEY_F2);
    press(KEY_ENTER);
    shows("has unsaved changes, which will be lost");
    type_one(NO, false);
    press(KEY_ESCAPE);
    menu('O');
    shows("has unsaved changes");
    type_one(YES, false);
    press(KEY_F2);
    press(KEY_ENTER);
    shows_not("has unsaved changes");
}

/* An edit between two breakpoints must not count as a breakpoint. */
static void test_edit_between_breakpoints(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    set_stop("20", "w");
    press(KEY_F5);
    run_to_end();
    is_after(5);
    press(KEY_TAB);
    set_line(25, "7");
    type_one('b', true);
    press(KEY_F5);
    run_to_end();
    press(KEY_HOME);
    press(KEY_F5);
    run_to_end();
    assert_int_equal(ui.view.session.machine.instructions, 5);
    press(KEY_F5);
    run_to_end();
    assert_int_equal(ui.view.session.machine.instructions, 13);
}

/* With L switches up, the explanation must name the line that was read. */
static void test_explanation_with_switches(void **state)
{
    (void)state;
    debug_program(50, "; Reads\n1 LDN 5\n2 STP\n");
    type("r");
    press(KEY_TAB);
    press(KEY_TAB);
    hold('[', true);
    hold('[', false);
    press(KEY_BACKSPACE);
    run_to_end();
    shows("Breakpoint: line 1 was read");
}

static void test_another_program(void **state)
{
    struct library_file other = file("other", "1 JMP 2\n2 NUM 0\n");

    (void)state;
    debug_program(50, COUNTS);
    number(50, 'g');
    run_to_end();
    number(2, 'c');
    search_to_end();
    type("po");
    press_times(KEY_PAGE_UP, 3);
    assert_true(load_library_file(&other));
    turn();
    assert_null(ui.view.session.profile);
    assert_int_equal(ui.debugger.debug.above, 0);
    shows("Break: none");
    to_view(DEBUG_COMPARE);
    turn();
    shows("as entered: 0 differ");
}

/* The machine must not run until the question is answered. */
static void test_asked_while_running(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    number(40, 'g');
    run_to_end();
    press(KEY_HOME);
    press(KEY_TAB);
    press(KEY_F5);
    turn();
    assert_true(session_runs(&ui.view.session));
    press(KEY_DELETE);
    assert_int_equal(ui.view.page, PAGE_ASK);
    uint64_t then = ui.view.session.machine.instructions;

    for (unsigned i = 0; i < 20; i++)
        turn();
    assert_int_equal(ui.view.session.machine.instructions, then);
}

static void test_dump_registers(void **state)
{
    static const char dump[136] = {[0] = 5, [4] = 3};
    struct library_file module = {"dump", dump, sizeof dump};

    (void)state;
    start_with(50, "", &module, 1);
    type_one('b', true);
    type("c");
    row_shows((unsigned)find("PI "),
              "A 5   CI 3   PI JMP 0                       A 5   CI 3");
}

/* The cause of the last stop must still be shown after any number of edits. */
static void test_stop_reason_after_edits(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    press_times(KEY_F6, 2);
    for (unsigned i = 0; i < 40; i++)
        set_line(25, i % 2 ? "7" : "8");
    press(KEY_F7);
    shows("STO 22   line 22 is set to A = -9");
}

/* Lockstep must compare the engine even while the profiler runs the machine. */
static void test_profile_in_lockstep(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    type("p");
    press(KEY_F4);
    type("l");
    press(KEY_F5);
    run_to_end();
    is_profile(0, ui.view.session.machine.instructions);
    assert_false(ui.view.session.observed.differs);
}

/* Instructions are not counted in Man, so going to a count must leave Man. */
static void test_go_from_man(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    press(KEY_TAB);
    hold('9', true);
    hold('9', false);
    assert_true(ui.view.session.controls.manual);
    type_one('b', true);
    number(10, 'g');
    run_to_end();
    shows("After instruction 10 ");
    assert_false(ui.view.session.controls.manual);
}

static void test_machine_time_restored(void **state)
{
    (void)state;
    debug_program(50, COUNTS);
    press_times(KEY_F6, 20);
    uint64_t time = ui.view.session.machine_us;

    press_times(KEY_F7, 10);
    press(KEY_F12);
    press_times(KEY_F6, 10);
    assert_false(session_in_past(&ui.view.session));
    assert_int_equal(ui.view.session.machine_us, time);
}

/* A number being typed must not hide a message. */
static void test_number_and_message(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        debug_program(sizes[i], COUNTS);
        type("12");
        view_message(&ui.view, "A message");
        ui.view.changed = true;
        turn();
        shows("A message");
        shows(" 12  G: go to");
    }
}

static void test_partial_count(void **state)
{
    (void)state;
    open_debugger(50, "helix");
    pace_set(&ui.view.session.pace, SPEED_MAX);
    number(3000000, 'g');
    run_to_end();
    ui.view.session.travel.budget = 100;
    speed_of_pc = 1;
    number(1000, 'p');
    while (ui.debugger.debug.pending != PENDING_PROFILE)
        turn();
    turn();
    assert_true(session_is_seeking(&ui.view.session));
    press(KEY_ESCAPE);
    shows("P starts a profile");
}

static void test_breakpoint_after_stop(void **state)
{
    (void)state;
    debug_program(50, "; Round\n1 STP\n2 STO 30\n3 JRP 20\n20 NUM -1\n");
    press_times(KEY_F6, 2);
    number(100, 'g');
    run_to_end();
    press(KEY_HOME);
    set_stop("30", "w");
    press(KEY_F6);
    assert_true(ui.view.session.machine.neon);
    press(KEY_F5);
    run_to_end();
    is_after(2);
    shows("Breakpoint: line 30 was written");
}

/* Going to the present must be immediate if only edits follow. */
static void test_present_without_replay(void **state)
{
    (void)state;
    debug_program(50, "; Stops\n1 STP\n");
    press(KEY_F6);
    press(KEY_TAB);
    set_line(20, "7");
    type_one('b', true);
    press(KEY_F7);
    shows("PAST");
    press(KEY_F5);
    shows("The replay has reached the present");
    assert_int_equal(ui.view.session.machine.store[20], 7);
}

static void test_saved_future_is_not_asked_about(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    set_line(25, "7");
    menu('O');
    type_one(YES, false);
    press_times(KEY_F6, 2);
    press(KEY_F7);
    menu('O');
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_int_equal(history_last(&ui.history), 0);
}

/* Replay during a save must not change what is saved. */
static void test_save_in_the_past(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    ui.view.environment.serial = true;
    press(KEY_F6);
    set_line(25, "7");
    press(KEY_F7);
    assert_int_equal(ui.view.session.machine.store[25], 0);
    press(KEY_F3);
    type("a");
    session_set_cs(&ui.view.session, true);
    while (ui.view.session.machine.store[25] == 0)
        turn();
    while (transmit(100) > 0)
        turn();
    turn();
    shows("Has everything arrived");
    type("y");
    shows("Saved");
    press(KEY_ESCAPE);
    run_to_end();
    assert_true(session_is_unsaved(&ui.view.session));
}

/* F7 while typing a word must enter the word, then step back over it. */
static void test_step_back_while_typing(void **state)
{
    (void)state;
    start_program(50, COUNTS);
    press_times(KEY_F6, 5);
    go_to(25);
    type("7");
    press(KEY_F7);
    assert_int_equal(ui.view.session.machine.store[25], 0);
    assert_int_equal(position_step(&ui.history.at), 5);
    assert_int_equal(history_last(&ui.history), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breakpoint_keys),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_more_breakpoints_than_shown),
        cmocka_unit_test(test_breakpoints_on_other_pages),
        cmocka_unit_test(test_run_to_breakpoints),
        cmocka_unit_test(test_stop_reason),
        cmocka_unit_test(test_stop_reason_without_history),
        cmocka_unit_test(test_break_on_leaving),
        cmocka_unit_test(test_stop_reason_at_full_speed),
        cmocka_unit_test(test_go),
        cmocka_unit_test(test_go_past_the_end),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_held_step_keys),
        cmocka_unit_test(test_back_to_write),
        cmocka_unit_test(test_back_to_count),
        cmocka_unit_test(test_cancel_seek),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_edits_in_the_past),
        cmocka_unit_test(test_undo_in_the_past),
        cmocka_unit_test(test_profile),
        cmocka_unit_test(test_profile_shown),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_no_trace_at_full_speed),
        cmocka_unit_test(test_held_keys_in_the_past),
        cmocka_unit_test(test_replay_through_stops),
        cmocka_unit_test(test_keys_during_seek),
        cmocka_unit_test(test_escape_during_seek),
        cmocka_unit_test(test_unsaved_future),
        cmocka_unit_test(test_edit_between_breakpoints),
        cmocka_unit_test(test_explanation_with_switches),
        cmocka_unit_test(test_another_program),
        cmocka_unit_test(test_asked_while_running),
        cmocka_unit_test(test_dump_registers),
        cmocka_unit_test(test_stop_reason_after_edits),
        cmocka_unit_test(test_profile_in_lockstep),
        cmocka_unit_test(test_go_from_man),
        cmocka_unit_test(test_machine_time_restored),
        cmocka_unit_test(test_number_and_message),
        cmocka_unit_test(test_partial_count),
        cmocka_unit_test(test_breakpoint_after_stop),
        cmocka_unit_test(test_present_without_replay),
        cmocka_unit_test(test_saved_future_is_not_asked_about),
        cmocka_unit_test(test_save_in_the_past),
        cmocka_unit_test(test_step_back_while_typing),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
