/* SPDX-License-Identifier: MIT */
/* Tests the isolation of all engines and the confinement of translated code. */
#include "tests/lib/isolation.h"
#include "confined.h"
#include "harness.h"
#include <inttypes.h>
#include <stdio.h>

#define PROGRAMS 20000
/* Minimum number of instructions that must be checked. */
#define CONFINED 1000000

static struct isolated isolated;
static uint64_t read_back;

static bool is_confined(const struct isolated *looked_at)
{
    return looked_at->engine != &engine_translator ||
           confined(looked_at->state, &read_back);
}

static bool try_words(const struct engine *engine, unsigned stride)
{
    for (unsigned i = 0; i < 2 * ISOLATION_WORDS; i += stride)
        if (!isolation_word(&isolated, engine, i & 1 ? 7 : 0,
                            isolation_word_at(i / 2)))
            return false;
    return true;
}

/* Returns true unless the engine is a translator that has not yet had to flush
   its blocks. */
static bool has_flushed(const struct isolated *looked_at)
{
    const struct translator *translator = looked_at->state;

    return looked_at->engine != &engine_translator ||
           translator->count.flushes > 0;
}

/* Tries a program that needs more exits than the translator has. */
static bool try_exits(const struct engine *engine)
{
    for (unsigned sides = 0; sides < ISOLATION_SIDES; sides++)
        if (!isolation_stores(&isolated, engine, sides) ||
            !has_flushed(&isolated))
            return false;
    return true;
}

static bool try_programs(const struct engine *engine, unsigned stride)
{
    for (uint64_t number = 1; number <= PROGRAMS; number += stride)
        if (!isolation_program(&isolated, engine, number))
            return false;
    return true;
}

void test_isolation(struct harness *harness)
{
    bool good = isolated_init(&isolated, is_confined);

    for (unsigned e = 0; good && engines[e] != NULL; e++)
        good = try_exits(engines[e]) &&
               try_words(engines[e], harness->stride) &&
               try_programs(engines[e], harness->stride);
    printf("%10" PRIu64 " calls among guards, %" PRIu64
           " instructions; %" PRIu64 " of the PC are confined\n",
           isolated.calls, isolated.instructions, read_back);
    if (!good || read_back < CONFINED / harness->stride)
        harness->failures++;
}
