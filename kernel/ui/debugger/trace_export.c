/* SPDX-License-Identifier: MIT */
#include "trace_export.h"
#include "debugger_state.h"
#include "emu/history/trace.h"
#include <string.h>

#define ROW_SIZE (TRACE_WIDTH + sizeof "\r\n\r\n")

/* Longer moves are traced as a single jump.  Must exceed TRACER_AHEAD, because
   the machine may already be that far ahead when it is stepped. */
#define STEPWISE_MAX (2ull * TRACER_AHEAD)

static uint64_t here(const struct view *view)
{
    return position_step(&view->session.travel.history->at);
}

static uint64_t reached(const struct trace_export *trace_export)
{
    return position_step(&trace_export->at);
}

static bool is_pending(const struct trace_export *trace_export)
{
    return trace_export->sent < trace_export->size;
}

bool trace_export_is_active(const struct view *view)
{
    const struct trace_export *trace_export = trace_of(view);

    return is_pending(trace_export) || trace_export->head_due ||
           trace_export->jump_due || reached(trace_export) < trace_export->end;
}

static bool has_room(const struct trace_export *trace_export)
{
    return sizeof trace_export->bytes - trace_export->size > ROW_SIZE;
}

static void write_head(struct strbuf *text, struct trace_export *trace_export)
{
    trace_export->head_due = false;
    strbuf_add(text, "%s%s", trace_export->cut ? "\r\n" : "", TRACE_HEAD);
    trace_export->cut = false;
}

static void write_jump(struct strbuf *text, struct trace_export *trace_export)
{
    trace_export->jump_due = false;
    strbuf_add(
        text, "%10llu moved here",
        (unsigned long long)trace_export->at.snapshot.machine.instructions);
}

static void write_step(const struct view *view, struct strbuf *text,
                       struct trace_export *trace_export)
{
    struct snapshot before = trace_export->at.snapshot;
    struct bar bar;
    bool obeyed =
        history_next(view->session.travel.history, &trace_export->at, &bar);

    trace_write(text, &before, &trace_export->at.snapshot,
                obeyed ? &bar : NULL);
}

/* Writes a complete row.  Returns false if there is nothing to write. */
static bool write_row(const struct view *view,
                      struct trace_export *trace_export)
{
    struct strbuf text =
        strbuf_begin(trace_export->bytes + trace_export->size,
                     sizeof trace_export->bytes - trace_export->size);

    if (trace_export->head_due)
        write_head(&text, trace_export);
    else if (trace_export->jump_due)
        write_jump(&text, trace_export);
    else if (reached(trace_export) < trace_export->end)
        write_step(view, &text, trace_export);
    else
        return false;
    strbuf_add(&text, "\r\n");
    trace_export->size += text.length;
    return true;
}

/* Returns true if the next step cannot be traced, because the machine went back
   or far ahead, a program was loaded, or history discarded the step. */
static bool is_off_track(const struct view *view)
{
    const struct history *history = view->session.travel.history;
    uint64_t next = reached(trace_of(view));

    if (trace_of(view)->begun != history->begun ||
        next < history_first(history))
        return true;
    if (!trace_of(view)->live)
        return next > history_last(history);
    return here(view) < next || here(view) - next > STEPWISE_MAX;
}

static void resynchronize(const struct view *view,
                          struct trace_export *trace_export)
{
    trace_export->at = view->session.travel.history->at;
    trace_export->begun = view->session.travel.history->begun;
    trace_export->end = 0;
    trace_export->jump_due = trace_export->live;
}

void trace_export_follow(struct view *view)
{
    struct trace_export *trace_export = trace_of(view);
    uint64_t last = history_last(view->session.travel.history);

    if (!session_has_history(&view->session))
        return;
    if (is_off_track(view))
        resynchronize(view, trace_export);
    if (trace_export->live)
        trace_export->end = here(view);
    else if (trace_export->end > last)
        trace_export->end = last;
}

static void time_out(struct view *view, struct trace_export *trace_export)
{
    bool cut = trace_export->sent > 0 &&
               trace_export->bytes[trace_export->sent - 1] != '\n';

    memset(trace_export, 0, sizeof *trace_export);
    trace_export->cut = cut;
    view_message(view, "%s accepts no more data; the trace has ended",
                 view_port_name(view));
    view->changed = true;
}

void trace_export_poll(struct view *view, uint64_t now)
{
    struct trace_export *trace_export = trace_of(view);

    if (!session_has_history(&view->session))
        return;
    trace_export_follow(view);
    if (!is_pending(trace_export)) {
        trace_export->size = trace_export->sent = 0;
        trace_export->moved = now;
    } else if (now >= trace_export->moved + TRANSFER_STUCK_US) {
        time_out(view, trace_export);
    }
    /* Program transfers take precedence on the port. */
    if (transfer_is_active(&view->transfer))
        return;
    while (has_room(trace_export) && write_row(view, trace_export))
        ;
}

uint32_t trace_export_room(const struct view *view)
{
    const struct trace_export *trace_export = trace_of(view);

    if (!trace_export->live)
        return UINT32_MAX;
    uint64_t ahead = here(view) - reached(trace_export);

    return ahead < TRACER_AHEAD ? TRACER_AHEAD - (uint32_t)ahead : 0;
}

size_t trace_export_pending(const struct trace_export *trace_export,
                            const char **bytes)
{
    *bytes = trace_export->bytes + trace_export->sent;
    return trace_export->size - trace_export->sent;
}

void trace_export_sent(struct trace_export *trace_export, size_t count,
                       uint64_t now)
{
    trace_export->sent += count;
    if (count > 0)
        trace_export->moved = now;
}

const char *trace_export_obstacle(const struct view *view)
{
    if (!view->environment.serial)
        return view->options.data == PORT_COM2
                   ? "This PC has no COM2 to send a trace to"
                   : "This PC has no COM1 to send a trace to";
    if (!session_has_history(&view->session))
        return "This PC has too little memory for a trace";
    return NULL;
}

static void begin(struct view *view, uint64_t first, bool live)
{
    struct trace_export *trace_export = trace_of(view);

    history_peek(view->session.travel.history, first, &trace_export->at);
    trace_export->begun = view->session.travel.history->begun;
    trace_export->live = live;
    trace_export->end = here(view);
    trace_export->head_due = true;
    trace_export->jump_due = false;
}

void trace_export_begin(struct view *view)
{
    begin(view, here(view), true);
}

/* Continues an unfinished export, so that no steps are lost. */
static void go_live(struct view *view)
{
    if (!trace_export_is_active(view))
        trace_export_begin(view);
    trace_of(view)->live = true;
}

void trace_export_live(struct view *view)
{
    const char *hindrance = trace_export_obstacle(view);

    if (hindrance != NULL) {
        view_message(view, "%s", hindrance);
    } else if (trace_of(view)->live) {
        trace_of(view)->live = false;
        view_message(view, "The trace to %s has ended", view_port_name(view));
    } else {
        go_live(view);
        view_message(view, "Tracing each instruction to %s; T ends the trace",
                     view_port_name(view));
    }
}

void trace_export_last(struct view *view)
{
    const char *hindrance = trace_export_obstacle(view);
    uint64_t first = history_first(view->session.travel.history),
             end = here(view);

    if (hindrance == NULL && trace_of(view)->live)
        hindrance = "A live trace is already being sent; T ends it";
    else if (hindrance == NULL && trace_export_is_active(view))
        hindrance = "The previous steps are still being sent";
    if (hindrance != NULL) {
        view_message(view, "%s", hindrance);
        return;
    }
    if (end - first > TRACER_STEPS)
        first = end - TRACER_STEPS;
    begin(view, first, false);
    view_message(view, "Sending the last %u steps to %s",
                 (unsigned)(end - first), view_port_name(view));
}
