/* SPDX-License-Identifier: MIT */
/*
 * Measures every engine with every sample program and compares the rates.
 *
 * Bench entries are the engines and their baselines: a switch loop, and
 * hand-written code for each sample, the fastest of which is the limit.  For
 * each sample all entries take turns, one slice each, in several rounds, so
 * that a disturbance of the PC affects all alike; the median of the rounds
 * counts.  The caller has the clock:
 *
 *     bench_start(...);
 *     while (bench_slice(&bench))
 *         bench_add_time(&bench, duration of the slice);
 *
 * and then reads the rows of the report.
 */
#pragma once

#include "bench_programs.h"
#include "emu/text/strbuf.h"
#include "timed_run.h"

#define BENCH_ENTRIES_MAX 24 /* maximum number of entries */
#define BENCH_ROUNDS      25 /* maximum number of rounds; odd, for a median */
#define BENCH_COLUMNS     71 /* width of the table */

struct bench_entry {
    const struct engine *engine;
    enum { RUNS_ENGINE, RUNS_SWITCH, RUNS_LIMIT } role;
    uint32_t runs;          /* bit n: runs samples[n] */
    void *state;            /* memory for its V-state, not shared */
    struct code_area *area; /* not shared; may be NULL */
};

#define RUNS_ALL ((1u << SAMPLES) - 1)

struct bench {
    const struct bench_entry *bench_entries;
    unsigned count;
    unsigned rounds;
    uint32_t min_ns; /* minimum duration of a slice */

    /* Current sample, round and entry. */
    unsigned sample, round, turn;
    struct timed_run timed_runs[BENCH_ENTRIES_MAX];
    struct timing times[BENCH_ENTRIES_MAX][BENCH_ROUNDS]; /* of the sample */

    /* Results; no instructions if the entry does not run the sample. */
    struct timing medians[SAMPLES][BENCH_ENTRIES_MAX];
};

/* A row of the report. */
struct bench_row {
    const char *sample;
    const char *name;   /* name of the engine, "switch" or "limit" */
    const char *form;   /* of an upper bound: its fastest variant; else NULL */
    bool is_engine;     /* an engine, not a baseline */
    uint64_t rate;      /* instructions per second */
    uint64_t cycles;    /* cycles per 1,000 instructions; 0: unknown */
    uint64_t of_switch; /* hundredths of the switch loop's rate; 0: no rate */
    uint64_t of_limit;  /* hundredths of the limit's rate; 0: no rate */
};

/* Starts to measure COUNT BENCH_ENTRIES, which must stay valid until the report
   is written.  Slices take at least MIN_NS. */
void bench_start(struct bench *bench, const struct bench_entry *bench_entries,
                 unsigned count, unsigned rounds, uint32_t min_ns);

/* Runs one slice; returns false if all is measured. */
bool bench_slice(struct bench *bench);

/* Adds the duration of the slice in ns and in CYCLES of the processor, 0 if it
   has no counter. */
void bench_add_time(struct bench *bench, uint64_t ns, uint64_t cycles);

/* Fills *ROW with row N, from 0; returns false if it is not measured yet. */
bool bench_get_row(const struct bench *bench, unsigned n,
                   struct bench_row *row);

/* Heading of the table that bench_write() fills. */
#define BENCH_HEADS                                                            \
    "program  engine               million/s "                                 \
    "cycles each  x switch   x limit"

/* Add a row without its line end, for the table and for a script. */
void bench_write(struct strbuf *text, const struct bench_row *row);
void bench_write_plain(struct strbuf *text, const struct bench_row *row);
