/* SPDX-License-Identifier: MIT */
#include "view.h"
#include <stdarg.h>
#include <string.h>

#define WIDE_COLUMNS      110 /* minimum width of a wide screen */
#define WIDE_TUBE_COLUMNS 126 /* minimum width for two columns per digit */

#define ROWS_OF_A_PAGE                                                         \
    .rows = PAGE_ROWS, .step = 2, .store = 4, .scale = 2, .registers = 37,     \
    .words = 42, .note = 46, .note_entry = 46, .switches = 46, .status = 44,   \
    .rate = 45, .message = 47, .advice = 48

static const struct layout layout_page = {ROWS_OF_A_PAGE, .digit = 1};

static const struct layout layout_wide_tube = {
    ROWS_OF_A_PAGE,
    .digit = 2,
    .shift = DIGITS,
};

/* The tube alone, with a caption to its right. */
static const struct layout layout_large = {
    .rows = TUBE_ROWS,
    .step = 1,
    .digit = 2,
    .store = 3,
    .scale = 1,
    .message = 36,
    .advice = 36,
    .caption = 73,
};

/* An 80x25 screen uses only 24 rows, to look the same as an 80x24 terminal. */
static const struct layout layout_short = {
    .rows = SHORT_ROWS,
    .step = 1,
    .digit = 1,
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

static unsigned at_most(unsigned value, unsigned maximum)
{
    return value < maximum ? value : maximum;
}

static const struct layout *layout_for(struct cells_size grid)
{
    if (grid.rows < TUBE_ROWS)
        return &layout_short;
    if (grid.rows < PAGE_ROWS)
        return &layout_large;
    return grid.columns < WIDE_TUBE_COLUMNS ? &layout_page : &layout_wide_tube;
}

/* Wide screens use all rows and columns, and others those of a page. */
static struct cells_size grid_of(struct cells_size size)
{
    if (size.rows < TUBE_ROWS)
        return (struct cells_size){SHORT_ROWS, PAGE_COLUMNS};
    if (size.rows >= PAGE_ROWS && size.columns < WIDE_COLUMNS)
        return (struct cells_size){PAGE_ROWS, PAGE_COLUMNS};
    return (struct cells_size){at_most(size.rows, CELLS_ROWS_MAX),
                               at_most(size.columns, CELLS_COLUMNS_MAX)};
}

void view_set_size(struct view *view, struct cells_size size)
{
    struct cells_size grid = grid_of(size);

    if (view->layout != NULL && grid.rows == view->cells.rows &&
        grid.columns == view->cells.columns)
        return;
    view->layout = layout_for(grid);
    memset(&view->cells, 0, sizeof view->cells);
    cells_set_size(&view->cells, grid.rows, grid.columns);
    cells_clear(&view->cells, ATTR_TEXT);
    view->changed = true;
}

unsigned view_keys_row(const struct view *view)
{
    return view->cells.window.rows - 1;
}

unsigned view_columns(const struct view *view)
{
    return view->cells.window.columns;
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
