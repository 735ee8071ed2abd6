/* SPDX-License-Identifier: MIT */
#include "watchdog.h"
#include "drivers/clock.h"
#include <stdbool.h>

#define LIMIT   (2 * CLOCK_TICKS)
#define NEAR_US (1000000u / CLOCK_TICKS * 3 / 4) /* to a tick's due time */

static volatile uint32_t ticks; /* since the loop turned */
static uint64_t counted;        /* when the last of them came */
static volatile bool resting = true;
static void (*on_hang)(void);

/* Ticks that a virtual PC has missed while it was held up come later, all at
   once, and tell nothing of time; where the clock stands still they alone
   do. */
static bool is_due(void)
{
    uint64_t now = clock_now(), passed = now - counted;

    if (passed > 0 && passed < NEAR_US)
        return false;
    counted = now;
    return true;
}

static void tick(void)
{
    if (!resting && is_due() && ++ticks > LIMIT)
        on_hang();
}

void watchdog_start(void (*hang)(void))
{
    on_hang = hang;
    clock_watch(tick);
}

void watchdog_turned(void)
{
    ticks = 0;
    resting = false;
}

void watchdog_rest(void)
{
    resting = true;
}
