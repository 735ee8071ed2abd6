/* SPDX-License-Identifier: MIT */
#include "trace_export.h"
#include "emu/history/trace.h"
#include "ui/base/page.h"
#include <string.h>

#define ROW_SIZE (TRACE_WIDTH + sizeof "\r\n\r\n")

/* Steps to where one has gone that are not told of one by one.  Keys give
   some, however far it is ahead already. */
#define LEAP (2ull * TRACER_AHEAD)

static uint64_t here(const struct ui *ui)
{
    return position_step(&ui->history.at);
}

static uint64_t reached(const struct trace_export *trace_export)
{
    return position_step(&trace_export->at);
}

static bool is_pending(const struct trace_export *trace_export)
{
    return trace_export->sent < trace_export->size;
}

bool trace_export_is_active(const struct ui *ui)
{
    const struct trace_export *trace_export = &ui->trace_export;

    return is_pending(trace_export) || trace_export->heads ||
           trace_export->leaps || reached(trace_export) < trace_export->end;
}

static bool has_room(const struct trace_export *trace_export)
{
    return sizeof trace_export->bytes - trace_export->size > ROW_SIZE;
}

static void write_head(struct strbuf *text, struct trace_export *trace_export)
{
    trace_export->heads = false;
    strbuf_add(text, "%s%s", trace_export->cut ? "\r\n" : "", TRACE_HEAD);
    trace_export->cut = false;
}

/* Not a step after the one before it: the machine was taken elsewhere. */
static void write_leap(struct strbuf *text, struct trace_export *trace_export)
{
    trace_export->leaps = false;
    strbuf_add(
        text, "%10llu gone to",
        (unsigned long long)trace_export->at.snapshot.machine.instructions);
}

static void write_step(const struct ui *ui, struct strbuf *text,
                       struct trace_export *trace_export)
{
    struct snapshot before = trace_export->at.snapshot;
    struct bar bar;
    bool obeyed = history_next(&ui->history, &trace_export->at, &bar);

    trace_write(text, &before, &trace_export->at.snapshot,
                obeyed ? &bar : NULL);
}

/* One more row, whole; false: there is none to come. */
static bool write_row(const struct ui *ui, struct trace_export *trace_export)
{
    struct strbuf text =
        strbuf_begin(trace_export->bytes + trace_export->size,
                     sizeof trace_export->bytes - trace_export->size);

    if (trace_export->heads)
        write_head(&text, trace_export);
    else if (trace_export->leaps)
        write_leap(&text, trace_export);
    else if (reached(trace_export) < trace_export->end)
        write_step(ui, &text, trace_export);
    else
        return false;
    strbuf_add(&text, "\r\n");
    trace_export->size += text.length;
    return true;
}

/* Whether from the steps that are sent none leads to where the machine is: it
   went back, a program was loaded, a search led far ahead, or history has
   forgotten them. */
static bool is_lost(const struct ui *ui)
{
    const struct history *history = &ui->history;
    uint64_t next = reached(&ui->trace_export);

    if (ui->trace_export.begun != history->begun ||
        next < history_first(history))
        return true;
    if (!ui->trace_export.live)
        return next > history_last(history);
    return here(ui) < next || here(ui) - next > LEAP;
}

static void find_again(const struct ui *ui, struct trace_export *trace_export)
{
    trace_export->at = ui->history.at;
    trace_export->begun = ui->history.begun;
    trace_export->end = 0;
    trace_export->leaps = trace_export->live;
}

/* What is cut off from history has not happened. */
void trace_export_follow(struct ui *ui)
{
    struct trace_export *trace_export = &ui->trace_export;
    uint64_t last = history_last(&ui->history);

    if (!session_has_history(&ui->session))
        return;
    if (is_lost(ui))
        find_again(ui, trace_export);
    if (trace_export->live)
        trace_export->end = here(ui);
    else if (trace_export->end > last)
        trace_export->end = last;
}

/* What the port has not taken for so long it will not take. */
static void give_up(struct ui *ui, struct trace_export *trace_export)
{
    bool cut = trace_export->sent > 0 &&
               trace_export->bytes[trace_export->sent - 1] != '\n';

    memset(trace_export, 0, sizeof *trace_export);
    trace_export->cut = cut;
    ui_message(ui, "%s takes nothing more, so the trace has ended",
               port_name(ui));
    ui->changed = true;
}

void trace_export_turn(struct ui *ui, uint64_t now)
{
    struct trace_export *trace_export = &ui->trace_export;

    if (!session_has_history(&ui->session))
        return;
    trace_export_follow(ui);
    if (!is_pending(trace_export)) {
        trace_export->size = trace_export->sent = 0;
        trace_export->moved = now;
    } else if (now >= trace_export->moved + TRANSFER_STUCK_US) {
        give_up(ui, trace_export);
    }
    /* Who saves or receives a program has the port meanwhile. */
    if (transfer_is_active(&ui->transfer))
        return;
    while (has_room(trace_export) && write_row(ui, trace_export))
        ;
}

uint32_t trace_export_room(const struct ui *ui)
{
    const struct trace_export *trace_export = &ui->trace_export;

    if (!trace_export->live)
        return UINT32_MAX;
    uint64_t ahead = here(ui) - reached(trace_export);

    return ahead < TRACER_AHEAD ? TRACER_AHEAD - (uint32_t)ahead : 0;
}

size_t trace_export_next(const struct trace_export *trace_export,
                         const char **bytes)
{
    *bytes = trace_export->bytes + trace_export->sent;
    return trace_export->size - trace_export->sent;
}

void trace_export_took(struct trace_export *trace_export, size_t count,
                       uint64_t now)
{
    trace_export->sent += count;
    if (count > 0)
        trace_export->moved = now;
}

const char *trace_export_hindrance(const struct ui *ui)
{
    if (!ui->serial)
        return ui->options.data == PORT_COM2
                   ? "This PC has no COM2 to send a trace to"
                   : "This PC has no COM1 to send a trace to";
    if (!session_has_history(&ui->session))
        return "This PC has no memory to spare for a trace";
    return NULL;
}

/* From step FIRST on. */
static void begin(struct ui *ui, uint64_t first, bool live)
{
    struct trace_export *trace_export = &ui->trace_export;

    history_peek(&ui->history, first, &trace_export->at);
    trace_export->begun = ui->history.begun;
    trace_export->live = live;
    trace_export->end = here(ui);
    trace_export->heads = true;
    trace_export->leaps = false;
}

void trace_export_begin(struct ui *ui)
{
    begin(ui, here(ui), true);
}

/* What is still on its way is not left out. */
static void go_live(struct ui *ui)
{
    if (!trace_export_is_active(ui))
        trace_export_begin(ui);
    ui->trace_export.live = true;
}

void trace_export_live(struct ui *ui)
{
    const char *hindrance = trace_export_hindrance(ui);

    if (hindrance != NULL) {
        ui_message(ui, "%s", hindrance);
    } else if (ui->trace_export.live) {
        ui->trace_export.live = false;
        ui_message(ui, "The trace to %s ends here", port_name(ui));
    } else {
        go_live(ui);
        ui_message(ui, "From now on each instruction goes to %s, until T again",
                   port_name(ui));
    }
}

void trace_export_last(struct ui *ui)
{
    const char *hindrance = trace_export_hindrance(ui);
    uint64_t first = history_first(&ui->history), end = here(ui);

    if (hindrance == NULL && ui->trace_export.live)
        hindrance = "They are sent as they come; T ends that";
    else if (hindrance == NULL && trace_export_is_active(ui))
        hindrance = "The steps before are still on their way";
    if (hindrance != NULL) {
        ui_message(ui, "%s", hindrance);
        return;
    }
    if (end - first > TRACER_STEPS)
        first = end - TRACER_STEPS;
    begin(ui, first, false);
    ui_message(ui, "The last %u steps go to %s", (unsigned)(end - first),
               port_name(ui));
}
