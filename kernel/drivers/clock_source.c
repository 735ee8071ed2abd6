/* SPDX-License-Identifier: MIT */
#include "clock_source.h"
#include "arch/io.h"

#define READS       1000 /* slow counters return the same value many times */
#define STEPS       8    /* increments needed to accept the counter */
#define WINDOWS     5
#define WINDOW_RATE 500 /* measurement windows per second */
#define WAIT_READS  20000

/* Fewer than STEPS / 2 backward steps or late reads are tolerated. */
bool clock_source_counts(const struct clock_source *source)
{
    unsigned forward = 0, wild = 0;
    uint32_t last = source->read();

    for (unsigned i = 0; i < READS && forward < STEPS; i++) {
        /* Without a delay between reads, some counters appear stuck. */
        port_delay();
        uint32_t count = source->read();
        uint32_t step = clock_elapsed(source, last, count);

        if (step > source->mask / 4)
            wild++;
        else if (step > 0)
            forward++;
        last = count;
    }
    return forward == STEPS && wild < STEPS / 2;
}

/* Waits until COUNTS counts have passed since FROM.  Returns the counts passed,
   or 0 on timeout. */
static uint32_t wait(const struct clock_source *source, uint32_t from,
                     uint32_t counts)
{
    for (unsigned i = 0; i < WAIT_READS; i++) {
        uint32_t passed = clock_elapsed(source, from, source->read());

        if (passed >= counts)
            return passed;
        port_delay();
    }
    return 0;
}

bool clock_source_agrees(const struct clock_source *source,
                         const struct clock_source *reference)
{
    for (unsigned i = 0; i < WINDOWS; i++) {
        uint32_t start = source->read();
        uint32_t from = reference->read();
        uint32_t passed = wait(reference, from, reference->rate / WINDOW_RATE);
        uint64_t took = clock_elapsed(source, start, source->read());
        /* Cross-multiply the rates instead of dividing. */
        uint64_t by_source = took * reference->rate;
        uint64_t by_reference = (uint64_t)passed * source->rate;
        uint64_t apart = by_source > by_reference ? by_source - by_reference
                                                  : by_reference - by_source;

        if (passed > 0 && apart <= by_reference / 8)
            return true;
    }
    return false;
}
