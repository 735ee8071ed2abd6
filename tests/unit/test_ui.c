/* SPDX-License-Identifier: MIT */
/* Tests the console as a whole, using its keys and screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ui/base/tube.h"
#include "console.h"
#include "console/theme.h"
#include "ui/ui.h"

static void test_start(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        check_grid();
        check_tube();
        row_shows(0, "Baby");
        row_shows(0, "Highest factor of 2^18, July 1948");
        row_shows(0, "STOPPED");
        row_shows(0, "real speed");
        assert_string_equal(listing(1), "LDN 24 16408");
        assert_string_equal(listing(13), "STP 57344");
        assert_string_equal(listing(20), "-3");
        assert_string_equal(listing(24), "262143");
        assert_string_equal(listing(0), "0");
        shows("No instruction has been obeyed yet; line 1 is next");
        shows("0 instructions   0.000 s of machine time");
        assert_string_equal(ui.view.message, "");
        assert_int_equal(ui.view.request, REQUEST_NONE);
    }
    start(50);
    shows("F5 runs, F6 executes one instruction");
    row_shows(ui.view.layout->store + 1, "minus first trial");
}

static void test_all_lines(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned line = 0; line < LINES; line++) {
            bool odd = sizes[i] == 24 && line % 2;
            unsigned row =
                ui.view.layout->store + line / (sizes[i] == 24 ? 2 : 1);
            char number[4], value[12];

            ui.view.session.machine.store[line] = 0x80000000u + line * 1000003u;
            ui.view.session.notes.numbers = UINT32_MAX;
            ui.view.changed = true;
            turn();
            snprintf(number, sizeof number, "%02u", line);
            snprintf(value, sizeof value, "%d",
                     (int)ui.view.session.machine.store[line]);
            assert_string_equal(listing(line), value);
            if (!odd)
                assert_string_equal(part(row, 0, 2), number);
            assert_string_equal(
                part(row,
                     sizes[i] == 50
                         ? LISTING_COLUMN + 1
                         : NARROW_COLUMN + 1 + (odd ? LISTING_NARROW : 0),
                     2),
                number);
        }
        check_tube();
    }
}

static void test_program_of_boot_line(void **state)
{
    struct library_file module = file("mine", "; Mine\n1 STP\n");
    struct library_file broken = file("bad.asm", "1 LDN 1\n2 FOO 3\n");

    (void)state;
    start_with(50, "", &module, 1);
    row_shows(0, "Mine");
    start_with(50, "program=hcf run", &module, 1);
    row_shows(0, "Highest common factor");
    assert_true(session_runs(&ui.view.session));
    start_with(50, "speed=1 run", &module, 1);
    assert_true(session_runs(&ui.view.session));
    start_with(50, "program=nothere", NULL, 0);
    shows("There is no program called \"nothere\"; F2 lists the programs");
    row_shows(0, "July 1948");
    start_with(50, "run", &broken, 1);
    shows("bad.asm:2: there is no instruction \"FOO\"");
    row_shows(0, "July 1948");
    assert_false(session_runs(&ui.view.session));
    start_with(24, "speed=7", NULL, 0);
    row_shows(0, "7 per second");
}

/* The theme= option must select a theme. */
static void test_theme_of_boot_line(void **state)
{
    (void)state;
    start(50);
    assert_int_equal(ui.view.theme, THEME_GREEN);
    start_with(50, "theme=mono", NULL, 0);
    assert_int_equal(ui.view.theme, THEME_MONO);
}

/* Large letters are those of 24 rows, on any page, until the key is pressed
   again. */
static void test_large_letters(void **state)
{
    static const unsigned rows[] = {50, 54};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(rows[i]);
        press(KEY_TAB);
        type_one('e', true);
        assert_int_equal(ui.view.cells.rows, 24);
        assert_int_equal(ui.view.cells.columns, 80);
        shows("Large letters: 24 rows");
        check_grid();
        press(KEY_F1);
        assert_int_equal(ui.view.cells.rows, 24);
        press(KEY_ESCAPE);
        type_one('e', true);
        assert_int_equal(ui.view.cells.rows, rows[i]);
        shows("Small letters");
        shows("Typewriter");
        check_grid();
    }
    start(24);
    type_one('e', true);
    assert_int_equal(ui.view.cells.rows, 24);
    shows("no more than 24 rows");
    assert_false(ui.view.large_letters);
}

static bool wide_digit(unsigned line, unsigned digit)
{
    unsigned row = ui.view.cells.rows - 50;
    unsigned column = 2 + TUBE_COLUMN + 2 * digit;
    uint16_t is =
        ui.view.cells.at[row / 2 + ui.view.layout->store + line][column];

    return (is & 0xFF) == CHAR_WIDE;
}

/* A wide screen has two columns per digit, complete notes, and bars across. */
static void test_wide_screen(void **state)
{
    (void)state;
    start(54);
    assert_int_equal(ui.view.cells.columns, 128);
    check_grid();
    for (unsigned line = 0; line < LINES; line++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            assert_int_equal(wide_digit(line, digit),
                             ui.view.session.machine.store[line] >> digit & 1);
    shows("trial, then the answer");
    row_shows(0, "Baby Editor");
    row_shows(53, "Esc Menu");
    for (unsigned column = 0; column < 128; column++) {
        assert_int_equal(ui.view.cells.at[0][column] >> 8, ATTR_BAR);
        assert_int_equal(ui.view.cells.at[52][column] & 0xFF, ' ');
    }
}

/* Each page must fit on a wide screen of any size, and show what it shows on a
   screen of 50 rows. */
static void test_wide_pages(void **state)
{
    static const struct {
        enum key key;
        const char *words;
    } pages[] = {
        {KEY_TAB, "Typewriter"},       {KEY_F1, "Help 1 of"},
        {KEY_F2, "Ducks on a pond"},   {KEY_F3, "store="},
        {KEY_F4, "T-state"},           {KEY_F10, "Leave"},
        {KEY_ESCAPE, "Menu: press a"},
    };

    (void)state;
    for (unsigned rows = 51; rows <= CELLS_ROWS_MAX; rows += 3) {
        for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
            start(rows);
            press(pages[i].key);
            shows(pages[i].words);
            check_grid();
        }
    }
}

static void test_two_warnings_at_start(void **state)
{
    (void)state;
    start_with(50, "program=nothere color", NULL, 0);
    shows("boot option");
    shows("\"color\" is unknown");
    shows("no program called \"nothere\"");
}

/* Types the lines of a program given as the text of an .asm file. */
static void type_program(const char *text)
{
    for (; *text != '\0'; text += strcspn(text, "\n") + 1) {
        unsigned line;
        char word[40];

        if (sscanf(text, "%u%*1[ ]%39[A-Z0-9 -]", &line, word) < 2)
            continue;
        assert_in_range(line, 0, LINES - 1);
        while (ui.view.line != line)
            press(KEY_DOWN);
        type(squeeze(word));
        press(KEY_ENTER);
        assert_false(ui.view.entry.typing);
        assert_int_equal(ui.view.line, (line + 1) % LINES);
    }
}

static void check_answer(void)
{
    const struct machine *machine = &ui.view.session.machine;

    assert_int_equal(machine->store[27], 131072);
    assert_int_equal(machine->store[26], (uint32_t)-131072);
    assert_int_equal(machine->ci, 13);
    assert_int_equal(machine->instructions, 2097154);
    assert_true(machine->neon);
    assert_string_equal(listing(27), "131072");
    assert_string_equal(listing(26), "-131072");
    assert_string_equal(listing(13), "STP 57344");
    row_shows(0, "STOP");
    row_shows(ui.view.layout->registers + 1, " 13 ");
    shows("STP   the machine has stopped at line 13");
    shows("2 097 154 instructions   50 min 19.9 s of machine time");
    shows("Stopped: press F6, then F5 to continue");
    check_tube();
    check_grid();
}

static void test_july_1948_by_hand(void **state)
{
    size_t size;
    char *text = slurp(PROGRAMS "july1948.asm", &size);

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        menu('Z');
        shows("KSC: the store is cleared (Ctrl-Z undoes this)");
        for (unsigned line = 0; line < LINES; line++) {
            assert_int_equal(ui.view.session.machine.store[line], 0);
            assert_string_equal(listing(line), "0");
        }
        press(KEY_HOME);
        type_program(text);
        assert_memory_equal(ui.view.session.machine.store,
                            ui.view.session.loaded.program.store,
                            sizeof ui.view.session.machine.store);
        menu('M');
        press(KEY_F5);
        assert_true(session_runs(&ui.view.session));
        row_shows(0, "RUNNING");
        row_shows(0, "flat out");
        run_to_end();
        check_answer();
    }
    free(text);
}

static void test_run_and_stop(void **state)
{
    uint64_t prepulses;

    (void)state;
    start(50);
    press(KEY_F5);
    row_shows(0, "RUNNING");
    shows("F5 stops");
    for (unsigned i = 0; i < 50; i++)
        turn();
    prepulses = ui.view.session.machine.prepulses;
    assert_in_range(prepulses, 700, 720);
    press(KEY_F5);
    row_shows(0, "STOPPED");
    prepulses = ui.view.session.machine.prepulses;
    turn();
    turn();
    assert_int_equal(ui.view.session.machine.prepulses, prepulses);
    assert_string_equal(ui.view.message, "");
}

static void test_one_prepulse(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F6);
        assert_int_equal(ui.view.session.machine.prepulses, 1);
        assert_int_equal(ui.view.session.machine.ci, 1);
        assert_int_equal(ui.view.session.machine.a, (uint32_t)-262143);
        shows("LDN 24   A = 0 - 262143 = -262143");
        shows("1 instruction   0.001 s of machine time");
        press(KEY_F6);
        assert_int_equal(ui.view.session.machine.ci, 2);
        assert_int_equal(ui.view.session.machine.store[26], (uint32_t)-262143);
        shows("STO 26   line 26 is set to A = -262143");
        press(KEY_F5);
        press(KEY_F6);
        assert_false(session_runs(&ui.view.session));
    }
}

static void test_after_stop(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "program=july1948 speed=max run", NULL, 0);
        run_to_end();
        check_answer();
        press(KEY_F5);
        assert_false(session_runs(&ui.view.session));
        shows("The stop lamp is lit and blocks prepulses.");
        shows("F6 executes one");
        assert_int_equal(ui.view.session.machine.prepulses, 2097154);
        press(KEY_F6);
        assert_int_equal(ui.view.session.machine.ci, 14);
        assert_false(ui.view.session.machine.neon);
        row_shows(0, "STOPPED");
        press(KEY_F5);
        assert_true(session_runs(&ui.view.session));
        row_shows(0, "RUNNING");
    }
}

static void test_hung(void **state)
{
    struct library_file module = file("hangs", HANGING);

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "speed=1 run", &module, 1);
        run_to_end();
        row_shows(0, "HUNG");
        assert_int_equal(ui.view.session.machine.instructions, 2);
        assert_int_equal(ui.view.session.machine.prepulses, 3);
        shows("no instruction was fetched");
        shows("Hung: clear control (Esc, C) or load a program");
        press(KEY_F5);
        assert_false(session_runs(&ui.view.session));
        shows("The machine hangs: digits 13-15 of CI");
        press(KEY_F6);
        assert_int_equal(ui.view.session.machine.prepulses, 4);
        row_shows(0, "HUNG");
        menu('C');
        row_shows(0, "STOPPED");
        assert_int_equal(ui.view.session.machine.ci, 0);
        press(KEY_F5);
        assert_true(session_runs(&ui.view.session));
    }
}

static void test_speed_keys(void **state)
{
    (void)state;
    start(50);
    press_times(KEY_F12, 3);
    assert_int_equal(ui.view.session.pace.speed, SPEED_REAL + 3);
    shows("Speed: 100x speed");
    press_times(KEY_F12, 10);
    assert_int_equal(ui.view.session.pace.speed, SPEED_MAX);
    type_one('d', true);
    assert_int_equal(ui.view.session.pace.speed, SPEED_MAX - 1);
    type_one('u', true);
    assert_int_equal(ui.view.session.pace.speed, SPEED_MAX);
    press_times(KEY_F11, 12);
    assert_int_equal(ui.view.session.pace.speed, SPEED_1);
    row_shows(0, "1 per second");
    assert_false(ui.view.entry.typing);
}

static void test_levels(void **state)
{
    static const struct {
        uint32_t level;
        uint8_t look;
    } at[] = {
        {0, 0x08},
        {PHOSPHOR_ONE / 16, 0x08}, /* level due to the refresh scan */
        {PHOSPHOR_ONE / 12 - 1, 0x08},
        {PHOSPHOR_ONE / 12, 0x02},
        {PHOSPHOR_ONE / 8 - 1, 0x02},
        {PHOSPHOR_ONE / 8, 0x07},
        {PHOSPHOR_ONE * 3 / 16 - 1, 0x07},
        {PHOSPHOR_ONE * 3 / 16, 0x0A},
        {PHOSPHOR_ONE * 3 / 8 - 1, 0x0A},
        {PHOSPHOR_ONE * 3 / 8, 0x0E},
        {PHOSPHOR_ONE * 3 / 4 - 1, 0x0E},
        {PHOSPHOR_ONE * 3 / 4, 0x0F},
        {PHOSPHOR_ONE * 2, 0x0F},
    };

    (void)state;
    start(50);
    for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
        ui.view.session.phosphor.level[i] = at[i].level;
        tube_draw(&ui.view);
        assert_int_equal(attribute_at(ui.view.layout->store + i, TUBE_COLUMN),
                         at[i].look);
    }
    start(24);
    for (unsigned i = 0; i < 4; i++)
        ui.view.session.phosphor.level[i] =
            i == 1 || i == 2 ? PHOSPHOR_ONE / 2 : 0;
    tube_draw(&ui.view);
    assert_int_equal(attribute_at(ui.view.layout->store, TUBE_COLUMN), 0x0E);
    assert_int_equal(attribute_at(ui.view.layout->store + 1, TUBE_COLUMN),
                     0x0E);
}

/* Returns whether two rows show all words of TEXT, or end with "...". */
static bool shown_whole(const char *text, unsigned row)
{
    char both[2 * PAGE_COLUMNS + 2], word[MESSAGE_SIZE];
    const char *at = both;
    int used;

    snprintf(both, sizeof both, "%s ", squeeze(row_text(row)));
    strcat(both, squeeze(row_text(row + 1)));
    if (strstr(both, "...") != NULL)
        return true;
    for (; sscanf(text, "%239s%n", word, &used) == 1; text += used) {
        at = strstr(at, word);
        if (at == NULL)
            return false;
        at += strlen(word);
    }
    return true;
}

static const char *const boot_lines[] = {
    "foo",
    "vga=0x318 quiet",
    "speed=fast video=mda engine=steam",
    "one two three four five six seven eight nine",
    "aVeryLongWordThatNobodyWouldEverWriteOnABootLineOfAnyMachineAtAll",
};

static void test_boot_warnings(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned count = sizeof boot_lines / sizeof boot_lines[0];

        for (unsigned j = 0; j < count; j++) {
            start_with(sizes[i], boot_lines[j], NULL, 0);
            check_grid();
            shows("boot option \"");
            if (!shown_whole(ui.view.message, ui.view.layout->message - 1)) {
                print_screen();
                fail_msg("not all of: %s", ui.view.message);
            }
            press(KEY_DOWN);
            assert_string_equal(ui.view.message, "");
            shows_not("boot option");
        }
    }
}

static void test_messages_of_any_length(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned length = 1; length < MESSAGE_SIZE; length++) {
            memset(ui.view.message, 'x', length);
            ui.view.message[length] = '\0';
            if (length > 90)
                ui.view.message[length - 80] = ' ';
            ui.view.changed = true;
            turn();
            check_grid();
            row_shows(ui.view.layout->message, "x");
        }
    }
}

/* On a fast PC, count, time and rate must still fit side by side. */
static void test_counts_beside_rate(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "program=ducks run", NULL, 0);
        ui.view.session.machine.instructions = 12345678901;
        ui.view.session.machine_us = 17777777617440;
        ui.view.rate =
            (struct rate){.begun = true,
                          .known = true,
                          .since = now,
                          .prepulses = ui.view.session.machine.prepulses,
                          .thousandths = 61000000000};
        ui.view.changed = true;
        turn_by(0);
        shows("12 345 678 901 instructions");
        shows("of machine time  ");
        shows(" x 1948");
    }
}

/* Returns the rate shown on the screen, in tenths of a prepulse per second. */
static unsigned shown_rate(void)
{
    int row = find("/s, ");
    const char *text, *from;
    float rate;

    assert_true(row >= 0);
    text = row_text((unsigned)row);
    from = strstr(text, "/s, ");
    bool thousands = from[-1] == 'k';

    for (from -= thousands + 2; *from != ' ';)
        from--;
    rate = strtof(from, NULL);
    return (unsigned)(rate * (thousands ? 10000 : 10) + 0.5F);
}

/* The rate shown must be the one selected, even at slow speeds. */
static void test_rate(void **state)
{
    static const unsigned expected[] = {10, 20, 70, 6940, 8170, 69440};

    (void)state;
    for (unsigned speed = 0; speed < 6; speed++) {
        unsigned is;

        start_with(50, "program=ducks", NULL, 0);
        pace_set(&ui.view.session.pace, speed);
        press(KEY_F5);
        for (unsigned i = 0; i < 3000; i++)
            turn_by(5000);
        for (unsigned i = 0; i < 400; i++) {
            turn_by(5000);
            is = shown_rate();
            if (is * 100 < expected[speed] * 98 ||
                is * 100 > expected[speed] * 102)
                fail_msg("%s shows %u tenths", speeds[speed].label, is);
        }
    }
}

static void test_real_is_1948(void **state)
{
    (void)state;
    start_with(50, "program=ducks run", NULL, 0);
    for (unsigned i = 0; i < 30; i++)
        turn();
    for (unsigned i = 0; i < 100; i++) {
        turn();
        shows(" x 1948");
        shows_not("0.99 x 1948");
    }
}

static void test_machine_time(void **state)
{
    (void)state;
    start_with(50, "program=ducks run", NULL, 0);
    for (unsigned i = 0; i < 180; i++)
        turn();
    press(KEY_F5);
    assert_in_range(ui.view.session.machine_us, 3590000, 3620000);
    shows(" s of machine time");
    ui.view.session.machine_us = 3600000000u;
    press(KEY_DOWN);
    shows("1 h 0 min ");
}

static void test_long_title(void **state)
{
    struct library_file module =
        file("long", "; A title that goes on and on, past every column "
                     "there is to hold it all on one row\n1 STP\n");

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "speed=8.5us", &module, 1);
        row_shows(0, "A title that goes on and on, past ev.. ");
        row_shows(0, "STOPPED");
        row_shows(0, "8.5 us digits");
        press(KEY_DELETE);
        row_shows(0, "*");
    }
}

static void test_unchanged_screen(void **state)
{
    bool drawn;

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned j = 0; j < 500; j++)
            turn();
        now += 3600 * UINT64_C(1000000);
        assert_int_equal(ui_turn(&ui, now, &drawn), UI_NOTHING_DUE);
        assert_false(drawn);
        press(KEY_LEFT);
        type(" ");
        turn();
        assert_int_equal(ui.view.session.machine.store[1], 0x80004018);
        check_tube();
        for (unsigned j = 0; j < 500; j++)
            turn();
        press(KEY_F6);
        turn();
        check_tube();
        row_shows(ui.view.layout->registers + 1, " 1 ");
    }
}

static void test_sleep(void **state)
{
    bool drawn;
    uint32_t wait;

    (void)state;
    start(50);
    wait = ui_turn(&ui, now, &drawn);
    assert_false(drawn);
    assert_true(wait > 0);
    send((struct event){.key = KEY_DOWN, .down = true});
    ui_turn(&ui, now, &drawn);
    assert_true(drawn);
    send((struct event){.key = KEY_DOWN});
    ui_turn(&ui, now, &drawn);
    assert_false(drawn);
    press(KEY_F5);
    assert_in_range(ui_turn(&ui, now, &drawn), 0, 1440);
    pace_set(&ui.view.session.pace, SPEED_MAX);
    assert_int_equal(ui_turn(&ui, now, &drawn), 0);
}

/* KCC must not cancel a pending skip, so the next line is 2. */
static void test_clear_control_after_test(void **state)
{
    (void)state;
    start(50);
    set_line(1, "LDN 5");
    set_line(2, "CMP");
    set_line(3, "STP");
    set_line(5, "3");
    press_times(KEY_F6, 2);
    shows("the next line is skipped");
    menu('c');
    shows("line 2 is next, because the last CMP skips a line");
    shows("No instruction has been obeyed yet; line 2 is next");
    press(KEY_F6);
    assert_int_equal(ui.view.session.machine.ci, 2);
}

static void test_stop_replaces_message(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "program=hcf run", NULL, 0);
        menu('m');
        run_to_end();
        shows("the machine has stopped at line 16");
        shows("417 instructions");
        shows_not("Speed: flat out");
    }
}

static void test_power_off_failed(void **state)
{
    (void)state;
    start(24);
    menu('Q');
    type("y");
    assert_int_equal(ui.view.request, REQUEST_POWER_OFF);
    ui_request_failed(&ui);
    turn();
    assert_int_equal(ui.view.request, REQUEST_NONE);
    shows("This PC cannot switch itself off");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_all_lines),
        cmocka_unit_test(test_program_of_boot_line),
        cmocka_unit_test(test_theme_of_boot_line),
        cmocka_unit_test(test_large_letters),
        cmocka_unit_test(test_wide_screen),
        cmocka_unit_test(test_wide_pages),
        cmocka_unit_test(test_two_warnings_at_start),
        cmocka_unit_test(test_july_1948_by_hand),
        cmocka_unit_test(test_run_and_stop),
        cmocka_unit_test(test_one_prepulse),
        cmocka_unit_test(test_after_stop),
        cmocka_unit_test(test_hung),
        cmocka_unit_test(test_speed_keys),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_boot_warnings),
        cmocka_unit_test(test_messages_of_any_length),
        cmocka_unit_test(test_counts_beside_rate),
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_real_is_1948),
        cmocka_unit_test(test_machine_time),
        cmocka_unit_test(test_long_title),
        cmocka_unit_test(test_unchanged_screen),
        cmocka_unit_test(test_sleep),
        cmocka_unit_test(test_clear_control_after_test),
        cmocka_unit_test(test_stop_replaces_message),
        cmocka_unit_test(test_power_off_failed),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
