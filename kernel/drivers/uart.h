/* SPDX-License-Identifier: MIT */
/*
 * COM1 and COM2: an 8250 or any of its successors, at ports 0x3F8 and 0x2F8
 * with IRQs 4 and 3.
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include <stdbool.h>
#include <stdint.h>

enum uart { UART_COM1, UART_COM2, UARTS };

/*
 * Sets BAUD, a divisor of 115,200 from 1,200 up, and 8N1, drops what came
 * before, and takes the IRQ.  False: there is no such port; nothing can be
 * sent and no byte will ever come, as before it was started.
 */
bool uart_start(enum uart uart, uint32_t baud);

/* What uart_start() returned. */
bool uart_is_present(enum uart uart);

/* Sends BYTE if there is room for it now; false if not, or no such port. */
bool uart_send(enum uart uart, uint8_t byte);

/* Whether every byte has left the wire (true if there is no such port). */
bool uart_is_empty(enum uart uart);

/* Takes the oldest byte that came; false if there is none. */
bool uart_take(enum uart uart, uint8_t *byte);

/* Takes in bytes that no interrupt announced, as where the IRQ does not
   come. */
void uart_poll(enum uart uart);

/* Whether it is to be looked after now: a byte waits to be taken, or there may
   be room again since uart_send() refused one.  The latter is said once. */
bool uart_calls(enum uart uart);

/*
 * Whether bytes were lost or damaged on their way here (overrun, parity,
 * framing, break) since this was last asked.
 */
bool uart_lost(enum uart uart);

#endif
