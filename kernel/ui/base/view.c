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

/* 80x25 shows 24 rows, to look the same on a terminal with 24. */
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
    /* A replay uses the switches of that time. */
    if (session_in_past(&view->session))
        return;
    if (session_make_normal(&view->session))
        view_message(view,
                     "The panel's switches were set to normal: all L and F "
                     "down, Auto, Write");
}

const char *view_port_name(const struct view *view)
{
    return view->options.data == PORT_COM2 ? "COM2" : "COM1";
}

uint32_t view_port_baud(const struct view *view, enum port port)
{
    return port == view->options.console ? view->options.baud : BAUD;
}

void page_open(struct view *view, enum page_id page)
{
    if (page != view->page)
        page_release(view);
    view->page = page;
    if (page < PAGES_BASE)
        view->base = page;
}

void page_back(struct view *view)
{
    page_open(view, view->base);
}

void page_release(struct view *view)
{
    if (view->pages[view->page].leave != NULL)
        view->pages[view->page].leave(view);
}

bool page_commit(struct view *view)
{
    bool (*commit)(struct view * view) = view->pages[view->base].commit;

    return commit == NULL || commit(view);
}

static void draw_bar(struct view *view, unsigned row, const char *text)
{
    cells_fill(&view->cells, row, 0, CELLS_COLUMNS, ' ', ATTR_BAR);
    cells_text(&view->cells, row, 1, ATTR_BAR, text);
}

void page_title(struct view *view, const char *text)
{
    draw_bar(view, 0, text);
}

void page_keys(struct view *view, const char *text)
{
    draw_bar(view, KEYS_ROW(view->layout), text);
}

const char *page_wrap(const char *text, char *line, unsigned size)
{
    struct strbuf out = strbuf_begin(line, size);
    unsigned length = 0, cut = 0;

    while (text[length] != '\0' && text[length] != '\n' && length < size - 1) {
        length++;
        if (text[length] == ' ' || text[length] == '\n' || text[length] == '\0')
            cut = length;
    }
    if (cut == 0)
        cut = length;
    strbuf_add(&out, "%.*s", (int)cut, text);
    text += cut;
    if (*text == '\n')
        return text + 1;
    while (*text == ' ')
        text++;
    return text;
}

void page_text(struct view *view, unsigned row, unsigned column,
               uint8_t attribute, const char *format, ...)
{
    char buffer[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
    cells_text(&view->cells, row, column, attribute, buffer);
}

void page_cut(struct view *view, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text)
{
    unsigned length = (unsigned)strlen(text);

    for (unsigned i = 0; i < length && i < width; i++)
        cells_put(&view->cells, row, column + i,
                  length > width && i + 2 >= width ? '.' : (uint8_t)text[i],
                  attribute);
}

unsigned page_line(const struct view *view, unsigned rows, unsigned i)
{
    unsigned first = view->line > rows / 2 ? view->line - rows / 2 : 0;

    return (first < LINES - rows ? first : LINES - rows) + i;
}

unsigned page_prose(struct view *view, unsigned row, unsigned rows,
                    unsigned column, unsigned width, uint8_t attribute,
                    const char *text)
{
    char line[CELLS_COLUMNS + 1];

    for (; rows > 0 && *text != '\0'; rows--, row++) {
        const char *rest = page_wrap(text, line, width + 1);

        if (rows == 1 && *rest != '\0') /* the dots stand after a word */
            rest = page_wrap(text, line, width - 1);
        text = rest;
        cells_text(&view->cells, row, column, attribute, line);
    }
    if (*text != '\0')
        cells_text_right(&view->cells, row - 1, column + width, attribute,
                         "...");
    return row;
}
