/* SPDX-License-Identifier: MIT */
/*
 * The store in the debugger: each line with what a run stops at there, and
 * how hot it is.
 */
#include "store_view.h"
#include "emu/machine/count.h"
#include "ui/base/listing.h"

#define STOPS_COLUMN 1
#define LINE_COLUMN  5
#define WORD_COLUMN  8
#define HEAT_COLUMN  27
#define HEAT_WIDTH   5

/* What can stop a run at a line, by the letter it is known by. */
static const char letters[] = "orw";

static bool breakpoints_at(const struct breakpoints *breakpoints, unsigned kind,
                           unsigned line)
{
    const uint32_t lines[] = {breakpoints->obeying, breakpoints->reading,
                              breakpoints->writing};

    return lines[kind] >> line & 1;
}

static void draw_stops(struct view *view, unsigned row, unsigned line)
{
    const struct breakpoints *breakpoints =
        &view->session.run_control.breakpoints;

    for (unsigned i = 0; i < 3; i++)
        if (breakpoints_at(breakpoints, i, line))
            cells_put(&view->cells, row, STOPS_COLUMN + i, (uint8_t)letters[i],
                      ATTR_WARN);
}

static uint64_t heat_of(const struct profile *profile, unsigned line)
{
    uint64_t heat = profile->obeyed[line];

    count_add(&heat, profile->read[line]);
    count_add(&heat, profile->written[line]);
    return heat;
}

/* As wide as the line's share of what was obeyed; a line of data, of what was
   read and written. */
static void draw_heat(struct view *view, unsigned row, unsigned line)
{
    const struct profile *profile = &debug_of(view)->profile;
    uint64_t most = 1, here = heat_of(profile, line);

    for (unsigned i = 0; i < LINES; i++)
        if (heat_of(profile, i) > most)
            most = heat_of(profile, i);
    if (here == 0)
        return;
    /* Counts that great are told well enough by their upper halves. */
    while (most > UINT32_MAX) {
        most >>= 1;
        here >>= 1;
    }
    cells_fill(&view->cells, row, HEAT_COLUMN,
               1 + (unsigned)(here * (HEAT_WIDTH - 1) / most), ' ',
               profile->obeyed[line] > 0 ? ATTR_CURSOR : ATTR_BAR);
}

static void draw_line(struct view *view, unsigned row, unsigned line)
{
    const struct session *session = &view->session;
    bool next = !session->controls.manual && session_next_line(session) == line;
    bool last = word_line(session->machine.ci) == line;
    uint8_t attribute = last ? ATTR_STRONG : ATTR_TEXT;

    draw_stops(view, row, line);
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
    cells_text(&view->cells, row - 1, STOPS_COLUMN, ATTR_LABEL, "stop");
    cells_text(&view->cells, row - 1, WORD_COLUMN, ATTR_LABEL, "instr.");
    cells_text_right(&view->cells, row - 1, WORD_COLUMN + 17, ATTR_LABEL,
                     "number");
    if (debug_of(view)->profiled)
        cells_text(&view->cells, row - 1, HEAT_COLUMN, ATTR_LABEL, "heat");
    for (unsigned i = 0; i < rows; i++)
        draw_line(view, row + i, page_line(view, rows, i));
}
