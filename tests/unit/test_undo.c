/* SPDX-License-Identifier: MIT */
/* Tests editing whole lines, and undoing and redoing every action. */
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

static void cut(void)
{
    type_one('x', true);
}

static void copy(void)
{
    type_one('c', true);
}

static void paste(void)
{
    type_one('v', true);
}

static void undo(void)
{
    type_one('z', true);
}

static void redo(void)
{
    type_one('y', true);
}

/* A program of five lines, three of which have notes. */
#define FEW                                                                    \
    "; Few\n1 LDN 20 ; first\n2 STO 21\n3 NUM -7 ; minus seven\n4 NUM 24576\n" \
    "7 STP ; last\n"

static void check_line(unsigned line, const char *shown, const char *note)
{
    assert_string_equal(listing(line), shown);
    assert_string_equal(session_line(&ui.view.session, line).note, note);
}

static void test_cut_and_paste(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], FEW);
        cut();
        shows("Line 1 cut; Ctrl-V pastes it");
        check_line(1, "0", "");
        go_to(10);
        paste();
        check_line(10, "LDN 20 16404", "first");
        press(KEY_DOWN);
        paste();
        check_line(11, "LDN 20 16404", "first");
        assert_int_equal(ui.view.line, 11);
        go_to(3);
        paste();
        check_line(3, "LDN 20 16404", "first");
        turn();
        check_tube();
    }
}

static void test_copy_line(void **state)
{
    (void)state;
    start_program(50, FEW);
    go_to(3);
    copy();
    shows("Line 3 copied; Ctrl-V pastes it");
    check_line(3, "-7", "minus seven");
    assert_false(ui.view.session.entered.unsaved);
    go_to(4);
    copy();
    go_to(31);
    paste();
    check_line(31, "24576", "");
    undo();
    assert_false(ui.view.session.entered.unsaved);
}

static void test_nothing_to_paste(void **state)
{
    (void)state;
    start_program(24, FEW);
    paste();
    shows("Nothing to paste");
    assert_false(ui.view.session.entered.unsaved);
}

static void test_paste_into_another_program(void **state)
{
    (void)state;
    start_program(50, FEW);
    go_to(7);
    copy();
    press(KEY_F2);
    press(KEY_DOWN);
    press(KEY_ENTER);
    assert_string_not_equal(ui.view.session.loaded.program.head, "Few\n");
    go_to(30);
    paste();
    check_line(30, "STP 57344", "last");
}

static void test_clear_line(void **state)
{
    (void)state;
    start_program(50, FEW);
    press(KEY_DELETE);
    check_line(1, "0", "");
    paste();
    shows("Nothing to paste");
    undo();
    check_line(1, "LDN 20 16404", "first");
}

static void test_swap_lines(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], FEW);
        press_control(KEY_DOWN);
        assert_int_equal(ui.view.line, 2);
        check_line(1, "STO 21 24597", "");
        check_line(2, "LDN 20 16404", "first");
        press_control(KEY_DOWN);
        check_line(2, "-7", "minus seven");
        check_line(3, "LDN 20 16404", "first");
        press_control(KEY_UP);
        press_control(KEY_UP);
        assert_int_equal(ui.view.line, 1);
        assert_memory_equal(ui.view.session.machine.store,
                            ui.view.session.loaded.program.store,
                            sizeof ui.view.session.machine.store);
        press_control(KEY_UP);
        check_line(0, "LDN 20 16404", "first");
        check_line(1, "0", "");
        press_control(KEY_UP);
        assert_int_equal(ui.view.line, 31);
        check_line(31, "LDN 20 16404", "first");
        check_line(0, "0", "");
        press_control(KEY_DOWN);
        check_line(0, "LDN 20 16404", "first");
        assert_string_equal(session_line(&ui.view.session, 31).note, "");
    }
}

/* Arrow keys must not swap lines without Ctrl or when they repeat. */
static void test_swap_needs_control(void **state)
{
    struct event held = {
        .key = KEY_DOWN, .down = true, .repeat = true, .control = true};

    (void)state;
    start_program(50, FEW);
    press(KEY_DOWN);
    press(KEY_UP);
    assert_false(ui.view.session.entered.unsaved);
    press_control(KEY_DOWN);
    send(held);
    turn();
    assert_int_equal(ui.view.line, 2);
}

static void test_insert_line(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], FEW);
        press(KEY_INSERT);
        shows("Lines 1 to 4 moved down");
        check_line(1, "0", "");
        check_line(2, "LDN 20 16404", "first");
        check_line(3, "STO 21 24597", "");
        check_line(4, "-7", "minus seven");
        check_line(5, "24576", "");
        check_line(6, "0", "");
        check_line(7, "STP 57344", "last");
        assert_int_equal(ui.view.line, 1);
        press(KEY_INSERT);
        shows("Line 1 is already empty");
        undo();
        assert_false(ui.view.session.entered.unsaved);
        go_to(7);
        press(KEY_INSERT);
        shows("Lines 7 to 7 moved down");
        check_line(8, "STP 57344", "last");
    }
}

static void test_insert_keeps_notes(void **state)
{
    (void)state;
    start_program(50, FEW);
    set_line(5, "; here");
    go_to(4);
    press(KEY_INSERT);
    shows("Lines 4 to 5 moved down");
    check_line(5, "24576", "");
    check_line(6, "0", "here");
}

static void test_insert_without_room(void **state)
{
    (void)state;
    start_program(50, FEW);
    for (unsigned line = 7; line < LINES; line++)
        set_line(line, "STP");
    go_to(7);
    press(KEY_INSERT);
    shows("Cannot insert: there is no empty, unused line from line 7 on");
    check_line(7, "STP 57344", "last");
    go_to(3);
    press(KEY_INSERT);
    shows("Lines 3 to 4 moved down");
}

/* All state that undo must restore. */
struct picture {
    uint32_t store[LINES];
    char note[LINES][NOTE_SIZE];
    char shown[LINES][24]; /* text of each line as shown in the listing */
    char title[41];
    uint32_t a, ci, pi;
    struct controls controls;
};

static void take_picture(struct picture *picture)
{
    memset(picture, 0, sizeof *picture);
    memcpy(picture->store, ui.view.session.machine.store,
           sizeof picture->store);
    for (unsigned line = 0; line < LINES; line++) {
        strcpy(picture->note[line], session_line(&ui.view.session, line).note);
        if (ui.view.page == PAGE_EDITOR)
            strcpy(picture->shown[line], listing(line));
    }
    strcpy(picture->title, squeeze(part(0, 13, 39)));
    picture->a = ui.view.session.machine.a;
    picture->ci = ui.view.session.machine.ci;
    picture->pi = ui.view.session.machine.pi;
    picture->controls = ui.view.session.controls;
}

static bool is_like(const struct picture *picture)
{
    struct picture is;

    take_picture(&is);
    return memcmp(&is, picture, sizeof is) == 0;
}

static void type_word(void)
{
    type("SUB 9");
    press(KEY_ENTER);
}

static void type_number(void)
{
    type("0");
    press(KEY_ENTER);
}

static void type_note(void)
{
    type("; and so on");
    press(KEY_ENTER);
}

static void type_both(void)
{
    type("-1;minus one");
    press(KEY_DOWN);
}

static void flip_digit(void)
{
    press(KEY_LEFT);
    type(" ");
}

static void set_digit(void)
{
    press(KEY_LEFT);
    type("1");
}

static void cut_line(void)
{
    cut();
}

static void paste_line(void)
{
    go_to(3);
    copy();
    go_to(7);
    paste();
}

static void clear_line(void)
{
    press(KEY_DELETE);
}

static void insert_line(void)
{
    press(KEY_INSERT);
}

static void swap_up(void)
{
    go_to(2);
    press_control(KEY_UP);
}

static void swap_down(void)
{
    press_control(KEY_DOWN);
}

static void clear_store(void)
{
    menu('z');
    turn();
}

static void clear_control(void)
{
    menu('c');
    turn();
}

static void run_with_switches_up(void)
{
    session_set_cs(&ui.view.session, false);
    press(KEY_F5);
    press(KEY_F5);
}

static const struct deed_done {
    const char *name;
    void (*act)(void);
    bool edits; /* true if the action changes the store or its notes */
} ops[] = {
    {"word", type_word, true},
    {"number", type_number, true},
    {"note", type_note, true},
    {"word and note", type_both, true},
    {"digit flipped", flip_digit, true},
    {"digit set", set_digit, true},
    {"cut", cut_line, true},
    {"paste", paste_line, true},
    {"clear", clear_line, true},
    {"insert", insert_line, true},
    {"swap up", swap_up, true},
    {"swap down", swap_down, true},
    {"KSC", clear_store, true},
    {"KCC", clear_control, false},
};
#define ACTIONS (sizeof ops / sizeof ops[0])

static void check_mark(bool edited)
{
    assert_int_equal(ui.view.session.entered.unsaved, edited);
    assert_int_equal(strchr(row_text(0), '*') != NULL, edited);
}

static void check_action(const struct deed_done *op)
{
    struct picture before, after;

    press_times(KEY_F6, 2);
    take_picture(&before);
    op->act();
    take_picture(&after);
    if (memcmp(&before, &after, sizeof before) == 0)
        fail_msg("%s did nothing", op->name);
    check_mark(op->edits);
    for (unsigned i = 0; i < 3; i++) {
        undo();
        if (!is_like(&before))
            fail_msg("%s, undone", op->name);
        check_mark(false);
        redo();
        if (!is_like(&after))
            fail_msg("%s, done again", op->name);
        check_mark(op->edits);
        turn();
        check_tube();
        check_grid();
    }
}

static void test_each_action(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ACTIONS * SIZES; i++) {
        start_program(sizes[i % SIZES], FEW);
        check_action(&ops[i / SIZES]);
    }
}

/* Performs all actions and returns the number that had an effect. */
static unsigned do_all(struct picture picture[ACTIONS + 1])
{
    unsigned count = 0;

    take_picture(&picture[0]);
    for (unsigned i = 0; i < ACTIONS; i++) {
        go_to(1 + i % 3);
        ops[i].act();
        if (!is_like(&picture[count]))
            take_picture(&picture[++count]);
    }
    return count;
}

/* All actions must be undone and redone correctly. */
static void test_all_actions(void **state)
{
    static struct picture picture[ACTIONS + 1];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned count;

        start_program(sizes[i], FEW);
        ui.view.session.machine.a = ui.view.session.machine.pi = 7;
        ui.view.session.machine.ci = 3;
        count = do_all(picture);
        assert_in_range(count, ACTIONS - 2, ACTIONS);
        for (unsigned j = count; j-- > 0;) {
            undo();
            assert_true(is_like(&picture[j]));
        }
        check_mark(false);
        undo();
        shows("Nothing to undo");
        for (unsigned j = 1; j <= count; j++) {
            redo();
            assert_true(is_like(&picture[j]));
        }
        redo();
        shows("Nothing to redo");
    }
}

/* Undo must restore each switch of the panel. */
static void test_switches(void **state)
{
    static const char keys[] = "op[]\\l;'90";
    struct picture before, after;

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned j = 0; keys[j] != '\0'; j++) {
            start_program(sizes[i], FEW);
            press(KEY_TAB);
            take_picture(&before);
            type_one(keys[j], false);
            take_picture(&after);
            assert_memory_not_equal(&before, &after, sizeof before);
            check_mark(false);
            undo();
            assert_true(is_like(&before));
            redo();
            assert_true(is_like(&after));
            press(KEY_TAB);
            undo();
            press(KEY_TAB);
            assert_true(is_like(&before));
        }
    }
}

/* Setting all switches to normal must be undone as one action. */
static void test_set_to_normal(void **state)
{
    struct controls up;

    (void)state;
    start_program(50, FEW);
    press(KEY_TAB);
    type("op90");
    up = ui.view.session.controls;
    press(KEY_TAB);
    run_with_switches_up();
    assert_true(controls_are_normal(&ui.view.session.controls));
    undo();
    assert_memory_equal(&ui.view.session.controls, &up, sizeof up);
    redo();
    assert_true(controls_are_normal(&ui.view.session.controls));
}

/* A press of a typewriter button must be undone as one action. */
static void test_typewriter(void **state)
{
    struct event q = key_of('q');

    (void)state;
    start_program(50, FEW);
    press(KEY_TAB);
    send(q);
    turn();
    assert_int_equal(ui.view.session.machine.store[31], 1u << 8);
    undo();
    shows("Release the buttons and keys");
    assert_int_equal(ui.view.session.machine.store[31], 1u << 8);
    q.down = false;
    send(q);
    turn();
    check_mark(true);
    undo();
    assert_int_equal(ui.view.session.machine.store[31], 0);
    check_mark(false);
    redo();
    assert_int_equal(ui.view.session.machine.store[31], 1u << 8);
}

static void test_overlapping_buttons(void **state)
{
    struct event q = key_of('q'), w = key_of('w');

    (void)state;
    start_program(50, FEW);
    press(KEY_TAB);
    send(q);
    turn();
    send(w);
    turn();
    q.down = false;
    send(q);
    turn();
    w.down = false;
    send(w);
    turn();
    assert_int_equal(ui.view.session.machine.store[31], 3u << 8);
    undo();
    assert_int_equal(ui.view.session.machine.store[31], 0);
}

static void test_undo_before_the_bar(void **state)
{
    (void)state;
    start_program(50, FEW);
    menu('1');
    press(KEY_F5);
    menu('z');
    undo();
    shows("Release the buttons and keys");
    for (unsigned i = 0; i < 100; i++)
        turn();
    assert_int_equal(ui.view.session.machine.store[7], 0);
    undo();
    check_line(7, "STP 57344", "last");
    row_shows(0, "Few");
}

#define LOOP "0 NUM 0\n1 LDN 20\n2 STO 21\n3 JMP 0\n20 NUM 5 ; what is copied\n"

static void test_undo_while_running(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_program(sizes[i], LOOP);
        press(KEY_F5);
        turn();
        set_line(20, "6");
        turn();
        assert_true(session_runs(&ui.view.session));
        assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-6);
        check_mark(true);
        undo();
        turn();
        assert_true(session_runs(&ui.view.session));
        assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-5);
        check_line(20, "5", "what is copied");
        check_mark(false);
        redo();
        turn();
        assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-6);
        menu('z');
        turn();
        assert_int_equal(ui.view.session.machine.store[20], 0);
        undo();
        turn();
        assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-6);
        assert_true(session_runs(&ui.view.session));
    }
}

/* Undoing an edit must not undo words stored by the program since then. */
static void test_undo_keeps_computed_words(void **state)
{
    (void)state;
    start_program(50, "1 LDN 20\n2 STO 21\n3 STP\n20 NUM 5\n21 NUM 1\n");
    set_line(20, "6");
    menu('m');
    press(KEY_F5);
    run_to_end();
    assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-6);
    undo();
    assert_int_equal(ui.view.session.machine.store[20], 5);
    assert_int_equal(ui.view.session.machine.store[21], (uint32_t)-6);
}

static void test_control_while_running(void **state)
{
    (void)state;
    start_program(50, LOOP);
    press_times(KEY_F6, 3);
    menu('1');
    press(KEY_F5);
    menu('c');
    for (unsigned i = 0; i < 55; i++)
        turn();
    assert_true(session_runs(&ui.view.session));
    assert_int_equal(ui.view.session.machine.a | ui.view.session.machine.ci, 0);
    press(KEY_F5);
    undo();
    assert_int_equal(ui.view.session.machine.a, (uint32_t)-5);
    assert_int_equal(ui.view.session.machine.pi, 0);
    assert_int_equal(ui.view.session.machine.ci, 0);
}

static void test_1000_words(void **state)
{
    (void)state;
    start_program(50, FEW);
    for (unsigned i = 1; i <= 1000; i++) {
        char word[40];

        snprintf(word, sizeof word, i % 2 ? "%u;n%u" : "SUB 3;%u%u", i, i);
        type(word);
        press(i % 3 ? KEY_ENTER : KEY_UP);
    }
    for (unsigned i = 0; i < 1000; i++) {
        assert_true(ui.view.session.entered.unsaved);
        undo();
        assert_string_equal(ui.view.message, "");
    }
    assert_false(ui.view.session.entered.unsaved);
    assert_memory_equal(ui.view.session.machine.store,
                        ui.view.session.loaded.program.store,
                        sizeof ui.view.session.machine.store);
    check_line(3, "-7", "minus seven");
    undo();
    shows("Nothing to undo");
    for (unsigned i = 0; i < 1000; i++)
        redo();
    assert_true(ui.view.session.entered.unsaved);
    redo();
    shows("Nothing to redo");
}

static void test_1000_swaps(void **state)
{
    (void)state;
    start_program(24, FEW);
    for (unsigned i = 0; i < 1000; i++)
        press_control(i % 5 ? KEY_DOWN : KEY_UP);
    for (unsigned i = 0; i < 1000; i++) {
        undo();
        assert_string_equal(ui.view.message, "");
    }
    assert_memory_equal(ui.view.session.machine.store,
                        ui.view.session.loaded.program.store,
                        sizeof ui.view.session.machine.store);
    check_line(1, "LDN 20 16404", "first");
    check_line(7, "STP 57344", "last");
    check_mark(false);
}

static void test_1000_buttons(void **state)
{
    (void)state;
    start_program(24, FEW);
    press(KEY_TAB);
    for (unsigned i = 0; i < 500; i++) {
        type_one('q', false);
        type_one('-', false);
    }
    for (unsigned i = 0; i < 1000; i++) {
        undo();
        assert_string_equal(ui.view.message, "");
        assert_int_equal(ui.view.session.machine.store[31],
                         i % 2 ? 0 : 1u << 8);
    }
    check_mark(false);
}

static void test_new_action_ends_redo(void **state)
{
    (void)state;
    start_program(50, FEW);
    set_line(1, "1");
    set_line(2, "2");
    undo();
    undo();
    set_line(3, "3");
    redo();
    shows("Nothing to redo");
    undo();
    assert_false(ui.view.session.entered.unsaved);
    redo();
    check_line(3, "3", "minus seven");
}

/* Moving the cursor and running the machine must not prevent a redo. */
static void test_what_keeps_redo(void **state)
{
    (void)state;
    start_program(50, FEW);
    set_line(1, "1");
    undo();
    press_times(KEY_DOWN, 9);
    press(KEY_DELETE);
    copy();
    press(KEY_F6);
    press(KEY_F9);
    press(KEY_TAB);
    press(KEY_TAB);
    go_to(3);
    type(";"); /* opens a note */
    press(KEY_ENTER);
    type("xxx");
    press(KEY_ENTER);
    press(KEY_ESCAPE);
    redo();
    assert_int_equal(ui.view.session.machine.store[1], 1);
    redo();
    shows("Nothing to redo");
}

static void test_load_clears_journal(void **state)
{
    (void)state;
    start_program(50, FEW);
    set_line(1, "1");
    menu('O');
    type_one(YES, false);
    check_line(1, "LDN 20 16404", "first");
    undo();
    check_line(1, "1", "first");
    undo();
    check_line(1, "LDN 20 16404", "first");
    redo();
    check_line(1, "1", "first");
    redo();
    check_line(1, "LDN 20 16404", "first");
    press(KEY_F2);
    press(KEY_ENTER);
    undo();
    shows("Nothing to undo");
    redo();
    shows("Nothing to redo");
    check_line(1, "LDN 20 16404", "first");
}

static void test_undo_while_typing(void **state)
{
    (void)state;
    start_program(50, FEW);
    set_line(1, "1");
    go_to(2);
    type("2");
    undo();
    check_line(1, "1", "first");
    check_line(2, "STO 21 24597", "");
    redo();
    check_line(2, "2", "");
    type("xxx");
    undo();
    shows("there is no instruction \"xxx\"");
    check_line(1, "1", "first");
    press(KEY_ESCAPE);
    undo();
    undo();
    check_line(1, "LDN 20 16404", "first");
}

/* Without undo, discarding edits must require confirmation. */
static void test_without_memory(void **state)
{
    (void)state;
    start_pc((struct pc){.memory = 0}, 50, "", NULL, 0);
    go_to(3);
    type("5;mine");
    press(KEY_ENTER);
    check_line(3, "5", "mine");
    undo();
    shows("This PC has too little memory for undo");
    redo();
    shows("This PC has too little memory for undo");
    check_line(3, "5", "mine");
    press(KEY_F2);
    press(KEY_ENTER);
    shows("has unsaved changes (1 line), which will be lost.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_and_paste),
        cmocka_unit_test(test_copy_line),
        cmocka_unit_test(test_nothing_to_paste),
        cmocka_unit_test(test_paste_into_another_program),
        cmocka_unit_test(test_clear_line),
        cmocka_unit_test(test_swap_lines),
        cmocka_unit_test(test_swap_needs_control),
        cmocka_unit_test(test_insert_line),
        cmocka_unit_test(test_insert_keeps_notes),
        cmocka_unit_test(test_insert_without_room),
        cmocka_unit_test(test_each_action),
        cmocka_unit_test(test_all_actions),
        cmocka_unit_test(test_switches),
        cmocka_unit_test(test_set_to_normal),
        cmocka_unit_test(test_typewriter),
        cmocka_unit_test(test_overlapping_buttons),
        cmocka_unit_test(test_undo_before_the_bar),
        cmocka_unit_test(test_undo_while_running),
        cmocka_unit_test(test_undo_keeps_computed_words),
        cmocka_unit_test(test_control_while_running),
        cmocka_unit_test(test_1000_words),
        cmocka_unit_test(test_1000_swaps),
        cmocka_unit_test(test_1000_buttons),
        cmocka_unit_test(test_new_action_ends_redo),
        cmocka_unit_test(test_what_keeps_redo),
        cmocka_unit_test(test_load_clears_journal),
        cmocka_unit_test(test_undo_while_typing),
        cmocka_unit_test(test_without_memory),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
