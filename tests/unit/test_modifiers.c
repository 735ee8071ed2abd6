/* SPDX-License-Identifier: MIT */
/* Tests keys combined with Ctrl, Alt or a Windows key, on the keyboard and on
   a terminal.  Each combination must do only what is documented in
   kernel/ui/README.md, so the whole session is compared before and after. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ui/kiosk.h"
#include "console.h"
#include "console/scancode.h"
#include "ui/base/command_dispatch.h"
#include "ui/ui.h"

static void edit(void)
{
    set_line(1, "LDN 7 ; typed");
    go_to(2);
}

static void edit_tube(void)
{
    edit();
    press(KEY_LEFT);
}

static void edit_entry(void)
{
    edit();
    type("SUB 3");
}

static void edit_running(void)
{
    edit();
    press(KEY_F5);
}

static void panel(void)
{
    press(KEY_TAB);
}

static void large(void)
{
    type_one('l', true);
}

static void lab(void)
{
    press(KEY_F4);
}

static void debug(void)
{
    press_times(KEY_F6, 3);
    type_one('b', true);
    type("1");
}

static void demo(void)
{
    kiosk_start_demo(&ui, now);
}

static void offer(void)
{
    demo();
    press(KEY_DOWN);
}

/* Opens the menu with a destructive command selected. */
static void menu_of_editor(void)
{
    edit();
    press(KEY_ESCAPE);
    while (find("Z  Clear the store") < 0 || ui.view.menu_row < 33)
        press(KEY_DOWN);
}

static void menu_of_panel(void)
{
    panel();
    press(KEY_ESCAPE);
}

static void programs(void)
{
    press(KEY_F2);
    press(KEY_DOWN);
}

static void machines(void)
{
    type_one('g', true);
}

static void save(void)
{
    press(KEY_F3);
}

static void help(void)
{
    press(KEY_F1);
}

static void system_info(void)
{
    type_one('p', true);
}

/* Opens a question that discards the operator's edit if answered with yes. */
static void ask(void)
{
    edit();
    menu('J');
}

static void report(void)
{
    report_open(&ui.view, &job_selftest);
}

/* Letters bound with Ctrl on most pages. */
#define OPERATED "buzydtge"

static const struct state {
    const char *name;
    void (*open)(void);
    enum page_id page;
    const char *letters; /* letters bound with Ctrl on this page, except R */
    bool arrows;         /* true if Up and Down are bound with Ctrl as well */
} states[] = {
    {"editor", edit, PAGE_EDITOR, OPERATED "klpxcvnfo", true},
    {"editor's tube", edit_tube, PAGE_EDITOR, OPERATED "klpxcvnfo", true},
    {"editor's entry", edit_entry, PAGE_EDITOR, OPERATED "klpxcvnfo", true},
    {"editor, running", edit_running, PAGE_EDITOR, OPERATED "klpxcvnfo", true},
    {"panel", panel, PAGE_PANEL, OPERATED "klp", false},
    {"large tube", large, PAGE_LARGE, OPERATED "klp", false},
    {"lab", lab, PAGE_LAB, "buzydtep", false},
    {"debugger", debug, PAGE_DEBUG, "uzydte", false},
    {"demonstration", demo, PAGE_DEMO, "", false},
    {"offer", offer, PAGE_OFFER, "", false},
    {"editor's menu", menu_of_editor, PAGE_MENU, OPERATED "klpxcvnfo", true},
    {"panel's menu", menu_of_panel, PAGE_MENU, OPERATED "klp", false},
    {"programs", programs, PAGE_PROGRAMS, "", false},
    {"machines", machines, PAGE_MACHINES, "", false},
    {"save", save, PAGE_SAVE, "", false},
    {"help", help, PAGE_HELP, "", false},
    {"what lies below", system_info, PAGE_SYSTEM_INFO, OPERATED "klpxcvnfo",
     true},
    {"question", ask, PAGE_ASK, "", false},
    {"report", report, PAGE_REPORT, "", false},
};
#define STATES (sizeof states / sizeof states[0])

static struct scancode_decoder decoder;

static void open_with(const struct state *state, const char *command)
{
    start_pc(
        (struct pc){.memory = PC_MEMORY, .console = PORT_COM1, .screen = true},
        50, command, NULL, 0);
    memset(&decoder, 0, sizeof decoder);
    ui.ports.terminal.rows = 50;
    state->open();
    if (ui.view.page != state->page)
        fail_msg("%s: page %u", state->name, ui.view.page);
}

static void open(const struct state *state)
{
    open_with(state, "");
}

static struct ui before;
static struct journal journal;

/* Copies the fields that change with every key press, to ignore them. */
static void leave_out(struct ui *session, const struct ui *like)
{
    session->presence.key_pending = like->presence.key_pending;
    session->presence.key_seen = like->presence.key_seen;
    session->view.changed = like->view.changed;
    session->pressed_on = like->pressed_on;
    session->view.last_key = like->view.last_key;
    session->ports.escape = like->ports.escape;
    session->history = like->history;
}

static bool same_history(const struct history *one, const struct history *other)
{
    return one->begun == other->begun && one->count == other->count &&
           history_last(one) == history_last(other) &&
           position_step(&one->at) == position_step(&other->at) &&
           one->seek.advance == other->seek.advance;
}

static void remember(void)
{
    memcpy(&before, &ui, sizeof before);
    memcpy(&journal, ui.view.session.journal, sizeof journal);
}

static bool is_unchanged(void)
{
    bool same = same_history(&before.history, &ui.history);

    leave_out(&before, &ui);
    return same && memcmp(&before, &ui, sizeof before) == 0 &&
           memcmp(&journal, ui.view.session.journal, sizeof journal) == 0;
}

static void scan(const char *bytes, size_t count)
{
    struct event event;

    for (size_t i = 0; i < count; i++)
        if (scancode_decode(&decoder, (uint8_t)bytes[i], &event))
            ui_event(&ui, &event);
}

static void make(const char *codes)
{
    scan(codes, strlen(codes));
}

/* Sends the break codes of the given keys (make codes with bit 7 set). */
static void break_all(const char *codes)
{
    for (; *codes != '\0'; codes++) {
        char code = (char)(*codes | (char)0x80);

        scan(&code, 1);
    }
}

static const struct modifiers {
    const char *name;
    const char *codes; /* set 1 scancodes, with E0 prefixes */
    bool control, alt; /* both are false for a Windows key */
} modifiers[] = {
    {"Ctrl", "\x1D", true, false},
    {"right Ctrl", "\xE0\x1D", true, false},
    {"Alt", "\x38", false, true},
    {"Windows", "\xE0\x5B", false, false},
    {"right Windows", "\xE0\x5C", false, false},
    {"Ctrl-Alt", "\x1D\x38", true, true},
    {"right Ctrl-Alt", "\xE0\x1D\x38", true, true},
    {"Ctrl-Windows", "\x1D\xE0\x5B", false, false},
    {"Alt-Windows", "\x38\xE0\x5C", false, false},
    {"Ctrl-Alt-Windows", "\x1D\x38\xE0\x5B", false, false},
};
#define MODIFIERS (sizeof modifiers / sizeof modifiers[0])

static bool is_bound(const struct state *state, const struct modifiers *with,
                     const struct event *event)
{
    bool arrow = event->key == KEY_UP || event->key == KEY_DOWN;
    char letter = event->character;

    if (with->control && with->alt)
        return event->key == KEY_DELETE;
    if (!with->control)
        return false;
    if (event->key == KEY_CHARACTER)
        return letter == 'r' || strchr(state->letters, letter) != NULL;
    return arrow && state->arrows;
}

/* Decodes a key's set 1 scancode.  Returns false if there is no such key. */
static bool find_key(unsigned number, char code[3], struct event *event)
{
    struct scancode_decoder fresh = {0};
    unsigned length = 0;

    if (number >= 0x80)
        code[length++] = '\xE0';
    code[length++] = (char)(number & 0x7F);
    code[length] = '\0';
    for (unsigned i = 0; i < length; i++)
        if (scancode_decode(&fresh, (uint8_t)code[i], event))
            return true;
    return false;
}

static void tap(const struct modifiers *with, const char *code)
{
    make(with->codes);
    make(code);
    break_all(code);
    break_all(with->codes);
}

/* Presses a key with modifiers, and releases the modifiers first. */
static void hold_on(const struct modifiers *with, const char *code)
{
    make(with->codes);
    make(code);
    make(code);
    break_all(with->codes);
    make(code);
    break_all(code);
}

static void check_key(const struct state *state, const struct modifiers *with,
                      unsigned number)
{
    struct event event;
    char code[3];

    if (!find_key(number, code, &event))
        return;
    bool bound = is_bound(state, with, &event);

    remember();
    tap(with, code);
    if (is_unchanged() == bound)
        fail_msg("%s, %s, code %02X (%c): %s", state->name, with->name, number,
                 event.character ? event.character : ' ',
                 bound ? "did nothing" : "did something");
    if (bound) {
        open(state);
        return;
    }
    hold_on(with, code);
    if (!is_unchanged())
        fail_msg("%s, %s, code %02X (%c): held on it did something",
                 state->name, with->name, number,
                 event.character ? event.character : ' ');
}

static void test_every_key(void **state)
{
    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open(&states[i]);
        for (unsigned j = 0; j < MODIFIERS; j++)
            for (unsigned number = 0; number < 0x100; number++)
                check_key(&states[i], &modifiers[j], number);
    }
}

/* AltGr must act as Alt with cursor keys and be ignored with characters. */
static void test_alt_gr(void **state)
{
    static const char alt_gr[] = "\xE0\x38";

    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open(&states[i]);
        for (unsigned number = 0; number < 0x100; number++) {
            struct event event;
            char code[3];

            if (!find_key(number, code, &event) || event.key == KEY_CHARACTER)
                continue;
            remember();
            make(alt_gr);
            make(code);
            break_all(code);
            break_all(alt_gr);
            if (!is_unchanged())
                fail_msg("%s: AltGr and code %02X", states[i].name, number);
        }
    }
    open(&states[0]);
    make(alt_gr);
    make("\x1E\x9E\x06\x86\x27\xA7");
    break_all(alt_gr);
    assert_string_equal(ui.view.entry.text, "a5;");
    open(&states[4]);
    make(alt_gr);
    make("\x10");
    assert_int_equal(ui.view.session.held.typewriter, 0x100);
    break_all(alt_gr);
    break_all("\x10");
    assert_int_equal(ui.view.session.held.typewriter, 0);
}

/* A held key must be released even if modifiers are pressed meanwhile. */
static void test_panel_releases(void **state)
{
    (void)state;
    for (unsigned i = 0; i < MODIFIERS; i++) {
        open(&states[4]);
        make("\x10");
        make("\x39");
        assert_int_equal(ui.view.session.held.typewriter, 0x100);
        make(modifiers[i].codes);
        assert_int_equal(ui.view.session.held.typewriter, 0x100);
        break_all("\x10\x39");
        assert_int_equal(ui.view.session.held.typewriter, 0);
        break_all(modifiers[i].codes);
        for (unsigned j = 0; j < sizeof ui.panel.held; j++)
            assert_int_equal(ui.panel.held[j], 0);
        /* A key pressed together with a modifier must not operate the panel. */
        make(modifiers[i].codes);
        make("\x10");
        break_all(modifiers[i].codes);
        make("\x10");
        assert_int_equal(ui.view.session.held.typewriter, 0);
        break_all("\x10");
        make("\x10");
        assert_int_equal(ui.view.session.held.typewriter, 0x100);
    }
}

static void receive(const char *bytes)
{
    now += ESCAPE_BROKEN_US;
    ui_received(&ui, PORT_COM1, bytes, strlen(bytes), false, now);
}

/* Escape sequences of keys, split where the modifier parameter is inserted. */
static const struct {
    const char *begin, *end;
    bool arrow, delete;
} forms[] = {
    {"[1;", "A", true, false},   {"[1;", "B", true, false},
    {"[1;", "C", false, false},  {"[1;", "D", false, false},
    {"[1;", "H", false, false},  {"[1;", "F", false, false},
    {"[1;", "P", false, false},  {"[1;", "S", false, false},
    {"O", "P", false, false},    {"O", "A", true, false},
    {"[2;", "~", false, false},  {"[3;", "~", false, true},
    {"[5;", "~", false, false},  {"[6;", "~", false, false},
    {"[15;", "~", false, false}, {"[17;", "~", false, false},
    {"[18;", "~", false, false}, {"[21;", "~", false, false},
    {"[24;", "~", false, false},
};

/* Checks a key with the given xterm modifier parameter, which is 1, plus 1 for
   Shift, 2 for Alt, 4 for Ctrl and 8 for Meta. */
static void check_form(const struct state *state, unsigned i,
                       unsigned parameter)
{
    unsigned bits = (parameter - 1) & ~1u;
    bool bound = (bits == 4 && forms[i].arrow && state->arrows) ||
                 (bits == 6 && forms[i].delete);
    char bytes[16];

    snprintf(bytes, sizeof bytes, "\x1B%s%u%s", forms[i].begin, parameter,
             forms[i].end);
    remember();
    receive(bytes);
    if (is_unchanged() == bound)
        fail_msg("%s, Esc %s: %s", state->name, bytes + 1,
                 bound ? "did nothing" : "did something");
    if (bound)
        open(state);
}

static void test_every_terminal_form(void **state)
{
    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open(&states[i]);
        for (unsigned j = 0; j < sizeof forms / sizeof forms[0]; j++)
            for (unsigned parameter = 3; parameter <= 16; parameter++)
                check_form(&states[i], j, parameter);
    }
}

/* Most terminals send Alt as an Esc before the bytes of the key. */
static void test_alt_by_escape(void **state)
{
    static const char *const bytes[] = {
        "\x1B\r",     "\x1B\n",     "\x1B\t",      "\x1B\b",   "\x1B\x7F",
        "\x1B\x1B[A", "\x1B\x1B[B", "\x1B\x1B[3~", "\x1B\x18", "\x1B\x1BOP",
        "\x1B\x1BOQ", "\x1B\x1B[D", "\x1B\x1B[2~", "\x1B\x1A", "\x1B\x1B[15~",
        "\x1B\x16",   "\x1B\x0C",   "\x1B\x1B[5^", "\x1B\x12",
    };

    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open(&states[i]);
        for (unsigned j = 0; j < sizeof bytes / sizeof bytes[0]; j++) {
            remember();
            receive(bytes[j]);
            if (!is_unchanged())
                fail_msg("%s: Esc %s", states[i].name, bytes[j] + 1);
        }
    }
    /* Alt with a letter must act as Esc followed by the letter. */
    open(&states[0]);
    receive("\x1Bm");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_int_equal(ui.view.session.pace.speed, SPEED_MAX);
}

static const char *const resets[] = {
    "\x1D\x38\x53",
    "\x1D\x38\xE0\x53",
    "\xE0\x1D\x38\xE0\x53",
    "\x1D\xE0\x38\xE0\x53",
};
#define RESETS (sizeof resets / sizeof resets[0])

/* Sends one form of Ctrl-Alt-Del.  The last form is sent by a terminal. */
static void reset(unsigned n)
{
    if (n == RESETS) {
        receive("\x1B[3;7~");
        return;
    }
    make(resets[n]);
    break_all(resets[n]);
}

static void check_reset(const struct state *state, unsigned n)
{
    enum page_id back = state->page == PAGE_ASK ? PAGE_MENU : state->page;
    struct machine machine;
    char entry[ENTRY_SIZE];

    open(state);
    bool unsaved = session_is_unsaved(&ui.view.session);

    machine = ui.view.session.machine;
    memcpy(entry, ui.view.entry.text, sizeof entry);
    reset(n);
    if (ui.view.page != PAGE_ASK || ui.view.request != REQUEST_NONE)
        fail_msg("%s, way %u: page %u", state->name, n, ui.view.page);
    assert_string_equal(ui.view.question.command->question, "Reboot the PC?");
    reset(n);
    assert_int_equal(ui.view.page, PAGE_ASK);
    make("\x31\xB1");
    assert_int_equal(ui.view.page, back);
    assert_int_equal(ui.view.request, REQUEST_NONE);
    assert_memory_equal(&ui.view.session.machine, &machine, sizeof machine);
    assert_memory_equal(ui.view.entry.text, entry, sizeof entry);
    reset(n);
    turn();
    shows("Reboot the PC?");
    make("\x1C\x9C");
    if (unsaved) {
        /* Enter must not discard what cannot be restored. */
        assert_int_equal(ui.view.request, REQUEST_NONE);
        assert_int_equal(ui.view.page, back);
        reset(n);
        turn();
        shows("Highest factor of 2^18, July 1948");
        shows("has unsaved changes");
        make("\x15\x95");
    }
    assert_int_equal(ui.view.request, REQUEST_REBOOT);
}

static void test_ctrl_alt_del(void **state)
{
    (void)state;
    for (unsigned i = 0; i < STATES; i++)
        for (unsigned n = 0; n <= RESETS; n++)
            check_reset(&states[i], n);
}

/* The two kinds of states must both occur among those that are tested. */
static void test_states_unsaved(void **state)
{
    unsigned unsaved = 0;

    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open(&states[i]);
        unsaved += session_is_unsaved(&ui.view.session);
    }
    assert_in_range(unsaved, 3, STATES - 3);
}

static void test_ctrl_alt_del_with_invalid_entry(void **state)
{
    (void)state;
    open(&states[0]);
    type("nonsense");
    reset(0);
    assert_int_equal(ui.view.page, PAGE_ASK);
    make("\x31\xB1");
    assert_true(ui.view.entry.typing);
    assert_string_equal(ui.view.entry.text, "nonsense");
}

static void test_ctrl_alt_del_in_a_kiosk(void **state)
{
    (void)state;
    for (unsigned i = 0; i < STATES; i++) {
        open_with(&states[i], "");
        ui.view.options.kiosk = 60;
        for (unsigned n = 0; n <= RESETS; n++) {
            remember();
            reset(n);
            if (!is_unchanged())
                fail_msg("%s, way %u", states[i].name, n);
        }
    }
}

/* If the reboot question is answered with no, a seek must continue. */
static void test_ctrl_alt_del_during_seek(void **state)
{
    (void)state;
    start_with(50, "speed=max run", NULL, 0);
    memset(&decoder, 0, sizeof decoder);
    for (unsigned i = 0; i < 50; i++)
        turn();
    press(KEY_F5);
    type_one('b', true);
    ui.view.session.travel.budget = 100;
    send((struct event){.key = KEY_F7, .down = true});
    assert_true(session_is_seeking(&ui.view.session));
    reset(0);
    assert_int_equal(ui.view.page, PAGE_ASK);
    assert_true(session_is_seeking(&ui.view.session));
    make("\x31\xB1");
    assert_int_equal(ui.view.page, PAGE_DEBUG);
    assert_true(session_is_seeking(&ui.view.session));
}

/* A received program must wait until the reboot question is answered. */
static void test_ctrl_alt_del_while_receiving(void **state)
{
    (void)state;
    start_pc((struct pc){.memory = PC_MEMORY, .serial = true}, 50, "", NULL, 0);
    memset(&decoder, 0, sizeof decoder);
    press(KEY_F3);
    type("r");
    reset(0);
    assert_int_equal(ui.view.page, PAGE_ASK);
    ui_received(&ui, PORT_COM1, "1 STP\n\x04", 7, false, now);
    for (unsigned i = 0; i < 200; i++)
        turn();
    shows("Reboot the PC?");
    assert_int_equal(ui.view.page, PAGE_ASK);
    type_one(NO, false);
    turn();
    shows("Loaded from COM1");
    assert_int_equal(ui.view.session.machine.store[1], 7u << 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_alt_gr),
        cmocka_unit_test(test_panel_releases),
        cmocka_unit_test(test_every_terminal_form),
        cmocka_unit_test(test_alt_by_escape),
        cmocka_unit_test(test_ctrl_alt_del),
        cmocka_unit_test(test_states_unsaved),
        cmocka_unit_test(test_ctrl_alt_del_with_invalid_entry),
        cmocka_unit_test(test_ctrl_alt_del_in_a_kiosk),
        cmocka_unit_test(test_ctrl_alt_del_during_seek),
        cmocka_unit_test(test_ctrl_alt_del_while_receiving),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
