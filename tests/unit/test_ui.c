/* SPDX-License-Identifier: MIT */
/*
 * The operator's console as a person meets it: keys go in, and what is on the
 * screen and in the machine is looked at.
 */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <glob.h>

#include "console/theme.h"
#include "ui/commands.h"
#include "ui/page.h"
#include "ui/ui.h"

#define PROGRAMS "boot/programs/"
#define FOUND    "Found: screen VGA text, keyboard 8042, COM1 yes"
#define FRAME    20000u
#define YES      'y'
#define NO       'n'

static struct ui ui;
static uint64_t now;
static unsigned speed_of_pc; /* instructions in a microsecond */

static const unsigned sizes[] = {50, 24};
#define SIZES (sizeof sizes / sizeof sizes[0])

/* --------------------------------------------------------- the files --- */

static struct library shipped;

static char *slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(65536);

    assert_non_null(file);
    assert_non_null(text);
    *size = fread(text, 1, 65535, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

static char *name_of(const char *path)
{
    char *name = strdup(path + strlen(PROGRAMS));

    assert_non_null(name);
    *strrchr(name, '.') = '\0';
    return name;
}

static int read_programs(void **state)
{
    glob_t paths;

    (void)state;
    if (glob(PROGRAMS "*.asm", 0, NULL, &paths) != 0)
        return -1;
    for (size_t i = 0; i < paths.gl_pathc; i++) {
        size_t size;
        char *text = slurp(paths.gl_pathv[i], &size);

        library_add(&shipped, name_of(paths.gl_pathv[i]), text, size);
    }
    globfree(&paths);
    return 0;
}

static int free_programs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < shipped.count; i++) {
        free((char *)(uintptr_t)shipped.file[i].name);
        free((char *)(uintptr_t)shipped.file[i].text);
    }
    return 0;
}

/* -------------------------------------------------------- the screen --- */

/* A cell as one character of ASCII; '?' for what has none. */
static char plain(uint16_t cell)
{
    uint8_t character = (uint8_t)cell;

    switch (character) {
    case CHAR_DASH:
        return '-';
    case CHAR_DOT:
        return '.';
    default:
        return character >= ' ' && character < 0x7F ? (char)character : '?';
    }
}

static const char *part(unsigned row, unsigned column, unsigned width)
{
    static char text[CELLS_COLUMNS + 1];

    assert_true(row < ui.cells.rows && column + width <= CELLS_COLUMNS);
    for (unsigned i = 0; i < width; i++)
        text[i] = plain(ui.cells.at[row][column + i]);
    text[width] = '\0';
    return text;
}

static const char *row_text(unsigned row)
{
    return part(row, 0, CELLS_COLUMNS);
}

/* Without blanks at the ends, and with one where there were several. */
static const char *squeeze(const char *from)
{
    static char text[CELLS_COLUMNS + 1];
    size_t length = 0;

    for (; *from != '\0'; from++)
        if (*from != ' ' || (length > 0 && text[length - 1] != ' '))
            text[length++] = *from;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    return text;
}

static void print_screen(void)
{
    for (unsigned row = 0; row < ui.cells.rows; row++)
        print_error("%s\n", row_text(row));
}

/* The row that shows TEXT, or -1. */
static int find(const char *text)
{
    for (unsigned row = 0; row < ui.cells.rows; row++)
        if (strstr(row_text(row), text) != NULL)
            return (int)row;
    return -1;
}

static void shows(const char *text)
{
    if (find(text) >= 0)
        return;
    print_screen();
    fail_msg("not on the screen: \"%s\"", text);
}

static void shows_not(const char *text)
{
    if (find(text) < 0)
        return;
    print_screen();
    fail_msg("on the screen: \"%s\"", text);
}

static void row_shows(unsigned row, const char *text)
{
    if (strstr(row_text(row), text) == NULL)
        fail_msg("row %u has no \"%s\": %s", row, text, row_text(row));
}

/* All cells of the grid were drawn, and none beyond it. */
static void check_grid(void)
{
    for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
        for (unsigned column = 0; column < CELLS_COLUMNS; column++)
            if ((ui.cells.at[row][column] != 0) != (row < ui.cells.rows))
                fail_msg("cell %u,%u", row, column);
}

/* What the listing says of LINE. */
static const char *listing(unsigned line)
{
    const struct layout *layout = ui.layout;

    if (layout->halves)
        return squeeze(part(layout->store + line / 2,
                            LISTING_COLUMN + 3 + line % 2 * 21, 17));
    return squeeze(part(layout->store + line, LISTING_COLUMN + 4, 18));
}

static bool tube_digit(unsigned line, unsigned digit)
{
    const struct layout *layout = ui.layout;
    unsigned row = layout->store + (layout->halves ? line / 2 : line);
    uint8_t is = (uint8_t)ui.cells.at[row][TUBE_COLUMN + digit];

    if (!layout->halves)
        return is == CHAR_DASH;
    return is == CHAR_BOTH_HALVES ||
           is == (line % 2 ? CHAR_LOWER_HALF : CHAR_UPPER_HALF);
}

static void check_tube(void)
{
    for (unsigned line = 0; line < LINES; line++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            if (tube_digit(line, digit) !=
                (ui.desk.machine.store[line] >> digit & 1))
                fail_msg("line %u, digit %u", line, digit);
}

static uint8_t look(unsigned row, unsigned column)
{
    return (uint8_t)(ui.cells.at[row][column] >> 8);
}

/* ---------------------------------------------------------- the keys --- */

static void turn_by(uint64_t step)
{
    uint64_t before = ui.desk.machine.prepulses;
    bool drawn;

    now += step;
    ui_turn(&ui, now, &drawn);
    if (ui.desk.machine.prepulses >= before)
        ui_took(&ui, 300 + (ui.desk.machine.prepulses - before) / speed_of_pc);
}

static void turn(void)
{
    turn_by(FRAME);
}

static void send(struct event event)
{
    ui_event(&ui, &event);
}

static void press(enum key key)
{
    send((struct event){.key = key, .down = true});
    send((struct event){.key = key});
    turn();
}

static void repeat(enum key key)
{
    send((struct event){.key = key, .down = true, .repeat = true});
    turn();
}

static void type_one(char c, bool control)
{
    struct event event = {KEY_CHARACTER, c, .down = true, .control = control};

    send(event);
    event.down = false;
    send(event);
    turn();
}

static void type(const char *text)
{
    for (; *text != '\0'; text++)
        type_one(*text, false);
}

static void press_times(enum key key, unsigned times)
{
    while (times-- > 0)
        press(key);
}

static void menu(char letter)
{
    assert_int_equal(ui.page, PAGE_EDITOR);
    press(KEY_ESCAPE);
    assert_int_equal(ui.page, PAGE_MENU);
    type_one(letter, false);
}

static void set_line(unsigned line, const char *word)
{
    press(KEY_HOME);
    press_times(KEY_DOWN, line);
    type(word);
    press(KEY_ENTER);
}

static void run_to_end(void)
{
    for (unsigned i = 0; i < 100000 && desk_runs(&ui.desk); i++)
        turn();
    assert_false(desk_runs(&ui.desk));
    turn();
    turn();
}

/* A console with MODULES files, begun with the boot line COMMAND. */
static void start_with(unsigned rows, const char *command,
                       const struct library_file *modules, unsigned count)
{
    char buffer[MESSAGE_SIZE];
    struct text complaints = text_begin(buffer, sizeof buffer);
    struct options options;

    memset(&ui, 0, sizeof ui);
    now = 1000000;
    speed_of_pc = 20;
    ui.serial = true;
    for (unsigned i = 0; i < count; i++)
        library_add(&ui.library, modules[i].name, modules[i].text,
                    modules[i].size);
    for (unsigned i = 0; i < shipped.count; i++)
        library_add(&ui.library, shipped.file[i].name, shipped.file[i].text,
                    shipped.file[i].size);
    options_read(&options, command, &complaints);
    ui_start(&ui, rows, &options, count, "july1948", buffer, FOUND, now);
    turn();
}

static void start(unsigned rows)
{
    start_with(rows, "", NULL, 0);
}

static struct library_file file(const char *name, const char *text)
{
    return (struct library_file){name, text, strlen(text)};
}

/* ---------------------------------------------------------- at start --- */

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
        shows("Nothing obeyed yet; line 1 is next");
        shows("0 instructions   0.000 s of machine time");
        assert_string_equal(ui.message, "");
        assert_int_equal(ui.wish, WISH_NONE);
    }
    start(50);
    shows("F5 runs, F6 obeys one line");
    row_shows(ui.layout->store + 1, "minus first trial");
}

static void test_line_of_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        char item[40];

        start(sizes[i]);
        for (unsigned j = 0; j < command_count; j++) {
            if (command_table[j].brief == NULL)
                continue;
            snprintf(item, sizeof item, " %s ", command_table[j].brief);
            row_shows(sizes[i] - 1, item);
        }
        row_shows(sizes[i] - 1, " Esc Menu");
    }
}

static void test_all_lines(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned line = 0; line < LINES; line++) {
            bool odd = sizes[i] == 24 && line % 2;
            unsigned row = ui.layout->store + line / (sizes[i] == 24 ? 2 : 1);
            char number[4], value[12];

            ui.desk.machine.store[line] = 0x80000000u + line * 1000003u;
            ui.desk.numbers = UINT32_MAX;
            ui.changed = true;
            turn();
            snprintf(number, sizeof number, "%02u", line);
            snprintf(value, sizeof value, "%d",
                     (int)ui.desk.machine.store[line]);
            assert_string_equal(listing(line), value);
            if (!odd)
                assert_string_equal(part(row, 0, 2), number);
            assert_string_equal(part(row,
                                     sizes[i] == 50
                                         ? LISTING_COLUMN + 1
                                         : LISTING_COLUMN + (odd ? 21 : 0),
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
    assert_true(desk_runs(&ui.desk));
    start_with(50, "speed=1 run", &module, 1);
    assert_true(desk_runs(&ui.desk));
    start_with(50, "program=nothere", NULL, 0);
    shows("There is no program called \"nothere\"; F2 lists them");
    row_shows(0, "July 1948");
    start_with(50, "run", &broken, 1);
    shows("bad.asm:2: there is no instruction \"FOO\"");
    row_shows(0, "July 1948");
    assert_false(desk_runs(&ui.desk));
    start_with(24, "speed=7", NULL, 0);
    row_shows(0, "7 a second");
}

/* What is wrong in two ways is said twice. */
static void test_theme_of_boot_line(void **state)
{
    (void)state;
    start(50);
    assert_int_equal(ui.theme, THEME_GREEN);
    start_with(50, "theme=mono", NULL, 0);
    assert_int_equal(ui.theme, THEME_MONO);
}

static void test_two_complaints_at_start(void **state)
{
    (void)state;
    start_with(50, "program=nothere color", NULL, 0);
    shows("\"color\" is not known");
    shows("no program called \"nothere\"");
}

/* ----------------------------------------------- the program of 1948 --- */

/* Types the program in TEXT, an .asm of lines in order. */
static void type_program(const char *text)
{
    for (; *text != '\0'; text += strcspn(text, "\n") + 1) {
        unsigned line;
        char word[40];

        if (sscanf(text, "%u%*1[ ]%39[A-Z0-9 -]", &line, word) < 2)
            continue;
        assert_in_range(line, 0, LINES - 1);
        while (ui.line != line)
            press(KEY_DOWN);
        type(squeeze(word));
        press(KEY_ENTER);
        assert_false(ui.typing);
        assert_int_equal(ui.line, (line + 1) % LINES);
    }
}

static void check_answer(void)
{
    const struct machine *machine = &ui.desk.machine;

    assert_int_equal(machine->store[27], 131072);
    assert_int_equal(machine->store[26], (uint32_t)-131072);
    assert_int_equal(machine->ci, 13);
    assert_int_equal(machine->instructions, 2097154);
    assert_true(machine->neon);
    assert_string_equal(listing(27), "131072");
    assert_string_equal(listing(26), "-131072");
    assert_string_equal(listing(13), "STP 57344");
    row_shows(0, "STOP");
    row_shows(ui.layout->registers + 1, " 13 ");
    shows("STP   the machine has stopped at line 13");
    shows("2 097 154 instructions   50 min 19.9 s of machine time");
    shows("Stop: F6 goes on by one line, then F5 runs");
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
        shows("Set all 32 lines of the store to 0?");
        type_one(YES, false);
        for (unsigned line = 0; line < LINES; line++) {
            assert_int_equal(ui.desk.machine.store[line], 0);
            assert_string_equal(listing(line), "0");
        }
        press(KEY_HOME);
        type_program(text);
        assert_memory_equal(ui.desk.machine.store, ui.desk.program.store,
                            sizeof ui.desk.machine.store);
        menu('M');
        press(KEY_F5);
        assert_true(desk_runs(&ui.desk));
        row_shows(0, "RUNNING");
        row_shows(0, "flat out");
        run_to_end();
        check_answer();
    }
    free(text);
}

/* --------------------------------------------------- run, stop, step --- */

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
    prepulses = ui.desk.machine.prepulses;
    assert_in_range(prepulses, 700, 720); /* 51 frames of 13.9 */
    press(KEY_F5);
    row_shows(0, "STOPPED");
    prepulses = ui.desk.machine.prepulses;
    turn();
    turn();
    assert_int_equal(ui.desk.machine.prepulses, prepulses);
    assert_string_equal(ui.message, "");
}

static void test_one_prepulse(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F6);
        assert_int_equal(ui.desk.machine.prepulses, 1);
        assert_int_equal(ui.desk.machine.ci, 1);
        assert_int_equal(ui.desk.machine.a, (uint32_t)-262143);
        shows("LDN 24   A = -262143 = -262143");
        shows("1 instruction   0.001 s of machine time");
        press(KEY_F6);
        assert_int_equal(ui.desk.machine.ci, 2);
        assert_int_equal(ui.desk.machine.store[26], (uint32_t)-262143);
        shows("STO 26   line 26 = A = -262143");
        press(KEY_F5);
        press(KEY_F6);
        assert_false(desk_runs(&ui.desk));
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
        assert_false(desk_runs(&ui.desk));
        shows("The stop lamp is lit, so no prepulse passes.");
        shows("F6 gives one");
        assert_int_equal(ui.desk.machine.prepulses, 2097154);
        press(KEY_F6);
        assert_int_equal(ui.desk.machine.ci, 14);
        assert_false(ui.desk.machine.neon);
        row_shows(0, "STOPPED");
        press(KEY_F5);
        assert_true(desk_runs(&ui.desk));
        row_shows(0, "RUNNING");
    }
}

/* Line 2 sends CI to a word whose function digits no fetch can pass. */
#define HANGING "; Hangs\n1 LDN 3\n2 JMP 4\n3 NUM 5\n4 NUM 24576\n"

static void test_hung(void **state)
{
    struct library_file module = file("hangs", HANGING);

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "speed=1 run", &module, 1);
        run_to_end();
        row_shows(0, "HUNG");
        assert_int_equal(ui.desk.machine.instructions, 2);
        assert_int_equal(ui.desk.machine.prepulses, 3);
        shows("Nothing was fetched");
        shows("Hung: clear control (Esc, C) or load a program");
        press(KEY_F5);
        assert_false(desk_runs(&ui.desk));
        shows("It hangs: digits 13-15 of CI are not 0");
        press(KEY_F6);
        assert_int_equal(ui.desk.machine.prepulses, 4);
        row_shows(0, "HUNG");
        menu('C');
        row_shows(0, "STOPPED");
        assert_int_equal(ui.desk.machine.ci, 0);
        press(KEY_F5);
        assert_true(desk_runs(&ui.desk));
    }
}

static void test_speed_keys(void **state)
{
    (void)state;
    start(50);
    press_times(KEY_F12, 3);
    assert_int_equal(ui.desk.pace.speed, SPEED_REAL + 3);
    shows("Speed: 100 x real");
    press_times(KEY_F12, 10);
    assert_int_equal(ui.desk.pace.speed, SPEED_MAX);
    type_one('d', true);
    assert_int_equal(ui.desk.pace.speed, SPEED_MAX - 1);
    type_one('u', true);
    assert_int_equal(ui.desk.pace.speed, SPEED_MAX);
    press_times(KEY_F11, 12);
    assert_int_equal(ui.desk.pace.speed, SPEED_1);
    row_shows(0, "1 a second");
    assert_false(ui.typing);
}

/* -------------------------------------------------------------- menu --- */

struct letter {
    char letter;
    bool asks;
    bool (*done)(void);
};

static bool is_help(void)
{
    return ui.page == PAGE_HELP;
}

static bool is_programs(void)
{
    return ui.page == PAGE_PROGRAMS;
}

static bool is_save(void)
{
    return ui.page == PAGE_SAVE;
}

static bool is_leaving(void)
{
    return ui.page == PAGE_MENU && ui.menu_row == command_leave_row();
}

static bool is_home_running(void)
{
    return ui.page == PAGE_EDITOR && desk_runs(&ui.desk);
}

static bool was_stepped(void)
{
    return ui.desk.machine.prepulses == 3 && !desk_runs(&ui.desk);
}

static bool is_at_7(void)
{
    return ui.desk.pace.speed == SPEED_7;
}

static bool is_at_8_5us(void)
{
    return ui.desk.pace.speed == SPEED_REAL + 1;
}

static bool is_at_1(void)
{
    return ui.desk.pace.speed == SPEED_1;
}

static bool is_real(void)
{
    return ui.desk.pace.speed == SPEED_REAL;
}

static bool is_flat_out(void)
{
    return ui.desk.pace.speed == SPEED_MAX;
}

static bool was_reloaded(void)
{
    return ui.desk.machine.prepulses == 0 &&
           memcmp(ui.desk.machine.store, ui.desk.program.store,
                  sizeof ui.desk.program.store) == 0 &&
           !desk_runs(&ui.desk);
}

static bool was_restarted(void)
{
    return desk_runs(&ui.desk) && ui.desk.machine.prepulses < 20;
}

static bool was_control_cleared(void)
{
    const struct machine *machine = &ui.desk.machine;

    return machine->a == 0 && machine->ci == 0 && machine->pi == 0 &&
           machine->prepulses == 0 && machine->store[26] != 0;
}

static bool was_line_cleared(void)
{
    return ui.desk.machine.store[1] == 0 && ui.desk.machine.store[2] != 0;
}

static bool was_store_cleared(void)
{
    uint32_t all = 0;

    for (unsigned line = 0; line < LINES; line++)
        all |= ui.desk.machine.store[line];
    return all == 0 && ui.desk.machine.ci == 2;
}

static bool wants_reboot(void)
{
    return ui.wish == WISH_REBOOT;
}

static bool wants_power_off(void)
{
    return ui.wish == WISH_POWER_OFF;
}

static const struct letter letters[] = {
    {'H', false, is_help},          {'P', false, is_programs},
    {'A', false, is_save},          {'R', false, is_home_running},
    {'K', false, was_stepped},      {'W', false, is_at_7},
    {'F', false, is_at_8_5us},      {'1', false, is_at_1},
    {'7', false, is_at_7},          {'T', false, is_real},
    {'M', false, is_flat_out},      {'L', false, was_reloaded},
    {'S', false, was_restarted},    {'C', false, was_control_cleared},
    {'D', false, was_line_cleared}, {'Z', true, was_store_cleared},
    {'X', false, is_leaving},       {'B', true, wants_reboot},
    {'O', true, wants_power_off},
};
#define LETTERS (sizeof letters / sizeof letters[0])

static void test_menu_letters(void **state)
{
    (void)state;
    assert_int_equal(LETTERS, command_count);
    for (unsigned i = 0; i < LETTERS; i++) {
        for (unsigned lower = 0; lower < 2; lower++) {
            char letter = letters[i].letter;

            start(i % 2 ? 50 : 24);
            press_times(KEY_F6, 2);
            if (lower && letter >= 'A')
                letter = (char)(letter - 'A' + 'a');
            menu(letter);
            assert_int_equal(ui.page == PAGE_ASK, letters[i].asks);
            if (letters[i].asks) {
                assert_int_equal(ui.wish, WISH_NONE);
                type_one(YES, false);
            }
            if (!letters[i].done())
                fail_msg("menu, %c", letter);
            check_grid();
        }
    }
}

/* Every letter stands in the menu with its name, and rows can be chosen. */
static void test_menu_rows(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_ESCAPE);
        check_grid();
        for (unsigned j = 0; j < command_count; j++) {
            char item[64];
            int row;

            snprintf(item, sizeof item, "%c  %s", command_table[j].letter,
                     command_table[j].name);
            row = find(item);
            assert_true(row >= 0);
            assert_int_equal(ui.menu_row, j);
            assert_int_equal(look((unsigned)row, 20), LOOK_CHOSEN);
            row_shows((unsigned)row, command_table[j].keys);
            press(KEY_DOWN);
        }
        assert_int_equal(ui.menu_row, 0);
        press(KEY_UP);
        assert_int_equal(ui.menu_row, command_count - 1);
        press(KEY_UP);
        press(KEY_ENTER);
        assert_int_equal(ui.page, PAGE_ASK);
    }
}

static void test_escape_never_leaves(void **state)
{
    (void)state;
    start(50);
    for (unsigned i = 0; i < 101; i++) {
        assert_int_equal(ui.page, i % 2 ? PAGE_MENU : PAGE_EDITOR);
        press(KEY_ESCAPE);
    }
    assert_int_equal(ui.wish, WISH_NONE);
}

static void test_leaving_asks(void **state)
{
    static const char letter[] = {'B', 'O'};
    static const char *const question[] = {"Reboot the PC?",
                                           "Switch the PC off?"};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        start(i ? 24 : 50);
        press(KEY_F10);
        assert_int_equal(ui.page, PAGE_MENU);
        type_one(letter[i], false);
        shows(question[i]);
        type("qZ 7");
        press(KEY_F10);
        press(KEY_DOWN);
        assert_int_equal(ui.page, PAGE_ASK);
        type_one(NO, false);
        assert_int_equal(ui.page, PAGE_EDITOR);
        shows_not(question[i]);
        menu(letter[i]);
        press(KEY_ESCAPE);
        assert_int_equal(ui.page, PAGE_EDITOR);
        assert_int_equal(ui.wish, WISH_NONE);
        menu(letter[i]);
        type_one(i ? 'Y' : 'y', false);
        assert_int_equal(ui.wish, i ? WISH_POWER_OFF : WISH_REBOOT);
    }
}

/* --------------------------------------------------------- held keys --- */

static void test_held_commands(void **state)
{
    uint32_t word;

    (void)state;
    start(50);
    press(KEY_F5);
    for (unsigned i = 0; i < 9; i++) {
        repeat(KEY_F5);
        assert_true(desk_runs(&ui.desk));
    }
    press(KEY_F5);
    start(50);
    press(KEY_F6);
    for (unsigned i = 0; i < 9; i++)
        repeat(KEY_F6);
    assert_int_equal(ui.desk.machine.prepulses, 1);
    press(KEY_HOME);
    press(KEY_DOWN);
    press(KEY_DELETE);
    assert_int_equal(ui.desk.machine.store[1], 0);
    press(KEY_DOWN);
    word = ui.desk.machine.store[2];
    for (unsigned i = 0; i < 9; i++)
        repeat(KEY_DELETE);
    assert_int_equal(ui.desk.machine.store[2], word);
}

static void test_held_arrows(void **state)
{
    (void)state;
    start(50);
    press(KEY_DOWN);
    for (unsigned i = 0; i < 5; i++)
        repeat(KEY_DOWN);
    assert_int_equal(ui.line, 7);
    repeat(KEY_UP);
    assert_int_equal(ui.line, 6);
    press(KEY_LEFT);
    repeat(KEY_LEFT);
    assert_int_equal(ui.digit, 30);
}

/* A key that leaves a page must not go on to act on the page behind. */
static void test_held_across_pages(void **state)
{
    struct event held = {KEY_CHARACTER, 'k', .down = true, .repeat = true};

    (void)state;
    start(50);
    menu('k');
    assert_int_equal(ui.desk.machine.prepulses, 1);
    send(held);
    send(held);
    turn();
    assert_false(ui.typing);
    assert_int_equal(ui.page, PAGE_EDITOR);
    press(KEY_F2);
    press(KEY_ENTER);
    repeat(KEY_ENTER);
    assert_int_equal(ui.line, 1);
}

/* ----------------------------------------------------------- editing --- */

static const struct {
    const char *typed;
    const char *sentence;
} wrong[] = {
    {"LDN 32", "line 32 does not exist; the store has lines 0 to 31"},
    {"FOO", "there is no instruction \"FOO\""},
    {"99999999999", "99999999999 does not fit a line"},
    {"-2147483649", "does not fit a line"},
    {"LDN", "LDN needs"},
    {"LDN x", "needs"},
    {"LDN 24 25", "what follows \"LDN 24\" has no meaning here"},
    {"CMP and so on", "what follows \"CMP\" has no meaning here"},
    {"0x", "is not a number"},
    {";", "there is no instruction \";\""},
    {"NUM", "NUM needs"},
    {"1010101010101010101010101010101010101010101010",
     "39 digits; a line has 32"},
    {"a sentence that is longer than the line can be", "no instruction \"a\""},
};

static void test_wrong_words(void **state)
{
    uint32_t store[LINES];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        memcpy(store, ui.desk.machine.store, sizeof store);
        for (unsigned j = 0; j < sizeof wrong / sizeof wrong[0]; j++) {
            type(wrong[j].typed);
            press(j % 3 == 0 ? KEY_ENTER : j % 3 == 1 ? KEY_UP : KEY_DOWN);
            shows(wrong[j].sentence);
            assert_true(ui.typing);
            assert_memory_equal(ui.entry, wrong[j].typed, strlen(ui.entry));
            assert_int_equal(ui.line, 1);
            assert_false(ui.desk.edited);
            press(KEY_F5);
            assert_false(desk_runs(&ui.desk));
            shows(wrong[j].sentence);
            press(KEY_ESCAPE);
            assert_false(ui.typing);
            assert_int_equal(ui.page, PAGE_EDITOR);
            assert_string_equal(listing(1), "LDN 24 16408");
        }
        assert_memory_equal(ui.desk.machine.store, store, sizeof store);
    }
}

/* What is being typed can be seen up to the last character, on every line. */
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
            row_shows(ui.layout->store + (sizes[i] == 24 ? line / 2 : line),
                      typed + strlen(typed) - 10);
            press(KEY_ENTER);
            assert_false(ui.typing);
            assert_int_equal(ui.desk.machine.store[line], 0xC1F0F1CD);
        }
    }
}

static void test_right_words(void **state)
{
    (void)state;
    start(50);
    set_line(31, "ldn 7");
    assert_string_equal(listing(31), "LDN 7 16391");
    assert_int_equal(ui.line, 0);
    set_line(0, "-3");
    assert_string_equal(listing(0), "-3");
    set_line(5, "0x1F");
    assert_string_equal(listing(5), "31");
    set_line(6, "JMP 0");
    assert_string_equal(listing(6), "JMP 0 0");
    row_shows(0, "*");
    set_line(7, "10110000000");
    assert_int_equal(ui.desk.machine.store[7], 13);
    shows("11 digits, not 32; they are taken as digits 0 to 10");
}

static void test_typing_mended(void **state)
{
    (void)state;
    start(50);
    type("LDM");
    press(KEY_BACKSPACE);
    type("N 5");
    row_shows(ui.layout->store + 1, "LDN 5 ");
    press(KEY_UP);
    assert_string_equal(listing(1), "LDN 5 16389");
    assert_int_equal(ui.line, 0);
    type("x");
    press(KEY_BACKSPACE);
    assert_false(ui.typing);
    press(KEY_DOWN);
    assert_int_equal(ui.line, 1);
    type("SUB 3");
    press(KEY_F6);
    assert_int_equal(ui.desk.machine.store[1], 0x8003);
    assert_int_equal(ui.desk.machine.prepulses, 1);
}

/* A blank after the word is no mistake. */
static void test_blank_after_word(void **state)
{
    (void)state;
    start(50);
    set_line(1, "SUB 3 ");
    assert_false(ui.typing);
    assert_int_equal(ui.desk.machine.store[1], 0x8003);
    set_line(2, "CMP  ");
    assert_false(ui.typing);
    assert_int_equal(ui.desk.machine.store[2], 0xC000);
}

/* Ctrl with a letter writes nothing, whether or not something is typed. */
static void test_control_writes_nothing(void **state)
{
    (void)state;
    start(50);
    type_one('x', true);
    assert_false(ui.typing);
    type("SUB");
    type_one('x', true);
    type_one('c', true);
    assert_string_equal(ui.entry, "SUB");
}

/* Del while something is typed must not take line and entry with it. */
static void test_delete_while_typing(void **state)
{
    (void)state;
    start(50);
    type("SUB 3");
    press(KEY_DELETE);
    assert_int_not_equal(ui.desk.machine.store[1], 0);
}

static void check_cursor(enum focus focus, unsigned line, unsigned digit)
{
    unsigned row = ui.layout->store + line / (ui.layout->halves ? 2 : 1);
    unsigned column = TUBE_COLUMN + digit;

    assert_int_equal(ui.focus, focus);
    assert_int_equal(ui.line, line);
    if (focus == FOCUS_TUBE)
        assert_int_equal(ui.digit, digit);
    else if (ui.layout->halves)
        column = LISTING_COLUMN + 3 + line % 2 * 21;
    else
        column = LISTING_COLUMN + 4;
    assert_int_equal(look(row, column), LOOK_CURSOR);
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

/* The last brightness of each level and the first of the next. */
static void test_levels(void **state)
{
    static const struct {
        uint32_t level;
        uint8_t look;
    } at[] = {
        {0, 0x08},
        {GLOW_ONE / 16, 0x08}, /* the refresh alone */
        {GLOW_ONE / 12 - 1, 0x08},
        {GLOW_ONE / 12, 0x02},
        {GLOW_ONE / 8 - 1, 0x02},
        {GLOW_ONE / 8, 0x07},
        {GLOW_ONE * 3 / 16 - 1, 0x07},
        {GLOW_ONE * 3 / 16, 0x0A},
        {GLOW_ONE * 3 / 8 - 1, 0x0A},
        {GLOW_ONE * 3 / 8, 0x0E},
        {GLOW_ONE * 3 / 4 - 1, 0x0E},
        {GLOW_ONE * 3 / 4, 0x0F},
        {GLOW_ONE * 2, 0x0F},
    };

    (void)state;
    start(50);
    for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
        ui.desk.glow.level[i] = at[i].level;
        tube_draw(&ui);
        assert_int_equal(look(ui.layout->store + i, TUBE_COLUMN), at[i].look);
    }
    start(24); /* of two lines in a row the brighter one counts */
    for (unsigned i = 0; i < 4; i++)
        ui.desk.glow.level[i] = i == 1 || i == 2 ? GLOW_ONE / 2 : 0;
    tube_draw(&ui);
    assert_int_equal(look(ui.layout->store, TUBE_COLUMN), 0x0E);
    assert_int_equal(look(ui.layout->store + 1, TUBE_COLUMN), 0x0E);
}

static void test_digits(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_LEFT);
        press(KEY_HOME);
        type(" ");
        assert_int_equal(ui.desk.machine.store[1], 0x4019);
        check_cursor(FOCUS_TUBE, 1, 0);
        type(" ");
        assert_int_equal(ui.desk.machine.store[1], 0x4018);
        type("1101");
        assert_int_equal(ui.desk.machine.store[1], 0x401B);
        check_cursor(FOCUS_TUBE, 1, 4);
        press(KEY_END);
        type("11");
        assert_int_equal(ui.desk.machine.store[1], 0x8000401B);
        check_cursor(FOCUS_TUBE, 1, 31);
        turn();
        check_tube();
        row_shows(0, "*");
        type("SUB 3");
        assert_int_equal(ui.focus, FOCUS_LISTING);
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
    assert_int_equal(ui.desk.machine.store[2], 0);
    assert_string_equal(listing(2), "0");
    assert_true(ui.desk.edited);
    press(KEY_LEFT);
    press(KEY_DOWN);
    press(KEY_DELETE);
    assert_int_equal(ui.desk.machine.store[3], 0);
}

static void test_reload_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    menu('L');
    shows("The store was changed by hand; lose the changes?");
    type_one(NO, false);
    assert_int_equal(ui.desk.machine.store[1], 0);
    menu('S');
    assert_int_equal(ui.page, PAGE_ASK);
    press(KEY_ENTER);
    assert_true(desk_runs(&ui.desk));
    assert_int_equal(ui.desk.machine.store[1], 0x4018);
    assert_false(ui.desk.edited);
}

/* ---------------------------------------------------------- programs --- */

static void choose(const char *name)
{
    int index = library_find(&ui.library, name);

    assert_true(index >= 0);
    press(KEY_F2);
    assert_int_equal(ui.page, PAGE_PROGRAMS);
    press_times(KEY_DOWN, (unsigned)index);
    assert_int_equal(ui.list_row, index);
}

/* All programs that ship, with title and all of their head comments. */
static void test_list(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F2);
        for (unsigned j = 0; j < ui.library.count; j++) {
            const struct library_file *chosen = &ui.library.file[j];
            char title[LIBRARY_TITLE_SIZE], *head, *next;
            int row;

            check_grid();
            library_title(chosen, title);
            row = find(title);
            assert_true(row >= 0);
            row_shows((unsigned)row, chosen->name);
            assert_int_equal(look((unsigned)row, 2), LOOK_CHOSEN);
            for (head = ui.scratch.head; *head != '\0'; head = next) {
                char line[CELLS_COLUMNS];
                size_t length = strcspn(head, "\n");

                snprintf(line, sizeof line, "%.*s", (int)length, head);
                shows(line);
                next = head + length + (head[length] == '\n');
            }
            press(KEY_DOWN);
        }
        assert_int_equal(ui.list_row, ui.library.count - 1);
        press(KEY_ESCAPE);
        assert_int_equal(ui.page, PAGE_EDITOR);
        row_shows(0, "July 1948");
    }
}

static void test_load(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        choose("hcf");
        press(KEY_ENTER);
        assert_int_equal(ui.page, PAGE_EDITOR);
        row_shows(0, "Highest common factor");
        assert_false(desk_runs(&ui.desk));
        choose("primes");
        press(KEY_F5);
        row_shows(0, "Prime numbers");
        assert_true(desk_runs(&ui.desk));
    }
}

static void test_load_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    choose("hcf");
    press(KEY_F5);
    shows("The store was changed by hand; lose the changes?");
    type_one(NO, false);
    row_shows(0, "July 1948");
    assert_int_equal(ui.desk.machine.store[1], 0);
    choose("hcf");
    press(KEY_F5);
    type_one(YES, false);
    row_shows(0, "Highest common factor");
    assert_true(desk_runs(&ui.desk));
    assert_false(ui.desk.edited);
}

static void test_broken_module(void **state)
{
    struct library_file modules[] = {
        file("good", "; Good\n1 STP\n"),
        file("broken.asm", "1 LDN 1\n2 LDN 99\n"),
        {"nothing", NULL, 0},
        {"binary",
         "\x7F"
         "ELF\0\0",
         6},
    };
    static const char *const sentence[] = {
        "broken.asm:2: line 99 does not exist",
        "nothing:0: there is no program in it: it is empty",
        "binary:1: ",
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "", modules, 4);
        row_shows(0, "Good");
        for (unsigned j = 0; j < 3; j++) {
            press(KEY_F2);
            press_times(KEY_DOWN, j + 1);
            shows(sentence[j]);
            press(KEY_F5);
            shows(sentence[j]);
            row_shows(0, "Good");
            assert_int_equal(ui.desk.machine.store[1], 0xE000);
            assert_false(desk_runs(&ui.desk));
            assert_int_equal(ui.page, PAGE_EDITOR);
        }
    }
}

static void test_600_modules(void **state)
{
    static struct library_file modules[600];
    static char names[600][16];

    (void)state;
    for (unsigned i = 0; i < 600; i++) {
        snprintf(names[i], sizeof names[i], "file%03u.snp", i);
        modules[i] = file(names[i], "0001:00000000000001110000000000000000\n");
    }
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "", modules, 600);
        press(KEY_F2);
        press_times(KEY_PAGE_DOWN, 3);
        press_times(KEY_DOWN, 7);
        check_grid();
        shows(names[ui.list_row]);
        press(KEY_END);
        assert_int_equal(ui.list_row, 600 + shipped.count - 1);
        shows(shipped.file[shipped.count - 1].name);
        press_times(KEY_UP, shipped.count);
        assert_int_equal(ui.list_row, 599);
        shows("file599.snp");
        shows("600 of 6");
        check_grid();
        press(KEY_HOME);
        press(KEY_UP);
        press(KEY_PAGE_UP);
        assert_int_equal(ui.list_row, 0);
    }
}

static void test_no_programs(void **state)
{
    (void)state;
    start(50);
    ui.library.count = 0;
    press(KEY_F2);
    press(KEY_DOWN);
    press(KEY_END);
    press(KEY_PAGE_UP);
    press(KEY_ENTER);
    press(KEY_F5);
    check_grid();
    press(KEY_ESCAPE);
    assert_int_equal(ui.page, PAGE_EDITOR);
    assert_false(desk_runs(&ui.desk));
}

/* -------------------------------------------------------------- help --- */

static bool is_blank(unsigned row)
{
    return *squeeze(row_text(row)) == '\0';
}

static void check_keys_page(void)
{
    for (unsigned i = 0; i < command_count; i++) {
        char row[80];

        snprintf(row, sizeof row, "  %-24s%s", command_table[i].keys,
                 command_table[i].name);
        if (command_table[i].keys[0] != '\0')
            shows(row);
    }
    shows("  arrows");
    shows("  Esc");
}

static void check_instructions_page(void)
{
    static const char *const words[] = {"JMP n", "JRP n", "LDN n",
                                        "STO n", "SUB n", "CMP",
                                        "STP",   "NUM n", "hung"};

    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
        shows(words[i]);
}

static void check_options_page(void)
{
    for (unsigned i = 0; i < option_count; i++) {
        char left[80];

        snprintf(left, sizeof left, "  %s%s", option_table[i].name,
                 option_table[i].values);
        shows(left);
        shows(option_table[i].help);
    }
    shows(FOUND);
}

static void test_help(void **state)
{
    static void (*const check[])(void) = {
        check_keys_page, check_instructions_page, check_options_page};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F1);
        for (unsigned j = 0; j < 3; j++) {
            char title[24];

            snprintf(title, sizeof title, "Help %u of 3", j + 1);
            row_shows(0, title);
            check_grid();
            check[j]();
            /* Nothing runs into the line of keys or past the right edge. */
            assert_true(is_blank(sizes[i] - 2));
            row_shows(sizes[i] - 1, "Esc back");
            for (unsigned row = 1; row < sizes[i] - 1; row++)
                assert_string_equal(part(row, 79, 1), " ");
            press(j == 1 ? KEY_ENTER : KEY_RIGHT);
        }
        row_shows(0, "Help 1 of 3");
        press(KEY_LEFT);
        row_shows(0, "Help 3 of 3");
        press(KEY_ESCAPE);
        assert_int_equal(ui.page, PAGE_EDITOR);
    }
}

/* ---------------------------------------------------------- messages --- */

/* Whether every word of TEXT stands in the two rows from ROW on, in order,
   or the second row ends in "..." */
static bool shown_whole(const char *text, unsigned row)
{
    char both[2 * CELLS_COLUMNS + 2], word[MESSAGE_SIZE];
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
    "speed=fast video=lfb engine=threaded",
    "one two three four five six seven eight nine",
    "aVeryLongWordThatNobodyWouldEverWriteOnABootLineOfAnyMachineAtAll",
};

static void test_complaints(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned count = sizeof boot_lines / sizeof boot_lines[0];

        for (unsigned j = 0; j < count; j++) {
            start_with(sizes[i], boot_lines[j], NULL, 0);
            check_grid();
            shows("boot option \"");
            if (!shown_whole(ui.message, ui.layout->message)) {
                print_screen();
                fail_msg("not all of: %s", ui.message);
            }
            press(KEY_DOWN);
            assert_string_equal(ui.message, "");
            shows_not("boot option");
        }
    }
}

static void test_odd_messages(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned length = 1; length < MESSAGE_SIZE; length++) {
            memset(ui.message, 'x', length);
            ui.message[length] = '\0';
            if (length > 90)
                ui.message[length - 80] = ' ';
            ui.changed = true;
            turn();
            check_grid();
            row_shows(ui.layout->message, "x");
        }
    }
}

/* --------------------------------------------------- counts and rate --- */

/* At the rates of a fast PC, count, time and rate still stand side by side. */
static void test_counts_beside_rate(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "program=ducks run", NULL, 0);
        ui.desk.machine.instructions = 12345678901;
        ui.desk.machine_us = 17777777617440;
        ui.rate = 61000000;
        ui.rate_since = now;
        ui.changed = true;
        turn_by(0);
        shows("12 345 678 901 instructions");
        shows("of machine time  ");
        shows(" x 1948");
    }
}

static unsigned shown_rate(void)
{
    int row = find(" a second, ");
    const char *text, *from;
    unsigned rate = 0;

    assert_true(row >= 0);
    text = row_text((unsigned)row);
    from = strstr(text, " a second, ");
    while (from > text + 1 && (from[-1] != ' ' || from[-2] != ' '))
        from--;
    for (; strncmp(from, " a second", 9) != 0; from++)
        if (*from >= '0' && *from <= '9')
            rate = rate * 10 + (unsigned)(*from - '0');
    return rate;
}

/* The rate shown is the one chosen, at the slow speeds too. */
static void test_rate(void **state)
{
    static const unsigned expected[] = {1, 2, 7, 694, 817, 6944};

    (void)state;
    for (unsigned speed = 0; speed < 6; speed++) {
        unsigned is;

        start_with(50, "program=ducks", NULL, 0);
        pace_set(&ui.desk.pace, speed);
        press(KEY_F5);
        for (unsigned i = 0; i < 3000; i++)
            turn_by(5000);
        for (unsigned i = 0; i < 400; i++) {
            turn_by(5000);
            is = shown_rate();
            if (is * 100 < expected[speed] * 98 ||
                is * 100 > expected[speed] * 102)
                fail_msg("%s shows %u", speeds[speed].label, is);
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
    assert_in_range(ui.desk.machine_us, 3590000, 3620000);
    shows(" s of machine time");
    ui.desk.machine_us = 3600000000u;
    press(KEY_DOWN);
    shows("1 h 0 min ");
}

/* The mark of an edited store is seen beside the longest title. */
static void test_long_title(void **state)
{
    struct library_file module =
        file("long", "; A title that goes on and on, past every column "
                     "there is to hold it all on one row\n1 STP\n");

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "speed=8.5us", &module, 1);
        row_shows(0, "A title that goes on and on, past every");
        row_shows(0, "STOPPED");
        row_shows(0, "8.5 us digits");
        press(KEY_DELETE);
        row_shows(0, "*");
    }
}

/* ------------------------------------------------------------- sleep --- */

/* Nothing is drawn while nothing changes, and what changes is drawn. */
static void test_still(void **state)
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
        assert_int_equal(ui.desk.machine.store[1], 0x80004018);
        check_tube();
        for (unsigned j = 0; j < 500; j++)
            turn();
        press(KEY_F6);
        turn();
        check_tube();
        row_shows(ui.layout->registers + 1, " 1 ");
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
    pace_set(&ui.desk.pace, SPEED_MAX);
    assert_int_equal(ui_turn(&ui, now, &drawn), 0);
}

/* ------------------------------------------------------------ storms --- */

static uint32_t random_state;

static uint32_t any(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static void random_event(void)
{
    struct event event = {
        .key = (enum key)any(KEY_F12 + 1),
        .down = any(8) > 0,
        .repeat = any(4) == 0,
        .control = any(8) == 0,
    };

    if (any(2) == 0)
        event.key = KEY_CHARACTER;
    if (event.key == KEY_CHARACTER)
        event.character = (char)(' ' + any(95));
    send(event);
}

/* Esc leads home from every page; at home, twice is there and back. */
static void check_way_home(void)
{
    press(KEY_ESCAPE);
    if (ui.page != PAGE_EDITOR)
        press(KEY_ESCAPE);
    assert_int_equal(ui.page, PAGE_EDITOR);
}

static void storm(unsigned rows, uint32_t seed)
{
    struct library_file modules[] = {
        file("hangs", HANGING),
        file("bad", "1 LDN 1\n2 FOO\n"),
        file("", "-1\n-2\n"),
    };

    random_state = seed;
    start_with(rows, "", modules, 3);
    speed_of_pc = 1;
    for (unsigned i = 1; i <= 20000; i++) {
        random_event();
        if (any(4) == 0) {
            turn_by(any(30000));
            check_grid();
        }
        if (i % 100 == 0)
            check_way_home();
        assert_true(ui.line < LINES && ui.digit < DIGITS);
        assert_true(ui.page < PAGES);
    }
}

static void test_storm(void **state)
{
    (void)state;
    storm(50, 1);
    storm(24, 2);
}

/* KCC leaves the flip-flop: after a Test that skips, line 2 is next. */
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
    shows("line 2 is next, as the Test still skips one");
    shows("Nothing obeyed yet; line 2 is next");
    press(KEY_F6);
    assert_int_equal(ui.desk.machine.ci, 2);
}

/* A note belongs to the word it was written for. */
static void test_notes_of_changed_lines(void **state)
{
    (void)state;
    start(50);
    shows("minus first trial");
    set_line(1, "LDN 25");
    shows_not("minus first trial");
    shows("keep it");
    menu('z');
    type("y");
    turn();
    shows_not("keep it");
    shows_not("Highest factor");
    menu('l');
    type("y");
    turn();
    shows("minus first trial");
    shows("Highest factor");
}

/* Help, speed and leaving work while a wrong word stands; so does F5 while
   the machine runs. */
static void test_entry_blocks_nothing_harmless(void **state)
{
    (void)state;
    start(50);
    type("xxx");
    press(KEY_F1);
    shows("Help 1 of 3");
    press(KEY_ESCAPE);
    press(KEY_F12);
    assert_int_equal(ui.desk.pace.speed, SPEED_REAL + 1);
    press(KEY_F2);
    shows("(Esc drops it)");
    press(KEY_ESCAPE);
    press(KEY_F5);
    assert_true(desk_runs(&ui.desk));
    type("xxx");
    press(KEY_F5);
    assert_false(desk_runs(&ui.desk));
    assert_true(ui.typing);
}

/* The Stop is the news; no message of before may lie over it. */
static void test_stop_ends_a_message(void **state)
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

static void test_stay(void **state)
{
    (void)state;
    start(24);
    menu('o');
    type("y");
    assert_int_equal(ui.wish, WISH_POWER_OFF);
    ui_stay(&ui);
    turn();
    assert_int_equal(ui.wish, WISH_NONE);
    shows("cannot be switched off");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clear_control_after_test),
        cmocka_unit_test(test_notes_of_changed_lines),
        cmocka_unit_test(test_entry_blocks_nothing_harmless),
        cmocka_unit_test(test_stop_ends_a_message),
        cmocka_unit_test(test_stay),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_line_of_keys),
        cmocka_unit_test(test_all_lines),
        cmocka_unit_test(test_program_of_boot_line),
        cmocka_unit_test(test_theme_of_boot_line),
        cmocka_unit_test(test_two_complaints_at_start),
        cmocka_unit_test(test_july_1948_by_hand),
        cmocka_unit_test(test_run_and_stop),
        cmocka_unit_test(test_one_prepulse),
        cmocka_unit_test(test_after_stop),
        cmocka_unit_test(test_hung),
        cmocka_unit_test(test_speed_keys),
        cmocka_unit_test(test_menu_letters),
        cmocka_unit_test(test_menu_rows),
        cmocka_unit_test(test_escape_never_leaves),
        cmocka_unit_test(test_leaving_asks),
        cmocka_unit_test(test_held_commands),
        cmocka_unit_test(test_held_arrows),
        cmocka_unit_test(test_held_across_pages),
        cmocka_unit_test(test_wrong_words),
        cmocka_unit_test(test_long_entry_is_seen),
        cmocka_unit_test(test_right_words),
        cmocka_unit_test(test_typing_mended),
        cmocka_unit_test(test_blank_after_word),
        cmocka_unit_test(test_control_writes_nothing),
        cmocka_unit_test(test_delete_while_typing),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_delete),
        cmocka_unit_test(test_reload_asks_if_edited),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_load_asks_if_edited),
        cmocka_unit_test(test_broken_module),
        cmocka_unit_test(test_600_modules),
        cmocka_unit_test(test_no_programs),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_complaints),
        cmocka_unit_test(test_odd_messages),
        cmocka_unit_test(test_counts_beside_rate),
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_real_is_1948),
        cmocka_unit_test(test_machine_time),
        cmocka_unit_test(test_long_title),
        cmocka_unit_test(test_still),
        cmocka_unit_test(test_sleep),
        cmocka_unit_test(test_storm),
    };

    return cmocka_run_group_tests(tests, read_programs, free_programs);
}
