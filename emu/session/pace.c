/* SPDX-License-Identifier: MIT */
#include "pace.h"
#include "emu/machine/machine.h"
#include "phosphor.h"
#include <string.h>

#define CATCH_UP_NS    500000000u /* maximum delay made up */
#define CALLS_PER_TURN 8
#define CALL_MAX       (1u << 26)
#define NO_TIME        4096u /* maximum call size if no time seems to elapse */
#define WATCH_MIN      8u
#define WATCH_MAX      PHOSPHOR_BARS_MAX

/* Digit periods of the replica (10 us) and the 1948 machine (8.5 us, according
   to Lavington). */
#define BAR_US      (BAR_DIGITS * 10u)
#define BAR_FAST_US (BAR_DIGITS * 17u / 2)

const struct speed speeds[SPEEDS] = {
    {"1", "1 per second", 1000000000u, BAR_US},
    {"2", "2 per second", 500000000u, BAR_US},
    {"7", "7 per second", 142857143u, BAR_US},
    {"real", "real speed", BAR_US * 1000u, BAR_US},
    {"8.5us", "8.5 us digits", BAR_FAST_US * 1000u, BAR_FAST_US},
    {"x10", "10x speed", BAR_US * 100u, BAR_US},
    {"x100", "100x speed", BAR_US * 10u, BAR_US},
    {"x1000", "1000x speed", BAR_US, BAR_US},
    {"max", "flat out", 0, BAR_US},
};

int speed_find(const char *name, size_t length)
{
    for (int i = 0; i < SPEEDS; i++) {
        const char *known = speeds[i].name;
        size_t size = strlen(known);

        if (size == length && memcmp(known, name, size) == 0)
            return i;
    }
    return -1;
}

void pace_start(struct pace *pace, unsigned speed, uint64_t now)
{
    *pace = (struct pace){.speed = speed,
                          .last = now,
                          .call = PACE_CALL_MIN,
                          .call_us = PACE_CALL_US,
                          .watch = PACE_CALL_MIN};
}

void pace_set(struct pace *pace, unsigned speed)
{
    pace->speed = speed;
    pace->credit_ns = 0;
}

void pace_idle(struct pace *pace, uint64_t now)
{
    pace->last = now;
    pace->credit_ns = 0;
}

static uint32_t at_most(uint64_t number, uint32_t limit)
{
    return number < limit ? (uint32_t)number : limit;
}

/* Adds the time elapsed until NOW.  Returns the number of prepulses due. */
static uint64_t add_time(struct pace *pace, uint64_t now)
{
    uint32_t period = speeds[pace->speed].period_ns;
    uint32_t limit = CATCH_UP_NS + period;
    uint64_t elapsed = now - pace->last;

    pace->last = now;
    if (period == 0)
        return UINT64_MAX;
    pace->credit_ns += (uint64_t)at_most(elapsed, CATCH_UP_NS) * 1000u;
    if (pace->credit_ns > limit)
        pace->credit_ns = limit;
    return pace->credit_ns / period;
}

uint32_t pace_due(struct pace *pace, uint64_t now)
{
    return at_most(add_time(pace, now), pace->call);
}

bool pace_is_behind(struct pace *pace, uint64_t now)
{
    return add_time(pace, now) > pace->call;
}

void pace_used(struct pace *pace, uint32_t count)
{
    pace->credit_ns -= (uint64_t)count * speeds[pace->speed].period_ns;
}

uint32_t pace_wait(const struct pace *pace)
{
    uint32_t period = speeds[pace->speed].period_ns;

    if (pace->credit_ns >= period)
        return 0;
    return (uint32_t)(period - pace->credit_ns) / 1000u;
}

void pace_along(struct pace *pace, const void *path)
{
    if (pace->path != NULL && path != pace->path)
        pace->call = PACE_CALL_MIN;
    pace->path = path;
}

void pace_adapt(struct pace *pace, uint64_t turn)
{
    pace->call_us = at_most(turn / CALLS_PER_TURN, PACE_CALL_MAX);
    if (pace->call_us < PACE_CALL_US)
        pace->call_us = PACE_CALL_US;
}

uint32_t pace_slice(const struct pace *pace)
{
    return PACE_SLICE_US / PACE_CALL_US * pace->call_us;
}

static uint32_t resize(const struct pace *pace, uint32_t size, uint64_t took,
                       uint32_t least)
{
    if (took > pace->call_us && size > least)
        return size / 2;
    if (took < pace->call_us / 2 && size < CALL_MAX &&
        (took > 0 || size < NO_TIME))
        return size * 2;
    return size;
}

uint32_t pace_resize(const struct pace *pace, uint32_t size, uint64_t took)
{
    return resize(pace, size, took, PACE_CALL_MIN);
}

/* Only a full-size call can show whether a larger one would fit. */
void pace_learn(struct pace *pace, uint64_t took)
{
    if (pace->watching) {
        pace->watch =
            at_most(resize(pace, pace->watch, took, WATCH_MIN), WATCH_MAX);
        pace->watch_known =
            took >= pace->call_us / 2 || pace->watch == WATCH_MAX;
    } else if (took > pace->call_us || pace->asked >= pace->call) {
        pace->call = pace_resize(pace, pace->call, took);
    }
}
