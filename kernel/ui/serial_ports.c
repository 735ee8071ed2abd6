/* SPDX-License-Identifier: MIT */
/*
 * Who has a serial port.  What goes out of the one for data is the trace until
 * a row is at its end, then what is saved or reported, then the terminal's
 * screen; what comes in is a program while one is waited for, else keys.
 */
#include "ui/base/page.h"
#include <string.h>

#define ESCAPE  0x1B
#define DEAF_US 500000u /* so long a pause ends a program */

const char *port_name(const struct ui *ui)
{
    return ui->options.data == PORT_COM2 ? "COM2" : "COM1";
}

uint32_t port_baud(const struct ui *ui, enum port port)
{
    return port == ui->options.console ? ui->options.baud : BAUD;
}

/* Whether text is on its way or may be at any time. */
static bool has_text(const struct ui *ui)
{
    return ui->transfer.state == TRANSFER_SENDING || ui->report.running ||
           ui->trace_export.live || trace_export_is_active(ui);
}

static bool is_shared(const struct ui *ui)
{
    return ui->console == ui->options.data;
}

/* Whether what comes from PORT is a program.  A terminal that was asked
   answers first: nobody at it has yet seen that one is waited for. */
static bool is_program(const struct ui *ui, enum port port)
{
    bool answers = port == ui->console && ui->terminal.asking;

    return port == ui->options.data && !answers &&
           ui->transfer.state == TRANSFER_RECEIVING;
}

/* ---------------------------------------------------------- to send --- */

/* Whose bytes are next. */
enum sender { SENDS_NONE, SENDS_TERMINAL, SENDS_TRACER, SENDS_TRANSFER };

static enum sender sender(const struct ui *ui, enum port port)
{
    const char *bytes;

    /* A control sequence is sent to its end. */
    if (port == ui->console && terminal_is_sending(&ui->terminal))
        return SENDS_TERMINAL;
    if (port == ui->options.data &&
        trace_export_next(&ui->trace_export, &bytes) > 0)
        return SENDS_TRACER;
    if (port == ui->options.data && transfer_next(&ui->transfer, &bytes) > 0)
        return SENDS_TRANSFER;
    return port == ui->console ? SENDS_TERMINAL : SENDS_NONE;
}

size_t ui_to_send(struct ui *ui, enum port port, const char **bytes)
{
    *bytes = "";
    switch (sender(ui, port)) {
    case SENDS_TERMINAL:
        return terminal_next(&ui->terminal, &ui->cells, bytes);
    case SENDS_TRACER:
        return trace_export_next(&ui->trace_export, bytes);
    case SENDS_TRANSFER:
        return transfer_next(&ui->transfer, bytes);
    default:
        return 0;
    }
}

void ui_sent(struct ui *ui, enum port port, size_t count, uint64_t now)
{
    switch (sender(ui, port)) {
    case SENDS_TERMINAL:
        terminal_took(&ui->terminal, count);
        break;
    case SENDS_TRACER:
        trace_export_took(&ui->trace_export, count, now);
        break;
    case SENDS_TRANSFER:
        transfer_took(&ui->transfer, count, now);
        break;
    default:
        break;
    }
}

/* -------------------------------------------------------- what comes --- */

/* A key of a terminal that has not said how many rows it has: it is there,
   and all have 24. */
static void key(struct ui *ui, const struct event *event)
{
    if (ui->terminal.rows == 0)
        ui->terminal.rows = ROWS_MIN;
    ui_event(ui, event);
}

static void take_key(struct ui *ui, char byte, uint64_t now)
{
    struct event events[ESCAPE_EVENTS];
    struct escape_decoder *escape = &ui->escape;
    unsigned count = escape_decode(escape, (uint8_t)byte, now, events);

    for (unsigned i = 0; i < count; i++)
        key(ui, &events[i]);
    if (escape->row > 0)
        terminal_answer(&ui->terminal, escape->row, escape->column);
    escape->row = 0;
}

/* What goes on coming of a program that is not waited for any more is no
   key. */
static void take(struct ui *ui, enum port port, char byte, uint64_t now)
{
    bool program = is_program(ui, port);

    if (program)
        transfer_give(&ui->transfer, &byte, 1, false, now);
    else if (port == ui->console && now >= ui->deaf)
        take_key(ui, byte, now);
    if (port == ui->console && (program || now < ui->deaf))
        ui->deaf = now + DEAF_US;
}

void ui_received(struct ui *ui, enum port port, const char *bytes, size_t count,
                 bool lost, uint64_t now)
{
    if (lost && port == ui->options.data)
        transfer_give(&ui->transfer, NULL, 0, true, now);
    if (lost && port == ui->console)
        memset(&ui->escape, 0, sizeof ui->escape);
    for (size_t i = 0; i < count; i++)
        take(ui, port, bytes[i], now);
}

/* ------------------------------------------------------ the terminal --- */

/* A PC with a screen does not give up half of it for a terminal that may not
   be there. */
unsigned ports_rows(const struct ui *ui)
{
    bool sure = ui->options.console != PORT_NONE || !ui->screen;

    return ui->console != PORT_NONE && sure ? ROWS_MIN : ui->rows_most;
}

static void fit_rows(struct ui *ui)
{
    const struct terminal *terminal = &ui->terminal;
    unsigned rows = terminal->rows == 0               ? ports_rows(ui)
                    : terminal->rows >= ui->rows_most ? ui->rows_most
                                                      : ROWS_MIN;

    if (!terminal->asking && !terminal->left && rows != ui->layout->rows)
        ui_set_rows(ui, rows);
}

/* Esc as all that has come is no program. */
static void let_cancel(struct ui *ui, uint64_t now)
{
    const struct transfer *transfer = &ui->transfer;

    if (is_program(ui, ui->console) && transfer->size == 1 &&
        transfer->bytes[0] == ESCAPE &&
        now >= transfer->moved + ESCAPE_ALONE_US) {
        save_cancel(ui);
        ui->changed = true;
    }
}

void ports_turn(struct ui *ui, uint64_t now)
{
    struct terminal *terminal = &ui->terminal;
    struct event event;

    if (ui->console == PORT_NONE)
        return;
    let_cancel(ui, now);
    while (escape_turn(&ui->escape, now, &event))
        key(ui, &event);
    bool text = is_shared(ui) && has_text(ui);

    /* An answer would be taken for a program. */
    if (text && !terminal->left)
        terminal_leave(terminal);
    else if (!text && terminal->left)
        terminal_start(terminal, !is_program(ui, ui->console), now);
    terminal_turn(terminal, now);
    fit_rows(ui);
}

uint64_t ports_due(const struct ui *ui)
{
    uint64_t escape = escape_due(&ui->escape);
    uint64_t answer = ui->terminal.asking
                          ? ui->terminal.asked + TERMINAL_PATIENCE_US
                          : UINT64_MAX;

    return escape < answer ? escape : answer;
}

void ports_repaint(struct ui *ui)
{
    ui->terminal.left = true;
}
