/* SPDX-License-Identifier: MIT */
/* Free-running counters that measure time; each is broken on some PCs. */
#pragma once

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

struct clock_source {
    const char *name;
    uint32_t rate;          /* frequency in Hz, never 0 */
    uint32_t mask;          /* mask of the valid bits, 2^n - 1 */
    uint32_t (*read)(void); /* reads the counter, which counts up */
};

/* Returns the difference of two readings, allowing for wraparound. */
static inline uint32_t clock_elapsed(const struct clock_source *source,
                                     uint32_t from, uint32_t to)
{
    return (to - from) & source->mask;
}

/* Checks that the counter advances, reading it at most 1000 times. */
bool clock_source_counts(const struct clock_source *source);

/* Returns true if SOURCE and REFERENCE agree on 2 ms to within 1/8 in any of
   five tries, as a virtual machine may be paused during some of them. */
bool clock_source_agrees(const struct clock_source *source,
                         const struct clock_source *reference);

/* Starts channel 2 of the interval timer (Intel 8254 data sheet), a 16-bit
   counter at 1.193182 MHz that wraps every 54.9 ms.  Returns false if it does
   not count: some PCs gate its clock to save power. */
bool clock_pit_start(struct clock_source *source);

/* Programs channel 0 to raise IRQ 0 at RATE Hz.  RATE must be 19 to 65535. */
void clock_pit_tick(unsigned rate);

/* Starts the ACPI power management timer (ACPI 6.4, 4.8.3.3): 3.579545 MHz and
   24 or 32 bits, so it wraps every 4.69 s or 20 minutes.  Returns false if it
   is missing or stopped. */
bool clock_acpi_start(struct clock_source *source, const struct acpi *acpi);

/* Starts the time stamp counter, in units of 256 cycles.  Measures its rate
   against REFERENCE or, if that is NULL, over one second of the RTC.  Returns
   false if the TSC is missing or its rate implausible. */
bool clock_tsc_start(struct clock_source *source,
                     const struct clock_source *reference);

/* Starts the real-time clock (Motorola MC146818 data sheet), estimating time
   within a second from port accesses.  Always works: without an RTC, time
   advances by a fixed amount on each read. */
void clock_rtc_start(struct clock_source *source);

/* Enables a 2 Hz interrupt if there is a real-time clock.  Its only purpose is
   to end a HLT when the interval timer has stopped. */
void clock_rtc_start_wakeup(void);

/* Returns the RTC's seconds, 0 to 59, or CLOCK_NO_SECOND if there is no RTC or
   an update is in progress. */
#define CLOCK_NO_SECOND 0xFF
uint8_t clock_rtc_second(void);
