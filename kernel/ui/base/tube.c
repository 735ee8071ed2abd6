/* SPDX-License-Identifier: MIT */
#include "tube.h"
#include "listing.h"
#include "page_draw.h"

#define BESIDE_GAP     3 /* columns between a page and the tube beside it */
#define BESIDE_COLUMNS (BESIDE_GAP + MARK_COLUMN + 4)
#define LARGE_COLUMN   8 /* of digit 0 of a large tube without a caption */
#define WORD_COLUMN    (LISTING_COLUMN + 4) /* of a register, plus `shift` */

static void draw_scale(struct view *view)
{
    unsigned row = view->layout->scale;

    for (unsigned digit = 0; digit < DIGITS; digit += 5)
        page_text(view, row, TUBE_COLUMN + digit * view->layout->digit,
                  ATTR_LABEL, "%u", digit);
    if (view->layout->halves || view->layout->caption > 0)
        return;
    cells_text(&view->cells, row - 1, TUBE_COLUMN, ATTR_LABEL, "line");
    cells_text(&view->cells, row - 1, TUBE_COLUMN + 13 * view->layout->digit,
               ATTR_LABEL, "function");
}

static void draw_frame(struct view *view)
{
    cells_face(&view->cells, view->layout->store - 1, TUBE_COLUMN - 1,
               LINES + 2, DIGITS * view->layout->digit + 2, ATTR_LABEL);
}

static void draw_numbers(struct view *view)
{
    unsigned step = view->layout->halves ? 2 : 1;

    for (unsigned line = 0; line < LINES; line += step) {
        char number[4];
        struct strbuf text = strbuf_begin(number, sizeof number);

        strbuf_add(&text, "%02u", line);
        cells_text(&view->cells, view->layout->store + line / step, 0,
                   ATTR_LABEL, number);
    }
}

static void draw_mark(struct view *view, unsigned line, unsigned column,
                      char mark)
{
    unsigned row =
        view->layout->store + (view->layout->halves ? line / 2 : line);

    cells_put(&view->cells, row, column, (uint8_t)mark, ATTR_STRONG);
}

/* On the short screen each line has a single mark column, where C hides L. */
static void draw_narrow_marks(struct view *view, unsigned l, unsigned c)
{
    unsigned column = NARROW_COLUMN;

    draw_mark(view, l, column + l % 2 * LISTING_NARROW, 'L');
    draw_mark(view, c, column + c % 2 * LISTING_NARROW, 'C');
}

/* Draws the marks L and C with pointers to the listing or, on the panel, to the
   tube.  Marks on the same line or on the short screen are side by side. */
static void draw_marks(struct view *view)
{
    unsigned l = word_line(view->session.controls.stat);
    unsigned c = word_line(view->session.machine.ci);
    bool listing = view->base == PAGE_EDITOR, is_short = view->layout->halves;
    bool apart = !is_short && l != c;
    unsigned column = MARK_COLUMN + view->layout->shift;
    unsigned letter = column + (apart && !listing);
    unsigned pointer = column + listing;
    char shape = listing ? CHAR_POINTER : CHAR_POINTER_LEFT;

    if (is_short && listing) {
        draw_narrow_marks(view, l, c);
        return;
    }
    draw_mark(view, l, letter, 'L');
    draw_mark(view, c, letter + !apart, 'C');
    if (apart) {
        draw_mark(view, l, pointer, shape);
        draw_mark(view, c, pointer, shape);
    }
}

void tube_draw(struct view *view)
{
    bool store = view->monitor != MONITOR_A && view->monitor != MONITOR_C;
    bool cursor =
        view->base == PAGE_EDITOR && view->entry.focus == FOCUS_TUBE && store;
    const struct monitor_look look = {
        .row = view->layout->store,
        .column = TUBE_COLUMN,
        .width = view->layout->digit,
        .halves = view->layout->halves,
        .keep_pi = view->options.keep_pi,
        .coarse = view->coarse,
        .line = cursor ? (int)view->line : -1,
        .digit = cursor ? (int)view->digit : -1,
    };

    draw_scale(view);
    if (!view->layout->halves)
        draw_frame(view);
    draw_numbers(view);
    monitor_draw(&view->cells, &view->session, view->monitor, &look);
    draw_marks(view);
}

static void draw_registers_frame(struct view *view)
{
    unsigned row = view->layout->registers - 1;
    unsigned width = DIGITS * view->layout->digit;

    cells_face(&view->cells, row, TUBE_COLUMN - 1, 5, width + 2, ATTR_LABEL);
    cells_put_beam(&view->cells, row, TUBE_COLUMN - 1, CHAR_FRAME_TEE_RIGHT,
                   ATTR_LABEL, cells_face_inside);
    cells_put_beam(&view->cells, row, TUBE_COLUMN + width, CHAR_FRAME_TEE_LEFT,
                   ATTR_LABEL, cells_face_inside);
}

static void draw_digits(struct view *view, unsigned row,
                        enum phosphor_register which, uint8_t attribute)
{
    const struct monitor_look look = {
        .row = row,
        .column = TUBE_COLUMN,
        .width = view->layout->digit,
        .coarse = view->coarse,
    };

    monitor_draw_register(&view->cells, &view->session, which, &look,
                          attribute);
}

/* PI is valid only during an instruction.  At rest its last value is dimmed. */
static void draw_pi(struct view *view, unsigned row)
{
    bool past = !session_runs(&view->session);
    uint8_t attribute = past ? ATTR_LABEL : ATTR_TEXT;

    cells_text(&view->cells, row, 0, ATTR_LABEL, "PI");
    if (past && view->base == PAGE_EDITOR)
        cells_text(&view->cells, row, MARK_COLUMN + view->layout->shift,
                   ATTR_LABEL, "last");
    draw_digits(view, row, PHOSPHOR_PI, attribute);
    listing_word(view, row, WORD_COLUMN + view->layout->shift, attribute,
                 view->session.machine.pi, view->session.last.valid);
}

static void draw_register(struct view *view, unsigned row, const char *name,
                          enum phosphor_register which, uint32_t word)
{
    cells_text(&view->cells, row, 0, ATTR_LABEL, name);
    draw_digits(view, row, which, ATTR_TEXT);
    listing_word(view, row, WORD_COLUMN + view->layout->shift, ATTR_TEXT, word,
                 false);
}

void tube_draw_registers(struct view *view)
{
    const struct machine *machine = &view->session.machine;
    unsigned row = view->layout->registers;

    if (!view->layout->halves)
        draw_registers_frame(view);
    draw_register(view, row, " A", PHOSPHOR_A, machine->a);
    draw_register(view, row + 1, "CI", PHOSPHOR_CI, machine->ci);
    draw_pi(view, row + 2);
}

void tube_draw_beside(struct view *view, unsigned row)
{
    struct window window = view->cells.window;
    const struct layout *layout = view->layout;
    struct layout beside = *layout;
    unsigned room = window.columns - PAGE_COLUMNS;

    if (window.columns < PAGE_COLUMNS + BESIDE_COLUMNS)
        return;
    if (room < BESIDE_COLUMNS + DIGITS) {
        beside.digit = 1;
        beside.shift = 0;
    }
    view->layout = &beside;
    view->cells.window.row += row - layout->store;
    view->cells.window.rows -= row - layout->store;
    view->cells.window.column += PAGE_COLUMNS + BESIDE_GAP;
    view->cells.window.columns = BESIDE_COLUMNS - BESIDE_GAP + beside.shift;
    tube_draw(view);
    tube_draw_registers(view);
    view->layout = layout;
    view->cells.window = window;
}

void tube_draw_large(struct view *view, const struct session *session,
                     enum monitor monitor)
{
    const struct layout *layout = view->layout;
    unsigned column = layout->caption > 0 ? TUBE_COLUMN : LARGE_COLUMN;
    const struct monitor_look look = {
        .row = layout->store,
        .column = column,
        .width = 2,
        .halves = layout->halves,
        .keep_pi = view->options.keep_pi,
        .coarse = view->coarse,
        .line = -1,
        .digit = -1,
    };

    if (!layout->halves)
        cells_face(&view->cells, layout->store - 1, column - 1, LINES + 2,
                   2 * DIGITS + 2, ATTR_LABEL);
    monitor_draw(&view->cells, session, monitor, &look);
    if (layout->caption > 0) {
        draw_scale(view);
        draw_numbers(view);
    }
}

unsigned tube_caption(struct view *view, unsigned row, uint8_t attribute,
                      const char *label, const char *text)
{
    unsigned column = view->layout->caption, last = view->layout->message;
    unsigned width = view_columns(view) - column;

    if (row >= last)
        return row;
    if (label[0] != '\0')
        cells_text(&view->cells, row++, column, ATTR_LABEL, label);
    return page_prose(view, row, last - row, column, width, attribute, text) +
           1;
}
