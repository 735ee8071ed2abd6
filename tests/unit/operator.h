/* SPDX-License-Identifier: MIT */
/*
 * Simulates an operator who presses keys, reads the screen and uses the panel.
 *
 * Time advances only when a test advances it.  A turn is one call of
 * ui_turn(), and a bar takes 1,440 us at the real speed.
 */
#pragma once

#include "ui/base/command_dispatch.h"
#include "services/option_parser.h"
#include "ui/ui.h"
#include "ui/ui.h"

#include <string.h>

#define FRAME_TIME 20000u
#define BAR_TIME   1440u
#define WORD(function, line)                                                   \
    ((uint32_t)(function) << FUNCTION_BIT | (uint32_t)(line))

static struct ui ui;
static union engine_state engine_state;
static uint64_t now;
static uint32_t asleep; /* time in microseconds for which the PC may sleep */

static const unsigned screen_rows[] = {50, 24};
#define SCREENS 2

static struct machine *const machine = &ui.view.session.machine;

/* Keyboard characters for the four clearing keys of the panel. */
#define KLC_ "-"
#define KSC_ "="
#define KAC_ "."
#define KCC_ "/"

/* Keys of the 32 typewriter buttons on a US keyboard. */
static const char type_positions[] = "12345678qwertyuiasdfghjkzxcvbnm,";
static const char type_shifted[] = "!@#$%^&*QWERTYUIASDFGHJKZXCVBNM<";

static inline void turn_by(uint64_t step)
{
    bool drawn;

    now += step;
    while (ui_more(&ui, now))
        continue;
    asleep = ui_turn(&ui, now, &drawn);
    ui_account_time(&ui, 3000, 0);
}

static inline void frames(unsigned count)
{
    while (count-- > 0)
        turn_by(FRAME_TIME);
}

/* Runs the console for COUNT turns, each lasting one bar at the real speed. */
static inline void bars(unsigned count)
{
    while (count-- > 0)
        turn_by(BAR_TIME);
}

static inline void send(struct event event)
{
    ui_event(&ui, &event);
}

static inline struct event key_event(enum key key)
{
    return (struct event){.key = key, .down = true};
}

static inline struct event character_event(char position)
{
    return (struct event){KEY_CHARACTER, position, position, .down = true};
}

static inline void down(struct event event)
{
    send(event);
}

static inline void repeat(struct event event)
{
    event.repeat = true;
    send(event);
}

static inline void up(struct event event)
{
    event.down = false;
    send(event);
}

/* Presses a key and releases it immediately. */
static inline void press(enum key key)
{
    down(key_event(key));
    up(key_event(key));
}

static inline void press_kc(void)
{
    press(KEY_ENTER);
}

static inline void press_cs(void)
{
    press(KEY_BACKSPACE);
}

static inline void type(const char *positions)
{
    for (; *positions != '\0'; positions++) {
        down(character_event(*positions));
        up(character_event(*positions));
    }
}

static inline void hold(char position)
{
    down(character_event(position));
}

static inline void release(char position)
{
    up(character_event(position));
}

/* Receives one byte from a serial terminal. */
static inline void terminal(char position)
{
    struct event event = character_event(position);

    event.tap = true;
    send(event);
}

/* Starts the console with PROGRAM loaded and opens the editor page. */
static inline void start_editor(unsigned rows, const char *command,
                                const char *program)
{
    static struct journal journal;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);
    struct options options;

    memset(&ui, 0, sizeof ui);
    ui.view.environment.engine_state = &engine_state;
    ui.view.environment.memory = &journal;
    ui.view.environment.memory_size = sizeof journal;
    now = 1000000;
    library_add(&ui.view.library, "test", program, strlen(program));
    options_read(&options, command, &warnings);
    assert_int_equal(warnings.length, 0);
    ui_start(&ui, (struct screen_sizes){.page = {rows, PAGE_COLUMNS}}, &options,
             1, "test", "", "Found: nothing", now);
    assert_string_equal(ui.view.message, "");
    turn_by(FRAME_TIME);
}

/* Starts the console with PROGRAM loaded and opens the panel page. */
static inline void start_panel(unsigned rows, const char *command,
                               const char *program)
{
    start_editor(rows, command, program);
    press(KEY_TAB);
    turn_by(FRAME_TIME);
    assert_int_equal(ui.view.page, PAGE_PANEL);
}

static inline void on_both_screens(void (*test)(unsigned rows))
{
    for (unsigned i = 0; i < SCREENS; i++)
        test(screen_rows[i]);
}

/* Sets adjacent switches, starting at digit FIRST, to the bits of VALUE. */
static inline void set_switches(const char *keys, unsigned first,
                                unsigned value)
{
    for (unsigned i = 0; keys[i] != '\0'; i++) {
        const char key[] = {keys[i], '\0'};

        if ((ui.view.session.controls.stat >> (first + i) & 1) !=
            (value >> i & 1))
            type(key);
    }
}

static inline void set_l(unsigned line)
{
    set_switches("op[]\\", 0, line);
}

static inline void set_f(unsigned function)
{
    set_switches("l;'", FUNCTION_BIT, function);
}

static inline void set_manual(bool manual)
{
    if (ui.view.session.controls.manual != manual)
        type("9");
}

static inline void set_erase(bool erase)
{
    if (ui.view.session.controls.erase != erase)
        type("0");
}

static inline void set_cs(bool at_run)
{
    if (ui.view.session.cs != at_run)
        press_cs();
}

/* Sets CS to Stop, all L and F switches down, and selects Write and Auto. */
static inline void normal_setting(void)
{
    set_cs(false);
    set_l(31);
    set_f(7);
    set_erase(false);
    set_manual(false);
}

static inline void type_digits(uint32_t word)
{
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        const char key[] = {type_positions[digit], '\0'};

        if (word >> digit & 1)
            type(key);
    }
}

static inline void enter_word(unsigned line, uint32_t word)
{
    set_l(line);
    type(KLC_);
    type_digits(word);
}

/* Selects a panel control and operates it with the space bar. */
static inline void choose_and_press(unsigned index)
{
    ui.panel.chosen = index;
    hold(' ');
    frames(2);
    release(' ');
    frames(1);
}

static inline uint8_t cell(unsigned row, unsigned column)
{
    return (uint8_t)ui.view.cells.at[row][column];
}

static inline uint8_t attribute_at(unsigned row, unsigned column)
{
    return (uint8_t)(ui.view.cells.at[row][column] >> 8);
}

/* Returns whether TEXT appears in the given row at the given column. */
static inline bool row_has(unsigned row, unsigned column, const char *text)
{
    for (; *text != '\0'; text++, column++)
        if (column >= PAGE_COLUMNS || cell(row, column) != (uint8_t)*text)
            return false;
    return true;
}

static inline bool row_shows(unsigned row, const char *text)
{
    for (unsigned column = 0; column < PAGE_COLUMNS; column++)
        if (row_has(row, column, text))
            return true;
    return false;
}

static inline bool screen_shows(const char *text)
{
    for (unsigned row = 0; row < ui.view.cells.rows; row++)
        if (row_shows(row, text))
            return true;
    return false;
}

/* Returns whether the tube shows the given digit as a dash. */
static inline bool dash(unsigned line, unsigned digit)
{
    const struct layout *layout = ui.view.layout;
    unsigned column = TUBE_COLUMN + digit;

    if (!layout->halves)
        return cell(layout->store + line, column) == CHAR_DASH;
    uint8_t is = cell(layout->store + line / 2, column);

    return is == CHAR_BOTH_HALVES ||
           is == (line % 2 ? CHAR_LOWER_HALF : CHAR_UPPER_HALF);
}

/* Returns the word that the tube shows in the given line. */
static inline uint32_t tube_line(unsigned line)
{
    uint32_t word = 0;

    for (unsigned digit = 0; digit < DIGITS; digit++)
        word |= (uint32_t)dash(line, digit) << digit;
    return word;
}

/* Returns the attribute with which the tube shows the given line. */
static inline uint8_t tube_attribute(unsigned line)
{
    const struct layout *layout = ui.view.layout;

    return attribute_at(layout->store + (layout->halves ? line / 2 : line),
                        TUBE_COLUMN);
}
