/* SPDX-License-Identifier: MIT */
#include "serial.h"
#include "drivers/clock.h"
#include "drivers/uart.h"

#define SEND_LIMIT_US  30000000u
#define FLUSH_LIMIT_US 1000000u

static bool send(char c)
{
    uint64_t start = clock_now();

    while (!uart_send((uint8_t)c))
        if (clock_now() - start > SEND_LIMIT_US)
            return false;
    return true;
}

bool serial_send(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] == '\n' && !send('\r')) || !send(text[i]))
            return false;
    return true;
}

void serial_flush(void)
{
    uint64_t start = clock_now();

    while (!uart_is_empty() && clock_now() - start < FLUSH_LIMIT_US)
        ;
}
