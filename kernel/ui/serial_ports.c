/* SPDX-License-Identifier: MIT */
#include "serial_ports.h"
#include "ui/debugger/debugger_state.h"
#include "ui/debugger/trace_export.h"
#include "ui/pages/report.h"
#include "ui/save/save_receive.h"
#include <string.h>

#define ESCAPE     0x1B
#define DISCARD_US 1000000u /* silence that ends a discarded program */
#define KEY_US     30000u   /* silence by which a byte proves to be a key */

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
        ports->terminal.rows = SHORT_ROWS;
    if (escape->row > 0)
        terminal_reply(&ports->terminal, escape->row, escape->column);
    escape->row = 0;
    return count;
}

/* Handles the first bytes after a transfer.  A byte is a key if no other
   follows soon; several in a row are the rest of a program that paused. */
static void hold_byte(struct view *view, struct serial_ports *ports, char byte,
                      uint64_t now)
{
    if (!ports->holds) {
        ports->holds = true;
        ports->held = byte;
        ports->held_at = now;
        return;
    }
    ports->holds = false;
    ports->discard_until = now + DISCARD_US;
    view_message(view, "Bytes that arrived after the end of the transfer were "
                       "ignored; if they belong to the program, send it again");
    view->changed = true;
}

/* Decodes a byte from the terminal.  After a transfer, whatever may be the rest
   of a program is discarded until Esc or one second of silence. */
static unsigned receive_key(struct view *view, struct serial_ports *ports,
                            char byte, struct event *events, uint64_t now)
{
    if (byte == ESCAPE) {
        ports->discard_until = 0;
        ports->after_transfer = ports->holds = false;
    }
    if (now < ports->discard_until) {
        ports->discard_until = now + DISCARD_US;
        return 0;
    }
    if (!ports->after_transfer)
        return decode(ports, byte, events, now);
    hold_byte(view, ports, byte, now);
    return 0;
}

unsigned ports_receive(struct view *view, struct serial_ports *ports,
                       enum port port, char byte, struct event *events,
                       uint64_t now)
{
    bool console = port == view->console;

    ports->escape.keymap = view->keymap;
    if (!is_program(view, ports, port))
        return console ? receive_key(view, ports, byte, events, now) : 0;
    transfer_received(&view->transfer, &byte, 1, false, now);
    if (console) {
        ports->after_transfer = true;
        ports->discard_until = now + DISCARD_US;
    }
    return 0;
}

void ports_lost(struct view *view, struct serial_ports *ports, enum port port,
                uint64_t now)
{
    if (port == view->options.data)
        transfer_received(&view->transfer, NULL, 0, true, now);
    if (port == view->console)
        memset(&ports->escape, 0, sizeof ports->escape);
}

static const struct cells_size short_size = {SHORT_ROWS, PAGE_COLUMNS};

/* Returns true if the large tube is shown, perhaps under a question. */
static bool is_large(const struct view *view)
{
    return view->pages[view->base].large &&
           (view->page == view->base || view->pages[view->page].over_base);
}

/* Returns the size for the PC's screen alone. */
static struct cells_size screen_size(const struct view *view,
                                     const struct screen_sizes *screen)
{
    return is_large(view) && screen->tube.rows > 0 ? screen->tube
                                                   : screen->page;
}

/* Returns the size of a screen next to a terminal whose size is not known.  If
   there may be no terminal, that of the PC's screen is used. */
static struct cells_size unknown_size(const struct view *view,
                                      const struct screen_sizes *screen)
{
    bool sure = view->options.console != PORT_NONE || !view->environment.screen;

    return sure ? short_size : screen_size(view, screen);
}

/* Returns the size that both the terminal and the PC's screen have. */
static struct cells_size common_size(const struct terminal *terminal,
                                     struct cells_size screen)
{
    if (terminal->rows < PAGE_ROWS)
        return short_size;
    return (struct cells_size){
        terminal->rows < screen.rows ? terminal->rows : screen.rows,
        terminal->columns < screen.columns ? terminal->columns : screen.columns,
    };
}

void ports_fit(struct view *view, const struct serial_ports *ports)
{
    const struct terminal *terminal = &ports->terminal;

    if (view->large_letters)
        view_set_size(view, short_size);
    else if (view->console == PORT_NONE)
        view_set_size(view, screen_size(view, &ports->screen));
    else if (view->layout != NULL && (terminal->asking || terminal->left))
        return;
    else if (terminal->rows == 0)
        view_set_size(view, unknown_size(view, &ports->screen));
    else
        view_set_size(view, common_size(terminal, ports->screen.page));
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

/* Returns true with the key in EVENT if the held byte has proved to be one. */
static bool release_byte(struct serial_ports *ports, struct event *event,
                         uint64_t now)
{
    struct event events[ESCAPE_EVENTS];

    if (!ports->holds || now < ports->held_at + KEY_US)
        return false;
    ports->holds = ports->after_transfer = false;
    if (decode(ports, ports->held, events, now) == 0)
        return false;
    *event = events[0];
    return true;
}

bool ports_key(struct view *view, struct serial_ports *ports,
               struct event *event, uint64_t now)
{
    if (view->console == PORT_NONE)
        return false;
    cancel_on_escape(view, ports, now);
    ports->escape.keymap = view->keymap;
    if (!release_byte(ports, event, now) &&
        !escape_turn(&ports->escape, now, event))
        return false;
    if (ports->terminal.rows == 0)
        ports->terminal.rows = SHORT_ROWS;
    return true;
}

void ports_turn(struct view *view, struct serial_ports *ports, uint64_t now)
{
    struct terminal *terminal = &ports->terminal;

    bool text = is_shared(view) && has_text(view);

    if (view->console == PORT_NONE) {
        ports_fit(view, ports);
        return;
    }
    /* A reply from the terminal would be mistaken for part of the program. */
    if (text && !terminal->left)
        terminal_leave(terminal);
    else if (!text && terminal->left)
        terminal_start(terminal, !is_program(view, ports, view->console), now);
    terminal_turn(terminal, now);
    ports_fit(view, ports);
}

uint64_t ports_due(const struct serial_ports *ports)
{
    uint64_t escape = escape_due(&ports->escape);
    uint64_t answer = ports->terminal.asking
                          ? ports->terminal.asked + TERMINAL_TIMEOUT_US
                          : UINT64_MAX;

    uint64_t held = ports->holds ? ports->held_at + KEY_US : UINT64_MAX;

    if (held < escape)
        escape = held;
    return escape < answer ? escape : answer;
}

void ports_repaint(struct serial_ports *ports)
{
    ports->terminal.left = true;
}
