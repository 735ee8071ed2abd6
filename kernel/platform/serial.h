/* SPDX-License-Identifier: MIT */
/* Text output to a serial port.  Every wait has a timeout. */
#pragma once

#include "drivers/uart.h"
#include <stddef.h>

/* Selects the serial port for output.  The default is COM1. */
void serial_use(enum uart uart);

/* Sends LENGTH characters of TEXT, adding a carriage return before each line
   feed.  Returns false if the port is missing or accepts no character for 30
   seconds.  The clock must have been started. */
bool serial_send(const char *text, size_t length);

/* Waits until the transmitter is empty, but no longer than a second. */
void serial_flush(void);
