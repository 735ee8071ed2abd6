/* SPDX-License-Identifier: MIT */
#include "serial_ports.h"
#include "ui/debugger/debugger_state.h"
#include "ui/debugger/trace_export.h"
#include "ui/pages/report.h"
#include "ui/pages/save.h"
#include <string.h>

#define ESCAPE     0x1B
#define DISCARD_US 500000u /* silence that ends a discarded program */

static bool is_reporting(const struct view *view)
{
    const struct report *report = view->state[PAGE_REPORT];

    return report->running;
}

/* Returns true if text is being sent, or may be sent at any time. */
static bool has_text(const struct view *view)
{
    return view->transfer.state == TRANSFER_SENDING || is_reporting(view) ||
           trace_of(view)->live || trace_export_is_active(view);
}

static bool is_shared(const struct view *view)
{
    return view->console == view->options.data;
}

/* Returns true if bytes from PORT belong to a program.  While a terminal is
   being queried, they are its reply. */
static bool is_program(const struct view *view,
                       const struct serial_ports *ports, enum port port)
{
    bool answers = port == view->console && ports->terminal.asking;

    return port == view->options.data && !answers &&
           view->transfer.state == TRANSFER_RECEIVING;
}

enum sender { SENDS_NONE, SENDS_TERMINAL, SENDS_TRACER, SENDS_TRANSFER };

static enum sender sender(const struct view *view,
                          const struct serial_ports *ports, enum port port)
{
    const char *bytes;

    /* A control sequence must not be interrupted. */
    if (port == view->console && terminal_is_sending(&ports->terminal))
        return SENDS_TERMINAL;
    if (port == view->options.data &&
        trace_export_pending(trace_of(view), &bytes) > 0)
        return SENDS_TRACER;
    if (port == view->options.data &&
        transfer_next(&view->transfer, &bytes) > 0)
        return SENDS_TRANSFER;
    return port == view->console ? SENDS_TERMINAL : SENDS_NONE;
}

size_t ports_to_send(struct view *view, struct serial_ports *ports,
                     enum port port, const char **bytes)
{
    *bytes = "";
    switch (sender(view, ports, port)) {
    case SENDS_TERMINAL:
        return terminal_next(&ports->terminal, &view->cells, bytes);
    case SENDS_TRACER:
        return trace_export_pending(trace_of(view), bytes);
    case SENDS_TRANSFER:
        return transfer_next(&view->transfer, bytes);
    default:
        return 0;
    }
}

void ports_sent(struct view *view, struct serial_ports *ports, enum port port,
                size_t count, uint64_t now)
{
    switch (sender(view, ports, port)) {
    case SENDS_TERMINAL:
        terminal_sent(&ports->terminal, count);
        break;
    case SENDS_TRACER:
        trace_export_sent(trace_of(view), count, now);
        break;
    case SENDS_TRANSFER:
        transfer_sent(&view->transfer, count, now);
        break;
    default:
        break;
    }
}

/* Assume 24 rows if a terminal sends keys but has not reported its size. */
static unsigned decode(struct serial_ports *ports, char byte,
                       struct event *events, uint64_t now)
{
    struct escape_decoder *escape = &ports->escape;
    unsigned count = escape_decode(escape, (uint8_t)byte, now, events);

    if (count > 0 && ports->terminal.rows == 0)
        ports->terminal.rows = ROWS_MIN;
    if (escape->row > 0)
        terminal_reply(&ports->terminal, escape->row, escape->column);
    escape->row = 0;
    return count;
}

/* Discards the rest of a program if receiving it was cancelled or failed. */
unsigned ports_receive(struct view *view, struct serial_ports *ports,
                       enum port port, char byte, struct event *events,
                       uint64_t now)
{
    bool program = is_program(view, ports, port),
         console = port == view->console;
    unsigned count = 0;

    if (program)
        transfer_received(&view->transfer, &byte, 1, false, now);
    else if (console && now >= ports->discard_until)
        count = decode(ports, byte, events, now);
    if (console && (program || now < ports->discard_until))
        ports->discard_until = now + DISCARD_US;
    return count;
}

void ports_lost(struct view *view, struct serial_ports *ports, enum port port,
                uint64_t now)
{
    if (port == view->options.data)
        transfer_received(&view->transfer, NULL, 0, true, now);
    if (port == view->console)
        memset(&ports->escape, 0, sizeof ports->escape);
}

/* Keeps the PC's screen at full size if there may be no terminal. */
unsigned ports_rows(const struct view *view, const struct serial_ports *ports)
{
    bool sure = view->options.console != PORT_NONE || !view->environment.screen;

    return view->console != PORT_NONE && sure ? ROWS_MIN : ports->rows_max;
}

static void fit_rows(struct view *view, struct serial_ports *ports)
{
    const struct terminal *terminal = &ports->terminal;
    unsigned rows = terminal->rows == 0 ? ports_rows(view, ports)
                    : terminal->rows >= ports->rows_max ? ports->rows_max
                                                        : ROWS_MIN;

    if (!terminal->asking && !terminal->left && rows != view->layout->rows)
        view_set_rows(view, rows);
}

/* Cancels receiving if Esc is the only byte received. */
static void cancel_on_escape(struct view *view, struct serial_ports *ports,
                             uint64_t now)
{
    const struct transfer *transfer = &view->transfer;

    if (is_program(view, ports, view->console) && transfer->size == 1 &&
        transfer->bytes[0] == ESCAPE &&
        now >= transfer->moved + ESCAPE_ALONE_US) {
        save_cancel(view);
        view->changed = true;
    }
}

bool ports_key(struct view *view, struct serial_ports *ports,
               struct event *event, uint64_t now)
{
    if (view->console == PORT_NONE)
        return false;
    cancel_on_escape(view, ports, now);
    if (!escape_turn(&ports->escape, now, event))
        return false;
    if (ports->terminal.rows == 0)
        ports->terminal.rows = ROWS_MIN;
    return true;
}

void ports_turn(struct view *view, struct serial_ports *ports, uint64_t now)
{
    struct terminal *terminal = &ports->terminal;

    if (view->console == PORT_NONE)
        return;
    bool text = is_shared(view) && has_text(view);

    /* A reply from the terminal would be mistaken for part of the program. */
    if (text && !terminal->left)
        terminal_leave(terminal);
    else if (!text && terminal->left)
        terminal_start(terminal, !is_program(view, ports, view->console), now);
    terminal_turn(terminal, now);
    fit_rows(view, ports);
}

uint64_t ports_due(const struct serial_ports *ports)
{
    uint64_t escape = escape_due(&ports->escape);
    uint64_t answer = ports->terminal.asking
                          ? ports->terminal.asked + TERMINAL_TIMEOUT_US
                          : UINT64_MAX;

    return escape < answer ? escape : answer;
}

void ports_repaint(struct serial_ports *ports)
{
    ports->terminal.left = true;
}
