/* SPDX-License-Identifier: MIT */
#include "idle.h"
#include "arch/cpu.h"
#include "drivers/clock.h"
#include "drivers/keyboard.h"
#include "drivers/uart.h"

#define AWAKE_US    2000u
#define AWAKE_LOOKS 20000u /* should the clock stand still */

static bool is_waiting(void)
{
    return keyboard_is_waiting() || uart_calls(UART_COM1) ||
           uart_calls(UART_COM2);
}

/* The keyboard is looked at but once in all this: see keyboard_poll(). */
static void stay_awake(uint32_t wait)
{
    uint64_t start = clock_now();

    if (wait > AWAKE_US)
        wait = AWAKE_US;
    for (unsigned i = 0; i < AWAKE_LOOKS && clock_now() - start < wait; i++) {
        uart_poll(UART_COM1);
        uart_poll(UART_COM2);
        if (is_waiting())
            return;
        pause_briefly();
    }
}

/* A PC whose ticks do not come must not halt: nothing might wake it. */
void sleep_for(uint32_t wait)
{
    if (!clock_wakes()) {
        stay_awake(wait);
        return;
    }
    interrupts_off();
    if (is_waiting())
        interrupts_on();
    else
        halt_until_interrupt();
}
