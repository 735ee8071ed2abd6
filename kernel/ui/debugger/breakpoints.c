/* SPDX-License-Identifier: MIT */
/*
 * What a run stops at: set by keys, and told in words.
 */
#include "debugger_internal.h"
#include "ui/base/explain.h"
#include <string.h>

static void toggle(struct ui *ui, uint32_t *lines, const char *what,
                   unsigned line)
{
    *lines ^= 1u << line;
    session_breakpoints_changed(&ui->session);
    ui_message(ui,
               *lines >> line & 1 ? "A run stops %s line %u"
                                  : "No stop %s line %u any more",
               what, line);
}

/* On the panel the line is that of the L switches. */
void breakpoint_toggle_here(struct ui *ui)
{
    unsigned line = ui->base == PAGE_PANEL
                        ? word_line(ui->session.controls.stat)
                        : ui->line;

    toggle(ui, &ui->session.run_control.breakpoints.obeying, "before", line);
}

void breakpoint_toggle_read(struct ui *ui)
{
    toggle(ui, &ui->session.run_control.breakpoints.reading, "on reading",
           ui->line);
}

void breakpoint_toggle_written(struct ui *ui)
{
    toggle(ui, &ui->session.run_control.breakpoints.writing, "on writing",
           ui->line);
}

static void toggle_when(struct ui *ui, enum break_when when, const char *what)
{
    uint32_t *set = &ui->session.run_control.breakpoints.when;

    *set ^= when;
    session_breakpoints_changed(&ui->session);
    ui_message(ui,
               *set & when ? "A run stops when %s" : "No stop when %s any more",
               what);
}

void breakpoint_toggle_negative(struct ui *ui)
{
    toggle_when(ui, BREAK_ON_NEGATIVE, "A becomes negative");
}

void breakpoint_toggle_zero(struct ui *ui)
{
    toggle_when(ui, BREAK_ON_ZERO, "A becomes 0");
}

void breakpoint_toggle_leaving(struct ui *ui)
{
    toggle_when(ui, BREAK_ON_LEAVING, "CI is beyond 31");
}

void breakpoint_toggle_after(struct ui *ui)
{
    uint64_t number;

    if (!debug_number(ui, &number) || number == 0)
        ui_message(ui, "Type the number of an instruction first, then A");
    else if (!session_toggle_count_breakpoint(&ui->session, number))
        ui_message(ui, "There are %u such stops already; X clears all stops",
                   COUNT_BREAKPOINTS);
}

void breakpoint_toggle_nowhere(struct ui *ui)
{
    memset(&ui->session.run_control.breakpoints, 0,
           sizeof ui->session.run_control.breakpoints);
    memset(ui->session.run_control.counts, 0,
           sizeof ui->session.run_control.counts);
    session_breakpoints_changed(&ui->session);
    ui_message(ui, "No stops any more");
}

/* All stops in words */

static void add_lines(struct strbuf *text, const char *what, uint32_t lines)
{
    if (lines == 0)
        return;
    strbuf_add_apart(text);
    strbuf_add(text, "%s", what);
    for (unsigned line = 0; line < LINES; line++)
        if (lines >> line & 1)
            strbuf_add(text, " %u", line);
}

static void add_when(struct strbuf *text, const char *what, bool set)
{
    if (!set)
        return;
    strbuf_add_apart(text);
    strbuf_add(text, "%s", what);
}

void breakpoints_draw(struct ui *ui, unsigned row)
{
    const struct run_control *run_control = &ui->session.run_control;
    const struct breakpoints *breakpoints = &run_control->breakpoints;
    char sentence[3 * CELLS_COLUMNS]; /* more than two rows show */
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    add_lines(&text, "before", breakpoints->obeying);
    add_lines(&text, "read", breakpoints->reading);
    add_lines(&text, "written", breakpoints->writing);
    add_when(&text, "A negative", breakpoints->when & BREAK_ON_NEGATIVE);
    add_when(&text, "A 0", breakpoints->when & BREAK_ON_ZERO);
    add_when(&text, "CI beyond 31", breakpoints->when & BREAK_ON_LEAVING);
    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++)
        if (run_control->counts[i] != 0) {
            strbuf_add_apart(&text);
            /* Without blanks, so that no row ends within it. */
            strbuf_add(&text, "after %llu",
                       (unsigned long long)run_control->counts[i]);
        }
    if (text.length == 0)
        strbuf_add(&text, "none");
    cells_text(&ui->cells, row, 1, ATTR_LABEL, "Stops:");
    page_prose(ui, row, ui->layout->step, 8, CELLS_COLUMNS - 9, ATTR_STRONG,
               sentence);
}

void debug_show_stop(struct ui *ui)
{
    const struct session *session = &ui->session;
    char sentence[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    words_stop(&text, session);
    ui_message(ui, "%s", sentence);
}
