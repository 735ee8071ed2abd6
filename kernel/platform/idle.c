/* SPDX-License-Identifier: MIT */
#include "idle.h"
#include "arch/cpu.h"
#include "drivers/clock.h"
#include "drivers/keyboard.h"
#include "drivers/uart.h"
#include "usb_input.h"

#define POLL_US    2000u
#define POLL_COUNT 20000u /* limits the wait if the clock does not advance */

static bool is_waiting(void)
{
    return keyboard_has_byte() || usb_input_has_event() ||
           uart_needs_service(UART_COM1) || uart_needs_service(UART_COM2);
}

/* The keyboard is not polled here, because keyboard_poll() may be slow. */
static void poll(uint32_t wait)
{
    uint64_t start = clock_now();

    if (wait > POLL_US)
        wait = POLL_US;
    for (unsigned i = 0; i < POLL_COUNT && clock_now() - start < wait; i++) {
        uart_poll(UART_COM1);
        uart_poll(UART_COM2);
        if (is_waiting())
            return;
        pause_briefly();
    }
}

/* Without timer interrupts, a halted PC might never wake up. */
void sleep_for(uint32_t wait)
{
    if (!clock_tick_is_reliable()) {
        poll(wait);
        return;
    }
    interrupts_off();
    if (is_waiting())
        interrupts_on();
    else
        halt_until_interrupt();
}
