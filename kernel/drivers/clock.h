/* SPDX-License-Identifier: MIT */
/* System clock: a counter measures the time, and ticks wake the processor. */
#pragma once

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_TICKS 100 /* timer interrupts per second */

/* Selects a counter and starts the tick (IRQ 0).  INTERRUPTS is true if
   interrupts are enabled.  Takes a few milliseconds, or up to 0.25 s if there
   are no ticks, or several seconds if only the real-time clock works. */
void clock_start(const struct acpi *acpi, bool interrupts);

/* Returns the monotonic time since clock_start() in microseconds.  Time is lost
   if the counter wraps (after 54.9 ms or more) without a call or a tick. */
uint64_t clock_now(void);

/* Returns true if the timer tick can be relied on to end a HLT: at least two
   ticks have arrived, the last within 0.1 s. */
bool clock_tick_is_reliable(void);

/* Sets a function to call on each tick with interrupts disabled, or NULL. */
void clock_on_tick(void (*watcher)(void));

struct clock_info {
    const char *source; /* name of the counter in use */
    uint32_t rate;      /* frequency of the counter in Hz */
    uint32_t ticks;     /* number of ticks since clock_start() */
    bool pit, acpi;     /* whether the PIT and the ACPI timer work */
};

struct clock_info clock_info(void);
