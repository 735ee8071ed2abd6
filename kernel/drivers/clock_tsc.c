/* SPDX-License-Identifier: MIT */
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include <stddef.h>

#define SHIFT       8 /* scales the counter so that 32 bits last for minutes */
#define TRIES       5
#define WINDOW_RATE 100 /* measurement windows per second */
#define WAIT_READS  100000

/* Timeouts in cycles and, in case the counter is stuck, in reads of the RTC. */
#define SECOND_CYCLES (1ull << 33)
#define SECOND_READS  3000000

/* Limits in Hz.  Real counters run at 60 MHz or more, but some emulators count
   instructions instead of cycles. */
#define RATE_MIN 1000000u
#define RATE_MAX 20000000000ull

static uint32_t read(void)
{
    return (uint32_t)(cpu_cycles() >> SHIFT);
}

/* Returns the TSC rate in Hz, measured over 10 ms, or 0 on timeout. */
static uint64_t measure(const struct clock_source *reference)
{
    uint64_t start = cpu_cycles();
    uint32_t from = reference->read();

    for (unsigned i = 0; i < WAIT_READS; i++) {
        uint64_t cycles = cpu_cycles() - start;
        uint32_t passed = clock_elapsed(reference, from, reference->read());

        if (passed >= reference->rate / WINDOW_RATE)
            return cycles * reference->rate / passed;
        port_delay();
    }
    return 0;
}

/* Waits for the RTC to start a new second.  Returns false on timeout. */
static bool wait_second(void)
{
    uint64_t start = cpu_cycles();
    uint8_t first = CLOCK_NO_SECOND;

    for (unsigned i = 0; i < SECOND_READS; i++) {
        uint8_t second = clock_rtc_second();

        if (cpu_cycles() - start > SECOND_CYCLES)
            return false;
        port_delay();
        if (second == CLOCK_NO_SECOND)
            continue;
        if (first != CLOCK_NO_SECOND && second != first)
            return true;
        first = second;
    }
    return false;
}

static uint64_t measure_by_seconds(void)
{
    if (!wait_second())
        return 0;
    uint64_t start = cpu_cycles();

    return wait_second() ? cpu_cycles() - start : 0;
}

static bool is_plausible(uint64_t rate)
{
    return rate >= RATE_MIN && rate <= RATE_MAX;
}

/* Two measurements must agree: a virtual machine may be paused during one. */
static uint64_t find_rate(const struct clock_source *reference)
{
    uint64_t before = 0;

    if (reference == NULL)
        return measure_by_seconds();
    for (unsigned i = 0; i < TRIES; i++) {
        uint64_t rate = measure(reference);
        uint64_t apart = rate > before ? rate - before : before - rate;

        if (is_plausible(rate) && apart <= rate / 64)
            return rate;
        before = rate;
    }
    return 0;
}

bool clock_tsc_start(struct clock_source *source,
                     const struct clock_source *reference)
{
    *source = (struct clock_source){"TSC", 1, 0xFFFFFFFF, read};
    if (!clock_source_counts(source))
        return false;
    uint64_t rate = find_rate(reference);

    source->rate = (uint32_t)(rate >> SHIFT);
    return is_plausible(rate);
}
