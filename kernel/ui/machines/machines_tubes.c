/* SPDX-License-Identifier: MIT */
#include "machines_tubes.h"
#include "machines_table.h"
#include "ui/base/page_draw.h"

#define GAP 2 /* columns between tubes */

/* Size of a tube in cells, without its caption */
struct size {
    unsigned rows, columns;
    bool small;
};

static const struct size sizes[] = {
    {LINES / 2, DIGITS, false},
    {MONITOR_SMALL_ROWS, MONITOR_SMALL_COLUMNS, true},
};

/* How many tubes fit, and where the first one is */
struct tiling {
    const struct size *size;
    unsigned across, down;
    unsigned column;
};

static struct tiling tiling_of(const struct view *view, unsigned rows,
                               const struct size *size)
{
    unsigned columns = view_columns(view);
    struct tiling tiling = {
        .size = size,
        .across = (columns + GAP) / (size->columns + GAP),
        .down = rows / (size->rows + 1),
    };

    tiling.column = (columns + GAP - tiling.across * (size->columns + GAP)) / 2;
    return tiling;
}

/* Small tubes are only for screens that show the beam, which are wide. */
static struct tiling choose(struct view *view, unsigned rows)
{
    struct tiling tiling = tiling_of(view, rows, &sizes[0]);

    if (tiling.across * tiling.down >= view->guests->count ||
        view->layout->digit == 1)
        return tiling;
    return tiling_of(view, rows, &sizes[1]);
}

unsigned machines_tubes_across(struct view *view, unsigned rows)
{
    return choose(view, rows).across;
}

static void draw_caption(struct view *view, unsigned row, unsigned column,
                         unsigned width, unsigned number)
{
    bool chosen = number == machines_of(view)->chosen;
    bool runs = guests_state(view->guests, number) == GUEST_RUNNING;
    uint8_t attribute = chosen ? ATTR_SELECTED : runs ? ATTR_TEXT : ATTR_LABEL;
    char caption[DIGITS + 16];
    struct strbuf text = strbuf_begin(caption, sizeof caption);

    strbuf_add(&text, "%u ", number);
    if (!runs && width >= DIGITS)
        strbuf_add(&text, "%s: ", machines_state(view, number));
    strbuf_add(&text, "%s", machines_title(view, number));
    cells_fill(&view->cells, row, column, width, ' ', attribute);
    page_cut(view, row, column, width, attribute, caption);
}

static void draw_tube(struct view *view, unsigned row, unsigned column,
                      const struct size *size, unsigned number)
{
    const struct session *session = guests_session(view->guests, number);
    const struct monitor_look look = {
        .row = row,
        .column = column,
        .width = 1,
        .halves = true,
        .coarse = view->coarse,
        .line = -1,
        .digit = -1,
    };

    if (size->small)
        monitor_draw_small(&view->cells, session, row, column, view->coarse);
    else
        monitor_draw(&view->cells, session, MONITOR_S, &look);
    guests_get(view->guests, number)->shown = true;
}

unsigned machines_draw_tubes(struct view *view, unsigned row, unsigned rows)
{
    struct tiling tiling = choose(view, rows);
    unsigned shown = tiling.across * tiling.down;
    unsigned first = machines_position(view) / shown * shown;

    for (unsigned i = 0; i < shown; i++) {
        unsigned number = machines_number(view, first + i);
        unsigned y = row + i / tiling.across * (tiling.size->rows + 1);
        unsigned x =
            tiling.column + i % tiling.across * (tiling.size->columns + GAP);

        if (number == 0)
            break;
        draw_tube(view, y, x, tiling.size, number);
        draw_caption(view, y + tiling.size->rows, x, tiling.size->columns,
                     number);
    }
    unsigned last = view->guests->count - first - 1;

    if (last >= shown)
        last = shown - 1;
    return (last / tiling.across + 1) * (tiling.size->rows + 1);
}
