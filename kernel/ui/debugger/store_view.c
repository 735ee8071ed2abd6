/* SPDX-License-Identifier: MIT */
#include "store_view.h"
#include "emu/machine/count.h"
#include "ui/base/listing.h"
#include "ui/base/page_draw.h"

#define BREAKPOINTS_COLUMN 1
#define LINE_COLUMN        5
#define WORD_COLUMN        8
#define HEAT_COLUMN        27
#define HEAT_WIDTH         5

/* Marks the breakpoints on a line with o (obeyed), r (read) and w (written). */
static void draw_breakpoints(struct view *view, unsigned row, unsigned line)
{
    const struct breakpoints *breakpoints =
        &view->session.run_control.breakpoints;
    const uint32_t lines[] = {breakpoints->obeying, breakpoints->reading,
                              breakpoints->writing};

    for (unsigned i = 0; i < 3; i++)
        if (lines[i] >> line & 1)
            cells_put(&view->cells, row, BREAKPOINTS_COLUMN + i,
                      (uint8_t) "orw"[i], ATTR_WARN);
}

static uint64_t heat_of(const struct profile *profile, unsigned line)
{
    uint64_t heat = profile->obeyed[line];

    count_add(&heat, profile->read[line]);
    count_add(&heat, profile->written[line]);
    return heat;
}

static void draw_heat(struct view *view, unsigned row, unsigned line)
{
    const struct profile *profile = &debug_of(view)->profile;
    uint64_t hottest = 1, here = heat_of(profile, line);

    for (unsigned i = 0; i < LINES; i++)
        if (heat_of(profile, i) > hottest)
            hottest = heat_of(profile, i);
    if (here == 0)
        return;
    /* Scale both values so that the product below does not overflow. */
    while (hottest > UINT32_MAX) {
        hottest >>= 1;
        here >>= 1;
    }
    cells_fill(&view->cells, row, HEAT_COLUMN,
               1 + (unsigned)(here * (HEAT_WIDTH - 1) / hottest), ' ',
               profile->obeyed[line] > 0 ? ATTR_CURSOR : ATTR_BAR);
}

static void draw_line(struct view *view, unsigned row, unsigned line)
{
    const struct session *session = &view->session;
    bool next = !session->controls.manual && session_next_line(session) == line;
    bool last = word_line(session->machine.ci) == line;
    uint8_t attribute = last ? ATTR_STRONG : ATTR_TEXT;

    draw_breakpoints(view, row, line);
    if (next)
        cells_put(&view->cells, row, LINE_COLUMN - 1, CHAR_POINTER,
                  ATTR_STRONG);
    page_text(view, row, LINE_COLUMN,
              view->line == line ? ATTR_CURSOR : ATTR_LABEL, "%02u", line);
    listing_word(view, row, WORD_COLUMN, attribute,
                 session->machine.store[line],
                 last || !(session->notes.numbers >> line & 1));
    if (debug_of(view)->profiled)
        draw_heat(view, row, line);
}

void debug_lines_draw(struct view *view, unsigned row, unsigned rows)
{
    cells_text(&view->cells, row - 1, BREAKPOINTS_COLUMN, ATTR_LABEL, "brk");
    cells_text(&view->cells, row - 1, WORD_COLUMN, ATTR_LABEL, "instr.");
    cells_text_right(&view->cells, row - 1, WORD_COLUMN + 17, ATTR_LABEL,
                     "number");
    if (debug_of(view)->profiled)
        cells_text(&view->cells, row - 1, HEAT_COLUMN, ATTR_LABEL, "heat");
    for (unsigned i = 0; i < rows; i++)
        draw_line(view, row + i, page_line(view, rows, i));
}
