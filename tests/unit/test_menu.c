/* SPDX-License-Identifier: MIT */
/* Tests the menu, command keys, questions, held keys and help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <unistd.h>

#include "ui/command_table.h"
#include "services/option_table.h"
#include "console.h"
#include "ui/base/command_dispatch.h"
#include "ui/pages/course.h"
#include "ui/ui.h"

/* The base pages and the flags of their commands. */
static const struct base {
    enum page_id page;
    unsigned flag;
    const char *name;
} bases[] = {
    {PAGE_EDITOR, ON_EDITOR, "Editor"}, {PAGE_PANEL, ON_PANEL, "Panel"},
    {PAGE_LARGE, ON_LARGE, "Tube"},     {PAGE_LAB, ON_LAB, "Lab"},
    {PAGE_DEBUG, ON_DEBUG, "Debug"},
};
#define BASES (sizeof bases / sizeof bases[0])

static void start_on(const struct base *base, unsigned rows)
{
    start(rows);
    if (base->page == PAGE_PANEL)
        press(KEY_TAB);
    else if (base->page == PAGE_LARGE)
        type_one('l', true);
    else if (base->page == PAGE_LAB)
        press(KEY_F4);
    else if (base->page == PAGE_DEBUG)
        type_one('b', true);
    assert_int_equal(ui.view.page, base->page);
    assert_int_equal(ui.view.base, base->page);
}

static void test_page_titles(void **state)
{
    char item[16];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned j = 0; j < BASES; j++) {
            start_on(&bases[j], sizes[i]);
            check_grid();
            snprintf(item, sizeof item, " Baby %s ", bases[j].name);
            row_shows(0, item);
            row_shows(0, "Highest factor of 2^18, July 1948");
            press(KEY_ESCAPE);
            row_shows(0, item);
            press(KEY_ESCAPE);
            assert_int_equal(ui.view.page, bases[j].page);
            press(KEY_F1);
            press(KEY_ESCAPE);
            assert_int_equal(ui.view.page, bases[j].page);
        }
    }
}

/* Tab must alternate between editor and panel. */
static void test_tab(void **state)
{
    (void)state;
    start(50);
    press(KEY_TAB);
    assert_int_equal(ui.view.page, PAGE_PANEL);
    press(KEY_TAB);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    type_one('l', true);
    assert_int_equal(ui.view.page, PAGE_LARGE);
    press(KEY_TAB);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

/* Returns whether the key row of a page must contain the command name BRIEF. */
static bool is_named(const char *brief, const struct base *base)
{
    for (unsigned i = 0; i < command_table.count; i++)
        if (command_is_named(&ui.view, &command_table.row[i], base->flag) &&
            strcmp(command_table.row[i].brief, brief) == 0)
            return true;
    return false;
}

/* The bottom row must name the commands of the current page only. */
static void test_line_of_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES * BASES; i++) {
        const struct base *base = &bases[i / SIZES];
        unsigned row = sizes[i % SIZES] - 1;
        char item[40];

        start_on(base, sizes[i % SIZES]);
        for (unsigned j = 0; j < command_table.count; j++) {
            if (command_table.row[j].brief == NULL)
                continue;
            snprintf(item, sizeof item, " %s ", command_table.row[j].brief);
            if (is_named(command_table.row[j].brief, base))
                row_shows(row, item);
            else
                assert_null(strstr(row_text(row), item));
        }
        row_shows(row, " Esc Menu");
    }
}

static bool is_help(void)
{
    return ui.view.page == PAGE_HELP;
}

/* Returns whether the system information page is open and being redrawn. */
static bool is_below(void)
{
    bool drawn = false;

    for (unsigned i = 0; i < 100; i++)
        ui_turn(&ui, now += 20000, &drawn);
    return ui.view.page == PAGE_SYSTEM_INFO && ui_shows_system_info(&ui) &&
           drawn;
}

static bool is_programs(void)
{
    return ui.view.page == PAGE_PROGRAMS;
}

/* Returns whether the menu is open with the reboot command selected. */
static bool is_leaving(void)
{
    const struct command *row = command_table.row;
    unsigned above = 0;

    for (; row->act != command_reboot; row++)
        above += command_is_in_menu(&ui.view, row);
    return ui.view.page == PAGE_MENU && ui.view.menu_row == above;
}

static bool is_running(void)
{
    return ui.view.page == ui.view.base && ui.view.session.cs &&
           session_runs(&ui.view.session);
}

static bool is_on_panel(void)
{
    return ui.view.page == PAGE_PANEL && ui.view.base == PAGE_PANEL;
}

static bool is_on_editor(void)
{
    return ui.view.page == PAGE_EDITOR && ui.view.base == PAGE_EDITOR;
}

static bool is_on_large(void)
{
    return ui.view.page == PAGE_LARGE && ui.view.base == PAGE_LARGE;
}

static bool is_in_lab(void)
{
    return ui.view.page == PAGE_LAB && ui.view.base == PAGE_LAB;
}

static bool was_stepped(void)
{
    return ui.view.session.machine.prepulses == 3 &&
           !session_runs(&ui.view.session);
}

static bool is_at_7(void)
{
    return ui.view.session.pace.speed == SPEED_7;
}

static bool is_at_8_5us(void)
{
    return ui.view.session.pace.speed == SPEED_REAL + 1;
}

static bool is_at_1(void)
{
    return ui.view.session.pace.speed == SPEED_1;
}

static bool is_real(void)
{
    return ui.view.session.pace.speed == SPEED_REAL;
}

static bool is_flat_out(void)
{
    return ui.view.session.pace.speed == SPEED_MAX;
}

static bool was_reloaded(void)
{
    return ui.view.session.machine.prepulses == 0 &&
           memcmp(ui.view.session.machine.store,
                  ui.view.session.loaded.program.store,
                  sizeof ui.view.session.loaded.program.store) == 0 &&
           !session_runs(&ui.view.session);
}

static bool was_restarted(void)
{
    return session_runs(&ui.view.session) &&
           ui.view.session.machine.prepulses < 20;
}

static bool was_control_cleared(void)
{
    const struct machine *machine = &ui.view.session.machine;

    return machine->a == 0 && machine->ci == 0 && machine->pi == 0 &&
           session_instructions(&ui.view.session) == 0 &&
           machine->instructions == 2 && machine->store[26] != 0;
}

static bool was_line_cleared(void)
{
    return ui.view.session.machine.store[1] == 0 &&
           ui.view.session.machine.store[2] != 0;
}

static bool was_line_inserted(void)
{
    return ui.view.session.machine.store[1] == 0 &&
           ui.view.session.machine.store[2] == 0x4018;
}

static bool was_undone(void)
{
    return !ui.view.session.controls.erase;
}

static bool was_redone(void)
{
    return ui.view.session.controls.erase;
}

static bool is_touring(void)
{
    return ui.view.page == PAGE_EDITOR && ui.view.touring;
}

static bool is_hexadecimal(void)
{
    return ui.view.notation == NOTATION_HEXADECIMAL;
}

static bool was_store_cleared(void)
{
    uint32_t all = 0;

    for (unsigned line = 0; line < LINES; line++)
        all |= ui.view.session.machine.store[line];
    return all == 0 && ui.view.session.machine.ci == 2;
}

static bool is_save(void)
{
    return ui.view.page == PAGE_SAVE;
}

static bool wants_reboot(void)
{
    return ui.view.request == REQUEST_REBOOT;
}

static bool wants_power_off(void)
{
    return ui.view.request == REQUEST_POWER_OFF;
}

static const struct letter {
    unsigned bases;
    char letter;
    bool asks;
    bool (*done)(void);
} letters[] = {
    {EVERYWHERE, 'H', false, is_help},
    {EVERYWHERE & ~ON_DEBUG, 'V', false, is_below},
    {EVERYWHERE, 'P', false, is_programs},
    {EVERYWHERE, 'S', false, is_save},
    {EVERYWHERE, 'R', false, is_running},
    {EVERYWHERE, 'K', false, was_stepped},
    {EVERYWHERE & ~ON_LAB, 'L', false, is_in_lab},
    {ON_EDITOR, 'E', false, is_on_panel},
    {EVERYWHERE & ~ON_EDITOR, 'E', false, is_on_editor},
    {ON_EDITOR | ON_PANEL, 'G', false, is_on_large},
    {ON_LARGE, 'G', false, is_on_editor},
    {EVERYWHERE, 'W', false, is_at_7},
    {EVERYWHERE, 'F', false, is_at_8_5us},
    {EVERYWHERE & ~ON_DEBUG, '1', false, is_at_1},
    {EVERYWHERE, 'T', false, is_real},
    {EVERYWHERE, 'M', false, is_flat_out},
    {EVERYWHERE, 'U', false, was_undone},
    {EVERYWHERE, 'Y', false, was_redone},
    {ON_EDITOR, 'D', false, was_line_cleared},
    {ON_EDITOR, 'I', false, was_line_inserted},
    {ON_EDITOR, 'N', false, is_hexadecimal},
    {EVERYWHERE, 'J', false, is_touring},
    {EVERYWHERE, 'O', false, was_reloaded},
    {EVERYWHERE, 'A', false, was_restarted},
    {EVERYWHERE, 'C', false, was_control_cleared},
    {EVERYWHERE, 'Z', false, was_store_cleared},
    {EVERYWHERE, 'X', false, is_leaving},
    {EVERYWHERE, 'B', true, wants_reboot},
    {EVERYWHERE, 'Q', true, wants_power_off},
};
#define LETTERS (sizeof letters / sizeof letters[0])

/* Checks the effect of a letter in the menu of a page. */
static void check_letter(const struct base *base, unsigned rows,
                         const struct letter *row, char letter)
{
    start_on(base, rows);
    press_times(KEY_F6, 2);
    session_set_erase(&ui.view.session, true);
    if (row->letter == 'Y')
        session_undo(&ui.view.session);
    menu(letter);
    assert_int_equal(ui.view.page == PAGE_ASK, row->asks);
    if (row->asks) {
        assert_int_equal(ui.view.request, REQUEST_NONE);
        type_one(YES, false);
    }
    if (!row->done())
        fail_msg("%s, menu, %c", base->name, letter);
    check_grid();
}

static void test_menu_letters(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LETTERS; i++) {
        char upper = letters[i].letter;
        char lower = upper < 'A' ? upper : (char)(upper - 'A' + 'a');

        for (unsigned j = 0; j < BASES; j++) {
            if (!(letters[i].bases & bases[j].flag))
                continue;
            check_letter(&bases[j], 50, &letters[i], upper);
            check_letter(&bases[j], 24, &letters[i], lower);
        }
    }
}

/* In each menu, a letter must select exactly one command. */
static void test_letters_are_one_each(void **state)
{
    (void)state;
    for (unsigned i = 0; i < BASES; i++) {
        bool used[128] = {false};
        unsigned in_menu = 0, in_table = 0;

        for (unsigned j = 0; j < command_table.count; j++) {
            unsigned letter = (unsigned char)command_table.row[j].letter;

            if (!(command_table.row[j].flags & bases[i].flag) || letter == ' ')
                continue;
            assert_true(letter < 128 && !used[letter]);
            used[letter] = true;
            in_menu++;
        }
        for (unsigned j = 0; j < LETTERS; j++)
            in_table += (letters[j].bases & bases[i].flag) != 0;
        assert_int_equal(in_menu, in_table);
    }
}

/* Finds a menu item on the screen.  Returns its column and sets *ROW. */
static unsigned column_of(const char *item, unsigned *row)
{
    int at = find(item);

    if (at < 0) {
        print_screen();
        fail_msg("not in the menu: %s", item);
    }
    *row = (unsigned)at;
    return (unsigned)(strstr(row_text(*row), item) - row_text(*row));
}

/* Checks that the menu row of a command is highlighted and shows its key. */
static void check_row(const struct command *command)
{
    unsigned row, column;
    char item[64];

    snprintf(item, sizeof item, "%c  %s ", command->letter, command->name);
    column = column_of(item, &row);
    assert_int_equal(attribute_at(row, column), ATTR_SELECTED);
    assert_int_equal(attribute_at(row, column + 35), ATTR_SELECTED);
    if (!(command->flags & PLAIN))
        assert_non_null(strstr(part(row, column, 36), command->keys));
}

static void check_menu(const struct base *base, unsigned rows)
{
    unsigned count = 0;

    start_on(base, rows);
    press(KEY_ESCAPE);
    check_grid();
    for (unsigned i = 0; i < command_table.count; i++) {
        if (!command_is_on(&ui.view, &command_table.row[i], base->flag) ||
            command_table.row[i].flags & NOT_IN_MENU)
            continue;
        assert_int_equal(ui.view.menu_row, count);
        check_row(&command_table.row[i]);
        press(KEY_DOWN);
        count++;
    }
    assert_int_equal(ui.view.menu_row, 0);
    press(KEY_UP);
    assert_int_equal(ui.view.menu_row, count - 1);
    press(KEY_UP);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_ASK);
}

/* The arrow keys must reach every command in the menu and no others. */
static void test_menu_rows(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES * BASES; i++)
        check_menu(&bases[i / SIZES], sizes[i % SIZES]);
}

/* Left and Right must move between adjacent columns of the menu. */
static void test_menu_columns(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned row, beside, column, other;

        start(sizes[i]);
        press(KEY_ESCAPE);
        column = column_of("H  Help", &row);
        press(KEY_RIGHT);
        for (other = column + 36; attribute_at(row, other) != ATTR_SELECTED;
             other++)
            assert_true(other < PAGE_COLUMNS - 1);
        assert_int_not_equal(attribute_at(row, column), ATTR_SELECTED);
        beside = ui.view.menu_row;
        press(KEY_DOWN);
        assert_int_equal(ui.view.menu_row, beside + 1);
        press(KEY_LEFT);
        assert_int_equal(ui.view.menu_row, 1);
        press(KEY_UP);
        press(KEY_LEFT);
        assert_int_equal(ui.view.menu_row, beside);
        press(KEY_RIGHT);
        assert_int_equal(ui.view.menu_row, 0);
    }
}

static void test_escape_never_leaves(void **state)
{
    (void)state;
    start(50);
    for (unsigned i = 0; i < 101; i++) {
        assert_int_equal(ui.view.page, i % 2 ? PAGE_MENU : PAGE_EDITOR);
        press(KEY_ESCAPE);
    }
    assert_int_equal(ui.view.request, REQUEST_NONE);
}

static void test_leaving_asks(void **state)
{
    static const char letter[] = {'B', 'Q'};
    static const char *const question[] = {"Reboot the PC?",
                                           "Power off the PC?"};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(i ? 24 : 50);
        press(KEY_F10);
        assert_int_equal(ui.view.page, PAGE_MENU);
        type_one(letter[i], false);
        shows(question[i]);
        type("qZ 7");
        press(KEY_F10);
        press(KEY_DOWN);
        assert_int_equal(ui.view.page, PAGE_ASK);
        type_one(NO, false);
        assert_int_equal(ui.view.page, PAGE_MENU);
        assert_true(is_leaving());
        shows_not(question[i]);
        type_one(letter[i], false);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_MENU);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        assert_int_equal(ui.view.request, REQUEST_NONE);
        menu(letter[i]);
        type_one(i ? 'Y' : 'y', false);
        assert_int_equal(ui.view.request,
                         i ? REQUEST_POWER_OFF : REQUEST_REBOOT);
    }
}

static void test_repeat_does_no_command(void **state)
{
    uint32_t word;

    (void)state;
    start(50);
    press(KEY_F5);
    for (unsigned i = 0; i < 9; i++) {
        repeat(KEY_F5);
        assert_true(session_runs(&ui.view.session));
    }
    press(KEY_F5);
    start(50);
    press(KEY_F6);
    for (unsigned i = 0; i < 9; i++)
        repeat(KEY_F6);
    assert_int_equal(ui.view.session.machine.prepulses, 1);
    press(KEY_HOME);
    press(KEY_DOWN);
    press(KEY_DELETE);
    assert_int_equal(ui.view.session.machine.store[1], 0);
    press(KEY_DOWN);
    word = ui.view.session.machine.store[2];
    for (unsigned i = 0; i < 9; i++)
        repeat(KEY_DELETE);
    assert_int_equal(ui.view.session.machine.store[2], word);
}

static void test_held_arrows(void **state)
{
    (void)state;
    start(50);
    press(KEY_DOWN);
    for (unsigned i = 0; i < 5; i++)
        repeat(KEY_DOWN);
    assert_int_equal(ui.view.line, 7);
    repeat(KEY_UP);
    assert_int_equal(ui.view.line, 6);
    press(KEY_LEFT);
    repeat(KEY_LEFT);
    assert_int_equal(ui.view.digit, 30);
}

static void test_held_across_pages(void **state)
{
    struct event held = {KEY_CHARACTER, 'k', .down = true, .repeat = true};

    (void)state;
    start(50);
    menu('k');
    assert_int_equal(ui.view.session.machine.prepulses, 1);
    send(held);
    send(held);
    turn();
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    press(KEY_F2);
    press(KEY_ENTER);
    repeat(KEY_ENTER);
    assert_int_equal(ui.view.line, 1);
}

static bool is_empty_row(unsigned row)
{
    return *squeeze(row_text(row)) == '\0';
}

/* Returns whether PAGE has a command with the same keys and name. */
static bool has_same(const struct command *command, unsigned page)
{
    for (unsigned i = 0; i < command_table.count; i++)
        if (command_table.row[i].flags & page &&
            strcmp(command_table.row[i].keys, command->keys) == 0 &&
            strcmp(command_table.row[i].name, command->name) == 0)
            return true;
    return false;
}

static void check_keys(unsigned page, const char *const *others)
{
    for (unsigned i = 0; i < command_table.count; i++) {
        const struct command *command = &command_table.row[i];
        char row[80];

        snprintf(row, sizeof row, "  %-11s%s ", command->keys, command->name);
        if (command->keys[0] == '\0')
            continue;
        if (command_is_on(&ui.view, command, page))
            shows(row);
        else if (!has_same(command, page))
            shows_not(row);
    }
    for (; *others != NULL; others++)
        shows(*others);
}

static void check_editor_page(void)
{
    static const char *const others[] = {"  LDN 24 ; note", "  arrows, Space",
                                         "  Esc  ", NULL};

    check_keys(ON_EDITOR, others);
}

static void check_panel_page(void)
{
    static const char *const others[] = {"  1-8 Q-I A-K Z-,",
                                         "  O P [ ] \\",
                                         "  L ; '",
                                         "  9, 0",
                                         "  -  =  .",
                                         "  Enter, Backspace",
                                         "  arrows, Space",
                                         "hold down acts",
                                         NULL};

    check_keys(ON_PANEL, others);
}

static void check_lab_page(void)
{
    static const char *const others[] = {"  use",       "  slot",
                                         "  map table", "  credit, rests",
                                         "  SPC, TPC ", NULL};

    check_keys(ON_LAB, others);
}

static void check_debug_page(void)
{
    static const char *const others[] = {"  0 to 9", "  arrows, Home, End",
                                         "  PgUp, PgDn", "  Esc", NULL};

    check_keys(ON_DEBUG, others);
}

static void check_words(const char *const *words)
{
    for (; *words != NULL; words++)
        shows(*words);
}

static void check_history_page(void)
{
    static const char *const words[] = {"Past",  "Change", "How far", "Number",
                                        "Break", "Trace",  "Profile", "Compare",
                                        "State", NULL};

    check_words(words);
}

static void check_machines_page(void)
{
    static const char *const words[] = {
        "  Enter ", "  N ",    "  C ",   "  P ",   "  R ", "  K ",
        "  Del ",   "  +, - ", "  ], [", "  >, <", "  E ", "  T ",
        "  V ",     "  ask%",  "  got%", NULL};

    check_words(words);
}

static void check_instructions_page(void)
{
    static const char *const words[] = {"JMP n    n,C",
                                        "JRP n    c+n,C",
                                        "LDN n    -n,A",
                                        "STO n    a,n",
                                        "SUB n    a-n,A",
                                        "CMP      Test",
                                        "STP      Stop",
                                        "NUM n",
                                        "BINS",
                                        "Ctrl-F",
                                        NULL};

    check_words(words);
}

static void check_words_page(void)
{
    static const char *const words[] = {
        "  store", "  A ",   "  CI ",       "  PI ",     "  prepulse",
        "  bar ",  "  L, F", "  Auto, Man", "  CS ",     "  KC ",
        "  KLC ",  "  KSC ", "  KAC",       "  monitor", NULL};

    check_words(words);
}

static void check_trouble_page(void)
{
    static const char *const words[] = {"  Stop ", "  Hung ",    "  No end ",
                                        "  Undo ", "  Garbled ", "  Terminal ",
                                        NULL};

    check_words(words);
}

static void check_options_of(bool pc)
{
    for (unsigned i = 0; i < option_count; i++) {
        char left[80];

        if (option_table[i].pc != pc)
            continue;
        snprintf(left, sizeof left, "  %s%s", option_table[i].name,
                 option_table[i].values);
        shows(left);
        shows(option_table[i].help);
    }
}

static void check_options_page(void)
{
    check_options_of(false);
}

static void check_pc_options_page(void)
{
    check_options_of(true);
    shows(FOUND);
}

static void check_course(unsigned page)
{
    unsigned first = page * COURSE_PAGE;

    for (unsigned i = first; i < first + COURSE_PAGE && i < course_count; i++) {
        char row[80];

        snprintf(row, sizeof row, "  %-34s%-10s%s ", course[i].name,
                 course[i].keys, course[i].file);
        shows(row);
        assert_true(access(course[i].file, R_OK) == 0);
    }
}

static void check_course_1(void)
{
    check_course(0);
}

static void check_course_2(void)
{
    check_course(1);
}

static void check_course_3(void)
{
    check_course(2);
}

static void check_course_4(void)
{
    assert_in_range(course_count, 3 * COURSE_PAGE + 1, 4 * COURSE_PAGE);
    check_course(3);
    shows("sensitive");
    shows("keep control.");
}

static void test_help(void **state)
{
    static void (*const check[])(void) = {
        check_editor_page,       check_panel_page,      check_lab_page,
        check_debug_page,        check_history_page,    check_machines_page,
        check_instructions_page, check_words_page,      check_trouble_page,
        check_options_page,      check_pc_options_page, check_course_1,
        check_course_2,          check_course_3,        check_course_4};
    const unsigned pages = sizeof check / sizeof check[0];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F1);
        for (unsigned j = 0; j < pages; j++) {
            char title[24];

            snprintf(title, sizeof title, "Help %u of %u", j + 1, pages);
            row_shows(0, title);
            check_grid();
            check[j]();
            /* The help text must not reach the row of keys or the right
               edge. */
            assert_true(is_empty_row(sizes[i] - 2));
            row_shows(sizes[i] - 1, "Esc: back");
            for (unsigned row = 1; row < sizes[i] - 1; row++)
                assert_string_equal(part(row, 79, 1), " ");
            press(j == 1 ? KEY_ENTER : KEY_RIGHT);
        }
        row_shows(0, "Help 1 of 15");
        press(KEY_LEFT);
        row_shows(0, "Help 15 of 15");
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

/* An invalid entry must not block help, speed changes or stopping. */
static void test_harmless_commands_despite_invalid_entry(void **state)
{
    (void)state;
    start(50);
    type("xxx");
    press(KEY_F1);
    shows("Help 1 of 15");
    press(KEY_ESCAPE);
    press(KEY_F12);
    assert_int_equal(ui.view.session.pace.speed, SPEED_REAL + 1);
    press(KEY_F2);
    shows("(Esc discards it)");
    press(KEY_ESCAPE);
    press(KEY_F5);
    assert_true(session_runs(&ui.view.session));
    type("xxx");
    press(KEY_F5);
    assert_false(session_runs(&ui.view.session));
    assert_true(ui.view.entry.typing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_titles),
        cmocka_unit_test(test_tab),
        cmocka_unit_test(test_line_of_keys),
        cmocka_unit_test(test_menu_letters),
        cmocka_unit_test(test_letters_are_one_each),
        cmocka_unit_test(test_menu_rows),
        cmocka_unit_test(test_menu_columns),
        cmocka_unit_test(test_escape_never_leaves),
        cmocka_unit_test(test_leaving_asks),
        cmocka_unit_test(test_repeat_does_no_command),
        cmocka_unit_test(test_held_arrows),
        cmocka_unit_test(test_held_across_pages),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_harmless_commands_despite_invalid_entry),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
