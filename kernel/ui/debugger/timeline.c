/* SPDX-License-Identifier: MIT */
#include "timeline.h"

#define BAR_COLUMN 1
#define BAR_WIDTH  (PAGE_COLUMNS - 2)

static void add_instruction(struct strbuf *text,
                            const struct position *position)
{
    strbuf_add_grouped(text, position->snapshot.machine.instructions);
}

static void draw_line(struct view *view, unsigned row,
                      const struct history *history)
{
    uint64_t first = history_first(history);
    uint64_t span = history_last(history) - first;
    uint64_t here = position_step(&history->at) - first;
    unsigned place = BAR_WIDTH - 1;

    /* Scale both values so that the product below does not overflow. */
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

/* Draws the start of history and the number of operator actions so far, as far
   as they fit into WIDTH columns. */
static void draw_beginning(struct view *view, unsigned row, size_t width,
                           const struct history *history)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    size_t short_length;

    strbuf_add(&text, "back to ");
    add_instruction(&text, &history->checkpoints[0].position);
    short_length = text.length;
    strbuf_add(&text, "; actions: %llu",
               (unsigned long long)history->at.actions);
    if (text.length + 2 > width)
        line[short_length] = '\0';
    if (short_length + 2 <= width)
        cells_text_right(&view->cells, row, PAGE_COLUMNS - 2, ATTR_LABEL, line);
}

static void draw_numbers(struct view *view, unsigned row,
                         const struct history *history)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "After instruction ");
    add_instruction(&text, &history->at);
    if (session_in_past(&view->session)) {
        strbuf_add(&text, " of ");
        add_instruction(&text, &history->last);
    }
    cells_text(&view->cells, row, 1, ATTR_STRONG, line);
    draw_beginning(view, row, PAGE_COLUMNS - 3 - text.length, history);
}

static void draw_seek(struct view *view, unsigned row,
                      const struct history *history)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, " Replaying: instruction ");
    add_instruction(&text, &history->seek.at);
    strbuf_add(&text, " (Esc cancels) ");
    cells_text(&view->cells, row, 1, ATTR_WARN, line);
}

void debug_time_draw(struct view *view, unsigned row)
{
    const struct history *history = view->session.travel.history;

    if (!session_has_history(&view->session)) {
        cells_text(&view->cells, row, 1, ATTR_WARN,
                   "This PC has too little memory for history.");
        return;
    }
    if (session_is_seeking(&view->session))
        draw_seek(view, row, history);
    else
        draw_numbers(view, row, history);
    draw_line(view, row + 1, history);
}
