/* SPDX-License-Identifier: MIT */
#include "page_draw.h"
#include "emu/text/si.h"
#include <stdarg.h>
#include <string.h>

struct window page_bar(struct view *view, bool keys)
{
    struct window page = cells_use_grid(&view->cells);

    cells_fill(&view->cells, keys ? view_keys_row(view) : 0, 0,
               view_columns(view), ' ', ATTR_BAR);
    return page;
}

void page_title(struct view *view, const char *text, const char *right)
{
    struct window page = page_bar(view, false);

    cells_text(&view->cells, 0, 1, ATTR_BAR, text);
    cells_text_right(&view->cells, 0, view_columns(view) - 2, ATTR_BAR, right);
    view->cells.window = page;
}

void page_keys(struct view *view, const char *text)
{
    struct window page = page_bar(view, true);

    cells_text(&view->cells, view_keys_row(view), 1, ATTR_BAR, text);
    view->cells.window = page;
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
    char buffer[CELLS_COLUMNS_MAX + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
    cells_text(&view->cells, row, column, attribute, buffer);
}

void page_text_right(struct view *view, unsigned row, unsigned right,
                     uint8_t attribute, const char *format, ...)
{
    char buffer[24];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
    cells_text_right(&view->cells, row, right, attribute, buffer);
}

void page_si_right(struct view *view, unsigned row, unsigned right,
                   uint8_t attribute, uint64_t number, int power)
{
    char buffer[SI_PURE_WIDTH + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_si(&text, number, power, SI_PURE);
    cells_text_right(&view->cells, row, right, attribute, buffer);
}

void page_cut(struct view *view, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text)
{
    unsigned length = (unsigned)strlen(text);

    if (length <= width) {
        cells_text(&view->cells, row, column, attribute, text);
        return;
    }
    for (unsigned i = 0; i < width; i++)
        cells_put(&view->cells, row, column + i,
                  i + 2 >= width ? '.' : (uint8_t)text[i], attribute);
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
    char line[CELLS_COLUMNS_MAX + 1];

    for (; rows > 0 && *text != '\0'; rows--, row++) {
        const char *rest = page_wrap(text, line, width + 1);

        if (rows == 1 && *rest != '\0') /* leave room for "..." */
            rest = page_wrap(text, line, width - 1);
        text = rest;
        cells_text(&view->cells, row, column, attribute, line);
    }
    if (*text != '\0')
        cells_text_right(&view->cells, row - 1, column + width, attribute,
                         "...");
    return row;
}
