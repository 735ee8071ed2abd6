/* SPDX-License-Identifier: MIT */
#include "watchdog.h"
#include "drivers/clock.h"
#include <stdbool.h>

#define LIMIT (2 * CLOCK_TICKS)

static volatile uint32_t ticks; /* since the loop turned */
static volatile bool resting = true;
static void (*on_hang)(void);

static void tick(void)
{
    if (!resting && ++ticks > LIMIT)
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
