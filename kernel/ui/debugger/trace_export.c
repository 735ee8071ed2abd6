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

static uint64_t reached(const struct tracer *tracer)
{
    return position_step(&tracer->at);
}

static bool is_pending(const struct tracer *tracer)
{
    return tracer->sent < tracer->size;
}

bool tracer_is_active(const struct ui *ui)
{
    const struct tracer *tracer = &ui->tracer;

    return is_pending(tracer) || tracer->heads || tracer->leaps ||
           reached(tracer) < tracer->end;
}

static bool has_room(const struct tracer *tracer)
{
    return sizeof tracer->bytes - tracer->size > ROW_SIZE;
}

static void write_head(struct text *text, struct tracer *tracer)
{
    tracer->heads = false;
    text_add(text, "%s%s", tracer->cut ? "\r\n" : "", TRACE_HEAD);
    tracer->cut = false;
}

/* Not a step after the one before it: the machine was taken elsewhere. */
static void write_leap(struct text *text, struct tracer *tracer)
{
    tracer->leaps = false;
    text_add(text, "%10llu gone to",
             (unsigned long long)tracer->at.moment.machine.instructions);
}

static void write_step(const struct ui *ui, struct text *text,
                       struct tracer *tracer)
{
    struct moment before = tracer->at.moment;
    struct bar bar;
    bool obeyed = history_next(&ui->history, &tracer->at, &bar);

    trace_write(text, &before, &tracer->at.moment, obeyed ? &bar : NULL);
}

/* One more row, whole; false: there is none to come. */
static bool write_row(const struct ui *ui, struct tracer *tracer)
{
    struct text text = text_begin(tracer->bytes + tracer->size,
                                  sizeof tracer->bytes - tracer->size);

    if (tracer->heads)
        write_head(&text, tracer);
    else if (tracer->leaps)
        write_leap(&text, tracer);
    else if (reached(tracer) < tracer->end)
        write_step(ui, &text, tracer);
    else
        return false;
    text_add(&text, "\r\n");
    tracer->size += text.length;
    return true;
}

/* Whether from the steps that are sent none leads to where the machine is: it
   went back, a program was loaded, a search led far ahead, or history has
   forgotten them. */
static bool is_lost(const struct ui *ui)
{
    const struct history *history = &ui->history;
    uint64_t next = reached(&ui->tracer);

    if (ui->tracer.begun != history->begun || next < history_first(history))
        return true;
    if (!ui->tracer.live)
        return next > history_last(history);
    return here(ui) < next || here(ui) - next > LEAP;
}

static void find_again(const struct ui *ui, struct tracer *tracer)
{
    tracer->at = ui->history.at;
    tracer->begun = ui->history.begun;
    tracer->end = 0;
    tracer->leaps = tracer->live;
}

/* What is cut off from history has not happened. */
void tracer_follow(struct ui *ui)
{
    struct tracer *tracer = &ui->tracer;
    uint64_t last = history_last(&ui->history);

    if (!desk_has_history(&ui->desk))
        return;
    if (is_lost(ui))
        find_again(ui, tracer);
    if (tracer->live)
        tracer->end = here(ui);
    else if (tracer->end > last)
        tracer->end = last;
}

/* What the port has not taken for so long it will not take. */
static void give_up(struct ui *ui, struct tracer *tracer)
{
    bool cut = tracer->sent > 0 && tracer->bytes[tracer->sent - 1] != '\n';

    memset(tracer, 0, sizeof *tracer);
    tracer->cut = cut;
    ui_say(ui, "%s takes nothing more, so the trace has ended", port_name(ui));
    ui->changed = true;
}

void tracer_turn(struct ui *ui, uint64_t now)
{
    struct tracer *tracer = &ui->tracer;

    if (!desk_has_history(&ui->desk))
        return;
    tracer_follow(ui);
    if (!is_pending(tracer)) {
        tracer->size = tracer->sent = 0;
        tracer->moved = now;
    } else if (now >= tracer->moved + TRANSFER_STUCK_US) {
        give_up(ui, tracer);
    }
    /* Who saves or receives a program has the port meanwhile. */
    if (transfer_is_active(&ui->transfer))
        return;
    while (has_room(tracer) && write_row(ui, tracer))
        ;
}

uint32_t tracer_room(const struct ui *ui)
{
    const struct tracer *tracer = &ui->tracer;

    if (!tracer->live)
        return UINT32_MAX;
    uint64_t ahead = here(ui) - reached(tracer);

    return ahead < TRACER_AHEAD ? TRACER_AHEAD - (uint32_t)ahead : 0;
}

size_t tracer_next(const struct tracer *tracer, const char **bytes)
{
    *bytes = tracer->bytes + tracer->sent;
    return tracer->size - tracer->sent;
}

void tracer_took(struct tracer *tracer, size_t count, uint64_t now)
{
    tracer->sent += count;
    if (count > 0)
        tracer->moved = now;
}

const char *tracer_hindrance(const struct ui *ui)
{
    if (!ui->serial)
        return ui->options.data == PORT_COM2
                   ? "This PC has no COM2 to send a trace to"
                   : "This PC has no COM1 to send a trace to";
    if (!desk_has_history(&ui->desk))
        return "This PC has no memory to spare for a trace";
    return NULL;
}

/* From step FIRST on. */
static void begin(struct ui *ui, uint64_t first, bool live)
{
    struct tracer *tracer = &ui->tracer;

    history_look(&ui->history, first, &tracer->at);
    tracer->begun = ui->history.begun;
    tracer->live = live;
    tracer->end = here(ui);
    tracer->heads = true;
    tracer->leaps = false;
}

void tracer_begin(struct ui *ui)
{
    begin(ui, here(ui), true);
}

/* What is still on its way is not left out. */
static void go_live(struct ui *ui)
{
    if (!tracer_is_active(ui))
        tracer_begin(ui);
    ui->tracer.live = true;
}

void tracer_live(struct ui *ui)
{
    const char *hindrance = tracer_hindrance(ui);

    if (hindrance != NULL) {
        ui_say(ui, "%s", hindrance);
    } else if (ui->tracer.live) {
        ui->tracer.live = false;
        ui_say(ui, "The trace to %s ends here", port_name(ui));
    } else {
        go_live(ui);
        ui_say(ui, "From now on each instruction goes to %s, until T again",
               port_name(ui));
    }
}

void tracer_last(struct ui *ui)
{
    const char *hindrance = tracer_hindrance(ui);
    uint64_t first = history_first(&ui->history), end = here(ui);

    if (hindrance == NULL && ui->tracer.live)
        hindrance = "They are sent as they come; T ends that";
    else if (hindrance == NULL && tracer_is_active(ui))
        hindrance = "The steps before are still on their way";
    if (hindrance != NULL) {
        ui_say(ui, "%s", hindrance);
        return;
    }
    if (end - first > TRACER_STEPS)
        first = end - TRACER_STEPS;
    begin(ui, first, false);
    ui_say(ui, "The last %u steps go to %s", (unsigned)(end - first),
           port_name(ui));
}
