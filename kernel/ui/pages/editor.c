/* SPDX-License-Identifier: MIT */
#include "editor.h"
#include "emu/text/instruction.h"
#include "editor_state.h"
#include "tour.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/listing.h"
#include "ui/base/menu.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"
#include <string.h>

#define PAGE_LINES 8

static void move_line(struct view *view, int by)
{
    view->line = (view->line + (unsigned)by) % LINES;
}

void editor_draw(struct view *view)
{
    tube_draw(view);
    tube_draw_registers(view);
    listing_draw(view);
    status_draw(view);
    listing_draw_note_entry(view);
    if (view->touring)
        tour_draw(view);
}

static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

/* Returns the names of lines that notes define, or NULL if there are none. */
static const struct names *collect_names(struct view *view)
{
    struct names *names = &editor_of(view)->names;

    names->count = 0;
    for (unsigned line = 0; line < LINES; line++) {
        struct line content = session_line(&view->session, line);

        names_add_note(names, (struct span){content.note, strlen(content.note)},
                       line);
    }
    return names->count > 0 ? names : NULL;
}

/* Parses the first LENGTH characters of the entry as a word. */
static bool read_word(struct view *view, size_t length, struct reading *reading)
{
    char sentence[MESSAGE_SIZE];
    struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);
    bool good = instruction_read(view->entry.text, length, collect_names(view),
                                 reading, &wrong);

    if (wrong.length > 0)
        view_message(view, "%s%s", sentence, good ? "" : " (Esc discards it)");
    if (good && reading->used < length) {
        view_message(
            view, "the text after \"%.*s\" is not understood (Esc discards it)",
            (int)reading->used, view->entry.text);
        return false;
    }
    return good;
}

/* Copies the note at AT, without its leading `;`, unless it is too long. */
static bool read_note(struct view *view, struct line *content, const char *at)
{
    struct strbuf note = strbuf_begin(content->note, sizeof content->note);

    while (*at == ';' || *at == ' ')
        at++;
    strbuf_add(&note, "%.*s", (int)trimmed(at, strlen(at)), at);
    if (note.cut)
        view_message(view,
                     "a note can have at most %u characters (Esc discards it)",
                     NOTE_SIZE - 1);
    return !note.cut;
}

/* Returns the index of the first `;`, or of the end of the entry. */
static size_t mark_at(const struct view *view)
{
    size_t at = 0;

    while (view->entry.text[at] != '\0' && view->entry.text[at] != ';')
        at++;
    return at;
}

bool editor_commit(struct view *view)
{
    const char *mark = view->entry.text + mark_at(view);
    size_t length = trimmed(view->entry.text, mark_at(view));
    struct line content = session_line(&view->session, view->line);
    struct reading reading;

    if (length > 0) {
        if (!read_word(view, length, &reading))
            return false;
        content.word = content.entered = reading.word;
        content.number = reading.digits ? instruction_is_number(reading.word)
                                        : reading.number;
    }
    if (*mark == ';' && !read_note(view, &content, mark))
        return false;
    session_begin_action(&view->session);
    session_set_line(&view->session, view->line, &content);
    view->entry.typing = false;
    return true;
}

static void begin_note(struct view *view)
{
    struct strbuf text =
        strbuf_begin(view->entry.text, sizeof view->entry.text);
    struct line content = session_line(&view->session, view->line);

    strbuf_add(&text, "; %s", content.note);
    view->entry.typing = true;
    view->entry.focus = FOCUS_LISTING;
}

static void type(struct view *view, char character)
{
    size_t length = view->entry.typing ? strlen(view->entry.text) : 0;

    if (!view->entry.typing && character == ' ')
        return;
    if (!view->entry.typing && character == ';') {
        begin_note(view);
        return;
    }
    if (length == ENTRY_SIZE - 1) {
        view_message(view,
                     "you can type at most %u characters (Esc discards them)",
                     ENTRY_SIZE - 1);
        return;
    }
    view->entry.focus = FOCUS_LISTING;
    view->entry.typing = true;
    view->entry.text[length] = character;
    view->entry.text[length + 1] = '\0';
}

static void accept(struct view *view, int by)
{
    view->entry.accepted = editor_commit(view);
    if (view->entry.accepted)
        move_line(view, by);
}

static void typing_event(struct view *view, const struct event *event)
{
    size_t length = strlen(view->entry.text);

    switch (event->key) {
    case KEY_CHARACTER:
        type(view, event->character);
        break;
    case KEY_BACKSPACE:
        view->entry.text[length - 1] = '\0';
        view->entry.typing = length > 1;
        break;
    case KEY_ESCAPE:
        view->entry.typing = false;
        break;
    case KEY_ENTER:
    case KEY_DOWN:
        accept(view, 1);
        break;
    case KEY_UP:
        accept(view, -1);
        break;
    default:
        break;
    }
}

static void set_digit(struct view *view, bool one)
{
    uint32_t bit = 1u << view->digit;

    view->monitor = MONITOR_S;
    session_begin_action(&view->session);
    session_set_digits(&view->session, view->line, bit, one ? bit : 0);
}

static void tube_character(struct view *view, char character)
{
    uint32_t word = view->session.machine.store[view->line];

    if (character == ' ') {
        set_digit(view, !(word >> view->digit & 1));
    } else if (character == '0' || character == '1') {
        set_digit(view, character == '1');
        if (view->digit < DIGITS - 1)
            view->digit++;
    } else {
        type(view, character);
    }
}

static void move_right(struct view *view)
{
    if (view->entry.focus == FOCUS_TUBE && view->digit < DIGITS - 1)
        view->digit++;
    else
        view->entry.focus = FOCUS_LISTING;
}

static void move_left(struct view *view)
{
    if (view->entry.focus == FOCUS_LISTING) {
        view->entry.focus = FOCUS_TUBE;
        view->digit = DIGITS - 1;
        view->monitor = MONITOR_S;
    } else if (view->digit > 0) {
        view->digit--;
    }
}

static void move_to_end(struct view *view, bool last)
{
    if (view->entry.focus == FOCUS_TUBE)
        view->digit = last ? DIGITS - 1 : 0;
    else
        view->line = last ? LINES - 1 : 0;
}

static void move_page(struct view *view, int by)
{
    int line = (int)view->line + by;

    if (line < 0)
        line = 0;
    if (line > LINES - 1)
        line = LINES - 1;
    view->line = (unsigned)line;
}

static void character(struct view *view, char character)
{
    if (view->entry.focus == FOCUS_TUBE)
        tube_character(view, character);
    else
        type(view, character);
}

static void move_event(struct view *view, const struct event *event)
{
    switch (event->key) {
    case KEY_CHARACTER:
        character(view, event->character);
        break;
    case KEY_UP:
        move_line(view, -1);
        break;
    case KEY_DOWN:
    case KEY_ENTER:
        move_line(view, 1);
        break;
    case KEY_LEFT:
    case KEY_BACKSPACE:
        move_left(view);
        break;
    case KEY_RIGHT:
        move_right(view);
        break;
    case KEY_HOME:
    case KEY_END:
        move_to_end(view, event->key == KEY_END);
        break;
    case KEY_PAGE_UP:
        move_page(view, -PAGE_LINES);
        break;
    case KEY_PAGE_DOWN:
        move_page(view, PAGE_LINES);
        break;
    default:
        break;
    }
}

/* Esc after an accepted entry only leaves the line, so that the next word typed
   is not taken for commands of the menu. */
static bool leaves_line(struct view *view, const struct event *event,
                        bool accepted)
{
    if (!accepted || event->key != KEY_ESCAPE || view->entry.typing)
        return false;
    view_message(view, "Esc again opens the menu");
    return true;
}

/* Only cursor and text keys repeat while held; commands are executed once. */
void editor_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);
    bool to_entry = view->entry.typing &&
                    (event->key == KEY_ESCAPE || event->key == KEY_DELETE);
    bool accepted = view->entry.accepted;

    view->entry.accepted = false;
    if (tour_event(view, event) || leaves_line(view, event, accepted))
        return;
    if (command != NULL && !to_entry) {
        if (!event->repeat)
            command_do(view, command);
    } else if (event->key == KEY_ESCAPE && !to_entry) {
        if (!event->repeat)
            menu_open(view);
    } else if (view->entry.typing) {
        typing_event(view, event);
    } else if (event->key != KEY_CHARACTER ||
               command_may_change(view, NULL, event)) {
        move_event(view, event);
    }
}
