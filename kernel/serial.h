/* SPDX-License-Identifier: MIT */
/*
 * Text out by COM1, with an end to every wait.
 */
#ifndef KERNEL_SERIAL_H
#define KERNEL_SERIAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Sends LENGTH characters, a carriage return before each line end.  False if
 * one could not be sent within 30 seconds, or there is no COM1.  The clock
 * runs.
 */
bool serial_send(const char *text, size_t length);

/* Waits, at most a second, until all has left the wire. */
void serial_flush(void);

#endif
