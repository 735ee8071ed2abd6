/* SPDX-License-Identifier: MIT */
/*
 * Whoever operates the Baby must not look at a console that hangs and not know:
 * the timer's tick looks whether the loop still turns.  Where no tick comes
 * nobody looks.
 */
#ifndef PLATFORM_WATCHDOG_H
#define PLATFORM_WATCHDOG_H

#include <stdint.h>

/* HANG is called when the loop has not turned for two seconds of ticks, as far
   as they come in time, with interrupts off; not before the first
   watchdog_turned(). */
void watchdog_start(void (*hang)(void));

/* The loop has turned. */
void watchdog_turned(void);

/* What comes now may take longer, until the loop turns again. */
void watchdog_rest(void);

#endif
