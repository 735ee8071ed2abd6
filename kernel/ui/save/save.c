/* SPDX-License-Identifier: MIT */
#include "save.h"
#include "qr_view.h"
#include "save_receive.h"
#include "save_send.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include <string.h>

/* Rows of the page. */
#define FIRST_ROW    2
#define ABOUT_ROW    12
#define MESSAGE_ROW  13
#define MESSAGE_ROWS 3
#define COMPACT_ROW  16

#define COMPACT_COLUMN 59 /* of the compact text beside the QR code */
#define WIDE_GROUPS    6  /* groups of eight characters in a row */
#define NARROW_GROUPS  2

static void edit(struct view *view, unsigned note)
{
    if (session_in_past(&view->session)) {
        view_message(view, "You are in the past, where nothing can be edited "
                           "here; End in the debugger goes to the present");
        return;
    }
    save_of(view)->typing = note;
    memcpy(save_of(view)->text, view->session.notes.text[note], NOTE_SIZE);
}

static void edit_title(struct view *view)
{
    edit(view, NOTE_TITLE);
}

static void edit_author(struct view *view)
{
    edit(view, NOTE_AUTHOR);
}

static void show_large(struct view *view)
{
    save_of(view)->large = true;
}

static const struct {
    char letter;
    const char *name;
    void (*act)(struct view *view);
    unsigned note;    /* the note that is edited, or 0 */
    bool needs_port;  /* true if it uses the port for data */
    bool may_be_file; /* true if the hosted console writes a file instead */
} rows[] = {
    {'A', "Save your program as you entered it, with title and notes (.asm)",
     save_send_asm, 0, true, true},
    {'L',
     "The same with names of lines, for simulators that read labels (.asm)",
     save_send_names, 0, true, true},
    {'S', "The same as digits, for every simulator, without notes (.snp)",
     save_send_snp, 0, true, true},
    {'D', "Save the store as the machine has left it (.asm)", save_send_store,
     0, true, true},
    {'T', "Save the state: the store now, A, CI, PI, counts and switches",
     save_send_state, 0, true, true},
    {'R', "Receive a program, in any format, or a state", save_receive, 0, true,
     false},
    {'N', "Name of the program:", edit_title, NOTE_TITLE, false, false},
    {'W', "Written by:", edit_author, NOTE_AUTHOR, false, false},
    {'Q', "QR code on the whole screen", show_large, 0, false, false},
    {'F', "Save your program on the floppy, into SAVED.ASM", save_send_disk, 0,
     false, false},
};
#define ROWS ((unsigned)(sizeof rows / sizeof rows[0]))

/* The last row is for a PC that was booted from a floppy. */
static unsigned row_count(const struct view *view)
{
    return view->environment.disk != NULL ? ROWS : ROWS - 1;
}

/* ---- Drawing ---- */

static void draw_row(struct view *view, unsigned i)
{
    const struct save *save = save_of(view);
    unsigned row = FIRST_ROW + i, column = 6 + (unsigned)strlen(rows[i].name);
    bool chosen = i == save->row;
    uint8_t attribute = chosen ? ATTR_SELECTED : ATTR_TEXT;

    cells_fill(&view->cells, row, 1, PAGE_COLUMNS - 2, ' ', attribute);
    cells_put(&view->cells, row, 2, (uint8_t)rows[i].letter,
              chosen ? ATTR_SELECTED : ATTR_STRONG);
    cells_text(&view->cells, row, 5, attribute, rows[i].name);
    if (rows[i].note == 0)
        return;
    if (save->typing != rows[i].note) {
        page_cut(view, row, column, PAGE_COLUMNS - 2 - column, attribute,
                 view->session.notes.text[rows[i].note]);
        return;
    }
    size_t length = strlen(save->text), space = PAGE_COLUMNS - 3 - column;
    const char *end = save->text + (length > space ? length - space : 0);

    cells_text(&view->cells, row, column, attribute, end);
    cells_put(&view->cells, row, column + (unsigned)strlen(end), ' ',
              ATTR_CURSOR);
}

static void draw_about(struct view *view)
{
    if (view->environment.save_file != NULL)
        cells_text(&view->cells, ABOUT_ROW, 2, ATTR_LABEL,
                   "Each save is a new file in the current directory.");
    else if (!view->environment.serial)
        page_text(view, ABOUT_ROW, 2, ATTR_LABEL,
                  "This PC has no %s, so nothing can be sent or received.",
                  view_port_name(view));
    else
        page_text(view, ABOUT_ROW, 2, ATTR_LABEL,
                  "By %s, %u baud, 8 bits, no parity. Receiving ends at "
                  "Ctrl-D or silence.",
                  view_port_name(view),
                  (unsigned)view_port_baud(view, view->options.data));
}

static void draw_message(struct view *view, const char *text)
{
    char line[PAGE_COLUMNS];

    for (unsigned i = 0; i < MESSAGE_ROWS && *text != '\0'; i++) {
        text = page_wrap(text, line, PAGE_COLUMNS - 2);
        cells_fill(&view->cells, MESSAGE_ROW + i, 1, PAGE_COLUMNS - 2, ' ',
                   ATTR_WARN);
        cells_text(&view->cells, MESSAGE_ROW + i, 2, ATTR_WARN, line);
    }
}

static void draw_progress(struct view *view)
{
    const struct transfer *transfer = &view->transfer;
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (transfer->state == TRANSFER_SENDING)
        strbuf_add(&text, "Sending: %u of %u bytes; Esc cancels",
                   (unsigned)transfer->sent, (unsigned)transfer->size);
    else if (view->load.then != NULL)
        strbuf_add(&text, "Reading %u bytes; Esc cancels",
                   (unsigned)transfer->size);
    else if (transfer->size == 0)
        strbuf_add(&text, "Waiting for a program on %s ...; Esc cancels",
                   view_port_name(view));
    else
        strbuf_add(&text, "Receiving: %u bytes so far; Esc cancels",
                   (unsigned)transfer->size);
    draw_message(view, line);
}

/* Draws the compact text in groups of eight characters. */
static void draw_compact(struct view *view, unsigned row, unsigned column,
                         unsigned groups)
{
    const char *text = save_of(view)->compact;

    for (unsigned i = 0; text[i] != '\0'; i++) {
        unsigned in_row = i % (8 * groups);

        cells_put(&view->cells, row + i / (8 * groups),
                  column + in_row + in_row / 8, (uint8_t)text[i], ATTR_STRONG);
    }
}

/* Draws the compact text.  On a screen of 50 rows, the QR code is beside it. */
static void draw_photograph(struct view *view)
{
    static const char about[] = "Your program without title and notes, to "
                                "photograph. The word store= with this "
                                "text, added to the boot line, loads it:";
    const struct qr *qr = &save_of(view)->qr;
    bool both = !view->layout->halves;
    unsigned column = both ? COMPACT_COLUMN : 2;
    unsigned row = COMPACT_ROW + 2;

    cells_fill(&view->cells, COMPACT_ROW + 1 - view->layout->halves, 0,
               PAGE_COLUMNS, CHAR_HORIZONTAL, ATTR_LABEL);
    if (!both)
        row = COMPACT_ROW + 1;
    row = page_prose(view, row, 9, column, PAGE_COLUMNS - 2 - column,
                     ATTR_LABEL, about);
    draw_compact(view, row + both, column, both ? NARROW_GROUPS : WIDE_GROUPS);
    if (both && qr->done &&
        qr_view_rows(qr, QR_HALF) < view->layout->rows - COMPACT_ROW - 2)
        qr_view_draw(view, qr, QR_HALF, COMPACT_ROW + 2, 0);
}

/* Returns the look of the largest code that fits into the window, or
   QR_LOOKS. */
static enum qr_look choose_look(const struct view *view, const struct qr *qr)
{
    bool wide = view->layout->shift > 0;
    enum qr_look look = wide ? QR_WIDE : QR_WHOLE;

    while (look < QR_LOOKS &&
           (qr_view_rows(qr, look) > view->cells.window.rows ||
            qr_view_columns(qr, look) > view_columns(view) ||
            (wide && look == QR_WHOLE)))
        look++;
    return look;
}

/* Draws the QR code alone, as large as the screen allows. */
static void draw_large(struct view *view)
{
    const struct qr *qr = &save_of(view)->qr;
    struct window page = cells_use_grid(&view->cells);
    enum qr_look look = choose_look(view, qr);

    if (qr->done && qr->size > 0 && look < QR_LOOKS)
        qr_view_draw(view, qr, look,
                     (view->cells.rows - qr_view_rows(qr, look)) / 2,
                     (view->cells.columns - qr_view_columns(qr, look)) / 2);
    view->cells.window = page;
    if (qr->size == 0)
        draw_message(view, "The program and its link are too long for a QR "
                           "code. Esc goes back");
    else if (look == QR_LOOKS)
        draw_message(view, "This screen has too few rows for the QR code of "
                           "this program. Esc goes back");
}

static const char *keys_of(struct view *view)
{
    if (save_of(view)->to_disk)
        return "Please wait";
    if (save_is_active(view))
        return "Esc: cancel";
    if (save_of(view)->typing)
        return "Enter: keep   Esc: discard";
    if (save_of(view)->sent.unconfirmed)
        return "Y: it has arrived   Letter, or Up, Down and Enter   Esc: back";
    return "Letter, or Up, Down and Enter   Esc: back";
}

void save_draw(struct view *view)
{
    bool active = save_is_active(view);

    if (save_of(view)->large) {
        draw_large(view);
        return;
    }
    page_title(view, "Baby   Save and receive", "");
    for (unsigned i = 0; i < row_count(view); i++)
        draw_row(view, i);
    draw_about(view);
    draw_photograph(view);
    if (save_of(view)->to_disk)
        draw_message(view, "Saving on the floppy; this takes some seconds");
    else if (active)
        draw_progress(view);
    else
        draw_message(view, view->message);
    page_keys(view, keys_of(view));
}

/* ---- Keys ---- */

static void make_pictures(struct view *view)
{
    struct save *save = save_of(view);
    const char *prefix = view->options.link;
    struct strbuf text = strbuf_begin(save->compact, sizeof save->compact);
    struct strbuf link = strbuf_begin(save->link, sizeof save->link);

    session_program_entered(&view->session, &save->sent.program);
    compact_write_checked(&text, &save->sent.program);
    strbuf_add(&link, "%s", prefix);
    if (prefix[0] != '\0')
        compact_write(&link, &save->sent.program);
    else
        strbuf_add(&link, "%s", save->compact);
    qr_start(&save->qr, save->link, link.length, QR_VERSION_MAX);
}

void save_open(struct view *view)
{
    struct save *save = save_of(view);

    save->row = 0;
    save->typing = 0;
    save->large = false;
    save->sent.unconfirmed = false;
    make_pictures(view);
    page_open(view, PAGE_SAVE);
}

static void act(struct view *view, unsigned row)
{
    bool file = rows[row].may_be_file && view->environment.save_file != NULL;

    save_of(view)->row = row;
    if (!rows[row].needs_port || view->environment.serial || file)
        rows[row].act(view);
    else
        view_message(view, "This PC has no %s", view_port_name(view));
}

static void choose_letter(struct view *view, char letter)
{
    if (letter == 'Y' && save_of(view)->sent.unconfirmed)
        save_confirm(view);
    for (unsigned i = 0; i < row_count(view); i++)
        if (letter == rows[i].letter)
            act(view, i);
}

static void choose(struct view *view, const struct event *event)
{
    unsigned rows_shown = row_count(view);

    switch (event->key) {
    case KEY_UP:
        save_of(view)->row = (save_of(view)->row + rows_shown - 1) % rows_shown;
        break;
    case KEY_DOWN:
        save_of(view)->row = (save_of(view)->row + 1) % rows_shown;
        break;
    case KEY_ENTER:
        act(view, save_of(view)->row);
        break;
    case KEY_ESCAPE:
        page_back(view);
        break;
    case KEY_CHARACTER:
        choose_letter(view, upper(event->character));
        break;
    default:
        break;
    }
}

static void finish_typing(struct view *view)
{
    struct save *save = save_of(view);

    session_begin_action(&view->session);
    session_set_title(&view->session, save->typing, save->text);
    save->typing = 0;
}

static void type(struct view *view, const struct event *event)
{
    struct save *save = save_of(view);
    size_t length = strlen(save->text);

    if (event->key == KEY_ESCAPE) {
        save->typing = 0;
    } else if (event->key == KEY_ENTER) {
        finish_typing(view);
    } else if (event->key == KEY_BACKSPACE && length > 0) {
        save->text[length - 1] = '\0';
    } else if (event->key == KEY_CHARACTER && length < NOTE_SIZE - 1) {
        save->text[length] = event->character;
        save->text[length + 1] = '\0';
    }
}

void save_event(struct view *view, const struct event *event)
{
    if (save_of(view)->typing)
        type(view, event);
    else if (event->repeat || save_of(view)->to_disk)
        return;
    else if (save_of(view)->large)
        save_of(view)->large = false;
    else if (!save_is_active(view))
        choose(view, event);
    else if (event->key == KEY_ESCAPE)
        save_cancel(view);
}
