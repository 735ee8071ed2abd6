/* SPDX-License-Identifier: MIT */
#include "clock_source.h"
#include "arch/io.h"

#define LOOKS       1000 /* some counters stand still for several */
#define STEPS       8    /* forward, and it counts */
#define WINDOWS     5
#define WINDOW_RATE 500 /* a second has so many */
#define WAIT_LOOKS  20000

/* Now and then a counter may seem to go back, or be looked at late; one that
   does so as often as not is none. */
bool clock_source_counts(const struct clock_source *source)
{
    unsigned forward = 0, wild = 0;
    uint32_t last = source->read();

    for (unsigned i = 0; i < LOOKS && forward < STEPS; i++) {
        /* Two looks in succession may be one to the processor. */
        port_delay();
        uint32_t count = source->read();
        uint32_t step = clock_passed(source, last, count);

        if (step > source->mask / 4)
            wild++;
        else if (step > 0)
            forward++;
        last = count;
    }
    return forward == STEPS && wild < STEPS / 2;
}

/* Counts from FROM on, once they are ENOUGH; 0 if they never are. */
static uint32_t wait(const struct clock_source *source, uint32_t from,
                     uint32_t enough)
{
    for (unsigned i = 0; i < WAIT_LOOKS; i++) {
        uint32_t passed = clock_passed(source, from, source->read());

        if (passed >= enough)
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
        uint64_t took = clock_passed(source, start, source->read());
        /* Both in the product of the two units. */
        uint64_t by_source = took * reference->rate;
        uint64_t by_reference = (uint64_t)passed * source->rate;
        uint64_t apart = by_source > by_reference ? by_source - by_reference
                                                  : by_reference - by_source;

        if (passed > 0 && apart <= by_reference / 8)
            return true;
    }
    return false;
}
