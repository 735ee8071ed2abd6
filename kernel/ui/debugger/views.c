/* SPDX-License-Identifier: MIT */
#include "views.h"
#include "emu/history/trace.h"
#include "emu/text/mnemonic.h"
#include "ui/base/listing.h"
#include "ui/base/page_draw.h"

#define ROWS_AHEAD 4 /* number of future steps shown when in the past */

static void draw_head(struct view *view, unsigned row, const char *text)
{
    cells_text(&view->cells, row - 1, DEBUG_RIGHT, ATTR_LABEL, text);
}

/* Shortens a long count to two dots followed by its last eight digits. */
static const char *shorten_count(char *line)
{
    char *at = line;

    while (at[TRACE_COUNT] != ' ')
        at++;
    if (at > line)
        at[0] = at[1] = '.';
    return at;
}

static void draw_step(struct view *view, unsigned row, uint8_t attribute)
{
    struct position *position = &debug_of(view)->drawn;
    char line[TRACE_WIDTH + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    struct snapshot before = position->snapshot;
    struct bar bar;
    bool obeyed = history_next(view->session.travel.history, position, &bar);

    trace_write(&text, &before, &position->snapshot, obeyed ? &bar : NULL);
    cells_text(&view->cells, row, DEBUG_RIGHT, attribute, shorten_count(line));
}

/* Returns the step after the last one on the screen. */
static uint64_t trace_end(const struct view *view, unsigned rows)
{
    const struct history *history = view->session.travel.history;
    uint64_t end = position_step(&history->at);
    uint64_t first = history_first(history);
    uint64_t above = debug_of(view)->above;

    end = end - first > above + rows ? end - above : first + rows;
    if (above == 0 && session_in_past(&view->session) && end >= rows)
        end =
            position_step(&history->at) + (rows > ROWS_AHEAD ? ROWS_AHEAD : 0);
    return end < history_last(history) ? end : history_last(history);
}

static void draw_trace(struct view *view, unsigned row, unsigned rows)
{
    struct history *history = view->session.travel.history;

    draw_head(view, row, TRACE_HEAD);
    if (trace_of(view)->live)
        page_text(view, row - 1, PAGE_COLUMNS - 6, ATTR_WARN, "%c%s",
                  CHAR_RIGHT, view_port_name(view));
    if (!session_has_history(&view->session) ||
        session_is_seeking(&view->session))
        return;
    if (session_runs(&view->session) && view->session.pace.speed == SPEED_MAX) {
        page_prose(view, row + 1, 4, DEBUG_RIGHT + 2, 42, ATTR_TEXT,
                   "The trace is not shown at full speed; "
                   "it returns when the machine stops.");
        return;
    }
    uint64_t here = position_step(&history->at);
    uint64_t end = trace_end(view, rows);
    uint64_t step = end - history_first(history) > rows
                        ? end - rows
                        : history_first(history);

    history_peek(history, step, &debug_of(view)->drawn);
    for (; step < end; step++, row++)
        draw_step(view, row,
                  step + 1 == here  ? ATTR_STRONG
                  : step + 1 < here ? ATTR_TEXT
                                    : ATTR_LABEL);
}

/* Adds COUNT in at most nine characters, or nothing if it is 0. */
static void add_count(struct strbuf *text, uint64_t count)
{
    static const char units[] = " kMGTPE";
    unsigned unit = 0;

    while (count > 99999999) {
        count /= 1000;
        unit++;
    }
    if (count > 0 && unit > 0)
        strbuf_add(text, "%llu%c", (unsigned long long)count, units[unit]);
    else if (count > 0)
        strbuf_add(text, "%llu", (unsigned long long)count);
}

static void draw_count(struct view *view, unsigned row, unsigned column,
                       uint64_t count)
{
    char number[16];
    struct strbuf text = strbuf_begin(number, sizeof number);

    add_count(&text, count);
    cells_text_right(&view->cells, row, column, ATTR_TEXT, number);
}

static void draw_profile(struct view *view, unsigned row, unsigned rows)
{
    const struct debug *debug = debug_of(view);
    const struct profile *profile = &debug->profile;

    draw_head(view, row, "       obeyed        read     written");
    if (!debug->profiled) {
        page_prose(view, row + 1, 4, DEBUG_RIGHT + 2, 42, ATTR_TEXT,
                   "P starts a profile. A number followed by P "
                   "profiles from that instruction to this one.");
        return;
    }
    for (unsigned i = 0; i < rows; i++) {
        unsigned line = page_line(view, rows, i);

        draw_count(view, row + i, DEBUG_RIGHT + 13, profile->obeyed[line]);
        draw_count(view, row + i, DEBUG_RIGHT + 25, profile->read[line]);
        draw_count(view, row + i, DEBUG_RIGHT + 37, profile->written[line]);
    }
}

/* Returns the machine to compare with. */
static struct machine compared_machine(const struct view *view)
{
    const struct loaded *loaded = &view->session.loaded;
    struct machine machine = view->session.machine;

    if (debug_of(view)->compared == COMPARED_POSITION)
        return debug_of(view)->position.snapshot.machine;
    if (debug_of(view)->compared == COMPARED_ENTERED)
        session_entered_machine(&view->session, &machine);
    else if (loaded->has_snapshot)
        return loaded->snapshot.machine;
    else
        program_load(&loaded->program, &machine);
    return machine;
}

static void draw_compared_line(struct view *view, unsigned row, unsigned line,
                               uint32_t then)
{
    uint32_t now = view->session.machine.store[line];

    listing_word(view, row, DEBUG_RIGHT + 3,
                 then == now ? ATTR_LABEL : ATTR_STRONG, then,
                 !(view->session.notes.numbers >> line & 1));
    if (then != now)
        page_text(view, row, DEBUG_RIGHT + 22, ATTR_STRONG, "now %d", (int)now);
}

static unsigned count_differences(const struct view *view,
                                  const struct machine *machine)
{
    unsigned count = 0;

    for (unsigned line = 0; line < LINES; line++)
        count += view->session.machine.store[line] != machine->store[line];
    return count;
}

static void draw_compare(struct view *view, unsigned row, unsigned rows)
{
    static const char *const names[] = {[COMPARED_ENTERED] = "as entered",
                                        [COMPARED_FILE] = "as in the file",
                                        [COMPARED_POSITION] = "after "};
    const struct machine machine = compared_machine(view);
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "%s", names[debug_of(view)->compared]);
    if (debug_of(view)->compared == COMPARED_POSITION)
        strbuf_add_grouped(&text, machine.instructions);
    strbuf_add(&text, ": %u differ", count_differences(view, &machine));
    draw_head(view, row, line);
    for (unsigned i = 0; i < rows; i++) {
        unsigned number = page_line(view, rows, i);

        draw_compared_line(view, row + i, number, machine.store[number]);
    }
}

void debug_registers_draw(struct view *view, unsigned row)
{
    const struct machine *now = &view->session.machine;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    instruction_write(&text, now->pi);
    page_text(view, row, 1, ATTR_TEXT, "A %d   CI %d   PI %s", (int)now->a,
              (int)now->ci, buffer);
    if (debug_of(view)->view != DEBUG_COMPARE)
        return;
    const struct machine then = compared_machine(view);

    page_text(view, row, DEBUG_RIGHT + 12,
              then.a == now->a && then.ci == now->ci ? ATTR_LABEL : ATTR_STRONG,
              "A %d   CI %d", (int)then.a, (int)then.ci);
}

void debug_view_draw(struct view *view, unsigned row, unsigned rows)
{
    static void (*const draw_view[DEBUG_VIEWS])(struct view *, unsigned,
                                                unsigned) = {
        [DEBUG_TRACE] = draw_trace,
        [DEBUG_PROFILE] = draw_profile,
        [DEBUG_COMPARE] = draw_compare,
    };

    draw_view[debug_of(view)->view](view, row, rows);
}
