/* SPDX-License-Identifier: MIT */
/* Tests the controls of the panel.  See also test_operating.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "operator.h"

/* A loop that executes lines 1 and 2 and also accesses lines 20 and 0. */
#define LOOP "0 NUM 0\n1 LDN 20\n2 JMP 0\n20 NUM 5\n"

static uint32_t store_of(unsigned line)
{
    return machine->store[line];
}

static void run(void)
{
    assert_false(ui.view.session.cs);
    press_cs();
    assert_true(ui.view.session.cs);
}

/* Each typewriter key must hold its button down until the key is released. */
static void check_typewriter(unsigned rows, const char *characters)
{
    start_panel(rows, "", LOOP);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        struct event event = character_event(type_positions[digit]);

        event.character = characters[digit];
        down(event);
        assert_int_equal(ui.view.session.controls.typewriter, 1u << digit);
        assert_int_equal(store_of(31) >> digit, 1);
        frames(3);
        assert_int_equal(ui.view.session.controls.typewriter, 1u << digit);
        up(event);
        assert_int_equal(ui.view.session.controls.typewriter, 0);
        frames(1);
        assert_int_equal(tube_line(31), store_of(31));
    }
    assert_int_equal(store_of(31), UINT32_MAX);
    assert_int_equal(machine->prepulses, 0);
}

static void test_typewriter(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        check_typewriter(screen_rows[i], type_positions);
        check_typewriter(screen_rows[i], type_shifted);
        /* Characters typed by the same keys of a French keyboard. */
        check_typewriter(screen_rows[i], "&\"'(-_azertyuqsdfghjkwxcvbn,?;:!");
    }
}

static void test_control_is_no_button(void **state)
{
    static const char keys[] =
        "12345678qwertyuiasdfghjkzxcvbnm,90-=op[]\\l;'./";

    (void)state;
    for (unsigned i = 0; keys[i] != '\0'; i++) {
        start_panel(50, "", LOOP);
        struct event event = character_event(keys[i]);

        event.control = true;
        down(event);
        frames(1);
        assert_int_equal(
            ui.view.session.held.typewriter | ui.view.session.held.strip, 0);
        assert_int_equal(ui.view.session.controls.stat, STATICISOR);
        assert_false(ui.view.session.controls.manual ||
                     ui.view.session.controls.erase);
        up(event);
        assert_int_equal(store_of(31), 0);
        assert_false(ui.view.session.entered.unsaved);
    }
}

static void test_release_with_control(void **state)
{
    struct event event = character_event('q');

    (void)state;
    start_panel(50, "", LOOP);
    down(event);
    event.control = true;
    up(event);
    assert_int_equal(ui.view.session.held.typewriter, 0);
    assert_int_equal(ui.panel.held[8], 0);
}

/* Keys of the numeric keypad must not operate the panel. */
static void test_keypad_is_apart(void **state)
{
    static const char keys[] = "-/*+";

    (void)state;
    start_panel(50, "", LOOP);
    for (unsigned i = 0; keys[i] != '\0'; i++) {
        struct event event = character_event(keys[i]);

        event.position = '\0';
        down(event);
        assert_int_equal(
            ui.view.session.held.strip | ui.view.session.held.typewriter, 0);
        up(event);
    }
}

static void test_erase_by_button(void **state)
{
    (void)state;
    start_panel(50, "", "31 NUM -1\n");
    type("0");
    assert_true(ui.view.session.controls.erase);
    type("1q,");
    assert_int_equal(store_of(31), ~0x80000101u);
    type("01");
    assert_false(ui.view.session.controls.erase);
    assert_int_equal(store_of(31), ~0x80000100u);
}

static void test_switches(void **state)
{
    static const char keys[] = "op[]\\l;'";
    static const uint8_t digits[] = {0, 1, 2, 3, 4, 13, 14, 15};

    (void)state;
    for (unsigned i = 0; keys[i] != '\0'; i++) {
        const char key[] = {keys[i], '\0'};

        start_panel(50, "", LOOP);
        assert_int_equal(ui.view.session.controls.stat, STATICISOR);
        type(key);
        assert_int_equal(ui.view.session.controls.stat,
                         STATICISOR & ~(1u << digits[i]));
        frames(10);
        assert_int_equal(ui.view.session.controls.stat,
                         STATICISOR & ~(1u << digits[i]));
        type(key);
        assert_int_equal(ui.view.session.controls.stat, STATICISOR);
    }
}

static void test_other_switches(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    type("9");
    assert_true(ui.view.session.controls.manual);
    type("9");
    assert_false(ui.view.session.controls.manual);
    press(KEY_F5);
    assert_true(ui.view.session.cs);
    press(KEY_BACKSPACE);
    assert_false(ui.view.session.cs);
}

static void test_repeats(void **state)
{
    static const struct event events[] = {
        {KEY_ENTER, .down = true},
        {KEY_F6, .down = true},
        {KEY_BACKSPACE, .down = true},
        {KEY_F5, .down = true},
        {KEY_F9, .down = true},
        {KEY_CHARACTER, 'o', 'o', .down = true},
        {KEY_CHARACTER, '9', '9', .down = true},
        {KEY_CHARACTER, '0', '0', .down = true},
        {KEY_CHARACTER, ' ', ' ', .down = true},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof events / sizeof events[0]; i++) {
        start_panel(50, "", LOOP);
        down(events[i]);
        uint64_t prepulses = machine->prepulses;
        struct controls controls = ui.view.session.controls;
        bool cs = ui.view.session.cs;
        enum monitor monitor = ui.view.monitor;

        for (unsigned times = 0; times < 5; times++)
            repeat(events[i]);
        assert_int_equal(machine->prepulses, prepulses);
        assert_memory_equal(&ui.view.session.controls, &controls,
                            sizeof controls);
        assert_int_equal(ui.view.session.cs, cs);
        assert_int_equal(ui.view.monitor, monitor);
        up(events[i]);
    }
}

static void test_repeated_button_is_one_action(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('q');
    for (unsigned times = 0; times < 5; times++)
        repeat(character_event('q'));
    release('q');
    assert_true(session_undo(&ui.view.session));
    assert_int_equal(store_of(31), 0);
    assert_false(session_undo(&ui.view.session));
}

/* On a running machine, a held button must act on each line accessed. */
static void test_held_over_bars(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    run();
    hold('q');
    bars(9);
    assert_int_equal(store_of(1) & 0x100, 0x100);
    assert_int_equal(store_of(2) & 0x100, 0x100);
    assert_int_equal(store_of(0), 0x100);
    assert_int_equal(store_of(20), 0x105);
    assert_int_equal(store_of(31), 0);
    release('q');
    bars(1);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
    machine->store[20] = 5;
    bars(8);
    assert_int_equal(store_of(20), 5);
}

/* On a stopped machine, a button must act on the line of the L switches. */
static void test_held_on_a_standing_machine(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('q');
    type("o");
    frames(1);
    release('q');
    assert_int_equal(store_of(31), 0x100);
    assert_int_equal(store_of(30), 0x100);
    type("o");
    frames(1);
    assert_int_equal(store_of(30), 0x100);
}

/* At low speed, a button that is tapped must act in the next bar. */
static void test_tap_when_slow(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(10);
    assert_int_equal(machine->prepulses, 0);
    type("q");
    frames(1);
    assert_int_equal(store_of(1) | store_of(31), WORD(LDN, 20));
    assert_true(screen_shows("> 8<"));
    frames(40);
    assert_int_equal(machine->prepulses, 1);
    assert_int_equal(store_of(1), WORD(LDN, 20) | 0x100);
    assert_int_equal(store_of(20), 0x105);
    assert_true(screen_shows("( 8)"));
    frames(100);
    assert_int_equal(machine->prepulses, 3);
    assert_int_equal(store_of(2) | store_of(0), 0);
}

static void test_tap_when_fast(void **state)
{
    (void)state;
    start_panel(50, "speed=max", LOOP);
    run();
    frames(5);
    uint64_t before = machine->prepulses;

    type("q");
    frames(1);
    assert_true(machine->prepulses > before);
    assert_int_equal(store_of(20), 0x105);
    frames(1);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
    machine->store[20] = 5;
    frames(2);
    assert_int_equal(store_of(20), 5);
}

/* A clearing key that is tapped must act within one bar at every speed. */
static void test_strip_taps(void **state)
{
    (void)state;
    for (unsigned speed = 0; speed < SPEEDS; speed++) {
        char command[32];
        struct strbuf text = strbuf_begin(command, sizeof command);

        strbuf_add(&text, "speed=%s", speeds[speed].name);
        start_panel(24, command, LOOP);
        run();
        frames(200);
        type("=");
        frames(60);
        for (unsigned line = 0; line < LINES; line++)
            assert_int_equal(store_of(line), 0);
        assert_true(
            /* The machine keeps running because a line of zeros is JMP 0. */
            session_runs(&ui.view.session));
        machine->a = 9;
        type(".");
        frames(60);
        assert_int_equal(machine->a, 0);
        machine->a = 9;
        type("/");
        frames(60);
        assert_int_equal(machine->a, 0);
        assert_int_equal(
            ui.view.session.held.strip | ui.view.session.controls.strip, 0);
    }
}

/* Two buttons tapped before the same bar must act in consecutive bars. */
static void test_two_taps_in_a_bar(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(5);
    type("qw");
    assert_string_equal(ui.view.message, "");
    frames(50);
    assert_int_equal(machine->prepulses, 1);
    assert_int_equal(store_of(1), WORD(LDN, 20) | 0x100);
    assert_int_equal(store_of(20), 0x105);
    frames(50);
    assert_int_equal(machine->prepulses, 2);
    assert_int_equal(store_of(2), 0x200);
    assert_int_equal(store_of(0), 0x200);
    frames(50);
    assert_int_equal(machine->prepulses, 3);
    assert_int_equal(store_of(1), WORD(LDN, 20) | 0x100);
    assert_false(ui.view.session.press.open);
}

static void test_clearing_key_before_a_button(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(105);
    assert_int_equal(machine->ci, 0);
    assert_int_equal(machine->a, 0u - 5);
    type("/q");
    frames(50);
    assert_int_equal(machine->a | machine->ci, 0);
    assert_int_equal(store_of(1), WORD(LDN, 20));
    frames(50);
    assert_int_equal(store_of(1), WORD(LDN, 20) | 0x100);
    assert_int_equal(session_instructions(&ui.view.session), 1);
}

/* If the queue of pending taps is full, a new tap must replace the last one. */
static void test_many_taps_in_a_bar(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    type("9l");
    run();
    frames(5);
    type(type_positions);
    type("2q");
    frames(50 * 32);
    assert_true(ui.view.session.press.open);
    frames(50);
    assert_false(ui.view.session.press.open);
    assert_int_equal(machine->prepulses, 33);
    assert_int_equal(store_of(31), UINT32_MAX);
    assert_true(session_undo(&ui.view.session));
    assert_int_equal(store_of(31), 0);
}

/* If the machine stops, a pending tap must act on the selected line. */
static void test_tap_and_stop(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(5);
    type("qw");
    press(KEY_BACKSPACE);
    frames(1);
    assert_int_equal(store_of(31), 0x300);
    assert_int_equal(store_of(1), WORD(LDN, 20));
}

static void test_two_buttons(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('1');
    hold('2');
    frames(3);
    assert_int_equal(ui.view.session.controls.typewriter, 3);
    assert_int_equal(store_of(31), 1);
    assert_true(screen_shows("Two buttons pressed at once have no effect"));
    release('1');
    frames(1);
    assert_int_equal(store_of(31), 3);
    release('2');
}

static void test_two_buttons_running(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    run();
    hold('q');
    hold('w');
    bars(10);
    assert_int_equal(store_of(0) | store_of(2), 0);
    assert_int_equal(store_of(20), 5);
    release('q');
    bars(1);
    bars(3);
    release('w');
    bars(1);
    assert_int_equal(store_of(20), 0x205);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
}

/* KLC and KSC must override a button that is held at the same time. */
static void test_clearing_key_and_button(void **state)
{
    static const char keys[] = "-=";

    (void)state;
    for (unsigned i = 0; keys[i] != '\0'; i++) {
        for (unsigned running = 0; running < 2; running++) {
            start_panel(50, "", LOOP);
            machine->store[31] = 0x10;
            if (running)
                run();
            hold('q');
            hold(keys[i]);
            bars(5);
            assert_int_equal(store_of(running ? 1 : 31), 0);
            release(keys[i]);
            bars(5);
            assert_int_equal(store_of(running ? 1 : 31), 0x100);
            release('q');
        }
    }
}

/* A key press from a terminal must last 100 ms. */
static void test_terminal(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    terminal('q');
    assert_int_equal(ui.view.session.held.typewriter, 0x100);
    assert_int_equal(store_of(31), 0x100);
    turn_by(0);
    assert_true(asleep <= 100000);
    frames(4);
    assert_int_equal(ui.view.session.held.typewriter, 0x100);
    assert_true(screen_shows("> 8<"));
    frames(1);
    assert_int_equal(ui.view.session.held.typewriter, 0);
    assert_true(screen_shows("( 8)"));
}

/* A key press from a terminal must last at least one bar. */
static void test_terminal_when_slow(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(5);
    terminal('q');
    frames(30);
    assert_int_equal(ui.view.session.held.typewriter, 0);
    assert_int_equal(ui.view.session.controls.typewriter, 0x100);
    frames(20);
    assert_int_equal(store_of(20), 0x105);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
}

/* A terminal may send the next byte before a key press has ended. */
static void test_terminal_types_fast(void **state)
{
    const char *keys = type_positions;

    (void)state;
    start_panel(50, "", LOOP);
    while (*keys != '\0')
        terminal(*keys++);
    assert_int_equal(store_of(31), UINT32_MAX);
    assert_int_equal(ui.view.session.held.typewriter, 1u << 31);

    start_panel(50, "", LOOP);
    run();
    bars(2);
    terminal('q');
    terminal('w');
    terminal('e');
    frames(10);
    assert_int_equal(store_of(20) & 0xFF00, 0x0700);
}

/* The PC must wake up in time to release a key pressed on a terminal. */
static void test_terminal_and_sleep(void **state)
{
    uint64_t began;

    (void)state;
    start_panel(50, "", LOOP);
    frames(200);
    assert_int_equal(asleep, UI_NOTHING_DUE);
    terminal('l');
    began = now;
    while (now - began < 1000000 && ui.panel.held[45]) {
        turn_by(0);
        assert_true(asleep <= 100000);
        turn_by(asleep);
    }
    assert_int_equal(now - began, 100000);
}

static void test_terminal_enter_and_space(void **state)
{
    struct event enter = {.key = KEY_ENTER, .down = true, .tap = true};

    (void)state;
    start_panel(50, "", LOOP);
    send(enter);
    send(enter);
    send(enter);
    assert_int_equal(machine->prepulses, 3);
    terminal(' ');
    assert_int_equal(machine->prepulses, 4);
    frames(6);
    assert_int_equal(ui.panel.held[panel_control_first(CONTROL_KC)], 0);
}

static void check_leaving(struct event leave)
{
    start_panel(50, "", LOOP);
    run();
    hold('q');
    hold('-');
    press(KEY_RIGHT);
    hold(' ');
    bars(4);
    down(leave);
    assert_int_not_equal(ui.view.page, PAGE_PANEL);
    assert_int_equal(
        ui.view.session.held.typewriter | ui.view.session.held.strip, 0);
    bars(2);
    assert_int_equal(ui.view.session.controls.typewriter |
                         ui.view.session.controls.strip,
                     0);
    for (unsigned i = 0; i < PANEL_CONTROLS; i++)
        assert_int_equal(ui.panel.held[i], 0);
    repeat(character_event('q'));
    up(leave);
    release('q');
    assert_int_equal(ui.view.session.held.typewriter, 0);
    assert_int_equal(ui.view.message[0], '\0');
}

static void test_leaving_releases_keys(void **state)
{
    static const enum key keys[] = {KEY_TAB, KEY_F1, KEY_F2, KEY_ESCAPE,
                                    KEY_F10};
    struct event large = character_event('l');

    (void)state;
    for (unsigned i = 0; i < sizeof keys / sizeof keys[0]; i++)
        check_leaving(key_event(keys[i]));
    large.control = true;
    check_leaving(large);
}

static void test_leaving_ends_a_tap(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    terminal('q');
    press(KEY_TAB);
    assert_int_equal(ui.view.session.held.typewriter, 0);
    frames(10);
    press(KEY_TAB);
    frames(1);
    assert_true(screen_shows("( 8)"));
}

static void test_reload_drops_taps(void **state)
{
    (void)state;
    start_panel(50, "speed=1", LOOP);
    run();
    frames(5);
    type("q");
    press(KEY_ESCAPE);
    type("o");
    frames(1);
    assert_false(ui.view.session.press.open);
    assert_true(controls_are_normal(&ui.view.session.controls));
    assert_int_equal(store_of(31), 0);
    run();
    frames(120);
    assert_int_equal(store_of(1), WORD(LDN, 20));
}

static void test_commands_keep_held_keys(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('q');
    press(KEY_F5);
    press(KEY_F9);
    press(KEY_F12);
    press(KEY_F6);
    assert_int_equal(ui.view.session.held.typewriter, 0x100);
    release('q');
}

static void control_with(char key)
{
    struct event event = character_event(key);

    event.control = true;
    down(event);
    up(event);
}

/* KSC must take effect without confirmation, since it can be undone. */
static void test_undo(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    struct machine loaded = *machine;

    press(KEY_ENTER);
    struct machine before = *machine;

    type("=");
    assert_int_equal(ui.view.page, PAGE_PANEL);
    assert_int_equal(store_of(1), 0);
    control_with('z');
    assert_memory_equal(machine, &before, sizeof before);
    control_with('y');
    assert_int_equal(store_of(1), 0);
    control_with('z');
    type("/");
    control_with('z');
    assert_memory_equal(machine, &before, sizeof before);
    type("q[0");
    control_with('z');
    control_with('z');
    control_with('z');
    assert_true(controls_are_normal(&ui.view.session.controls));
    assert_memory_equal(machine->store, loaded.store, sizeof loaded.store);
    control_with('z');
    assert_string_equal(ui.view.message, "Nothing to undo");
}

/* A switch moved while a button is held must be undone as a separate action. */
static void test_undo_one_at_a_time(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    uint32_t before = store_of(31), stat = ui.view.session.controls.stat;

    hold('1');
    type("o");
    release('1');
    turn_by(FRAME_TIME);
    uint32_t after = store_of(31) | store_of(30);

    control_with('z');
    assert_int_equal(ui.view.session.controls.stat, stat & ~1u);
    control_with('z');
    assert_int_equal(ui.view.session.controls.stat, stat);
    assert_int_equal(store_of(31), before);
    assert_int_equal(after & 1, 1);
}

/* A message must appear when a second button is pressed. */
static void test_two_buttons_message(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('1');
    hold('2');
    assert_string_equal(ui.view.message,
                        "Two buttons pressed at once have no effect");
    press(KEY_RIGHT);
    assert_string_equal(ui.view.message, "");
    release('2');
    release('1');
    assert_string_equal(ui.view.message, "");
}

/* The line announced as next must depend on the L switches. */
static void test_next_line_message(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    turn_by(FRAME_TIME);
    assert_true(screen_shows("line 1 is next"));
    type("o");
    turn_by(FRAME_TIME);
    assert_true(screen_shows("line 0 is next"));
    type("9");
    turn_by(FRAME_TIME);
    assert_false(screen_shows("is next"));
}

static void test_undo_while_held(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    hold('q');
    control_with('z');
    assert_string_equal(ui.view.message,
                        "Release the buttons and keys of the panel first");
    control_with('y');
    assert_string_equal(ui.view.message,
                        "Release the buttons and keys of the panel first");
    release('q');
    control_with('z');
    assert_string_equal(ui.view.message, "");
    assert_int_equal(store_of(31), 0);
}

static void test_undo_of_a_dead_key(void **state)
{
    (void)state;
    start_panel(50, "", LOOP);
    ui.view.session.controls.kac_dead = true;
    run();
    hold('.');
    bars(3);
    release('.');
    press(KEY_BACKSPACE);
    assert_int_equal(machine->a, 0u - 5);
    control_with('z');
    assert_int_equal(machine->a, 0u - 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typewriter),
        cmocka_unit_test(test_control_is_no_button),
        cmocka_unit_test(test_release_with_control),
        cmocka_unit_test(test_keypad_is_apart),
        cmocka_unit_test(test_erase_by_button),
        cmocka_unit_test(test_switches),
        cmocka_unit_test(test_other_switches),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_repeated_button_is_one_action),
        cmocka_unit_test(test_held_over_bars),
        cmocka_unit_test(test_held_on_a_standing_machine),
        cmocka_unit_test(test_tap_when_slow),
        cmocka_unit_test(test_tap_when_fast),
        cmocka_unit_test(test_strip_taps),
        cmocka_unit_test(test_two_taps_in_a_bar),
        cmocka_unit_test(test_clearing_key_before_a_button),
        cmocka_unit_test(test_many_taps_in_a_bar),
        cmocka_unit_test(test_tap_and_stop),
        cmocka_unit_test(test_two_buttons),
        cmocka_unit_test(test_two_buttons_running),
        cmocka_unit_test(test_clearing_key_and_button),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_terminal_when_slow),
        cmocka_unit_test(test_terminal_types_fast),
        cmocka_unit_test(test_terminal_and_sleep),
        cmocka_unit_test(test_terminal_enter_and_space),
        cmocka_unit_test(test_leaving_releases_keys),
        cmocka_unit_test(test_leaving_ends_a_tap),
        cmocka_unit_test(test_reload_drops_taps),
        cmocka_unit_test(test_commands_keep_held_keys),
        cmocka_unit_test(test_undo),
        cmocka_unit_test(test_undo_one_at_a_time),
        cmocka_unit_test(test_two_buttons_message),
        cmocka_unit_test(test_next_line_message),
        cmocka_unit_test(test_undo_while_held),
        cmocka_unit_test(test_undo_of_a_dead_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
