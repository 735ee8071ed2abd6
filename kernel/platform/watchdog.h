/* SPDX-License-Identifier: MIT */
/*
 * Watchdog: the timer interrupt checks that the main loop still runs.  Has no
 * effect without timer interrupts.
 */
#pragma once

#include <stdint.h>

/* Calls HANG, with interrupts off, if watchdog_feed() has not been called for
   two seconds; a tick that arrives early does not count.  The watchdog is
   suspended until the first watchdog_feed(). */
void watchdog_start(void (*hang)(void));

/* Restarts the two seconds. */
void watchdog_feed(void);

/* Suspends the watchdog until the next watchdog_feed(). */
void watchdog_suspend(void);
