/* SPDX-License-Identifier: MIT */
/*
 * COM1: an 8250 or any of its successors at port 0x3F8.
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include <stdbool.h>
#include <stdint.h>

/* Sets 115200 baud, 8N1.  False: there is no COM1. */
bool uart_start(void);

/* What uart_start() returned. */
bool uart_is_present(void);

/* Sends BYTE if there is room for it now; false if not, or no COM1. */
bool uart_send(uint8_t byte);

/* Whether every byte has left the wire (true if there is no COM1). */
bool uart_is_empty(void);

#endif
