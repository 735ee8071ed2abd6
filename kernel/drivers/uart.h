/* SPDX-License-Identifier: MIT */
/*
 * COM1: an 8250 or any of its successors at port 0x3F8.
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Sets 115200 baud, 8N1, drops what came before, and takes IRQ 4.  False:
 * there is no COM1; nothing can be sent and no byte will ever come.
 */
bool uart_start(void);

/* What uart_start() returned. */
bool uart_is_present(void);

/* Sends BYTE if there is room for it now; false if not, or no COM1. */
bool uart_send(uint8_t byte);

/* Whether every byte has left the wire (true if there is no COM1). */
bool uart_is_empty(void);

/* Takes the oldest byte that came; false if there is none. */
bool uart_take(uint8_t *byte);

/* Takes in bytes that no interrupt announced, as where IRQ 4 does not come. */
void uart_poll(void);

/* Whether a byte waits to be taken. */
bool uart_is_waiting(void);

/*
 * Whether bytes were lost or damaged on their way here (overrun, parity,
 * framing, break) since this was last asked.
 */
bool uart_lost(void);

#endif
