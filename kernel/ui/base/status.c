/* SPDX-License-Identifier: MIT */
#include "status.h"
#include "command_dispatch.h"
#include "emu/text/si.h"
#include "explain.h"
#include "page_draw.h"
#include <string.h>

#define TITLE_COLUMN     14
#define TITLE_WIDTH      38       /* leaves two columns for the edit mark */
#define RATE_SPAN_US     500000u  /* minimum time to measure a rate */
#define RATE_SPAN_MAX_US 4000000u /* maximum time to measure a low rate */
#define RATE_COUNT       20 /* prepulses required before the maximum time */
#define REAL_PER_1000_S  694444u /* prepulses per 1,000 s at real speed */
#define BRIEF_WIDTH      13 /* maximum width of the rate relative to 1948 */

static void begin_span(struct rate *rate, uint64_t prepulses, uint64_t now)
{
    rate->since = now;
    rate->prepulses = prepulses;
}

uint64_t status_per_1000_s(uint64_t count, uint64_t span)
{
    /* Scale down to avoid overflow in the product below. */
    for (; span > UINT32_MAX; span /= 2)
        count /= 2;
    return count / span * 1000000000u +
           (count % span * 1000000000u + span / 2) / span;
}

void status_measure(struct view *view, uint64_t now)
{
    struct rate *rate = &view->rate;
    uint64_t prepulses = view->session.machine.prepulses;
    uint64_t span = now - rate->since, count = prepulses - rate->prepulses;

    if (!session_runs(&view->session) || prepulses < rate->prepulses) {
        *rate = (struct rate){.prepulses = prepulses};
        return;
    }
    /* Start measuring at the first prepulse. */
    if (!rate->begun) {
        rate->begun = count > 0;
        begin_span(rate, prepulses, now);
        return;
    }
    if (span < RATE_SPAN_US || (count < RATE_COUNT && span < RATE_SPAN_MAX_US))
        return;
    rate->thousandths = status_per_1000_s(count, span);
    rate->known = true;
    begin_span(rate, prepulses, now);
}

static const char *state_of(const struct view *view)
{
    if (session_runs(&view->session))
        return session_in_past(&view->session) ? "REPLAY" : "RUNNING";
    if (session_in_past(&view->session))
        return "PAST";
    if (view->session.hung)
        return "HUNG";
    return view->session.machine.neon ? "STOP" : "STOPPED";
}

static void draw_title(struct view *view)
{
    char title[TITLE_WIDTH + 2]; /* one character more than can be shown */
    struct strbuf text = strbuf_begin(title, sizeof title);
    char state[40];
    struct strbuf right = strbuf_begin(state, sizeof state);
    bool lit = view->session.machine.neon;

    if (view->guests->count > 1)
        strbuf_add(&text, "%u: ", view->guests->focus);
    strbuf_add(&text, "%s", view_title(view));
    strbuf_add(&right, "%s %c  %s ", state_of(view),
               lit ? CHAR_LAMP_ON : CHAR_LAMP_OFF,
               speeds[view->session.pace.speed].label);
    struct window page = page_bar(view, false);

    cells_text(&view->cells, 0, 1, ATTR_BAR, "Baby");
    cells_text(&view->cells, 0, 6, ATTR_BAR, view->pages[view->base].title);
    page_cut(view, 0, TITLE_COLUMN, TITLE_WIDTH, ATTR_BAR, title);
    if (view->session.entered.unsaved)
        cells_text(&view->cells, 0,
                   TITLE_COLUMN + 1 +
                       (text.length < TITLE_WIDTH ? (unsigned)text.length
                                                  : TITLE_WIDTH),
                   ATTR_BAR, "*");
    cells_text_right(&view->cells, 0, view_columns(view) - 1, ATTR_BAR, state);
    view->cells.window = page;
}

static void add_time(struct strbuf *text, uint64_t us)
{
    uint64_t tenths = us / 100000u;
    unsigned long long hours = tenths / 36000u;
    unsigned minutes = (unsigned)(tenths / 600u % 60u);
    unsigned seconds = (unsigned)(tenths / 10u % 60u);

    if (us < 10000000u) {
        strbuf_add(text, "%u.%03u s", (unsigned)(us / 1000000u),
                   (unsigned)(us / 1000u % 1000u));
        return;
    }
    if (hours > 0)
        strbuf_add(text, "%llu h ", hours);
    if (tenths >= 600)
        strbuf_add(text, "%u min%s", minutes, hours > 0 ? "" : " ");
    if (hours == 0)
        strbuf_add(text, "%u.%u s", seconds, (unsigned)(tenths % 10u));
}

/* Adds the rate per second and relative to 1948.  If BRIEF is true, adds only
   the latter, in at most BRIEF_WIDTH characters. */
static void add_rate(struct strbuf *text, uint64_t thousandths, bool brief)
{
    uint64_t whole = thousandths / REAL_PER_1000_S;
    uint64_t part = thousandths % REAL_PER_1000_S;

    if (!brief) {
        strbuf_add_si(text, thousandths, -1, SI_PER_SECOND);
        strbuf_add(text, ", ");
    }
    if (whole == 0 && part < REAL_PER_1000_S / 10)
        strbuf_add(
            text, "0.%04u",
            (unsigned)((part * 10000 + REAL_PER_1000_S / 2) / REAL_PER_1000_S));
    else
        strbuf_add_si(text, whole * 1000 + part * 1000 / REAL_PER_1000_S, -1,
                      SI_PURE);
    strbuf_add(text, " x 1948");
}

/* Draws the rate beside the counts if it fits, otherwise in its own row.  If
   the layout has no such row, only the rate relative to 1948 is drawn. */
static void draw_rate(struct view *view, size_t taken)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    bool apart = view->layout->rate != view->layout->status;

    add_rate(&text, view->rate.thousandths, false);
    bool fits = text.length + taken + 4 <= view_columns(view);

    if (!fits && !apart) {
        text = strbuf_begin(line, sizeof line);
        add_rate(&text, view->rate.thousandths, true);
    }
    if (fits || !apart)
        cells_text_right(&view->cells, view->layout->status,
                         view_columns(view) - 2, ATTR_LABEL, line);
    else
        cells_text(&view->cells, view->layout->rate, 1, ATTR_LABEL, line);
}

void status_add_time(struct strbuf *text, const struct view *view)
{
    add_time(text, view->session.machine_us);
}

void status_add_counts(struct strbuf *text, const struct view *view,
                       size_t room)
{
    static const char what[] = " of machine time";

    strbuf_add_grouped(text, session_instructions(&view->session));
    if (view->session.uncounted > 0)
        strbuf_add(text, " since KCC   ");
    else
        strbuf_add(text, " instruction%s   ",
                   session_instructions(&view->session) == 1 ? "" : "s");
    add_time(text, view->session.machine_us);
    if (text->length + strlen(what) <= room)
        strbuf_add(text, what);
}

void status_add_rate(struct strbuf *text, uint64_t thousandths)
{
    add_rate(text, thousandths, false);
}

static void draw_counts(struct view *view)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    bool beside =
        view->rate.known && view->layout->rate == view->layout->status;

    status_add_counts(&text, view,
                      view_columns(view) - 2 - (beside ? 2 + BRIEF_WIDTH : 0));
    cells_text(&view->cells, view->layout->status, 1, ATTR_TEXT, line);
    if (view->rate.known)
        draw_rate(view, text.length);
}

/* Draws a key and its label in different attributes, as only one blank
   separates two entries.  Returns the next column. */
static unsigned draw_key(struct view *view, unsigned column, const char *brief)
{
    unsigned row = view_keys_row(view);
    uint8_t attribute = ATTR_SELECTED;

    for (column++; *brief != '\0'; brief++, column++) {
        if (*brief == ' ')
            attribute = ATTR_BAR;
        cells_put(&view->cells, row, column, (uint8_t)*brief, attribute);
    }
    return column;
}

static void draw_keys(struct view *view)
{
    unsigned page = command_page(view->base), column = 0;

    struct window window = page_bar(view, true);

    for (unsigned i = 0; i < view->commands->count; i++)
        if (command_is_named(view, &view->commands->row[i], page))
            column = draw_key(view, column, view->commands->row[i].brief);
    draw_key(view, column,
             view->touring && view->base == PAGE_EDITOR ? "Esc End"
                                                        : "Esc Menu");
    view->cells.window = window;
}

static void draw_advice(struct view *view)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    bool bar = view->layout->advice == view_keys_row(view);
    bool touring = view->touring && view->base == PAGE_EDITOR;

    if (bar && (touring || (!view->session.hung && !view->session.killed &&
                            !view->session.machine.neon)))
        return;
    if (touring)
        strbuf_add(&text, "PgDn, PgUp and Esc control the tour; "
                          "all other keys work as usual");
    else if (view->base == PAGE_LAB && !view->session.hung &&
             !view->session.killed && !view->session.machine.neon)
        strbuf_add(&text, "A digit or E selects the engine, arrows a line; "
                          "M measures; B executes a block");
    else if (view->base == PAGE_DEBUG && !view->session.killed &&
             !session_in_past(&view->session))
        strbuf_add(&text, "O breaks on execution, R on a read, W on a write; "
                          "F1 explains N, Z, I, A and X");
    else
        explain_advice(&text, &view->session, view->base == PAGE_PANEL,
                       view->keymap);
    if (bar)
        cells_fill(&view->cells, view->layout->advice, 0, view_columns(view),
                   ' ', ATTR_BAR);
    cells_text(&view->cells, view->layout->advice, 1,
               bar ? ATTR_BAR : ATTR_LABEL, line);
}

static void draw_message_row(struct view *view, unsigned row, const char *text)
{
    cells_fill(&view->cells, row, 0, view_columns(view), ' ', ATTR_WARN);
    cells_text(&view->cells, row, 1, ATTR_WARN, text);
}

/* Draws the message in one or two rows, always ending in the same row. */
void status_draw_message(struct view *view)
{
    char line[CELLS_COLUMNS_MAX];
    unsigned width = view_columns(view) - 1, row = view->layout->message;

    if (view->message[0] == '\0')
        return;
    const char *rest = page_wrap(view->message, line, width);

    if (*rest != '\0') {
        draw_message_row(view, row - 1, line);
        rest = page_wrap(rest, line, width);
    }
    draw_message_row(view, row, line);
    if (*rest != '\0')
        cells_text_right(&view->cells, row, width, ATTR_WARN, "...");
}

void status_draw_bars(struct view *view)
{
    draw_title(view);
    draw_keys(view);
}

void status_draw_around(struct view *view)
{
    status_draw_bars(view);
    draw_counts(view);
    draw_advice(view);
    status_draw_message(view);
}

void status_draw(struct view *view)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    explain_last(&text, &view->session);
    cells_text(&view->cells, view->layout->words, 1, ATTR_STRONG, line);
    status_draw_around(view);
}
