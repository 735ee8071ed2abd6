/* SPDX-License-Identifier: MIT */
/* Watchdog for the main loop.  It has no effect without timer interrupts. */
#pragma once

#include <stdint.h>

/* Starts the watchdog at the next watchdog_feed().  HANG is called with
   interrupts off if watchdog_feed() is not called again for two seconds. */
void watchdog_start(void (*hang)(void));

/* Restarts the two-second timeout. */
void watchdog_feed(void);

/* Suspends the watchdog until the next watchdog_feed(). */
void watchdog_suspend(void);
