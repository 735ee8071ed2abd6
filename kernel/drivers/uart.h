/* SPDX-License-Identifier: MIT */
/*
 * COM1 and COM2: an 8250 or successor at 0x3F8 and 0x2F8, IRQ 4 and 3.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum uart { UART_COM1, UART_COM2, UARTS };

/* Sets BAUD (a divisor of 115,200, at least 1,200) and 8N1, discards received
   bytes and enables the IRQ.  Returns false if there is no such port; then, as
   before this call, nothing is sent or received. */
bool uart_start(enum uart uart, uint32_t baud);

/* Returns the result of uart_start(). */
bool uart_is_present(enum uart uart);

/* Sends BYTE; false if the UART is full or there is no such port. */
bool uart_send(enum uart uart, uint8_t byte);

/* Returns whether all bytes have been transmitted, or there is no such port. */
bool uart_is_idle(enum uart uart);

/* Removes the oldest received byte from the buffer; false if empty. */
bool uart_read(enum uart uart, uint8_t *byte);

/* Buffers received bytes for which no interrupt came. */
void uart_poll(enum uart uart);

/* Returns whether there are received bytes, or the transmitter has become empty
   since uart_send() failed (reported once). */
bool uart_needs_service(enum uart uart);

/* Returns whether received bytes were lost or damaged (overrun, parity,
   framing, break) since the last call. */
bool uart_data_lost(enum uart uart);
