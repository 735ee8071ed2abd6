/* SPDX-License-Identifier: MIT */
/*
 * Time is not counted in ticks, because a PC under load, emulated or not, loses
 * some.  The ACPI timer is the best counter: its rate is known, it is cheap to
 * read, it does not depend on HLT or the processor's speed, and it wraps around
 * only after seconds.  The interval timer is as exact but wraps around after
 * 54.9 ms, so it needs ticks that read it.  Without ticks the time stamp
 * counter is better, although its rate must be measured and may change later.
 */
#include "clock.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include "pic.h"
#include <stddef.h>

#define IRQ_TIMER   0
#define TICKS_MIN   2 /* ticks that prove the interrupt works */
#define TICK_POLLS  1000000
#define GLITCH_PART 1024 /* smaller steps back than range / 1024: glitches */
#define STORM_TICKS CLOCK_TICKS
#define SECOND_US   1000000u

/* Fractions of a second */
#define TICK_PART  5  /* time to wait for TICKS_MIN */
#define LATE_PART  10 /* without a tick: ticks have stopped */
#define STORM_PART 10 /* STORM_TICKS in this time are a storm */

static struct clock_source clock_source; /* `read` is NULL until selected */
static bool pit_counts, acpi_counts;
static volatile uint32_t ticks;
static void (*on_tick)(void); /* may be NULL */
static uint64_t counted;      /* counts since clock_start() */
static uint64_t counted_at_tick;
static uint64_t storm_start; /* `counted` when storm_ticks was 0 */
static uint32_t storm_ticks;
static uint32_t last_count;

/* Ignores slightly lower values, which some counters return. */
static void advance(void)
{
    uint32_t count = clock_source.read();
    uint32_t passed = clock_elapsed(&clock_source, last_count, count);

    if (passed > clock_source.mask - clock_source.mask / GLITCH_PART)
        return;
    counted += passed;
    last_count = count;
}

/* A timer that has lost its rate may interrupt so often that the main loop does
   not run; setting the rate again stops this.  A virtual PC that makes up for
   missed ticks then drops some, which is harmless. */
static void end_storm(void)
{
    if (counted - storm_start > clock_source.rate / STORM_PART) {
        storm_start = counted;
        storm_ticks = 0;
    } else if (++storm_ticks == STORM_TICKS) {
        clock_pit_tick(CLOCK_TICKS);
        storm_ticks = 0;
    }
}

static void tick(void)
{
    ticks++;
    if (clock_source.read != NULL) {
        advance();
        counted_at_tick = counted;
        end_storm();
    }
    if (on_tick != NULL)
        on_tick();
}

void clock_on_tick(void (*watcher)(void))
{
    on_tick = watcher;
}

/* Waits up to 200 ms, measured by REFERENCE, for ticks. */
static bool wait_ticks(const struct clock_source *reference)
{
    uint32_t last = reference->read();
    uint32_t passed = 0;

    for (unsigned i = 0; i < TICK_POLLS; i++) {
        uint32_t count = reference->read();

        passed += clock_elapsed(reference, last, count);
        last = count;
        if (ticks >= TICKS_MIN || passed > reference->rate / TICK_PART)
            break;
        port_delay();
    }
    return ticks >= TICKS_MIN;
}

static struct clock_source choose(const struct acpi *acpi, bool interrupts)
{
    struct clock_source pit, best;

    pit_counts = clock_pit_start(&pit);
    acpi_counts = clock_acpi_start(&best, acpi);
    if (acpi_counts && (!pit_counts || clock_source_agrees(&best, &pit)))
        return best;
    if (pit_counts && interrupts && wait_ticks(&pit))
        return pit;
    if (clock_tsc_start(&best, pit_counts ? &pit : NULL))
        return best;
    if (pit_counts)
        return pit;
    clock_rtc_start(&best);
    return best;
}

void clock_start(const struct acpi *acpi, bool interrupts)
{
    clock_source.read = NULL;
    ticks = 0;
    counted = counted_at_tick = storm_start = 0;
    storm_ticks = 0;
    clock_pit_tick(CLOCK_TICKS);
    pic_handle(IRQ_TIMER, tick);
    struct clock_source chosen = choose(acpi, interrupts);
    uint32_t flags = interrupts_save();

    clock_source = chosen;
    last_count = clock_source.read();
    interrupts_restore(flags);
    if (interrupts)
        clock_rtc_start_wakeup();
}

/* Returns counts since the start and, in *SINCE_TICK, since the last tick. */
static uint64_t read_counter(uint64_t *since_tick)
{
    uint32_t flags = interrupts_save();

    advance();
    uint64_t count = counted;

    *since_tick = counted - counted_at_tick;
    interrupts_restore(flags);
    return count;
}

uint64_t clock_now(void)
{
    uint64_t unused;
    uint64_t count = read_counter(&unused);

    /* Split, so that nothing overflows for a hundred years. */
    return count / clock_source.rate * SECOND_US +
           count % clock_source.rate * SECOND_US / clock_source.rate;
}

bool clock_tick_is_reliable(void)
{
    uint64_t since_tick;

    read_counter(&since_tick);
    return ticks >= TICKS_MIN && since_tick <= clock_source.rate / LATE_PART;
}

struct clock_info clock_info(void)
{
    return (struct clock_info){clock_source.name, clock_source.rate, ticks,
                               pit_counts, acpi_counts};
}
