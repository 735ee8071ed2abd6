/* SPDX-License-Identifier: MIT */
/*
 * Who uses a serial port.  The port for data sends the trace up to the end of a
 * row, then what is saved or reported, then the terminal's screen; it receives
 * a program while one is awaited, else keys.
 */
#ifndef UI_SERIAL_PORTS_H
#define UI_SERIAL_PORTS_H

#include "console/escape_decoder.h"
#include "console/terminal.h"
#include "ui/base/view.h"

struct serial_ports {
    struct terminal terminal;
    struct escape_decoder escape;
    uint64_t deaf;     /* until then bytes received are no keys */
    unsigned rows_max; /* of the PC's screen */
};

/* Receives BYTE from PORT; writes the keys it makes to EVENTS (ESCAPE_EVENTS
   at most), and returns their number. */
unsigned ports_receive(struct view *view, struct serial_ports *ports,
                       enum port port, char byte, struct event *events,
                       uint64_t now);
/* Bytes from PORT were lost. */
void ports_lost(struct view *view, struct serial_ports *ports, enum port port,
                uint64_t now);

/* The bytes to send to PORT, and how many of them were sent, as ui_to_send()
   and ui_sent(). */
size_t ports_to_send(struct view *view, struct serial_ports *ports,
                     enum port port, const char **bytes);
void ports_sent(struct view *view, struct serial_ports *ports, enum port port,
                size_t count, uint64_t now);

/* A key that is complete because no byte followed; false: none. */
bool ports_key(struct view *view, struct serial_ports *ports,
               struct event *event, uint64_t now);
/* Continues what the ports do; due in each turn, after ports_key(). */
void ports_turn(struct view *view, struct serial_ports *ports, uint64_t now);
/* When a turn is due; UINT64_MAX: none. */
uint64_t ports_due(const struct serial_ports *ports);

/* Rows of the screen until a terminal reports its own. */
unsigned ports_rows(const struct view *view, const struct serial_ports *ports);
/* Draws the terminal's screen again. */
void ports_repaint(struct serial_ports *ports);

#endif
