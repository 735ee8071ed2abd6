/* SPDX-License-Identifier: MIT */
/*
 * Shares the serial ports.  The data port sends whole rows of the trace first,
 * then files and reports, then the terminal's screen.  It receives a program
 * while one is expected, and keys otherwise.
 */
#pragma once

#include "console/escape_decoder.h"
#include "console/terminal.h"
#include "ui/base/view.h"

struct serial_ports {
    struct terminal terminal;
    struct escape_decoder escape;
    uint64_t discard_until; /* keys received before this time are ignored */
    bool after_transfer;    /* true until a key shows that no program follows */
    bool holds;             /* true if `held` may be a key */
    char held;              /* byte received at `held_at` */
    uint64_t held_at;
    struct screen_sizes screen; /* of the PC */
};

/* Processes a byte received from PORT.  Stores up to ESCAPE_EVENTS key events
   in EVENTS and returns their number. */
unsigned ports_receive(struct view *view, struct serial_ports *ports,
                       enum port port, char byte, struct event *events,
                       uint64_t now);
void ports_lost(struct view *view, struct serial_ports *ports, enum port port,
                uint64_t now);

/* Return the bytes to send to PORT and record how many were sent, like
   ui_to_send() and ui_sent(). */
size_t ports_to_send(struct view *view, struct serial_ports *ports,
                     enum port port, const char **bytes);
void ports_sent(struct view *view, struct serial_ports *ports, enum port port,
                size_t count, uint64_t now);

/* Returns true and sets *EVENT if a pending key such as Esc has timed out. */
bool ports_key(struct view *view, struct serial_ports *ports,
               struct event *event, uint64_t now);
/* Updates the terminal.  Must be called once per turn, after ports_key(). */
void ports_turn(struct view *view, struct serial_ports *ports, uint64_t now);
/* Returns the time of the next timeout, or UINT64_MAX if there is none. */
uint64_t ports_due(const struct serial_ports *ports);

/* Sets the size of the grid to what the screen and the terminal can show. */
void ports_fit(struct view *view, const struct serial_ports *ports);
void ports_repaint(struct serial_ports *ports);
