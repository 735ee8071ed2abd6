/* SPDX-License-Identifier: MIT */
/*
 * Where in history the machine is: in numbers, and as a place on a line.
 */
#include "timeline.h"

#define BAR_COLUMN 1
#define BAR_WIDTH  (CELLS_COLUMNS - 2)

static void add_instruction(struct strbuf *text,
                            const struct position *position)
{
    strbuf_add_grouped(text, position->snapshot.machine.instructions);
}

/* From the oldest position that can be gone to, to the present. */
static void draw_line(struct view *view, unsigned row,
                      const struct history *history)
{
    uint64_t first = history_first(history);
    uint64_t span = history_last(history) - first;
    uint64_t here = position_step(&history->at) - first;
    unsigned place = BAR_WIDTH - 1;

    /* Spans that great are told well enough by their upper halves. */
    while (span > UINT32_MAX) {
        span >>= 1;
        here >>= 1;
    }
    if (span > 0)
        place = (unsigned)(here * (BAR_WIDTH - 1) / span);
    cells_fill(&view->cells, row, BAR_COLUMN, BAR_WIDTH, CHAR_HORIZONTAL,
               ATTR_LABEL);
    cells_fill(&view->cells, row, BAR_COLUMN, place, CHAR_HORIZONTAL,
               ATTR_STRONG);
    cells_put(&view->cells, row, BAR_COLUMN + place, ' ', ATTR_CURSOR);
}

/* How far back history goes, and how much was done by hand, in WIDTH columns
   at the right; what has no room is left out. */
static void draw_reach(struct view *view, unsigned row, size_t width,
                       const struct history *history)
{
    char line[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    size_t alone;

    strbuf_add(&text, "back to ");
    add_instruction(&text, &history->checkpoints[0].position);
    alone = text.length;
    strbuf_add(&text, "; by hand: %llu",
               (unsigned long long)history->at.actions);
    if (text.length + 2 > width)
        line[alone] = '\0';
    if (alone + 2 <= width)
        cells_text_right(&view->cells, row, CELLS_COLUMNS - 2, ATTR_LABEL,
                         line);
}

static void draw_numbers(struct view *view, unsigned row,
                         const struct history *history)
{
    char line[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "After instruction ");
    add_instruction(&text, &history->at);
    if (session_in_past(&view->session)) {
        strbuf_add(&text, " of ");
        add_instruction(&text, &history->last);
    }
    cells_text(&view->cells, row, 1, ATTR_STRONG, line);
    draw_reach(view, row, CELLS_COLUMNS - 3 - text.length, history);
}

/* What is searched, if anything is. */
static void draw_search(struct view *view, unsigned row,
                        const struct history *history)
{
    char line[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, " Going over it again: instruction ");
    add_instruction(&text, &history->seek.at);
    strbuf_add(&text, " (Esc ends it) ");
    cells_text(&view->cells, row, 1, ATTR_WARN, line);
}

void debug_time_draw(struct view *view, unsigned row)
{
    const struct history *history = view->session.travel.history;

    if (!session_has_history(&view->session)) {
        cells_text(&view->cells, row, 1, ATTR_WARN,
                   "This PC has no memory to spare for history.");
        return;
    }
    if (session_is_seeking(&view->session))
        draw_search(view, row, history);
    else
        draw_numbers(view, row, history);
    draw_line(view, row + 1, history);
}
