/* SPDX-License-Identifier: MIT */
/*
 * Text out by a serial port, with an end to every wait.
 */
#ifndef PLATFORM_SERIAL_H
#define PLATFORM_SERIAL_H

#include "drivers/uart.h"
#include <stddef.h>

/* By UART from now on; at first it is COM1. */
void serial_use(enum uart uart);

/*
 * Sends LENGTH characters, a carriage return before each line end.  False if
 * one could not be sent within 30 seconds, or there is no such port.  The clock
 * runs.
 */
bool serial_send(const char *text, size_t length);

/* Waits, at most a second, until all has left the wire. */
void serial_flush(void);

#endif
