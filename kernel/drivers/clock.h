/* SPDX-License-Identifier: MIT */
/*
 * The 8253/8254 interval timer: one channel wakes the processor, another
 * tells the time.
 */
#ifndef DRIVERS_CLOCK_H
#define DRIVERS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Starts the tick (IRQ 0, 100 a second) and the counter. */
void clock_start(void);

/*
 * Microseconds since clock_start(), never going back.  The counter wraps
 * every 54.9 ms: call at least that often (each tick does), or whole wraps
 * are missed.
 */
uint64_t clock_now(void);

/* Ticks that have arrived: 0 for good means that IRQ 0 does not come. */
uint32_t clock_ticks(void);

#endif
