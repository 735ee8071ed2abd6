/* SPDX-License-Identifier: MIT */
/*
 * The editor's page: tube, listing, registers; the cursor, and what is typed.
 */
#include "ui/base/commands.h"
#include "emu/text/mnemonic.h"
#include "emu/text/notation_1951.h"
#include "ui/base/page.h"
#include <string.h>

#define PAGE_LINES 8

static void move_line(struct ui *ui, int by)
{
    ui->line = (ui->line + (unsigned)by) % LINES;
}

void editor_draw(struct ui *ui)
{
    tube_draw(ui);
    tube_draw_registers(ui);
    listing_draw(ui);
    status_draw(ui);
    listing_draw_note_entry(ui);
    if (ui->tour.on)
        tour_draw(ui);
}

/* Length of TEXT (LENGTH characters) without blanks at its end. */
static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

/* The word in the first LENGTH characters of the entry.  The form that the
   listing shows is read, and the modern one always. */
static bool read_word(struct ui *ui, size_t length, struct reading *reading)
{
    char sentence[MESSAGE_SIZE];
    struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);
    bool good = ui->paper && paper_read(ui->entry, length, reading, &wrong);

    if (!good && wrong.length == 0)
        good = instruction_read(ui->entry, length, reading, &wrong);
    if (wrong.length > 0)
        ui_message(ui, "%s%s", sentence, good ? "" : " (Esc drops it)");
    if (good && reading->used < length) {
        ui_message(ui,
                   "what follows \"%.*s\" has no meaning here (Esc drops it)",
                   (int)reading->used, ui->entry);
        return false;
    }
    return good;
}

/* Takes the note that begins at the entry's `;`. */
static bool take_note(struct ui *ui, struct line *content, const char *at)
{
    struct strbuf note = strbuf_begin(content->note, sizeof content->note);

    while (*at == ';' || *at == ' ')
        at++;
    strbuf_add(&note, "%.*s", (int)trimmed(at, strlen(at)), at);
    if (note.cut)
        ui_message(ui, "a note has no more than %u characters (Esc drops it)",
                   NOTE_SIZE - 1);
    return !note.cut;
}

/* Where in the entry the note's `;` stands, or the end. */
static size_t mark_at(const struct ui *ui)
{
    size_t at = 0;

    while (ui->entry[at] != '\0' && ui->entry[at] != ';')
        at++;
    return at;
}

bool editor_finish(struct ui *ui)
{
    const char *mark = ui->entry + mark_at(ui);
    size_t length = trimmed(ui->entry, mark_at(ui));
    struct line content = session_line(&ui->session, ui->line);
    struct reading reading;

    if (length > 0) {
        if (!read_word(ui, length, &reading))
            return false;
        content.word = reading.word;
        content.number = reading.digits ? instruction_is_number(reading.word)
                                        : reading.number;
    }
    if (*mark == ';' && !take_note(ui, &content, mark))
        return false;
    session_begin_action(&ui->session);
    session_set_line(&ui->session, ui->line, &content);
    ui->typing = false;
    return true;
}

/* A note is begun with what it was. */
static void begin_note(struct ui *ui)
{
    struct strbuf text = strbuf_begin(ui->entry, sizeof ui->entry);
    struct line content = session_line(&ui->session, ui->line);

    strbuf_add(&text, "; %s", content.note);
    ui->typing = true;
    ui->focus = FOCUS_LISTING;
}

static void type(struct ui *ui, char character)
{
    size_t length = ui->typing ? strlen(ui->entry) : 0;

    if (!ui->typing && character == ' ')
        return;
    if (!ui->typing && character == ';') {
        begin_note(ui);
        return;
    }
    if (length == ENTRY_SIZE - 1) {
        ui_message(ui,
                   "no more than %u characters can be typed (Esc drops them)",
                   ENTRY_SIZE - 1);
        return;
    }
    ui->focus = FOCUS_LISTING;
    ui->typing = true;
    ui->entry[length] = character;
    ui->entry[length + 1] = '\0';
}

static void typing_event(struct ui *ui, const struct event *event)
{
    size_t length = strlen(ui->entry);

    switch (event->key) {
    case KEY_CHARACTER:
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

/* The digit is the store's, so the store is what the tube must show. */
static void set_digit(struct ui *ui, bool one)
{
    uint32_t bit = 1u << ui->digit;

    ui->monitor = MONITOR_S;
    session_begin_action(&ui->session);
    session_set_digits(&ui->session, ui->line, bit, one ? bit : 0);
}

static void tube_character(struct ui *ui, char character)
{
    uint32_t word = ui->session.machine.store[ui->line];

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
        ui->monitor = MONITOR_S;
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

static void move_event(struct ui *ui, const struct event *event)
{
    switch (event->key) {
    case KEY_CHARACTER:
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

/* Keys that repeat while held: those that move or write.  A command that is
   held happens once. */
void editor_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);
    bool to_entry =
        ui->typing && (event->key == KEY_ESCAPE || event->key == KEY_DELETE);

    if (tour_event(ui, event))
        return;
    if (command != NULL && !to_entry) {
        if (!event->repeat)
            command_do(ui, command);
    } else if (event->key == KEY_ESCAPE && !to_entry) {
        if (!event->repeat)
            menu_open(ui);
    } else if (ui->typing) {
        typing_event(ui, event);
    } else if (event->key != KEY_CHARACTER ||
               future_may_begin(ui, NULL, event)) {
        move_event(ui, event);
    }
}
