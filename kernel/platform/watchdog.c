/* SPDX-License-Identifier: MIT */
#include "watchdog.h"
#include "drivers/clock.h"
#include "hypervisor/vm.h"
#include <stdbool.h>

#define LIMIT    (2 * CLOCK_TICKS)
#define BURST_US (1000000u / CLOCK_TICKS * 3 / 4) /* minimum tick interval */

static volatile uint32_t ticks; /* ticks since watchdog_feed() */
static uint64_t counted;        /* time of the last counted tick */
static volatile bool watching;
static void (*on_hang)(void);

/* Virtual machines deliver missed ticks in a burst, which must not be counted.
   If the clock does not advance, all ticks are counted. */
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
    if (!is_on_time())
        return;
    vm_tick();
    if (watching && ++ticks > LIMIT)
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
