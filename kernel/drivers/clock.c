/* SPDX-License-Identifier: MIT */
/*
 * Time is measured with a counter rather than ticks, because a loaded PC, real
 * or virtual, loses ticks.  The ACPI timer is preferred: its rate is known, it
 * is cheap to read, it is unaffected by HLT and processor speed, and it wraps
 * only after seconds.  The interval timer is as accurate but wraps every 54.9
 * ms, so it needs working ticks.  Otherwise the time stamp counter is used,
 * although its rate must be measured and may change later.
 */
#include "clock.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include "pic.h"
#include <stddef.h>

#define IRQ_TIMER   0
#define TICKS_MIN   2 /* ticks required before the interrupt is trusted */
#define TICK_POLLS  1000000
#define GLITCH_PART 1024 /* backward steps below range / 1024 are ignored */
#define STORM_TICKS CLOCK_TICKS
#define SECOND_US   1000000u

/* Time limits as fractions of a second: 5 means 1/5 s. */
#define TICK_PART  5  /* time allowed for TICKS_MIN ticks */
#define LATE_PART  10 /* ticks have stopped if none arrives in this time */
#define STORM_PART 10 /* STORM_TICKS ticks in this time count as a storm */

static struct clock_source clock_source; /* `read` is NULL until initialised */
static bool pit_counts, acpi_counts;
static volatile uint32_t ticks;
static void (*on_tick)(void); /* called on each tick, or NULL */
static uint64_t counted;      /* clock counts since clock_start() */
static uint64_t counted_at_tick;
static uint64_t storm_start; /* value of `counted` when storm_ticks was reset */
static uint32_t storm_ticks;
static uint32_t last_count;

/* Small backward steps, which some counters make, are ignored. */
static void advance(void)
{
    uint32_t count = clock_source.read();
    uint32_t passed = clock_elapsed(&clock_source, last_count, count);

    if (passed > clock_source.mask - clock_source.mask / GLITCH_PART)
        return;
    counted += passed;
    last_count = count;
}

/* A timer that loses its rate may interrupt so often that the main loop
   starves; setting the rate again stops this.  A virtual machine that makes up
   for missed ticks then drops some, which is harmless. */
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

/* Returns true if ticks arrive within 200 ms, as measured by REFERENCE. */
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

/* Returns the current count and stores the number since the last tick. */
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

    /* Convert seconds and fraction separately to avoid overflow. */
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
