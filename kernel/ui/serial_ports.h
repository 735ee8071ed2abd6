/* SPDX-License-Identifier: MIT */
/*
 * Shares the serial ports.  The port for data sends, in this order: whole rows
 * of the trace, files and reports, the screen for a terminal.  It receives a
 * program while one is expected, else keys.
 */
#pragma once

#include "console/escape_decoder.h"
#include "console/terminal.h"
#include "ui/base/view.h"

struct serial_ports {
    struct terminal terminal;
    struct escape_decoder escape;
    uint64_t discard_until; /* bytes received before this time are not keys */
    unsigned rows_max;      /* of the PC's screen */
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

/* Writes to *EVENT a key that is complete because no byte followed; false:
   none. */
bool ports_key(struct view *view, struct serial_ports *ports,
               struct event *event, uint64_t now);
/* Starts, leaves and sizes the terminal; due in each turn, after ports_key().
 */
void ports_turn(struct view *view, struct serial_ports *ports, uint64_t now);
/* When a turn is due; UINT64_MAX: none. */
uint64_t ports_due(const struct serial_ports *ports);

/* Rows of the screen until a terminal reports its own. */
unsigned ports_rows(const struct view *view, const struct serial_ports *ports);
/* Draws the terminal's screen again. */
void ports_repaint(struct serial_ports *ports);
