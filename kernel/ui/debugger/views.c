/* SPDX-License-Identifier: MIT */
/*
 * What stands beside the listing in the debugger: the steps that led here, how
 * often each line was used, or what each line held at another time.
 */
#include "debugger_internal.h"
#include "emu/text/mnemonic.h"
#include "emu/history/trace.h"

#define AHEAD 4 /* rows of the trace for what comes next, in the past */

static void head(struct ui *ui, unsigned row, const char *text)
{
    cells_text(&ui->cells, row - 1, DEBUG_RIGHT, ATTR_LABEL, text);
}

/* The trace */

/* Of a count with more than ten digits the last eight have room, after two
   dots. */
static const char *cut(char *line)
{
    char *at = line;

    while (at[TRACE_COUNT] != ' ')
        at++;
    if (at > line)
        at[0] = at[1] = '.';
    return at;
}

static void draw_step(struct ui *ui, unsigned row, uint8_t attribute)
{
    struct position *position = &ui->debug.drawn;
    char line[TRACE_WIDTH + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);
    struct snapshot before = position->snapshot;
    struct bar bar;
    bool obeyed = history_next(&ui->history, position, &bar);

    trace_write(&text, &before, &position->snapshot, obeyed ? &bar : NULL);
    cells_text(&ui->cells, row, DEBUG_RIGHT, attribute, cut(line));
}

/* The step that the trace ends with. */
static uint64_t end_of_trace(const struct ui *ui, unsigned rows)
{
    const struct history *history = &ui->history;
    uint64_t end = position_step(&history->at);
    uint64_t first = history_first(history);
    uint64_t above = ui->debug.above;

    end = end - first > above + rows ? end - above : first + rows;
    if (above == 0 && session_in_past(&ui->session) && end >= rows)
        end = position_step(&history->at) + (rows > AHEAD ? AHEAD : 0);
    return end < history_last(history) ? end : history_last(history);
}

static void draw_trace(struct ui *ui, unsigned row, unsigned rows)
{
    struct history *history = &ui->history;

    head(ui, row, TRACE_HEAD);
    if (ui->trace_export.live)
        page_text(ui, row - 1, CELLS_COLUMNS - 6, ATTR_WARN, "%c%s", CHAR_RIGHT,
                  port_name(ui));
    if (!session_has_history(&ui->session) || session_is_seeking(&ui->session))
        return;
    if (session_runs(&ui->session) && ui->session.pace.speed == SPEED_MAX) {
        page_prose(ui, row + 1, 4, DEBUG_RIGHT + 2, 42, ATTR_TEXT,
                   "Flat out it would be a blur; it is here again once the "
                   "machine stands.");
        return;
    }
    uint64_t here = position_step(&history->at);
    uint64_t end = end_of_trace(ui, rows);
    uint64_t step = end - history_first(history) > rows
                        ? end - rows
                        : history_first(history);

    history_peek(history, step, &ui->debug.drawn);
    for (; step < end; step++, row++)
        draw_step(ui, row,
                  step + 1 == here  ? ATTR_STRONG
                  : step + 1 < here ? ATTR_TEXT
                                    : ATTR_LABEL);
}

/* The profile */

/* In at most nine characters. */
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

static void draw_count(struct ui *ui, unsigned row, unsigned column,
                       uint64_t count)
{
    char number[16];
    struct strbuf text = strbuf_begin(number, sizeof number);

    add_count(&text, count);
    cells_text_right(&ui->cells, row, column, ATTR_TEXT, number);
}

static void draw_profile(struct ui *ui, unsigned row, unsigned rows)
{
    const struct debug *debug = &ui->debug;
    const struct profile *profile = &debug->profile;

    head(ui, row, "       obeyed        read     written");
    if (!debug->profiled) {
        page_prose(ui, row + 1, 4, DEBUG_RIGHT + 2, 42, ATTR_TEXT,
                   "P counts from now on; a number and P counts from that "
                   "instruction to this one.");
        return;
    }
    for (unsigned i = 0; i < rows; i++) {
        unsigned line = page_line(ui, rows, i);

        draw_count(ui, row + i, DEBUG_RIGHT + 13, profile->obeyed[line]);
        draw_count(ui, row + i, DEBUG_RIGHT + 25, profile->read[line]);
        draw_count(ui, row + i, DEBUG_RIGHT + 37, profile->written[line]);
    }
}

/* The comparison */

static uint32_t store_then(const struct ui *ui, unsigned line)
{
    return ui->debug.other ? ui->debug.another.snapshot.machine.store[line]
                           : ui->session.loaded.program.store[line];
}

/* A state begins with what they were, a program with 0 unless it says more. */
static void registers_then(const struct ui *ui, uint32_t *a, uint32_t *ci)
{
    const struct machine *machine =
        ui->debug.other        ? &ui->debug.another.snapshot.machine
        : ui->session.loaded.has_snapshot ? &ui->session.loaded.snapshot.machine
                               : NULL;

    *a = machine != NULL ? machine->a : ui->session.loaded.program.a;
    *ci = machine != NULL ? machine->ci : ui->session.loaded.program.ci;
}

static void draw_other(struct ui *ui, unsigned row, unsigned line)
{
    uint32_t now = ui->session.machine.store[line];
    uint32_t then = store_then(ui, line);

    listing_word(ui, row, DEBUG_RIGHT + 3,
                 then == now ? ATTR_LABEL : ATTR_STRONG, then,
                 !(ui->session.notes.numbers >> line & 1));
    if (then != now)
        page_text(ui, row, DEBUG_RIGHT + 22, ATTR_STRONG, "now %d", (int)now);
}

static unsigned count_differences(const struct ui *ui)
{
    unsigned count = 0;

    for (unsigned line = 0; line < LINES; line++)
        count += ui->session.machine.store[line] != store_then(ui, line);
    return count;
}

static void draw_compare(struct ui *ui, unsigned row, unsigned rows)
{
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (ui->debug.other) {
        strbuf_add(&text, "after ");
        strbuf_add_grouped(&text,
                           ui->debug.another.snapshot.machine.instructions);
    } else {
        strbuf_add(&text, "as loaded");
    }
    strbuf_add(&text, ": %u other", count_differences(ui));
    head(ui, row, line);
    for (unsigned i = 0; i < rows; i++)
        draw_other(ui, row + i, page_line(ui, rows, i));
}

/* The registers */

void debug_registers_draw(struct ui *ui, unsigned row)
{
    const struct machine *now = &ui->session.machine;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    uint32_t a, ci;

    instruction_write(&text, now->pi);
    page_text(ui, row, 1, ATTR_TEXT, "A %d   CI %d   PI %s", (int)now->a,
              (int)now->ci, buffer);
    if (ui->debug.view != DEBUG_COMPARE)
        return;
    registers_then(ui, &a, &ci);
    page_text(ui, row, DEBUG_RIGHT + 12,
              a == now->a && ci == now->ci ? ATTR_LABEL : ATTR_STRONG,
              "A %d   CI %d", (int)a, (int)ci);
}

void debug_view_draw(struct ui *ui, unsigned row, unsigned rows)
{
    static void (*const draw[DEBUG_VIEWS])(struct ui *, unsigned, unsigned) = {
        [DEBUG_TRACE] = draw_trace,
        [DEBUG_PROFILE] = draw_profile,
        [DEBUG_COMPARE] = draw_compare,
    };

    draw[ui->debug.view](ui, row, rows);
}
