/* SPDX-License-Identifier: MIT */
/*
 * The self test with the translator in it, and whether translated code is
 * what it tests: an interpreter in front of the blocks would pass, too.
 */
#include "bench.h"
#include "emu/selftest.h"
#include <stdio.h>

static struct selftest selftest;
static union engine_state rooms[2];

/* What the last slice made the translator do, as it begins anew in each. */
static void count(struct bench *sum)
{
    const struct translator *translator = &rooms[0].translator;

    sum->translations += translator->translations;
    sum->invalidations += translator->invalidations;
    for (unsigned line = 0; line < LINES; line++)
        sum->entered += translator->blocks[line].entered;
    for (unsigned i = 0; i < translator->exits_used; i++)
        sum->chains += translator->exits[i].linked;
}

static void expect_many(struct bench *bench, const char *what, uint64_t count)
{
    printf("%10llu %s in the self test\n", (unsigned long long)count, what);
    if (count > 1000)
        return;
    printf("are too few\n");
    bench->failures++;
}

void test_selftest(struct bench *bench)
{
    char said[8000], told[16000];
    struct text lines = text_begin(said, sizeof said);
    struct text details = text_begin(told, sizeof told);
    struct bench sum = {0};
    bool more, translates;

    selftest_start(&selftest, engines, rooms, &bench->area);
    do {
        translates = selftest.checked.engine == &engine_translator;
        more = selftest_slice(&selftest, &lines, &details);
        if (translates)
            count(&sum);
    } while (more);
    if (selftest.all_failed > 0) {
        printf("%s%s", said, told);
        bench->failures++;
    }
    expect_many(bench, "translations", sum.translations);
    expect_many(bench, "invalidations", sum.invalidations);
    expect_many(bench, "blocks entered", sum.entered);
    expect_many(bench, "chains", sum.chains);
}
