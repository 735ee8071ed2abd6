/* SPDX-License-Identifier: MIT */
#include "breakpoints.h"
#include "ui/base/explain.h"
#include "ui/base/page_draw.h"
#include <string.h>

static void toggle_line(struct view *view, uint32_t *lines, const char *what,
                        unsigned line)
{
    *lines ^= 1u << line;
    session_breakpoints_changed(&view->session);
    view_message(view, "Breakpoint%s: %s line %u",
                 *lines >> line & 1 ? "" : " removed", what, line);
}

/* On the panel, the line is selected with the L switches. */
void breakpoint_toggle_here(struct view *view)
{
    unsigned line = view->base == PAGE_PANEL
                        ? word_line(view->session.controls.stat)
                        : view->line;

    toggle_line(view, &view->session.run_control.breakpoints.obeying, "before",
                line);
}

void breakpoint_toggle_read(struct view *view)
{
    toggle_line(view, &view->session.run_control.breakpoints.reading,
                "after a read of", view->line);
}

void breakpoint_toggle_written(struct view *view)
{
    toggle_line(view, &view->session.run_control.breakpoints.writing,
                "after a write to", view->line);
}

static void toggle_condition(struct view *view, enum break_when when,
                             const char *condition)
{
    uint32_t *set = &view->session.run_control.breakpoints.when;

    *set ^= when;
    session_breakpoints_changed(&view->session);
    view_message(view, "Breakpoint%s: %s", *set & when ? "" : " removed",
                 condition);
}

void breakpoint_toggle_negative(struct view *view)
{
    toggle_condition(view, BREAK_ON_NEGATIVE, "A becomes negative");
}

void breakpoint_toggle_zero(struct view *view)
{
    toggle_condition(view, BREAK_ON_ZERO, "A becomes 0");
}

void breakpoint_toggle_leaving(struct view *view)
{
    toggle_condition(view, BREAK_ON_LEAVING, "CI exceeds 31");
}

void breakpoint_toggle_after(struct view *view)
{
    uint64_t number;

    if (!debug_take_number(view, &number) || number == 0)
        view_message(view, "Type an instruction number first, then A");
    else if (!session_toggle_count_breakpoint(&view->session, number))
        view_message(view,
                     "All %u instruction-count breakpoints are in use; "
                     "X clears all breakpoints",
                     COUNT_BREAKPOINTS);
}

void breakpoint_clear_all(struct view *view)
{
    memset(&view->session.run_control.breakpoints, 0,
           sizeof view->session.run_control.breakpoints);
    memset(view->session.run_control.counts, 0,
           sizeof view->session.run_control.counts);
    session_breakpoints_changed(&view->session);
    view_message(view, "All breakpoints removed");
}

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

static void add_condition(struct strbuf *text, const char *what, bool set)
{
    if (!set)
        return;
    strbuf_add_apart(text);
    strbuf_add(text, "%s", what);
}

void breakpoints_draw(struct view *view, unsigned row)
{
    const struct run_control *run_control = &view->session.run_control;
    const struct breakpoints *breakpoints = &run_control->breakpoints;
    char list[3 * PAGE_COLUMNS]; /* may exceed the two rows that are shown */
    struct strbuf text = strbuf_begin(list, sizeof list);

    add_lines(&text, "before", breakpoints->obeying);
    add_lines(&text, "read", breakpoints->reading);
    add_lines(&text, "written", breakpoints->writing);
    add_condition(&text, "A negative", breakpoints->when & BREAK_ON_NEGATIVE);
    add_condition(&text, "A 0", breakpoints->when & BREAK_ON_ZERO);
    add_condition(&text, "CI > 31", breakpoints->when & BREAK_ON_LEAVING);
    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++)
        if (run_control->counts[i] != 0) {
            strbuf_add_apart(&text);
            /* Leave digits ungrouped so that rows wrap only between numbers. */
            strbuf_add(&text, "after %llu",
                       (unsigned long long)run_control->counts[i]);
        }
    if (text.length == 0)
        strbuf_add(&text, "none");
    cells_text(&view->cells, row, 1, ATTR_LABEL, "Break:");
    page_prose(view, row, view->layout->step, 8, PAGE_COLUMNS - 9, ATTR_STRONG,
               list);
}

void debug_show_stop_reason(struct view *view)
{
    const struct session *session = &view->session;
    char sentence[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    explain_break(&text, session);
    /* Other pages may show a message that is still needed, such as "Saved". */
    if (text.length > 0 || view->page == view->base)
        view_message(view, "%s", sentence);
}
