/* SPDX-License-Identifier: MIT */
/*
 * The PC's clock: one counter tells the time, the interval timer's tick wakes
 * the processor.
 */
#ifndef DRIVERS_CLOCK_H
#define DRIVERS_CLOCK_H

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_TICKS 100 /* a second */

/*
 * Chooses the counter and starts the tick (IRQ 0).  INTERRUPTS
 * says that interrupts are on.  This takes a few milliseconds; up to 0.25 s
 * where no tick comes, and some seconds where nothing counts but the real time
 * clock.
 */
void clock_start(const struct acpi *acpi, bool interrupts);

/*
 * Microseconds since clock_start(), never going back.  To be called, or the
 * tick to come, before the counter begins anew: after 54.9 ms at worst (the
 * interval timer), or as much time is missed.
 */
uint64_t clock_now(void);

/*
 * Whether the tick may be relied on to end a HLT: two came at all, and the
 * last not more than 0.1 s ago.
 */
bool clock_wakes(void);

/* WATCHER is called at each tick, with interrupts off; NULL: nobody is. */
void clock_watch(void (*watcher)(void));

/* What the clock was found to be. */
struct clock_info {
    const char *source; /* the counter that tells the time */
    uint32_t rate;      /* its counts a second */
    uint32_t ticks;     /* that came */
    bool pit, acpi;     /* these count, whichever is used */
};

struct clock_info clock_info(void);

#endif
