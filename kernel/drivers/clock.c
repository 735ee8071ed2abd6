/* SPDX-License-Identifier: MIT */
/*
 * Ticks are not counted as time, because a PC under load, emulated or not,
 * loses some.  Of the counters ACPI's is the best: its rate is known, one look
 * at it is cheap, it goes on in a HLT and whatever speed the processor has,
 * and it may be left alone for seconds.  The interval timer is as exact, but a
 * turn of its 54.9 ms may be missed, unless ticks come to look at it; so
 * without ticks the processor's own counter is better, though its rate must be
 * measured and may change later.
 */
#include "clock.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include "pic.h"
#include <stddef.h>

#define IRQ_TIMER    0
#define TICKS_ENOUGH 2
#define TICK_PART    5 /* of a second is waited for them */
#define TICK_LOOKS   1000000
#define LATE_PART    10   /* of a second: then ticks have ceased */
#define GLITCH_PART  1024 /* of a counter's turn */
#define STORM_TICKS  CLOCK_TICKS
#define STORM_PART   10 /* of a second: so many ticks in it are a storm */
#define SECOND_US    1000000u

static struct clock_source
    clock_source; /* without `read` until one is chosen */
static bool pit_counts, acpi_counts;
static volatile uint32_t ticks;
static void (*watch)(void); /* NULL: nobody does */
static uint64_t ticked;     /* what `counted` was then */
static uint64_t storm_from; /* what it was when storm_ticks was 0 */
static uint32_t storm_ticks;
static uint32_t last_count;
static uint64_t counted; /* since clock_start() */

/* Some latch a little more than the time before: that is no turn of the
   counter less a little. */
static void advance(void)
{
    uint32_t count = clock_source.read();
    uint32_t passed = clock_passed(&clock_source, last_count, count);

    if (passed > clock_source.mask - clock_source.mask / GLITCH_PART)
        return;
    counted += passed;
    last_count = count;
}

/* A timer that has lost its rate may interrupt so often that the loop never
   turns.  Setting the rate again ends that; of a virtual PC that makes up for
   missed ticks it drops some, which does no harm. */
static void end_storm(void)
{
    if (counted - storm_from > clock_source.rate / STORM_PART) {
        storm_from = counted;
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
        ticked = counted;
        end_storm();
    }
    if (watch != NULL)
        watch();
}

void clock_watch(void (*watcher)(void))
{
    watch = watcher;
}

/* Whether they do within 200 ms by REFERENCE. */
static bool ticks_come(const struct clock_source *reference)
{
    uint32_t last = reference->read();
    uint32_t passed = 0;

    for (unsigned i = 0; i < TICK_LOOKS; i++) {
        uint32_t count = reference->read();

        passed += clock_passed(reference, last, count);
        last = count;
        if (ticks >= TICKS_ENOUGH || passed > reference->rate / TICK_PART)
            break;
        port_delay();
    }
    return ticks >= TICKS_ENOUGH;
}

static struct clock_source choose(const struct acpi *acpi, bool interrupts)
{
    struct clock_source pit, best;

    pit_counts = clock_pit_start(&pit);
    acpi_counts = clock_acpi_start(&best, acpi);
    if (acpi_counts && (!pit_counts || clock_source_agrees(&best, &pit)))
        return best;
    if (pit_counts && interrupts && ticks_come(&pit))
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
    counted = ticked = storm_from = 0;
    storm_ticks = 0;
    clock_pit_tick(CLOCK_TICKS);
    pic_handle(IRQ_TIMER, tick);
    struct clock_source chosen = choose(acpi, interrupts);
    uint32_t flags = interrupts_save();

    clock_source = chosen;
    last_count = clock_source.read();
    interrupts_restore(flags);
    if (interrupts)
        clock_rtc_beat();
}

/* Counts since the start, and how long ago the last tick was. */
static uint64_t look(uint64_t *since_tick)
{
    uint32_t flags = interrupts_save();

    advance();
    uint64_t count = counted;

    *since_tick = counted - ticked;
    interrupts_restore(flags);
    return count;
}

uint64_t clock_now(void)
{
    uint64_t unused;
    uint64_t count = look(&unused);

    /* In two parts, so that nothing overflows for a hundred years. */
    return count / clock_source.rate * SECOND_US +
           count % clock_source.rate * SECOND_US / clock_source.rate;
}

bool clock_wakes(void)
{
    uint64_t since_tick;

    look(&since_tick);
    return ticks >= TICKS_ENOUGH && since_tick <= clock_source.rate / LATE_PART;
}

struct clock_info clock_info(void)
{
    return (struct clock_info){clock_source.name, clock_source.rate, ticks,
                               pit_counts, acpi_counts};
}
