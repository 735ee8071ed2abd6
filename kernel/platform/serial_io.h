/* SPDX-License-Identifier: MIT */
/*
 * Between the console and the serial ports: what comes is taken to it, and what
 * it has to say goes out.
 */
#ifndef PLATFORM_SERIAL_IO_H
#define PLATFORM_SERIAL_IO_H

#include "drivers/uart.h"
#include "ui/ui.h"

/* Starts the ports that OPTIONS want, and tells UI of them; what is wanted and
   not there is among the COMPLAINTS. */
void serial_io_start(struct ui *ui, const struct options *options,
                     struct strbuf *warnings);

/* Where nobody has asked for a terminal, one may be on COM1 nevertheless. */
void serial_io_enable_terminal(struct ui *ui);

bool serial_io_have_terminal(const struct ui *ui, enum uart uart);

/* For the last page: takes all that has come.  Whether the terminal sent an
   Enter. */
bool serial_io_enter_pressed(const struct ui *ui);

/* Hands over what has come; a bufferful at a time, so that the loop turns
   whatever comes. */
void serial_io_receive(struct ui *ui, uint64_t now);

/* Sends what there is room for.  True: there is more, and room. */
bool serial_io_send(struct ui *ui, uint64_t now);

/* Gives a terminal its cursor and its wrap back, for whom it serves next,
   within a second.  Should the PC stay on, the screen is drawn there again. */
void serial_io_close_terminal(struct ui *ui);

#endif
