/* SPDX-License-Identifier: MIT */
/*
 * Moves bytes between the serial ports and the console.
 */
#pragma once

#include "drivers/uart.h"
#include "ui/ui.h"

/* Starts the ports that OPTIONS ask for and records them in UI.  Adds a warning
   for a missing terminal port. */
void serial_io_start(struct ui *ui, const struct options *options,
                     struct strbuf *warnings);

/* Uses COM1 for a terminal if the options name no port for one. */
void serial_io_enable_terminal(struct ui *ui);

bool serial_io_has_terminal(const struct ui *ui, enum uart uart);

/* For the panic screen: discards received bytes and returns whether the
   terminal sent Enter. */
bool serial_io_enter_pressed(const struct ui *ui);

/* Passes received bytes to UI; at most a buffer per port, so that a flood of
   bytes cannot stop the main loop. */
void serial_io_receive(struct ui *ui, uint64_t now);

/* Sends as much as the ports accept at once.  Returns true if there is more to
   send and room for it. */
bool serial_io_send(struct ui *ui, uint64_t now);

/* Restores the terminal's cursor and wrap mode, within a second.  The console
   draws it again if the PC stays on. */
void serial_io_close_terminal(struct ui *ui);
