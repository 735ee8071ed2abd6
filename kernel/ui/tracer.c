/* SPDX-License-Identifier: MIT */
#include "tracer.h"
#include "emu/trace.h"
#include "page.h"
#include <string.h>

#define ROW_SIZE (TRACE_WIDTH + sizeof "\r\n")

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

    return is_pending(tracer) || reached(tracer) < tracer->end;
}

/* Rows of text, each whole. */
static struct text paper(struct tracer *tracer)
{
    return text_begin(tracer->bytes + tracer->size,
                      sizeof tracer->bytes - tracer->size);
}

static bool has_room(const struct tracer *tracer)
{
    return sizeof tracer->bytes - tracer->size > ROW_SIZE;
}

static void write_head(struct tracer *tracer)
{
    struct text text = paper(tracer);

    if (!has_room(tracer))
        return;
    text_add(&text, "%s\r\n", TRACE_HEAD);
    tracer->size += text.length;
}

/* Not a step after the one before it: the machine was taken elsewhere. */
static void write_leap(struct tracer *tracer)
{
    struct text text = paper(tracer);

    if (!has_room(tracer))
        return;
    text_add(&text, "%10llu gone to\r\n",
             (unsigned long long)tracer->at.moment.machine.instructions);
    tracer->size += text.length;
}

static void write_step(struct ui *ui, struct tracer *tracer)
{
    struct text text = paper(tracer);
    struct moment before = tracer->at.moment;
    struct bar bar;
    bool obeyed = history_next(&ui->history, &tracer->at, &bar);

    trace_write(&text, &before, &tracer->at.moment, obeyed ? &bar : NULL);
    text_add(&text, "\r\n");
    tracer->size += text.length;
}

/* The machine goes back, a program is loaded, or a search leads far ahead. */
void tracer_follow(struct ui *ui)
{
    struct tracer *tracer = &ui->tracer;
    uint64_t next = reached(tracer);
    bool other = tracer->begun != ui->history.begun;
    bool leaps = other || here(ui) < next || here(ui) - next > TRACER_AHEAD;

    if (!desk_has_history(&ui->desk))
        return;
    if (tracer->live && leaps) {
        tracer->at = ui->history.at;
        write_leap(tracer);
    } else if (other || next > history_last(&ui->history)) {
        tracer->at = ui->history.at;
        tracer->end = 0;
    }
    tracer->begun = ui->history.begun;
    if (tracer->live)
        tracer->end = here(ui);
    else if (tracer->end > history_last(&ui->history))
        tracer->end = history_last(&ui->history);
}

/* What COM1 has not taken for so long it will not take. */
static void give_up(struct ui *ui, struct tracer *tracer)
{
    memset(tracer, 0, sizeof *tracer);
    ui_say(ui, "COM1 takes nothing more, so the trace has ended");
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
    if (transfer_is_active(&ui->transfer))
        return;
    while (reached(tracer) < tracer->end && has_room(tracer))
        write_step(ui, tracer);
}

uint32_t tracer_room(const struct ui *ui)
{
    const struct tracer *tracer = &ui->tracer;

    if (!tracer->live)
        return UINT32_MAX;
    return TRACER_AHEAD - (uint32_t)(here(ui) - reached(tracer));
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
        return "This PC has no COM1 to send a trace to";
    if (!desk_has_history(&ui->desk))
        return "This PC has no memory to spare for a trace";
    return NULL;
}

/* From step FIRST on. */
static void begin(struct ui *ui, uint64_t first, bool live)
{
    struct tracer *tracer = &ui->tracer;

    history_look(&ui->history, first, &tracer->at);
    tracer->live = live;
    tracer->begun = ui->history.begun;
    tracer->end = here(ui);
    write_head(tracer);
}

void tracer_begin(struct ui *ui)
{
    begin(ui, here(ui), true);
}

void tracer_live(struct ui *ui)
{
    const char *hindrance = tracer_hindrance(ui);

    if (hindrance != NULL) {
        ui_say(ui, "%s", hindrance);
    } else if (ui->tracer.live) {
        ui->tracer.live = false;
        ui_say(ui, "The trace to COM1 ends here");
    } else {
        tracer_begin(ui);
        ui_say(ui, "From now on each instruction goes to COM1, until T again");
    }
}

void tracer_last(struct ui *ui)
{
    const char *hindrance = tracer_hindrance(ui);
    uint64_t first = history_first(&ui->history), end = here(ui);

    if (hindrance == NULL && ui->tracer.live)
        hindrance = "They go to COM1 as they come; T ends that";
    else if (hindrance == NULL && tracer_is_active(ui))
        hindrance = "The steps before are still on their way to COM1";
    if (hindrance != NULL) {
        ui_say(ui, "%s", hindrance);
        return;
    }
    if (end - first > TRACER_STEPS)
        first = end - TRACER_STEPS;
    begin(ui, first, false);
    ui_say(ui, "The last %u steps go to COM1", (unsigned)(end - first));
}
