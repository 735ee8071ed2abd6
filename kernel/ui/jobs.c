/* SPDX-License-Identifier: MIT */
/*
 * The jobs that a report page can show.
 */
#include "report.h"

static void begin_selftest(struct work *work)
{
    selftest_start(&work->selftest, engines, work->room, work->area);
}

static bool slice_selftest(struct work *work, struct text *lines,
                           struct text *details)
{
    return selftest_slice(&work->selftest, lines, details);
}

static bool selftest_is_good(const struct work *work)
{
    return work->selftest.all_failed == 0;
}

const struct job job_selftest = {
    .title = "Self test: every engine against the reference, on this PC",
    .heads = SELFTEST_HEADS,
    .begin = begin_selftest,
    .slice = slice_selftest,
    .good = selftest_is_good,
};
