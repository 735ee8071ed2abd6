/* SPDX-License-Identifier: MIT */
/*
 * The cursor on tube and listing, and what is typed there.
 */
#include "emu/instruction.h"
#include "page.h"
#include <string.h>

#define PAGE_LINES 8

static void move_line(struct ui *ui, int by)
{
    ui->line = (ui->line + (unsigned)by) % LINES;
}

bool editor_finish(struct ui *ui)
{
    struct reading reading;
    char sentence[MESSAGE_SIZE];
    struct text wrong = text_begin(sentence, sizeof sentence);
    size_t length = strlen(ui->entry);

    while (length > 0 && ui->entry[length - 1] == ' ')
        length--;
    if (!instruction_read(ui->entry, length, &reading, &wrong)) {
        ui_say(ui, "%s (Esc drops it)", sentence);
        return false;
    }
    if (reading.used < length) {
        ui_say(ui, "what follows \"%.*s\" has no meaning here (Esc drops it)",
               (int)reading.used, ui->entry);
        return false;
    }
    if (wrong.length > 0)
        ui_say(ui, "%s", sentence);
    desk_set_line(&ui->desk, ui->line, reading.word, reading.number);
    ui->typing = false;
    return true;
}

static void type(struct ui *ui, char character)
{
    size_t length = ui->typing ? strlen(ui->entry) : 0;

    if (!ui->typing && character == ' ')
        return;
    ui->focus = FOCUS_LISTING;
    ui->typing = true;
    if (length < ENTRY_SIZE - 1) {
        ui->entry[length] = character;
        ui->entry[length + 1] = '\0';
    }
}

static void typing_event(struct ui *ui, const struct event *event)
{
    size_t length = strlen(ui->entry);

    switch (event->key) {
    case KEY_CHARACTER:
        if (!event->control)
            type(ui, event->character);
        break;
    case KEY_BACKSPACE:
        ui->entry[length - 1] = '\0';
        ui->typing = length > 1;
        break;
    case KEY_ESCAPE:
        ui->typing = false;
        break;
    case KEY_ENTER:
    case KEY_DOWN:
        if (editor_finish(ui))
            move_line(ui, 1);
        break;
    case KEY_UP:
        if (editor_finish(ui))
            move_line(ui, -1);
        break;
    default:
        break;
    }
}

static void set_digit(struct ui *ui, bool one)
{
    uint32_t bit = 1u << ui->digit;
    uint32_t word = ui->desk.machine.store[ui->line];
    bool number = ui->desk.numbers >> ui->line & 1;

    word = one ? word | bit : word & ~bit;
    desk_set_line(&ui->desk, ui->line, word, number);
}

static void tube_character(struct ui *ui, char character)
{
    uint32_t word = ui->desk.machine.store[ui->line];

    if (character == ' ') {
        set_digit(ui, !(word >> ui->digit & 1));
    } else if (character == '0' || character == '1') {
        set_digit(ui, character == '1');
        if (ui->digit < DIGITS - 1)
            ui->digit++;
    } else {
        type(ui, character);
    }
}

static void move_right(struct ui *ui)
{
    if (ui->focus == FOCUS_TUBE && ui->digit < DIGITS - 1)
        ui->digit++;
    else
        ui->focus = FOCUS_LISTING;
}

static void move_left(struct ui *ui)
{
    if (ui->focus == FOCUS_LISTING) {
        ui->focus = FOCUS_TUBE;
        ui->digit = DIGITS - 1;
    } else if (ui->digit > 0) {
        ui->digit--;
    }
}

/* To the end of the row on the tube, of the store in the listing. */
static void move_to_end(struct ui *ui, bool last)
{
    if (ui->focus == FOCUS_TUBE)
        ui->digit = last ? DIGITS - 1 : 0;
    else
        ui->line = last ? LINES - 1 : 0;
}

static void move_page(struct ui *ui, int by)
{
    int line = (int)ui->line + by;

    if (line < 0)
        line = 0;
    if (line > LINES - 1)
        line = LINES - 1;
    ui->line = (unsigned)line;
}

static void character(struct ui *ui, char character)
{
    if (ui->focus == FOCUS_TUBE)
        tube_character(ui, character);
    else
        type(ui, character);
}

void editor_event(struct ui *ui, const struct event *event)
{
    if (ui->typing) {
        typing_event(ui, event);
        return;
    }
    switch (event->key) {
    case KEY_CHARACTER:
        if (!event->control)
            character(ui, event->character);
        break;
    case KEY_UP:
        move_line(ui, -1);
        break;
    case KEY_DOWN:
    case KEY_ENTER:
        move_line(ui, 1);
        break;
    case KEY_LEFT:
    case KEY_BACKSPACE:
        move_left(ui);
        break;
    case KEY_RIGHT:
        move_right(ui);
        break;
    case KEY_HOME:
    case KEY_END:
        move_to_end(ui, event->key == KEY_END);
        break;
    case KEY_PAGE_UP:
        move_page(ui, -PAGE_LINES);
        break;
    case KEY_PAGE_DOWN:
        move_page(ui, PAGE_LINES);
        break;
    default:
        break;
    }
}
