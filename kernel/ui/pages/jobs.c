/* SPDX-License-Identifier: MIT */
#include "emu/text/si.h"
#include "report.h"

static void begin_selftest(struct work *work)
{
    selftest_start(&work->selftest, engines, work->room, work->area);
}

static bool slice_selftest(struct work *work, struct strbuf *lines,
                           struct strbuf *details)
{
    return selftest_slice(&work->selftest, lines, details);
}

static bool selftest_is_good(const struct work *work)
{
    return work->selftest.all_failed == 0;
}

const struct job job_selftest = {
    .title = "Self test: compare every engine with the reference",
    .heads = SELFTEST_HEADS,
    .begin = begin_selftest,
    .slice = slice_selftest,
    .good = selftest_is_good,
};

#define ROUNDS 7
/* Minimum duration of a slice.  A turn may take up to twice as long. */
#define SLICE_NS 2500000

static void begin_bench(struct work *work)
{
    bench_start(&work->bench, work->bench_entries, work->bench_entry_count,
                ROUNDS, SLICE_NS);
}

/* Adds new rows for the screen, and in a plain format for scripts on COM1. */
static void report_rows(struct work *work, struct strbuf *lines,
                        struct strbuf *details)
{
    struct bench_row row;

    if (work->reported > 0)
        strbuf_add(lines, "\n");
    for (; bench_get_row(&work->bench, work->reported, &row);
         work->reported++) {
        bench_write(lines, &row);
        strbuf_add(lines, "\n");
        bench_write_plain(details, &row);
        strbuf_add(details, "\n");
    }
}

static void report_best(const struct work *work, struct strbuf *lines)
{
    uint64_t best = 0;
    struct bench_row row;

    for (unsigned i = 0; bench_get_row(&work->bench, i, &row); i++)
        if (row.is_engine && row.sample == samples[SAMPLE_JULY].name &&
            row.rate > best)
            best = row.rate;
    if (best == 0)
        return;
    strbuf_add(lines, "\nThe 52 minutes of July 1948 take ");
    strbuf_add_si(lines, SAMPLE_JULY_LENGTH * 1000000000ull / best, -3,
                  SI_SECONDS);
    strbuf_add(lines, " here\n");
}

/* Reports in turns of their own, which are not timed. */
static bool slice_bench(struct work *work, struct strbuf *lines,
                        struct strbuf *details)
{
    work->timed = false;
    if (work->samples < work->bench.sample) {
        work->samples = work->bench.sample;
        report_rows(work, lines, details);
        return true;
    }
    work->timed = work->bench_entry_count > 0 && bench_slice(&work->bench);
    if (!work->timed)
        report_best(work, lines);
    return work->timed;
}

static void bench_slice_took(struct work *work, uint64_t ns, uint64_t cycles)
{
    if (work->timed)
        bench_add_time(&work->bench, ns, cycles);
}

static bool bench_is_good(const struct work *work)
{
    return work->reported > 0;
}

const struct job job_bench = {
    .title = "Benchmark: speed of the engines on this PC",
    .heads = BENCH_HEADS,
    .dense = true,
    .begin = begin_bench,
    .slice = slice_bench,
    .took = bench_slice_took,
    .good = bench_is_good,
};
