/* SPDX-License-Identifier: MIT */
/*
 * The self test: every engine against the reference, and all of them against
 * known ends, on the very machine that they run on.
 *
 *     selftest_start(...);
 *     while (selftest_slice(&selftest, &lines, &details))
 *         show them;
 *
 * It says one line for each engine and kind of check, and last of all
 * "N passed, N failed".
 */
#ifndef EMU_CHECK_SELFTEST_H
#define EMU_CHECK_SELFTEST_H

#include "engine_checks.h"

/* What stands over the columns of its lines. */
#define SELFTEST_HEADS "engine       check                passed    failed"

struct selftest {
    const struct engine *const *table;
    struct checked checked; /* the engine under test */
    struct checked other;   /* .. and the one that it takes turns with */
    unsigned engine;        /* its row in the table; the NULL: all are done */
    unsigned kind;          /* of checks */
    uint32_t step;          /* checks of this kind that were begun */
    struct known_run known;
    uint32_t passed, failed;         /* .. of this kind under this engine */
    uint32_t all_passed, all_failed; /* .. before that */
    struct lockstep first;           /* that failed of this kind */
    bool refused;                    /* it was no call: none could begin */
};

/*
 * TABLE: one such as engines[], the reference first.  ROOM: for the
 * V-states of two of them.  AREA: for translated code, or NULL.
 */
void selftest_start(struct selftest *selftest,
                    const struct engine *const *table,
                    union engine_state room[2], struct code_area *area);

/*
 * A few milliseconds of it.  What it has to say is added to LINES, whole lines
 * of at most 78 characters; where an engine failed for the first time, both
 * states are added to DETAILS, 4,000 characters at most.  False: that was all,
 * and all_passed and all_failed are the result.
 */
bool selftest_slice(struct selftest *selftest, struct strbuf *lines,
                    struct strbuf *details);

#endif
