/* SPDX-License-Identifier: MIT */
/* Serial ports COM1 (0x3F8, IRQ 4) and COM2 (0x2F8, IRQ 3), 8250 or later. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum uart { UART_COM1, UART_COM2, UARTS };

/* Sets a port to BAUD and 8N1, discards pending input and enables its IRQ.
   BAUD must divide 115,200 and be at least 1,200.  Returns false if there is no
   such port.  Nothing is sent or received until this succeeds. */
bool uart_start(enum uart uart, uint32_t baud);

/* Returns true if uart_start() found the port. */
bool uart_is_present(enum uart uart);

/* Sends BYTE.  Returns false if the UART is full or there is no such port. */
bool uart_send(enum uart uart, uint8_t byte);

/* Returns true if all bytes have been transmitted or there is no such port. */
bool uart_is_idle(enum uart uart);

/* Reads the oldest received byte.  Returns false if there is none. */
bool uart_read(enum uart uart, uint8_t *byte);

/* Receives pending bytes in case an interrupt was lost. */
void uart_poll(enum uart uart);

/* Returns true if input is waiting, or (once) if the transmitter has become
   empty after uart_send() failed. */
bool uart_needs_service(enum uart uart);

/* Returns true if input was lost or damaged since the last call (overrun,
   parity or framing error, or break). */
bool uart_data_lost(enum uart uart);
