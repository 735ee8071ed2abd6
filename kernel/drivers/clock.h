/* SPDX-License-Identifier: MIT */
/*
 * The clock: a counter measures time, the interval timer wakes the processor.
 */
#pragma once

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_TICKS 100 /* per second */

/* Selects the counter and starts the tick (IRQ 0).  INTERRUPTS: whether
   enabled.  Takes a few milliseconds; up to 0.25 s without ticks, and some
   seconds if only the real time clock works. */
void clock_start(const struct acpi *acpi, bool interrupts);

/* Returns microseconds since clock_start(); monotonic.  Time is lost if the
   counter wraps around (after 54.9 ms or more) without a call or a tick. */
uint64_t clock_now(void);

/* Returns whether ticks end a HLT: two so far, the last within 0.1 s. */
bool clock_tick_is_reliable(void);

/* Calls WATCHER at each tick, with interrupts off; NULL: none. */
void clock_on_tick(void (*watcher)(void));

struct clock_info {
    const char *source; /* name of the counter in use */
    uint32_t rate;      /* counts per second */
    uint32_t ticks;     /* since clock_start() */
    bool pit, acpi;     /* this counter works, whichever is in use */
};

struct clock_info clock_info(void);
