/* SPDX-License-Identifier: MIT */
/*
 * A random walk of operator actions in which no program as entered may be lost
 * without a question that names it: any other change to it can be undone.
 *
 * BABY_ACTIONS is the number of actions, 10,000 by default.
 */
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

/* What must not be lost, and what the screen showed about it. */
struct moment {
    struct program entered;
    bool unsaved; /* at the end of history */
    bool past;
    bool asked; /* a question named the program and its changes */
    uint32_t loads;
    uint32_t undo; /* number of the journal's last record */
};

/* The program as it was last loaded, or saved and known to have arrived. */
static struct program safe;

static bool is_safe(const struct program *program)
{
    return memcmp(program->store, safe.store, sizeof safe.store) == 0 &&
           memcmp(program->note, safe.note, sizeof safe.note) == 0 &&
           strcmp(program->head, safe.head) == 0;
}

static void take_moment(struct moment *moment)
{
    static struct program latest; /* at the end of history */
    const struct view *view = &ui.view;
    const char *title = view_title(view);
    char start[20] = "";

    memset(moment, 0, sizeof *moment);
    session_program_entered(&view->session, &moment->entered);
    moment->past =
        session_in_past(&view->session) || session_is_seeking(&view->session);
    if (!moment->past)
        latest = moment->entered;
    moment->unsaved = !is_safe(&latest);
    strncat(start, title[0] != '\0' ? title : "The program you entered",
            sizeof start - 1);
    moment->asked = view->page == PAGE_ASK && find(start) >= 0 &&
                    find("has unsaved changes") >= 0;
    moment->loads = view->load.count;
    moment->undo = view->session.journal->end;
}

/* Returns true if PROGRAM is the one as entered.  Whether a zero is written to
   a file depends on the file that was loaded, so its form is not compared. */
static bool is_entered(const struct program *program)
{
    struct program current;
    uint32_t zeros = 0;

    session_program_entered(&ui.view.session, &current);
    for (unsigned line = 0; line < LINES; line++)
        zeros |= (uint32_t)(current.store[line] == 0) << line;
    current.numbers = (current.numbers & ~zeros) | (program->numbers & zeros);
    return memcmp(&current, program, sizeof current) == 0;
}

/* Checks that undo, or redo after an undo, restores the program of BEFORE, and
   that the opposite restores that of AFTER.  On the panel each letter of a word
   is an action of its own. */
static void check_undo(const struct moment *before, const struct moment *after)
{
    struct session *session = &ui.view.session;
    bool undone =
        session->journal->record[(session->journal->end - 1) % JOURNAL_RECORDS]
            .op == OP_UNDO;
    unsigned steps = 0;

    for (; steps < 32 && !is_entered(&before->entered); steps++)
        assert_true(undone ? session_redo(session) : session_undo(session));
    assert_true(is_entered(&before->entered));
    for (; steps > 0; steps--)
        assert_true(undone ? session_undo(session) : session_redo(session));
    assert_true(is_entered(&after->entered));
}

/* Checks the change since BEFORE, and returns true if it was a loss. */
static bool check_change(const struct moment *before)
{
    static struct moment after;

    take_moment(&after);
    if (after.loads != before->loads) {
        safe = after.entered;
        if (before->unsaved && !before->asked) {
            print_screen();
            fail_msg("\"%s\" was lost without a question",
                     before->entered.head);
        }
        return before->unsaved;
    }
    if (!before->past && !after.past && after.undo > before->undo &&
        !ui.view.session.press.open && !is_entered(&before->entered))
        check_undo(before, &after);
    return false;
}

static const char *const words[] = {"LDN 24", "STO 25", "SUB 26", "JMP 0",
                                    "STP",    "-3",     "CMP",    "7; seven",
                                    "; note", "JRP 3",  "0",      "FOO"};

static void type_word(void)
{
    ui.view.line = random_below(LINES);
    ui.view.entry.focus = FOCUS_LISTING;
    type(words[random_below(sizeof words / sizeof words[0])]);
    press(random_below(2) ? KEY_ENTER : KEY_UP);
}

static void type_title(void)
{
    static const char *const titles[] = {"Mine", "Yours, 1948", ""};

    press(KEY_F3);
    type_one(random_below(3) ? 'n' : 'w', false);
    if (!ui.save.typing)
        return;
    for (unsigned i = random_below(NOTE_SIZE); i > 0; i--)
        press(KEY_BACKSPACE);
    type(titles[random_below(3)]);
    press(random_below(4) ? KEY_ENTER : KEY_ESCAPE);
    press(KEY_ESCAPE);
}

/* Saves in a random form.  Some saves do not arrive. */
static void save(void)
{
    press(KEY_F3);
    type_one("alsdt"[random_below(5)], false);
    for (unsigned i = 0; i < 200 && transmit(100) > 0; i++)
        turn();
    turn();
    wire_clear();
    if (random_below(2) == 0)
        type_one('y', false);
    if (strcmp(ui.view.message, "Saved") == 0)
        session_program_entered(&ui.view.session, &safe);
    press(KEY_ESCAPE);
}

static void load(void)
{
    press(KEY_F2);
    press_times(KEY_DOWN, random_below(4));
    press(random_below(2) ? KEY_ENTER : KEY_F5);
}

/* Lets idle time of the kiosk pass, in one turn, so that a question that it
   asks is seen before its answer is due. */
static void wait(void)
{
    turn_by(random_below(20) * 1000000u);
}

static void command(void)
{
    static const char letters[] = "OOAAZCKRTUY";

    press(KEY_ESCAPE);
    if (ui.view.page == PAGE_MENU)
        type_one(letters[random_below(sizeof letters - 1)], false);
    /* KSC clears the store when the next instruction ends. */
    for (unsigned i = 0; i < 100 && ui.view.session.press.open; i++)
        turn();
    assert_false(ui.view.session.press.open);
}

/* Answers a question, or leaves it to the kiosk. */
static void answer(void)
{
    switch (random_below(5)) {
    case 0:
        type_one(YES, false);
        break;
    case 1:
        press(KEY_ENTER);
        break;
    case 2:
        type_one(NO, false);
        break;
    case 3:
        press(KEY_ESCAPE);
        break;
    default:
        wait();
        break;
    }
}

static void travel(void)
{
    press_times(KEY_F7, 1 + random_below(3));
    if (random_below(2) == 0)
        press_times(KEY_F6, random_below(4));
}

static void run(void)
{
    press(random_below(2) ? KEY_F5 : KEY_F6);
    for (unsigned i = random_below(5); i > 0; i--)
        turn();
}

static void undo_or_redo(void)
{
    type_one(random_below(2) ? 'z' : 'y', true);
}

static void act(void)
{
    static void (*const actions[])(void) = {
        type_word, type_word,    type_word, type_title, save,
        load,      command,      command,   travel,     run,
        run,       undo_or_redo, wait,
    };

    if (ui.view.page == PAGE_ASK)
        answer();
    else if (ui.view.page == PAGE_OFFER)
        type_one("1234"[random_below(4)], false);
    else if (ui.view.page != ui.view.base || ui.view.base == PAGE_DEMO)
        press(random_below(3) ? KEY_ESCAPE : KEY_ENTER);
    else
        actions[random_below(sizeof actions / sizeof actions[0])]();
    if (ui.view.request != REQUEST_NONE)
        ui_request_failed(&ui);
}

static void walk(const char *boot_line, unsigned count)
{
    static struct moment before;
    unsigned losses = 0;

    random_state = count + (uint32_t)strlen(boot_line);
    start_pc((struct pc){.serial = true, .memory = PC_MEMORY, .screen = true},
             50, boot_line, NULL, 0);
    session_program_entered(&ui.view.session, &safe);
    for (unsigned i = 0; i < count; i++) {
        take_moment(&before);
        act();
        losses += check_change(&before);
        if (i % 64 == 0)
            assert_true(invariants_hold());
    }
    /* Programs are lost after a question, or the walk would prove nothing. */
    assert_in_range(losses, count / 1000, count);
}

static void test_nothing_is_lost(void **state)
{
    const char *count = getenv("BABY_ACTIONS");
    unsigned actions = count != NULL ? (unsigned)atoi(count) : 10000;

    (void)state;
    walk("", actions / 2);
    walk("kiosk=10", actions / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_lost),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
