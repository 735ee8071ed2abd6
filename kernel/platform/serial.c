/* SPDX-License-Identifier: MIT */
#include "serial.h"
#include "arch/io.h"
#include "drivers/clock.h"

#define SEND_LIMIT_US  30000000u
#define FLUSH_LIMIT_US 1000000u

static enum uart uart = UART_COM1;

void serial_use(enum uart other)
{
    uart = other;
}

/* Attempts are counted to limit the wait even if the clock does not advance. */
static bool send(char c)
{
    uint64_t start = clock_now();

    for (uint32_t tries = 0; !uart_send(uart, (uint8_t)c); tries++) {
        if (clock_now() - start > SEND_LIMIT_US || tries > SEND_LIMIT_US)
            return false;
        port_delay();
    }
    return true;
}

bool serial_send(const char *text, size_t length)
{
    if (!uart_is_present(uart))
        return false;
    for (size_t i = 0; i < length; i++)
        if ((text[i] == '\n' && !send('\r')) || !send(text[i]))
            return false;
    return true;
}

void serial_flush(void)
{
    uint64_t start = clock_now();

    for (uint32_t tries = 0; !uart_is_idle(uart); tries++) {
        if (clock_now() - start > FLUSH_LIMIT_US || tries > FLUSH_LIMIT_US)
            return;
        port_delay();
    }
}
