/* SPDX-License-Identifier: MIT */
#include "watchdog.h"
#include "drivers/clock.h"
#include <stdbool.h>

#define LIMIT    (2 * CLOCK_TICKS)
#define BURST_US (1000000u / CLOCK_TICKS * 3 / 4) /* shorter is a burst */

static volatile uint32_t ticks; /* since watchdog_feed() */
static uint64_t counted;        /* time of the last of them */
static volatile bool watching;
static void (*on_hang)(void);

/* A virtual PC that was held up delivers missed ticks in a burst; these do not
   count.  If the clock stands still, all ticks count. */
static bool is_on_time(void)
{
    uint64_t now = clock_now(), passed = now - counted;

    if (passed > 0 && passed < BURST_US)
        return false;
    counted = now;
    return true;
}

static void tick(void)
{
    if (watching && is_on_time() && ++ticks > LIMIT)
        on_hang();
}

void watchdog_start(void (*hang)(void))
{
    on_hang = hang;
    clock_on_tick(tick);
}

void watchdog_feed(void)
{
    ticks = 0;
    watching = true;
}

void watchdog_suspend(void)
{
    watching = false;
}
