/* SPDX-License-Identifier: MIT */
/* Runs the self-test and checks that it really executes translated code. */
#include "harness.h"
#include "emu/check/selftest.h"
#include <stdio.h>

static struct selftest selftest;
static union engine_state rooms[2];

/* Adds the translator's counts for the last slice. */
static void count(struct harness *sum)
{
    const struct translator *translator = &rooms[0].translator;

    sum->translations += translator->count.translations;
    sum->invalidations += translator->count.invalidations;
    for (unsigned line = 0; line < LINES; line++)
        sum->entered += translator->blocks[line].entered;
    for (unsigned i = 0; i < translator->exits_used; i++)
        sum->chains += translator->exits[i].linked;
}

static void expect_many(struct harness *harness, const char *what,
                        uint64_t count, uint64_t minimum)
{
    printf("%10llu %s in the self test\n", (unsigned long long)count, what);
    if (count > minimum)
        return;
    printf("too few\n");
    harness->failures++;
}

void test_selftest(struct harness *harness)
{
    char said[8000], told[16000];
    struct strbuf lines = strbuf_begin(said, sizeof said);
    struct strbuf details = strbuf_begin(told, sizeof told);
    struct harness sum = {0};
    bool more, translates;

    selftest_start(&selftest, engines, rooms, &harness->area);
    do {
        translates = selftest.checked.engine == &engine_translator;
        more = selftest_slice(&selftest, &lines, &details);
        if (translates)
            count(&sum);
    } while (more);
    if (selftest.all_failed > 0) {
        printf("%s%s", said, told);
        harness->failures++;
    }
    expect_many(harness, "translations", sum.translations, 1000);
    expect_many(harness, "invalidations", sum.invalidations, 300);
    expect_many(harness, "blocks entered", sum.entered, 1000);
    expect_many(harness, "chains", sum.chains, 1000);
}
