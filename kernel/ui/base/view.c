/* SPDX-License-Identifier: MIT */
#include "view.h"
#include <stdarg.h>
#include <string.h>

static const struct layout layout_50 = {
    .rows = 50,
    .step = 2,
    .store = 4,
    .scale = 2,
    .registers = 37,
    .words = 42,
    .note = 46,
    .note_entry = 46,
    .switches = 46,
    .status = 44,
    .rate = 45,
    .message = 47,
    .advice = 48,
};

/* An 80x25 screen uses only 24 rows, to look the same as an 80x24 terminal. */
static const struct layout layout_24 = {
    .rows = 24,
    .step = 1,
    .halves = true,
    .store = 2,
    .scale = 1,
    .registers = 18,
    .words = 21,
    .note = 18,
    .note_entry = 21,
    .switches = 20,
    .status = 22,
    .rate = 22,
    .message = 22,
    .advice = 23,
};

void view_set_rows(struct view *view, unsigned rows)
{
    view->layout = rows == layout_50.rows ? &layout_50 : &layout_24;
    memset(&view->cells, 0, sizeof view->cells);
    view->cells.rows = view->layout->rows;
    cells_clear(&view->cells, ATTR_TEXT);
    view->changed = true;
}

void view_message(struct view *view, const char *format, ...)
{
    struct strbuf text = strbuf_begin(view->message, sizeof view->message);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
}

void view_make_normal(struct view *view)
{
    /* A replay uses the recorded switch positions. */
    if (session_in_past(&view->session))
        return;
    if (session_make_normal(&view->session))
        view_message(view, "The panel switches were set to normal: "
                           "Auto and Write, with all L and F down");
}

const char *view_title(const struct view *view)
{
    const struct notes *notes = &view->session.notes;

    if (notes->text[NOTE_TITLE][0] != '\0')
        return notes->text[NOTE_TITLE];
    return notes->head && view->load.name != NULL ? view->load.name : "";
}

const char *view_port_name(const struct view *view)
{
    return view->options.data == PORT_COM2 ? "COM2" : "COM1";
}

uint32_t view_port_baud(const struct view *view, enum port port)
{
    return port == view->options.console ? view->options.baud : BAUD;
}
