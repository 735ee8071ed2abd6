/* SPDX-License-Identifier: MIT */
/* Tests the editor page: moving the cursor and typing words and notes. */
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

static const struct {
    const char *typed;
    const char *sentence;
} wrong[] = {
    {"LDN 32", "line 32 does not exist; the store has lines 0 to 31"},
    {"FOO", "there is no instruction \"FOO\""},
    {"99999999999", "99999999999 does not fit in a line"},
    {"-2147483649", "does not fit in a line"},
    {"LDN", "LDN needs"},
    {"LDN x", "no line is named \"x\""},
    {"LDN 24 25", "the text after \"LDN 24\" is not understood"},
    {"CMP and so on", "the text after \"CMP\" is not understood"},
    {"0x", "is not a number"},
    {"NUM", "NUM needs"},
    {"NUM 99999999999", "99999999999 does not fit in a line"},
    {"101010101010101010101010101010101",
     "33 digits are too many; a line has 32"},
    {"BINS 101010101010101010101010101010101",
     "33 digits are too many; a line has 32"},
    {"1010101010101010101010101010101010101010101010",
     "46 digits are too many; a line has 32"},
    {"LDN 32 ; a note", "line 32 does not exist; the store has lines 0 to 31"},
    {"24,A", "\"24,A\" is neither n,C (1951) nor n,Cl (1948)"},
    {"a sentence that is longer than the line can be", "no instruction \"a\""},
};

static void test_invalid_entries(void **state)
{
    uint32_t store[LINES];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        memcpy(store, ui.view.session.machine.store, sizeof store);
        for (unsigned j = 0; j < sizeof wrong / sizeof wrong[0]; j++) {
            type(wrong[j].typed);
            press(j % 3 == 0 ? KEY_ENTER : j % 3 == 1 ? KEY_UP : KEY_DOWN);
            shows(wrong[j].sentence);
            assert_true(ui.view.entry.typing);
            assert_memory_equal(ui.view.entry.text, wrong[j].typed,
                                strlen(ui.view.entry.text));
            assert_int_equal(ui.view.line, 1);
            assert_false(ui.view.session.entered.unsaved);
            press(KEY_F5);
            assert_false(session_runs(&ui.view.session));
            shows(wrong[j].sentence);
            press(KEY_ESCAPE);
            assert_false(ui.view.entry.typing);
            assert_int_equal(ui.view.page, PAGE_EDITOR);
            assert_string_equal(listing(1), "LDN 24 16408");
        }
        assert_memory_equal(ui.view.session.machine.store, store, sizeof store);
    }
}

static void test_long_entry_is_seen(void **state)
{
    static const char typed[] = "BINS 10110011100011110000111110000011";

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned line = 1; line < 3; line++) {
            start(sizes[i]);
            press(KEY_HOME);
            press_times(KEY_DOWN, line);
            type(typed);
            row_shows(ui.view.layout->store +
                          (sizes[i] == 24 ? line / 2 : line),
                      typed + strlen(typed) - 10);
            press(KEY_ENTER);
            assert_false(ui.view.entry.typing);
            assert_int_equal(ui.view.session.machine.store[line], 0xC1F0F1CD);
        }
    }
}

static void test_valid_entries(void **state)
{
    (void)state;
    start(50);
    set_line(31, "ldn 7");
    assert_string_equal(listing(31), "LDN 7 16391");
    assert_int_equal(ui.view.line, 0);
    set_line(0, "-3");
    assert_string_equal(listing(0), "-3");
    set_line(5, "0x1F");
    assert_string_equal(listing(5), "31");
    set_line(6, "JMP 0");
    assert_string_equal(listing(6), "JMP 0 0");
    row_shows(0, "*");
    set_line(7, "10110000000");
    assert_int_equal(ui.view.session.machine.store[7], 13);
    shows("11 digits instead of 32; they are used as digits 0 to 10");
}

static void test_corrected_entry(void **state)
{
    (void)state;
    start(50);
    type("LDM");
    press(KEY_BACKSPACE);
    type("N 5");
    row_shows(ui.view.layout->store + 1, "LDN 5 ");
    press(KEY_UP);
    assert_string_equal(listing(1), "LDN 5 16389");
    assert_int_equal(ui.view.line, 0);
    type("x");
    press(KEY_BACKSPACE);
    assert_false(ui.view.entry.typing);
    press(KEY_DOWN);
    assert_int_equal(ui.view.line, 1);
    type("SUB 3");
    press(KEY_F6);
    assert_int_equal(ui.view.session.machine.store[1], 0x8003);
    assert_int_equal(ui.view.session.machine.prepulses, 1);
}

static void test_blank_after_word(void **state)
{
    (void)state;
    start(50);
    set_line(1, "SUB 3 ");
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.session.machine.store[1], 0x8003);
    set_line(2, "CMP  ");
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.session.machine.store[2], 0xC000);
}

static void test_control_writes_nothing(void **state)
{
    (void)state;
    start(50);
    for (char c = 'a'; c <= 'z'; c++) {
        start(50);
        type_one(c, true);
        assert_false(ui.view.entry.typing);
        assert_string_equal(ui.view.entry.text, "");
    }
    for (char c = 'a'; c <= 'z'; c++) {
        start(50);
        type("SUB");
        type_one(c, true);
        assert_true(ui.view.entry.typing);
        assert_string_equal(ui.view.entry.text, "SUB");
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        assert_false(ui.view.session.entered.unsaved);
    }
}

static void test_delete_while_typing(void **state)
{
    (void)state;
    start(50);
    type("SUB 3");
    press(KEY_DELETE);
    assert_int_not_equal(ui.view.session.machine.store[1], 0);
}

static void check_cursor(enum focus focus, unsigned line, unsigned digit)
{
    unsigned row =
        ui.view.layout->store + line / (ui.view.layout->halves ? 2 : 1);
    unsigned column = TUBE_COLUMN + digit;

    assert_int_equal(ui.view.entry.focus, focus);
    assert_int_equal(ui.view.line, line);
    if (focus == FOCUS_TUBE)
        assert_int_equal(ui.view.digit, digit);
    else if (ui.view.layout->halves)
        column = NARROW_COLUMN + 4 + line % 2 * LISTING_NARROW;
    else
        column = LISTING_COLUMN + 4;
    assert_int_equal(attribute_at(row, column), ATTR_CURSOR);
}

static void test_cursor(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        check_cursor(FOCUS_LISTING, 1, 0);
        press(KEY_RIGHT);
        check_cursor(FOCUS_LISTING, 1, 0);
        press(KEY_LEFT);
        check_cursor(FOCUS_TUBE, 1, 31);
        press_times(KEY_LEFT, 31);
        check_cursor(FOCUS_TUBE, 1, 0);
        press(KEY_LEFT);
        check_cursor(FOCUS_TUBE, 1, 0);
        press(KEY_DOWN);
        check_cursor(FOCUS_TUBE, 2, 0);
        press(KEY_END);
        check_cursor(FOCUS_TUBE, 2, 31);
        press(KEY_HOME);
        check_cursor(FOCUS_TUBE, 2, 0);
        press(KEY_UP);
        press(KEY_UP);
        press(KEY_UP);
        check_cursor(FOCUS_TUBE, 31, 0);
        press(KEY_DOWN);
        check_cursor(FOCUS_TUBE, 0, 0);
        press_times(KEY_RIGHT, 32);
        check_cursor(FOCUS_LISTING, 0, 0);
        press(KEY_PAGE_DOWN);
        check_cursor(FOCUS_LISTING, 8, 0);
        press_times(KEY_PAGE_DOWN, 4);
        check_cursor(FOCUS_LISTING, 31, 0);
        press(KEY_PAGE_UP);
        check_cursor(FOCUS_LISTING, 23, 0);
        press(KEY_HOME);
        check_cursor(FOCUS_LISTING, 0, 0);
        press(KEY_PAGE_UP);
        check_cursor(FOCUS_LISTING, 0, 0);
        press(KEY_END);
        check_cursor(FOCUS_LISTING, 31, 0);
    }
}

static void test_digits(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_LEFT);
        press(KEY_HOME);
        type(" ");
        assert_int_equal(ui.view.session.machine.store[1], 0x4019);
        check_cursor(FOCUS_TUBE, 1, 0);
        type(" ");
        assert_int_equal(ui.view.session.machine.store[1], 0x4018);
        type("1101");
        assert_int_equal(ui.view.session.machine.store[1], 0x401B);
        check_cursor(FOCUS_TUBE, 1, 4);
        press(KEY_END);
        type("11");
        assert_int_equal(ui.view.session.machine.store[1], 0x8000401B);
        check_cursor(FOCUS_TUBE, 1, 31);
        turn();
        check_tube();
        row_shows(0, "*");
        type("SUB 3");
        assert_int_equal(ui.view.entry.focus, FOCUS_LISTING);
        press(KEY_ENTER);
        assert_string_equal(listing(1), "SUB 3 32771");
    }
}

static void test_delete(void **state)
{
    (void)state;
    start(50);
    press(KEY_DOWN);
    press(KEY_DELETE);
    assert_int_equal(ui.view.session.machine.store[2], 0);
    assert_string_equal(listing(2), "0");
    assert_true(ui.view.session.entered.unsaved);
    press(KEY_LEFT);
    press(KEY_DOWN);
    press(KEY_DELETE);
    assert_int_equal(ui.view.session.machine.store[3], 0);
}

/* Editing a digit must switch the tube to the store if it shows A or C. */
static void test_digits_are_seen(void **state)
{
    (void)state;
    start(50);
    press(KEY_LEFT);
    press(KEY_F9);
    assert_int_equal(ui.view.monitor, MONITOR_A);
    type(" ");
    assert_int_equal(ui.view.monitor, MONITOR_S);
    assert_int_equal(ui.view.session.machine.store[1], 0x80004018);
    turn();
    check_tube();
}

/* A word typed as digits must be shown as an instruction or a number. */
static void test_digits_typed(void **state)
{
    (void)state;
    start(50);
    set_line(1, "00011000000000100000000000000000");
    assert_string_equal(listing(1), "LDN 24 16408");
    set_line(2, "11110000000000000000000000000000");
    assert_string_equal(listing(2), "15");
    set_line(3, "00011000000000100000000000000001");
    assert_string_equal(listing(3), "-2147467240");
    set_line(4, "BINS 00011000000000100000000000000000");
    assert_string_equal(listing(4), "LDN 24 16408");
}

static void type_times(char c, size_t length)
{
    while (length-- > 0)
        type_one(c, false);
}

static void test_longest_entry(void **state)
{
    char full[ENTRY_SIZE];

    (void)state;
    memset(full, 'x', sizeof full - 1);
    full[sizeof full - 1] = '\0';
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        type_times('x', ENTRY_SIZE - 1);
        assert_string_equal(ui.view.message, "");
        type("y");
        shows("you can type at most 103 characters");
        check_grid();
        assert_string_equal(ui.view.entry.text, full);
        press(KEY_ENTER);
        shows("there is no instruction \"x");
        assert_string_equal(ui.view.entry.text, full);
        press(KEY_BACKSPACE);
        assert_int_equal(strlen(ui.view.entry.text), ENTRY_SIZE - 2);
        press(KEY_ESCAPE);
        assert_false(ui.view.session.entered.unsaved);
        assert_string_equal(listing(1), "LDN 24 16408");
    }
}

static void test_long_notes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        type("NUM 7 ; ");
        type_times('n', NOTE_SIZE);
        press(KEY_ENTER);
        shows("a note can have at most 63 characters (Esc discards it)");
        assert_true(ui.view.entry.typing);
        assert_false(ui.view.session.entered.unsaved);
        assert_string_equal(session_line(&ui.view.session, 1).note,
                            "minus first trial");
        press(KEY_BACKSPACE);
        type("   ");
        press(KEY_ENTER);
        assert_false(ui.view.entry.typing);
        assert_int_equal(ui.view.session.machine.store[1], 7);
        assert_int_equal(strlen(session_line(&ui.view.session, 1).note),
                         NOTE_SIZE - 1);
        check_grid();
        /* A note of maximum length can be reopened, but not extended. */
        go_to(1);
        type(";");
        press(KEY_ENTER);
        assert_int_equal(strlen(session_line(&ui.view.session, 1).note),
                         NOTE_SIZE - 1);
        go_to(1);
        type(";n");
        press(KEY_DOWN);
        shows("a note can have at most 63 characters (Esc discards it)");
        press(KEY_ESCAPE);
        assert_int_equal(strlen(session_line(&ui.view.session, 1).note),
                         NOTE_SIZE - 1);
    }
}

/* Holding Esc must discard the text being typed, but not open the menu. */
static void test_escape_held(void **state)
{
    (void)state;
    start(50);
    type("LDN");
    press(KEY_ESCAPE);
    repeat(KEY_ESCAPE);
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

static void test_load_drops_the_entry(void **state)
{
    (void)state;
    start(50);
    type("xxx");
    press(KEY_F10);
    type("p");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_true(ui.view.entry.typing);
    shows("Esc discards it");
    press(KEY_F10);
    type("j");
    assert_false(ui.view.touring);
    assert_true(ui.view.entry.typing);
    press(KEY_ESCAPE);
    type("STP");
    press(KEY_F10);
    type("p");
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    assert_int_equal(ui.view.session.machine.store[1], 0xE000);
    press(KEY_ENTER);
    type_one(YES, false);
    assert_false(ui.view.entry.typing);
}

/* Checks that the full note of the line under the cursor is shown. */
static void shows_note(const char *note)
{
    char whole[PAGE_COLUMNS + 1], shown[PAGE_COLUMNS + 1] = "";

    if (sizes[0] == ui.view.cells.rows) {
        snprintf(whole, sizeof whole, "Line %u: %s", ui.view.line, note);
        row_shows(ui.view.layout->note, whole);
        return;
    }
    snprintf(whole, sizeof whole, "%u: %s ", ui.view.line, note);
    for (unsigned i = 0; i < 3; i++) {
        strcat(shown, squeeze(part(ui.view.layout->note + i, 61, 19)));
        strcat(shown, " ");
    }
    strcpy(whole, squeeze(whole));
    assert_string_equal(squeeze(shown), whole);
}

static void test_note_stays_with_its_line(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        shows_note("minus first trial");
        set_line(1, "LDN 25");
        press(KEY_UP);
        shows_note("minus first trial");
        press(KEY_DELETE);
        shows_not("minus first trial");
        assert_string_equal(listing(1), "0");
    }
}

static void test_note_alone(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        go_to(5);
        type(";");
        assert_true(ui.view.entry.typing);
        press_times(KEY_BACKSPACE, 30);
        /* Deleting the whole text must leave edit mode. */
        assert_false(ui.view.entry.typing);
        type(";");
        while (ui.view.entry.text[1] != '\0')
            press(KEY_BACKSPACE);
        type(" why this line");
        row_shows(ui.view.layout->note_entry, "; why this line");
        press(KEY_UP);
        assert_int_equal(ui.view.line, 4);
        press(KEY_DOWN);
        shows_note("why this line");
        assert_string_equal(listing(5), "LDN 23 16407"); /* unchanged */
        row_shows(0, "*");
        /* Editing a note must start with its old text. */
        type(";");
        assert_string_equal(ui.view.entry.text, "; why this line");
        type("!");
        press(KEY_ESCAPE);
        shows_note("why this line");
        type("; ever");
        press(KEY_ENTER);
        assert_string_equal(session_line(&ui.view.session, 5).note,
                            "why this line ever");
    }
}

static void test_note_after_a_word(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        set_line(1, "SUB 9 ; less line 9  ");
        assert_string_equal(listing(1), "SUB 9 32777");
        assert_string_equal(session_line(&ui.view.session, 1).note,
                            "less line 9");
        set_line(1, "-5;;five");
        assert_string_equal(listing(1), "-5");
        assert_string_equal(session_line(&ui.view.session, 1).note, "five");
        set_line(1, "CMP ;");
        assert_string_equal(listing(1), "CMP 49152");
        assert_string_equal(session_line(&ui.view.session, 1).note, "");
    }
}

static void test_notes_beside_lines(void **state)
{
    (void)state;
    start(50);
    set_line(31, "STP ; the end of the store");
    /* In the listing, notes must be truncated to 19 columns. */
    row_shows(ui.view.layout->store + 31, "the end of the st..");
    set_line(30, "; 123456789 123456789 123456789");
    row_shows(ui.view.layout->store + 30, "123456789 1234567..");
    go_to(30);
    shows_note("123456789 123456789 123456789");
}

static void test_note_typed_on_the_tube(void **state)
{
    (void)state;
    start(50);
    press(KEY_LEFT);
    type(";?");
    assert_int_equal(ui.view.entry.focus, FOCUS_LISTING);
    press(KEY_ENTER);
    assert_string_equal(session_line(&ui.view.session, 1).note,
                        "minus first trial?");
}

static void test_cleared_store_has_no_notes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        row_shows(0, "Highest factor");
        menu('z');
        turn();
        for (unsigned line = 0; line < LINES; line++) {
            assert_string_equal(listing(line), "0");
            assert_string_equal(session_line(&ui.view.session, line).note, "");
        }
        shows_not("keep it");
        shows_not("Highest factor");
        set_line(3, "STP ; mine");
        shows_not("Highest factor");
        assert_string_equal(session_line(&ui.view.session, 4).note, "");
        menu('O');
        type_one(YES, false);
        row_shows(0, "Highest factor");
        go_to(1);
        shows_note("minus first trial");
    }
}

/* Instructions in modern notation and in the notation of the 1951 paper. */
static const struct {
    uint32_t word;
    const char *modern, *paper;
} forms[] = {
    {0x001F, "JMP 31", "31,C"},  {0x2018, "JRP 24", "c+24,C"},
    {0x4018, "LDN 24", "-24,A"}, {0x6000, "STO 0", "a,0"},
    {0x8007, "SUB 7", "a-7,A"},  {0xC000, "CMP", "Test"},
    {0xE000, "STP", "Stop"},
};
#define FORMS (sizeof forms / sizeof forms[0])

static void check_forms(bool paper)
{
    for (unsigned i = 0; i < FORMS; i++) {
        const char *shown = paper ? forms[i].paper : forms[i].modern;

        assert_int_equal(ui.view.session.machine.store[i], forms[i].word);
        assert_memory_equal(listing(i), shown, strlen(shown));
    }
}

static void test_notation_1951(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned j = 0; j < FORMS; j++)
            set_line(j, forms[j].modern);
        check_forms(false);
        type_one('f', true);
        shows("1951 notation");
        check_forms(true);
        row_shows(ui.view.layout->words, "No instruction has been obeyed yet");
        menu('z');
        for (unsigned j = 0; j < FORMS; j++)
            set_line(j, forms[j].paper);
        check_forms(true);
        for (unsigned j = 0; j < FORMS; j++)
            set_line(j, forms[j].modern);
        check_forms(true);
        type_one('f', true);
        check_forms(false);
    }
}

static void test_notation_1951_invalid(void **state)
{
    static const struct {
        const char *typed, *sentence;
    } rows[] = {
        {"-32,A", "line 32 does not exist"},
        {"24,A", "is neither n,C (1951) nor n,Cl (1948)"},
        {"a-", "a-n,A needs a line number (0 to 31)"},
        {"LDN 32", "line 32 does not exist"},
        {"Testing", "no instruction \"Testing\""},
        {"-24,A 7", "the text after \"-24,A\" is not understood"},
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        type_one('f', true);
        for (unsigned j = 0; j < sizeof rows / sizeof rows[0]; j++) {
            type(rows[j].typed);
            press(KEY_ENTER);
            shows(rows[j].sentence);
            assert_non_null(strstr(ui.view.message, "(Esc discards it)"));
            assert_string_equal(ui.view.entry.text, rows[j].typed);
            assert_false(ui.view.session.entered.unsaved);
            press(KEY_ESCAPE);
        }
        set_line(1, "-3");
        assert_string_equal(listing(1), "-3");
        set_line(1, "stop 5");
        assert_string_equal(listing(1), "Stop 57349");
    }
}

/* The notations of the time may be typed whatever the listing shows. */
static void test_historic_notations_typed(void **state)
{
    static const struct {
        const char *typed;
        uint32_t word;
    } rows[] = {
        {"-24,A", 0x4018},   {"a,26", 0x601A}, {"c+20,C", 0x2014},
        {"a-27,A", 0x801B},  {"25,C", 25},     {"-24,C", 0x4018},
        {"c,26", 0x601A},    {"25,Cl", 25},    {"Add 20,Cl", 0x2014},
        {"Sub. 27", 0x801B}, {"Test", 0xC000}, {"Stop", 0xE000},
    };

    (void)state;
    for (unsigned i = 0; i < 2 * SIZES; i++) {
        start(sizes[i / 2]);
        if (i % 2 == 1)
            type_one('f', true);
        for (unsigned j = 0; j < sizeof rows / sizeof rows[0]; j++) {
            set_line(1, rows[j].typed);
            assert_false(ui.view.entry.typing);
            assert_int_equal(ui.view.session.machine.store[1], rows[j].word);
            assert_int_equal(ui.view.session.notes.numbers >> 1 & 1, 0);
        }
    }
}

static const uint32_t numbers[] = {
    0,          1,          0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, 262143,
    0xFFFFFFFD, 0xA5A5A5A5, 0xABC,      0x0000B1E5, 0x00010000, 31,
};
#define NUMBERS (sizeof numbers / sizeof numbers[0])

/* Returns the number that the listing shows for LINE. */
static const char *number_shown(unsigned line)
{
    const char *blank;
    const char *shown = listing(line);

    if (ui.view.notation == NOTATION_DIGITS && !ui.view.layout->halves)
        return part(ui.view.layout->store + line, LISTING_COLUMN + 10, DIGITS);
    blank = strrchr(shown, ' ');
    return blank != NULL ? blank + 1 : shown;
}

/* Typing a number as it is shown must give the same word. */
static void check_notation(void)
{
    for (unsigned i = 0; i < NUMBERS; i++) {
        char shown[DIGITS + 1];

        snprintf(shown, sizeof shown, "%s", number_shown(i));
        set_line(31, "0");
        set_line(31, shown);
        if (ui.view.session.machine.store[31] != numbers[i])
            fail_msg("%s for %08x became %08x", shown, numbers[i],
                     ui.view.session.machine.store[31]);
        assert_string_equal(number_shown(31), shown);
    }
}

static void test_notations(void **state)
{
    static const char *const says[] = {
        "Numbers: hexadecimal", "Numbers: 32 digits", "Numbers: decimal"};
    static const char *const of_minus_3[SIZES][3] = {
        {"0xFFFFFFFD", "10111111111111111111111111111111", "-3"},
        {"0xFFFFFFFD", "0xFFFFFFFD", "-3"},
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        menu('z');
        for (unsigned j = 0; j < NUMBERS; j++) {
            char decimal[16];

            snprintf(decimal, sizeof decimal, "%d", (int)numbers[j]);
            set_line(j, decimal);
        }
        check_notation();
        for (unsigned j = 0; j < 3; j++) {
            type_one('n', true);
            shows(says[j]);
            check_grid();
            assert_string_equal(number_shown(6), of_minus_3[i][j]);
            check_notation();
        }
    }
}

/* Instructions must be shown with their mnemonic in every number notation. */
static void test_notations_of_instructions(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        assert_string_equal(listing(1), "LDN 24 16408");
        type_one('n', true);
        assert_string_equal(listing(1), "LDN 24 0x00004018");
        type_one('n', true);
        shows("LDN 24 ");
        shows(sizes[i] == 50 ? "00011000000000100000000000000000"
                             : "LDN 24 0x00004018 ");
    }
}

static void test_edited_mark(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        assert_null(strchr(row_text(0), '*'));
        press(KEY_F6); /* Words stored by the program itself are not edits. */
        press(KEY_F6);
        assert_null(strchr(row_text(0), '*'));
        set_line(2, "STO 27");
        row_shows(0, " *");
        type_one('z', true);
        assert_null(strchr(row_text(0), '*'));
        type_one('y', true);
        row_shows(0, " *");
        type_one('z', true);
        type("; note");
        press(KEY_ENTER);
        row_shows(0, " *");
        press(KEY_LEFT);
        type("1 0 ");
        type_one('z', true);
        row_shows(0, " *");
        for (unsigned j = 0; j < 10; j++)
            type_one('z', true);
        assert_null(strchr(row_text(0), '*'));
        shows("Nothing to undo");
        menu('O');
        shows("The program is again as in the file");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invalid_entries),
        cmocka_unit_test(test_long_entry_is_seen),
        cmocka_unit_test(test_valid_entries),
        cmocka_unit_test(test_corrected_entry),
        cmocka_unit_test(test_blank_after_word),
        cmocka_unit_test(test_control_writes_nothing),
        cmocka_unit_test(test_delete_while_typing),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_delete),
        cmocka_unit_test(test_digits_are_seen),
        cmocka_unit_test(test_digits_typed),
        cmocka_unit_test(test_longest_entry),
        cmocka_unit_test(test_long_notes),
        cmocka_unit_test(test_escape_held),
        cmocka_unit_test(test_load_drops_the_entry),
        cmocka_unit_test(test_note_stays_with_its_line),
        cmocka_unit_test(test_note_alone),
        cmocka_unit_test(test_note_after_a_word),
        cmocka_unit_test(test_notes_beside_lines),
        cmocka_unit_test(test_note_typed_on_the_tube),
        cmocka_unit_test(test_cleared_store_has_no_notes),
        cmocka_unit_test(test_notation_1951),
        cmocka_unit_test(test_notation_1951_invalid),
        cmocka_unit_test(test_historic_notations_typed),
        cmocka_unit_test(test_notations),
        cmocka_unit_test(test_notations_of_instructions),
        cmocka_unit_test(test_edited_mark),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
