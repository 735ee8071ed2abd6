/* SPDX-License-Identifier: MIT */
/* Draws the listing beside the tube, with one or two store lines per row. */
#include "listing.h"
#include "emu/text/historic.h"
#include "emu/text/names.h"
#include "page_draw.h"
#include <string.h>

#define NOTE_COLUMN 61 /* column of the notes on long screens, plus `shift` */
#define NARROW_NOTE 61 /* column of the note on the short screen */
#define WIDE_AT     6  /* offset of the 32 digits from the instruction */

/* Returns true if the notes are replaced by 32 digits per line. */
static bool shows_digits(const struct view *view)
{
    return view->notation == NOTATION_DIGITS && view->base != PAGE_DEBUG &&
           !view->layout->halves;
}

/* Writes a number, using hexadecimal in place of 32 digits for lack of
   space. */
static void write_number(struct strbuf *text, const struct view *view,
                         uint32_t word)
{
    bool digits = view->notation == NOTATION_DIGITS;

    notation_write(text, word, digits ? NOTATION_HEXADECIMAL : view->notation);
}

/* Returns true if the next mark follows a number without a blank. */
static bool is_crowded(const struct view *view)
{
    return view->layout->halves && view->base != PAGE_DEBUG;
}

/* Returns the last column of a number that follows TAKEN columns of text,
   leaving a blank before the next mark if possible. */
static unsigned number_end(const struct view *view, size_t taken, size_t length)
{
    return WORD_WIDTH - 1 -
           (is_crowded(view) && taken + 1 + length < WORD_WIDTH);
}

static void write_instruction(struct strbuf *text, const struct view *view,
                              uint32_t word)
{
    if (view->notation_1951)
        historic_write_1951(text, word);
    else
        instruction_write(text, word);
}

/* Writes the instruction at the left and the number at the right. */
static void write_word(char text[WORD_WIDTH + 1], const struct view *view,
                       uint32_t word, bool instruction)
{
    char number[40];
    struct strbuf out = strbuf_begin(text, WORD_WIDTH + 1);
    struct strbuf right = strbuf_begin(number, sizeof number);

    if (instruction)
        write_instruction(&out, view, word);
    write_number(&right, view, word);
    unsigned end = number_end(view, out.length, right.length);
    unsigned from = end + 1 - (unsigned)right.length;

    memset(text + out.length, ' ', WORD_WIDTH - out.length);
    memcpy(text + from, number, right.length);
    text[WORD_WIDTH] = '\0';
}

/* Returns the text of WORD, from the cache if it is there. */
static const char *text_of(struct view *view, uint32_t word, bool instruction)
{
    unsigned style = 1u | instruction << 1 | is_crowded(view) << 2 |
                     view->notation_1951 << 3 | view->notation << 4;
    struct cached_word *place =
        &view->cached[(word ^ word >> 10 ^ style >> 1) % WORDS_CACHED];

    if (place->style != style || place->word != word) {
        place->style = (uint8_t)style;
        place->word = word;
        write_word(place->text, view, word, instruction);
    }
    return place->text;
}

/* Draws WORD as 32 digits, in place of the number and the note. */
static void draw_digits(struct view *view, unsigned row, unsigned column,
                        uint8_t attribute, uint32_t word, bool instruction)
{
    char buffer[40];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (instruction)
        write_instruction(&text, view, word);
    cells_text(&view->cells, row, column - 1, attribute, buffer);
    text = strbuf_begin(buffer, sizeof buffer);
    notation_write(&text, word, NOTATION_DIGITS);
    cells_text(&view->cells, row, column + WIDE_AT, attribute, buffer);
}

void listing_word(struct view *view, unsigned row, unsigned column,
                  uint8_t attribute, uint32_t word, bool instruction)
{
    if (shows_digits(view))
        draw_digits(view, row, column, attribute, word, instruction);
    else
        cells_text(&view->cells, row, column, attribute,
                   text_of(view, word, instruction));
}

static bool is_instruction(const struct view *view, unsigned line)
{
    const struct session *session = &view->session;
    bool obeyed = session->last.valid && !session->last.hung &&
                  word_line(session->last.ci) == line;

    return obeyed || !(session->notes.numbers >> line & 1);
}

static bool types_note(const struct view *view)
{
    return view->entry.typing && view->entry.text[0] == ';';
}

static void draw_entry(struct view *view, unsigned row, unsigned column)
{
    unsigned width = shows_digits(view) ? 39 : WORD_WIDTH;
    const char *from = view->entry.text;
    unsigned length = (unsigned)strlen(from);

    if (length > width)
        from += length - width;
    cells_text(&view->cells, row, column, ATTR_CURSOR, from);
    if (length > width)
        cells_text(&view->cells, row, column, ATTR_CURSOR, "..");
}

static void draw_breakpoint(struct view *view, unsigned line, unsigned row,
                            unsigned column, bool cursor)
{
    const struct breakpoints *breakpoints =
        &view->session.run_control.breakpoints;
    uint32_t lines =
        breakpoints->obeying | breakpoints->reading | breakpoints->writing;

    if (lines >> line & 1 && !shows_digits(view))
        cells_put(&view->cells, row, column, CHAR_LAMP_ON,
                  cursor ? ATTR_CURSOR : ATTR_STRONG);
}

static void draw_line(struct view *view, unsigned line, unsigned row,
                      unsigned column)
{
    bool cursor = view->entry.focus == FOCUS_LISTING && view->line == line;
    bool control = word_line(view->session.machine.ci) == line;
    unsigned width = view->layout->halves ? 1 + WORD_WIDTH
                     : shows_digits(view) ? 41
                                          : 20;
    uint8_t attribute = control ? ATTR_STRONG : ATTR_TEXT;
    unsigned word_column = column + 4;
    char number[4];
    struct strbuf text = strbuf_begin(number, sizeof number);

    strbuf_add(&text, "%02u", line);
    if (!shows_digits(view))
        cells_text(&view->cells, row, column + 1,
                   view->line == line ? ATTR_CURSOR
                   : control          ? ATTR_STRONG
                                      : ATTR_LABEL,
                   number);
    if (cursor) {
        attribute = ATTR_CURSOR;
        cells_fill(&view->cells, row, word_column - 1, width, ' ', attribute);
    }
    draw_breakpoint(view, line, row, word_column - 1, cursor);
    if (cursor && view->entry.typing && !types_note(view)) {
        draw_entry(view, row, word_column);
        return;
    }
    listing_word(view, row, word_column, attribute,
                 view->session.machine.store[line], is_instruction(view, line));
}

/* Appends the note of LINE, after the name that the note of its operand's line
   gives that line, as in "24=PEARS; the note". */
static void add_note(struct strbuf *text, const struct view *view,
                     unsigned line)
{
    struct line content = session_line(&view->session, line);
    unsigned operand = word_line(content.word);
    struct line other = session_line(&view->session, operand);
    struct span rest = {other.note, strlen(other.note)};
    struct span name = name_take(&rest);

    if (name.length > 0 && is_instruction(view, line) &&
        word_function(content.word) < CMP)
        strbuf_add(text, "%u=%.*s", operand, (int)name.length, name.at);
    if (content.note[0] != '\0') {
        strbuf_add_apart(text);
        strbuf_add(text, "%s", content.note);
    }
}

static void draw_note(struct view *view, unsigned line, unsigned row,
                      unsigned column)
{
    struct line shown = session_line(&view->session, line);
    char note[2 * NOTE_SIZE];
    struct strbuf text = strbuf_begin(note, sizeof note);

    if (line == view->line)
        add_note(&text, view, line);
    else
        strbuf_add(&text, "%s", shown.note);
    page_cut(view, row, column, view_columns(view) - column, ATTR_LABEL, note);
}

void listing_draw_note_entry(struct view *view)
{
    const char *from = view->entry.text;
    size_t length = strlen(from);

    if (!types_note(view))
        return;
    if (length > view_columns(view) - 2)
        from += length - (view_columns(view) - 2);
    cells_fill(&view->cells, view->layout->note_entry, 0, view_columns(view),
               ' ', ATTR_CURSOR);
    cells_text(&view->cells, view->layout->note_entry, 1, ATTR_CURSOR, from);
}

/* Draws the current line's note, in up to three rows on the short screen. */
static void draw_whole_note(struct view *view)
{
    char note[2 * NOTE_SIZE], whole[2 * NOTE_SIZE + 16];
    struct strbuf text = strbuf_begin(note, sizeof note);

    add_note(&text, view, view->line);
    if (types_note(view) || text.length == 0)
        return;
    text = strbuf_begin(whole, sizeof whole);
    if (view->layout->halves) {
        strbuf_add(&text, "%u: %s", view->line, note);
        page_prose(view, view->layout->note, 3, NARROW_NOTE,
                   PAGE_COLUMNS - NARROW_NOTE - 1, ATTR_LABEL, whole);
    } else {
        strbuf_add(&text, "Line %u: %s", view->line, note);
        page_cut(view, view->layout->note, 1, view_columns(view) - 1,
                 ATTR_LABEL, whole);
    }
}

/* On a wide screen there is space between a number and a note. */
static unsigned note_column(const struct view *view)
{
    unsigned shift = view->layout->shift;

    return NOTE_COLUMN + shift + (shift > 0 ? 2 : 0);
}

static void draw_heading(struct view *view)
{
    unsigned row = view->layout->scale;
    unsigned column = LISTING_COLUMN + view->layout->shift;

    cells_text(&view->cells, row, column + 4, ATTR_LABEL, "instr.");
    if (shows_digits(view)) {
        cells_text(&view->cells, row, column + 4 + WIDE_AT, ATTR_LABEL,
                   "0    5    10   15   20   25   30");
        return;
    }
    cells_text_right(&view->cells, row, column + 21, ATTR_LABEL, "number");
    cells_text(&view->cells, row, note_column(view), ATTR_LABEL, "note");
}

void listing_draw(struct view *view)
{
    const struct layout *layout = view->layout;

    if (!layout->halves)
        draw_heading(view);
    for (unsigned line = 0; line < LINES; line++) {
        if (layout->halves) {
            draw_line(view, line, layout->store + line / 2,
                      NARROW_COLUMN + line % 2 * LISTING_NARROW);
        } else {
            draw_line(view, line, layout->store + line,
                      LISTING_COLUMN + layout->shift);
            if (!shows_digits(view))
                draw_note(view, line, layout->store + line, note_column(view));
        }
    }
    draw_whole_note(view);
}
