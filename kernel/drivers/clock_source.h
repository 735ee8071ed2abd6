/* SPDX-License-Identifier: MIT */
/*
 * Counters that measure time, each in a file of its own, and tests whether they
 * work: each of them is dead on some PC.
 */
#pragma once

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

struct clock_source {
    const char *name;
    uint32_t rate;          /* counts per second; never 0 */
    uint32_t mask;          /* highest count before it wraps: 2^n - 1 */
    uint32_t (*read)(void); /* returns the count, which increases */
};

/* Returns counts from FROM to TO. */
static inline uint32_t clock_elapsed(const struct clock_source *source,
                                     uint32_t from, uint32_t to)
{
    return (to - from) & source->mask;
}

/* Returns whether it counts forward, in up to 1000 reads. */
bool clock_source_counts(const struct clock_source *source);

/* Returns whether SOURCE and REFERENCE agree on 2 ms to within an eighth, in
   one of five tries, as a virtual PC may be paused between two reads. */
bool clock_source_agrees(const struct clock_source *source,
                         const struct clock_source *reference);

/* The interval timer, Intel 8254 data sheet: channel 2, 1.193182 MHz, 16 bits,
   wraps around every 54.9 ms.  Returns false if a PC has stopped it to save
   power. */
bool clock_pit_start(struct clock_source *source);

/* Starts channel 0, which raises IRQ 0 RATE times per second, 19 to 65535. */
void clock_pit_tick(unsigned rate);

/* ACPI's power management timer (ACPI 6.4, 4.8.3.3), 3.579545 MHz, 24 or 32
   bits, wraps around every 4.69 s or 20 minutes.  Returns false if missing or
   stopped. */
bool clock_acpi_start(struct clock_source *source, const struct acpi *acpi);

/* The processor's time stamp counter, in units of 256 cycles.  Measures its
   rate by REFERENCE, or if that is NULL by a second of the real time clock.
   Returns false if there is none, or its rate is implausible. */
bool clock_tsc_start(struct clock_source *source,
                     const struct clock_source *reference);

/* The real time clock (Motorola MC146818 data sheet): its seconds, and within a
   second an estimate by the time of port accesses.  Always succeeds: without
   this clock, time advances with each read. */
void clock_rtc_start(struct clock_source *source);

/* Starts an interrupt twice a second, if there is a real time clock.  It does
   nothing but end a HLT if the interval timer has stopped. */
void clock_rtc_start_wakeup(void);

/* Returns the second, 0 to 59; CLOCK_NO_SECOND in an update or if there is no
   real time clock. */
#define CLOCK_NO_SECOND 0xFF
uint8_t clock_rtc_second(void);
