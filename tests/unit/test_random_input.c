/* SPDX-License-Identifier: MIT */
/* Tests that random keys keep the invariants and can all be undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"
#include "invariants.h"

static uint32_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* Returns a random key event.  About half of them are characters. */
static struct event random_event(void)
{
    struct event event = {.key = (enum key)(1 + random_below(KEY_UNTYPED))};

    if (random_below(2) == 0)
        event.key = KEY_CHARACTER;
    if (event.key == KEY_CHARACTER)
        event = key_of((char)(' ' + random_below(95)));
    if (event.key == KEY_UNTYPED)
        event.position = "[];'-="[random_below(6)];
    event.down = random_below(3) > 0;
    event.repeat = event.down && random_below(4) == 0;
    event.control = random_below(8) == 0;
    event.alt = random_below(16) == 0;
    event.windows = random_below(16) == 0;
    event.tap = event.down && random_below(16) == 0;
    return event;
}

static void random_keys(unsigned rows, const char *command, unsigned events)
{
    struct library_file modules[] = {
        file("hangs", HANGING),
        file("bad", "1 LDN 1\n2 FOO\n"),
        file("", "-1\n-2\n"),
    };

    random_state = rows + (uint32_t)strlen(command);
    start_with(rows, command, modules, 3);
    speed_of_pc = 1;
    for (unsigned i = 1; i <= events; i++) {
        send(random_event());
        if (random_below(48) == 0)
            turn_by(random_below(30000));
        if (random_below(256) == 0)
            check_grid();
        if (random_below(64) == 0)
            check_engine();
        if (random_below(512) == 0)
            go_home();
        if (ui.guests.count > 1 && random_below(64) == 0)
            type_one('g', true);
        if (ui.view.request != REQUEST_NONE)
            ui_request_failed(&ui);
        assert_true(invariants_hold());
    }
    release_keys();
    undo_all();
}

static void test_random_keys(void **state)
{
    static const char *const commands[] = {
        "",
        "panel=prm manual-holds-ci keep-pi theme=mono engine=threaded",
        "panel=replica ci5 immediate-test speed=1 run",
        "kiosk=1",
        "guests=5",
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned j = 0; j < sizeof commands / sizeof commands[0]; j++)
            random_keys(sizes[i], commands[j], 25000);
    random_keys(54, "guests=12 speed=max", 25000);
}

/* All state that the operator can change. */
struct picture {
    uint32_t store[LINES], entered[LINES];
    uint32_t a, ci, pi, numbers, noted;
    bool headed;
    struct controls controls;
    char note[NOTES][NOTE_SIZE];
};

static void take_picture(struct picture *picture)
{
    const struct session *session = &ui.view.session;

    memset(picture, 0, sizeof *picture);
    memcpy(picture->store, session->machine.store, sizeof picture->store);
    memcpy(picture->entered, session->entered.store, sizeof picture->entered);
    picture->a = session->machine.a;
    picture->ci = session->machine.ci;
    picture->pi = session->machine.pi;
    picture->numbers = session->notes.numbers;
    picture->noted = session->notes.shown;
    picture->headed = session->notes.head;
    memcpy(&picture->controls, &session->controls, sizeof session->controls);
    for (unsigned line = 0; line < LINES; line++)
        strcpy(picture->note[line], session_line(session, line).note);
    for (unsigned note = LINES; note < NOTES; note++)
        strcpy(picture->note[note], session->notes.text[note]);
}

static void random_entry(void)
{
    static const char *const entries[] = {
        "LDN 24",
        "jmp 0",
        "STP",
        "-3",
        "0x1F",
        "CMP ; if",
        "; because",
        "; ",
        "NUM 0; nothing",
        "FOO",
        "LDN 32",
        "-24,A",
        "Test",
        "11001100110011001100",
        "7;;seven",
        "a-31,A;x",
        "31 32 33",
    };

    ui.view.line = random_below(LINES);
    ui.view.entry.focus = FOCUS_LISTING;
    type(entries[random_below(sizeof entries / sizeof entries[0])]);
    press(random_below(2) ? KEY_ENTER : KEY_UP);
    if (ui.view.entry.typing)
        press(KEY_ESCAPE);
}

/* Presses a random key of the editor, which may have no effect. */
static void edit(void)
{
    static const enum key keys[] = {KEY_UP,   KEY_DOWN, KEY_LEFT,  KEY_RIGHT,
                                    KEY_HOME, KEY_END,  KEY_DELETE};
    static const char commands[] = "xcvnf";

    switch (random_below(8)) {
    case 0:
    case 1:
        random_entry();
        break;
    case 2:
        type_one(commands[random_below(5)], true);
        break;
    case 3:
        press_control(random_below(2) ? KEY_UP : KEY_DOWN);
        break;
    case 4:
        if (random_below(8) == 0)
            press(KEY_INSERT);
        else if (random_below(32) == 0)
            menu('z');
        break;
    case 5:
        if (ui.view.entry.focus == FOCUS_TUBE)
            type_one("01  "[random_below(4)], false);
        break;
    default:
        press(keys[random_below(sizeof keys / sizeof keys[0])]);
        break;
    }
}

/* Presses a random key of the panel, held for at most one bar. */
static void operate(void)
{
    static const char keys[] = "12345678qwertyuiasdfghjkzxcvbnm,op[]\\l;'90-./";

    press(KEY_TAB);
    type_one(keys[random_below(sizeof keys - 1)], false);
    press(KEY_TAB);
}

/* State after each action, with the indices of the current and the last one. */
static struct picture history[2001];
static unsigned here, last;

static void check_here(const char *what)
{
    struct picture is;

    take_picture(&is);
    if (memcmp(&is, &history[here], sizeof is) != 0)
        fail_msg("%s, %u of %u", what, here, last);
}

static void step(void)
{
    struct picture is;

    if (random_below(4) == 0)
        operate();
    else
        edit();
    take_picture(&is);
    if (memcmp(&is, &history[here], sizeof is) == 0)
        return;
    last = ++here;
    history[here] = is;
}

static void walk(void)
{
    bool back = random_below(5) < 3;

    for (unsigned i = random_below(6); i > 0; i--) {
        if (back && here > 0)
            here--;
        else if (!back && here < last)
            here++;
        type_one(back ? 'z' : 'y', true);
        check_here(back ? "undone" : "done again");
    }
}

/* Undo and redo must restore every recorded state. */
static void test_model(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        random_state = 1948 + i;
        start(sizes[i]);
        here = last = 0;
        take_picture(&history[0]);
        for (unsigned j = 0; j < 700; j++) {
            step();
            if (random_below(4) == 0)
                walk();
            if (here == 0)
                assert_false(ui.view.session.entered.unsaved);
        }
        assert_int_equal(ui.view.session.journal->first, 0);
        for (; here > 0; here--)
            type_one('z', true);
        check_here("all undone");
        assert_false(ui.view.session.entered.unsaved);
        for (; here < last; here++)
            type_one('y', true);
        check_here("all done again");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_keys),
        cmocka_unit_test(test_model),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
