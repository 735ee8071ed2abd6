/* SPDX-License-Identifier: MIT */
/* Moves bytes between the serial ports and the console. */
#pragma once

#include "drivers/uart.h"
#include "ui/ui.h"

/* Starts the serial ports selected by the options and records them in UI.  Adds
   a warning if the port for the terminal is missing. */
void serial_io_start(struct ui *ui, const struct options *options,
                     struct strbuf *warnings);

/* Uses COM1 for a terminal if the options do not specify a port. */
void serial_io_enable_terminal(struct ui *ui);

bool serial_io_has_terminal(const struct ui *ui, enum uart uart);

/* Discards received bytes.  Returns true if the terminal sent Enter. */
bool serial_io_enter_pressed(const struct ui *ui);

/* Passes received bytes to the console, but at most one buffer per port, so
   that a flood of bytes cannot block the main loop. */
void serial_io_receive(struct ui *ui, uint64_t now);

/* Sends as many bytes as the ports accept without waiting.  Returns true if
   more can be sent immediately. */
bool serial_io_send(struct ui *ui, uint64_t now);

/* Restores the terminal's cursor and wrap mode, waiting for at most a second.
   If the PC stays on, the console redraws the terminal. */
void serial_io_close_terminal(struct ui *ui);
