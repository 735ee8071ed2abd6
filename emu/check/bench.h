/* SPDX-License-Identifier: MIT */
/*
 * Measures every engine with every sample program, and compares.
 *
 * Contenders are engines and what they are measured against: a switch loop,
 * and limits, each a sample program written by hand; the fastest of a sample's
 * is its limit.  With each sample in turn all that run it go round, one slice
 * each, several rounds, so that what disturbs the PC disturbs all alike; the
 * median of the rounds counts.  The caller has the clock:
 *
 *     bench_start(...);
 *     while (bench_slice(&bench))
 *         bench_took(&bench, how long that was);
 *
 * and then asks for the lines of the report.
 */
#ifndef EMU_CHECK_BENCH_H
#define EMU_CHECK_BENCH_H

#include "bench_programs.h"
#include "emu/text/strbuf.h"
#include "timed_run.h"

#define BENCH_CONTENDERS 24 /* at most */
#define BENCH_ROUNDS     25 /* at most; an odd number is best */
#define BENCH_COLUMNS    71 /* of the table */

struct bench_entry {
    const struct engine *engine;
    enum { RUNS_ENGINE, RUNS_SWITCH, RUNS_LIMIT } role;
    uint32_t runs;          /* bit n: it runs samples[n] */
    void *state;            /* room for its V-state, its own */
    struct code_area *area; /* its own, or NULL */
};

#define RUNS_ALL ((1u << SAMPLES) - 1)

struct bench {
    const struct bench_entry *bench_entries;
    unsigned count;
    unsigned rounds;
    uint32_t least_ns; /* of a slice */

    /* Where it is. */
    unsigned sample, round, turn;
    struct timed_run timed_runs[BENCH_CONTENDERS];
    struct timing times[BENCH_CONTENDERS][BENCH_ROUNDS]; /* this sample's */

    /* What came of it; a median of no instructions: it did not run that. */
    struct timing medians[SAMPLES][BENCH_CONTENDERS];
};

/* A line of the table. */
struct bench_row {
    const char *sample;
    const char *name;   /* of the engine; "switch", "limit" */
    const char *form;   /* of a limit, which was fastest; else NULL */
    bool is_engine;     /* and no yardstick */
    uint64_t rate;      /* instructions a second */
    uint64_t cycles;    /* for 1,000 instructions; 0: not known */
    uint64_t of_switch; /* hundredths of the switch loop's rate, */
    uint64_t of_limit;  /* .. of the limit's; 0: there is none */
};

/*
 * COUNT CONTENDERS stay where they are until the report is written.  Slices
 * are to take LEAST_NS at least.
 */
void bench_start(struct bench *bench, const struct bench_entry *bench_entries,
                 unsigned count, unsigned rounds, uint32_t least_ns);

/* Obeys one slice of one program; false: all is measured. */
bool bench_slice(struct bench *bench);

/* Tells that it took NS, and CYCLES of the PC's processor; 0: it counts
   none. */
void bench_took(struct bench *bench, uint64_t ns, uint64_t cycles);

/* Row N, from 0, of those there are so far; false: there is none. */
bool bench_row(const struct bench *bench, unsigned n, struct bench_row *row);

/* The heading of a table for people. */
#define BENCH_HEADS                                                            \
    "program  engine               million/s "                                 \
    "cycles each  x switch   x limit"

/* Add a line each, without its end: a row of it, and the same for a script. */
void bench_write(struct strbuf *text, const struct bench_row *row);
void bench_write_plain(struct strbuf *text, const struct bench_row *row);

#endif
