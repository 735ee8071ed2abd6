/* SPDX-License-Identifier: MIT */
/*
 * Text output to a serial port; every wait has a time limit.
 */
#pragma once

#include "drivers/uart.h"
#include <stddef.h>

/* Selects UART for output; the default is COM1. */
void serial_use(enum uart uart);

/*
 * Sends LENGTH characters, with a carriage return before each line feed.
 * Returns false if the port is missing or accepts no character for 30 seconds.
 * The clock must have been started.
 */
bool serial_send(const char *text, size_t length);

/* Waits for at most a second until the transmitter is empty. */
void serial_flush(void);
