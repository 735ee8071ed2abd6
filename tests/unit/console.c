/* SPDX-License-Identifier: MIT */
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

#include "console.h"
#include "services/option_parser.h"
#include "ui/base/load.h"
#include "ui/ui.h"

struct ui ui;
uint64_t now;
unsigned speed_of_pc;

const unsigned sizes[SIZES] = {50, 24};

struct library builtin_library;

char *slurp(const char *path, size_t *size)
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

int console_read_programs(void **state)
{
    glob_t paths;

    (void)state;
    if (glob(PROGRAMS "*.asm", 0, NULL, &paths) != 0)
        return -1;
    for (size_t i = 0; i < paths.gl_pathc; i++) {
        size_t size;
        char *text = slurp(paths.gl_pathv[i], &size);

        library_add(&builtin_library, name_of(paths.gl_pathv[i]), text, size);
    }
    globfree(&paths);
    return 0;
}

int console_free_programs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < builtin_library.count; i++) {
        free((char *)(uintptr_t)builtin_library.file[i].name);
        free((char *)(uintptr_t)builtin_library.file[i].text);
    }
    return 0;
}

/* Returns the character in a cell, or '?' if it is not an ASCII character. */
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

const char *part(unsigned row, unsigned column, unsigned width)
{
    static char text[CELLS_COLUMNS_MAX + 1];

    assert_true(row < ui.view.cells.rows &&
                column + width <= ui.view.cells.columns);
    for (unsigned i = 0; i < width; i++)
        text[i] = plain(ui.view.cells.at[row][column + i]);
    text[width] = '\0';
    return text;
}

const char *row_text(unsigned row)
{
    return part(row, 0, ui.view.cells.columns);
}

const char *squeeze(const char *from)
{
    static char text[CELLS_COLUMNS_MAX + 1];
    size_t length = 0;

    for (; *from != '\0'; from++)
        if (*from != ' ' || (length > 0 && text[length - 1] != ' '))
            text[length++] = *from;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    return text;
}

void print_screen(void)
{
    for (unsigned row = 0; row < ui.view.cells.rows; row++)
        print_error("%s\n", row_text(row));
}

int find(const char *text)
{
    for (unsigned row = 0; row < ui.view.cells.rows; row++)
        if (strstr(row_text(row), text) != NULL)
            return (int)row;
    return -1;
}

void shows(const char *text)
{
    if (find(text) >= 0)
        return;
    print_screen();
    fail_msg("not on the screen: \"%s\"", text);
}

void shows_not(const char *text)
{
    if (find(text) < 0)
        return;
    print_screen();
    fail_msg("on the screen: \"%s\"", text);
}

void row_shows(unsigned row, const char *text)
{
    if (strstr(row_text(row), text) == NULL)
        fail_msg("row %u has no \"%s\": %s", row, text, row_text(row));
}

void check_grid(void)
{
    for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
        for (unsigned column = 0; column < CELLS_COLUMNS_MAX; column++)
            if ((ui.view.cells.at[row][column] != 0) !=
                (row < ui.view.cells.rows && column < ui.view.cells.columns))
                fail_msg("cell %u,%u", row, column);
}

const char *listing(unsigned line)
{
    const struct layout *layout = ui.view.layout;

    if (layout->halves)
        return squeeze(part(layout->store + line / 2,
                            NARROW_COLUMN + 4 + line % 2 * LISTING_NARROW,
                            WORD_WIDTH));
    return squeeze(part(layout->store + line, LISTING_COLUMN + 4, WORD_WIDTH));
}

static bool tube_digit(unsigned line, unsigned digit)
{
    const struct layout *layout = ui.view.layout;
    unsigned row = layout->store + (layout->halves ? line / 2 : line);
    uint8_t is = (uint8_t)ui.view.cells.at[row][TUBE_COLUMN + digit];

    if (!layout->halves)
        return is == CHAR_DASH;
    return is == CHAR_BOTH_HALVES ||
           is == (line % 2 ? CHAR_LOWER_HALF : CHAR_UPPER_HALF);
}

void check_tube(void)
{
    for (unsigned line = 0; line < LINES; line++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            if (tube_digit(line, digit) !=
                (ui.view.session.machine.store[line] >> digit & 1))
                fail_msg("line %u, digit %u", line, digit);
}

uint8_t attribute_at(unsigned row, unsigned column)
{
    return (uint8_t)(ui.view.cells.at[row][column] >> 8);
}

char wire[1 << 20];
size_t wire_length;

size_t transmit(size_t limit)
{
    const char *bytes;
    size_t count = ui_to_send(&ui, PORT_COM1, &bytes);

    if (count > limit)
        count = limit;
    assert_true(wire_length + count < sizeof wire);
    memcpy(wire + wire_length, bytes, count);
    wire_length += count;
    wire[wire_length] = '\0';
    ui_sent(&ui, PORT_COM1, count, now);
    ui_received(&ui, PORT_COM1, NULL, 0, false, now);
    return count;
}

void wire_clear(void)
{
    wire_length = 0;
    wire[0] = '\0';
}

/* Length of a time slice in instructions, microseconds and TSC cycles. */
#define SLICE        4096
#define SLICE_US     5000
#define SLICE_CYCLES 20480000

static uint64_t prepulses_of_all(void)
{
    uint64_t sum = 0;

    for (unsigned number = 1; number <= ui.guests.capacity; number++)
        if (guests_get(&ui.guests, number)->present)
            sum += guests_session(&ui.guests, number)->machine.prepulses;
    return sum;
}

/* Returns the prepulses of the last call, given the sum BEFORE it.  A seek may
   arrive at a lower sum. */
static uint64_t prepulses_since(uint64_t before)
{
    const struct time_travel *travel = &ui.view.session.travel;
    bool in_focus = ui.guests.call.number == ui.guests.focus;
    uint64_t after = prepulses_of_all();

    return (in_focus && travel->called) || after < before ? travel->budget
                                                          : after - before;
}

void turn_by(uint64_t step)
{
    uint64_t before = prepulses_of_all();
    bool drawn;

    now += step;
    while (ui_more(&ui, now)) {
        now += prepulses_since(before) / speed_of_pc;
        before = prepulses_of_all();
    }
    ui_turn(&ui, now, &drawn);
    if (ui.lab.slicing)
        ui_account_time(&ui, ui.lab.timed_run.call < SLICE ? 1 : SLICE_US,
                        SLICE_CYCLES);
}

void turn(void)
{
    turn_by(FRAME);
}

void send(struct event event)
{
    ui_event(&ui, &event);
}

void press(enum key key)
{
    send((struct event){.key = key, .down = true});
    send((struct event){.key = key});
    turn();
}

void repeat(enum key key)
{
    send((struct event){.key = key, .down = true, .repeat = true});
    turn();
}

void press_control(enum key key)
{
    send((struct event){.key = key, .down = true, .control = true});
    send((struct event){.key = key, .control = true});
    turn();
}

struct event key_of(char c)
{
    static const char shifted[] = "!@#$%^&*()_+{}:\"~|<>?";
    static const char plain_keys[] = "1234567890-=[];'`\\,./";
    const char *sign = strchr(shifted, c);
    char position = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;

    if (sign != NULL)
        position = plain_keys[sign - shifted];
    return (struct event){
        .key = KEY_CHARACTER,
        .character = c,
        .position = position,
        .down = true,
    };
}

void type_one(char c, bool control)
{
    struct event event = key_of(c);

    event.control = control;
    send(event);
    event.down = false;
    send(event);
    turn();
}

void type(const char *text)
{
    for (; *text != '\0'; text++)
        type_one(*text, false);
}

void press_times(enum key key, unsigned times)
{
    while (times-- > 0)
        press(key);
}

void menu(char letter)
{
    assert_int_equal(ui.view.page, ui.view.base);
    /* After an entry, the first Esc only leaves the line. */
    if (ui.view.entry.accepted)
        press(KEY_ESCAPE);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_MENU);
    type_one(letter, false);
}

void go_to(unsigned line)
{
    if (ui.view.entry.focus == FOCUS_TUBE) {
        press(KEY_END);
        press(KEY_RIGHT);
    }
    press(KEY_HOME);
    press_times(KEY_DOWN, line);
}

void set_line(unsigned line, const char *word)
{
    go_to(line);
    type(word);
    press(KEY_ENTER);
}

void run_to_end(void)
{
    for (unsigned i = 0; i < 100000 && session_runs(&ui.view.session); i++)
        turn();
    assert_false(session_runs(&ui.view.session));
    turn();
    turn();
}

struct screen_sizes screen_of(unsigned rows)
{
    return (struct screen_sizes){
        .page = {rows, rows > PAGE_ROWS ? 128 : PAGE_COLUMNS}};
}

void start_pc(struct pc pc, unsigned rows, const char *command,
              const struct library_file *modules, unsigned count)
{
    static uint64_t memory[PC_MEMORY / sizeof(uint64_t)];
    static uint64_t guests[(GUESTS_MAX - 1) * GUEST_SIZE / sizeof(uint64_t)];
    static union engine_state engine_state;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);
    struct options options;
    unsigned others = pc.machines > 0 ? pc.machines - 1 : GUESTS_MAX - 1;

    memset(&ui, 0, sizeof ui);
    memset(&engine_state, 0, sizeof engine_state);
    ui.view.environment.engine_state = &engine_state;
    ui.view.environment.memory = memory;
    ui.view.environment.memory_size = pc.memory;
    ui.view.environment.guest_places = guests_divide(
        ui.view.environment.guest_place, others, guests, sizeof guests);
    ui.view.environment.serial = pc.serial;
    ui.view.console = pc.console;
    ui.view.environment.screen = pc.screen;
    now = 1000000;
    speed_of_pc = 20;
    for (unsigned i = 0; i < count; i++)
        library_add(&ui.view.library, modules[i].name, modules[i].text,
                    modules[i].size);
    for (unsigned i = 0; i < builtin_library.count; i++)
        library_add(&ui.view.library, builtin_library.file[i].name,
                    builtin_library.file[i].text, builtin_library.file[i].size);
    options_read(&options, command, &warnings);
    ui_start(&ui, screen_of(rows), &options, count, "july1948", buffer, FOUND,
             now);
    turn();
}

void start_with(unsigned rows, const char *command,
                const struct library_file *modules, unsigned count)
{
    start_pc((struct pc){.memory = PC_MEMORY}, rows, command, modules, count);
}

void start(unsigned rows)
{
    start_with(rows, "", NULL, 0);
}

void start_program(unsigned rows, const char *text)
{
    struct library_file module = file("program", text);

    start_with(rows, "", &module, 1);
    assert_string_equal(ui.view.message, "");
}

struct library_file file(const char *name, const char *text)
{
    return (struct library_file){name, text, strlen(text)};
}

bool load_library_file(const struct library_file *file)
{
    static struct library_reader reader;

    library_start(&reader, file);
    while (library_slice(&reader, FILE_MAX))
        continue;
    return load_file(&ui.view, &reader);
}
