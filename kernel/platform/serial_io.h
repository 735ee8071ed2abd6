/* SPDX-License-Identifier: MIT */
/*
 * Between the console and the serial ports: what comes is taken to it, and what
 * it has to say goes out.
 */
#ifndef WIRES_H
#define WIRES_H

#include "drivers/uart.h"
#include "ui/ui.h"

/* Starts the ports that OPTIONS want, and tells UI of them; what is wanted and
   not there is among the COMPLAINTS. */
void wires_start(struct ui *ui, const struct options *options,
                 struct text *complaints);

/* Where nobody has asked for a terminal, one may be on COM1 nevertheless. */
void wires_offer_terminal(struct ui *ui);

bool wires_have_terminal(const struct ui *ui, enum uart uart);

/* For the last page: takes all that has come.  Whether the terminal sent an
   Enter. */
bool wires_enter(const struct ui *ui);

/* Hands over what has come; a bufferful at a time, so that the loop turns
   whatever comes. */
void wires_take(struct ui *ui, uint64_t now);

/* Sends what there is room for.  True: there is more, and room. */
bool wires_give(struct ui *ui, uint64_t now);

/* Gives a terminal its cursor and its wrap back, for whom it serves next,
   within a second.  Should the PC stay on, the screen is drawn there again. */
void wires_leave_terminal(struct ui *ui);

#endif
