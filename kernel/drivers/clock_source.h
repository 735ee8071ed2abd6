/* SPDX-License-Identifier: MIT */
/*
 * Counters that tell the time, each in a file of its own, and how to find out
 * whether one does.  None is taken on trust: any of them is dead on some PC.
 */
#ifndef DRIVERS_CLOCK_SOURCE_H
#define DRIVERS_CLOCK_SOURCE_H

#include "acpi_tables.h"
#include <stdbool.h>
#include <stdint.h>

struct clock_source {
    const char *name;
    uint32_t rate;          /* counts a second; never 0 */
    uint32_t mask;          /* a power of two less one: then it begins anew */
    uint32_t (*read)(void); /* counts upwards */
};

/* Counts from FROM to TO. */
static inline uint32_t clock_passed(const struct clock_source *source,
                                    uint32_t from, uint32_t to)
{
    return (to - from) & source->mask;
}

/* Whether it goes forward, as far as some hundred looks tell. */
bool clock_source_counts(const struct clock_source *source);

/*
 * Whether in 2 ms of REFERENCE as much time passes by SOURCE, give or take an
 * eighth; the better of five tries counts, for a virtual PC may be held up
 * between two looks.
 */
bool clock_source_agrees(const struct clock_source *source,
                         const struct clock_source *reference);

/*
 * The interval timer, Intel 8254 data sheet: channel 2, 1.193182 MHz, 16 bits,
 * begins anew every 54.9 ms.  False: it does not count, as where power is
 * saved by stopping it.
 */
bool clock_pit_start(struct clock_source *source);

/* Channel 0 of the same asks for IRQ 0 RATE times a second, 19 to 65535. */
void clock_pit_tick(unsigned rate);

/*
 * ACPI's power management timer (ACPI 6.4, 4.8.3.3), 3.579545 MHz, 24 or 32
 * bits, begins anew every 4.69 s or 20 minutes.  False: there is none, or it
 * does not count.
 */
bool clock_acpi_start(struct clock_source *source, const struct acpi *acpi);

/*
 * The processor's time stamp counter, in 256 cycles.  Its rate is found out by
 * REFERENCE, or where that is NULL by two seconds of the real time clock.
 * False: there is none, or no rate that can be true was found.
 */
bool clock_tsc_start(struct clock_source *source,
                     const struct clock_source *reference);

/*
 * The real time clock's seconds (Motorola MC146818 data sheet), with the ports'
 * slowness as the only measure within one.  This always works: where there is
 * no such clock, time goes by as it is asked for.
 */
void clock_rtc_start(struct clock_source *source);

/* Its interrupt comes twice a second from now on, where there is one: it does
   nothing, but ends a HLT that the interval timer ends no more. */
void clock_rtc_beat(void);

/* Its second, 0 to 59; CLOCK_NO_SECOND while that is being changed, or where
   there is no such clock. */
#define CLOCK_NO_SECOND 0xFF
uint8_t clock_rtc_second(void);

#endif
