/* SPDX-License-Identifier: MIT */
/*
 * Benchmark that measures every engine on every sample program.
 *
 * The engines are compared with one of them, the switch interpreter, and with
 * hand-written machine code, the fastest variant of which is the limit.  All of
 * them run each sample in turn, one slice at a time, for several rounds, so
 * that a disturbance affects them equally.  The median of the rounds is
 * reported.  The caller measures the time of each slice:
 *
 *     bench_start(...);
 *     while (bench_slice(&bench))
 *         bench_add_time(&bench, duration of the slice);
 */
#pragma once

#include "bench_programs.h"
#include "emu/text/strbuf.h"
#include "timed_run.h"

#define BENCH_ENTRIES_MAX 24 /* maximum number of entries */
#define BENCH_ROUNDS      25 /* maximum number of rounds */
#define BENCH_COLUMNS     71 /* width of the table in columns */

struct bench_entry {
    const struct engine *engine;
    enum bench_role { RUNS_ENGINE, RUNS_SWITCH, RUNS_LIMIT } role;
    uint32_t runs;          /* bitmask of the samples it can run */
    void *state;            /* memory for the V-state of this entry */
    struct code_area *area; /* code area of this entry, or NULL */
};

#define RUNS_ALL ((1u << SAMPLES) - 1)

struct bench {
    const struct bench_entry *bench_entries;
    unsigned count;
    unsigned rounds;
    uint32_t min_ns; /* minimum duration of a slice, in ns */

    /* Current sample, round and entry, and the timings of that sample. */
    unsigned sample, round, turn;
    struct timed_run timed_runs[BENCH_ENTRIES_MAX];
    struct timing times[BENCH_ENTRIES_MAX][BENCH_ROUNDS];

    /* Median timings, all zero where an entry does not run the sample. */
    struct timing medians[SAMPLES][BENCH_ENTRIES_MAX];
};

struct bench_row {
    const char *sample;
    const char *name;   /* name of the engine, or "limit" */
    const char *form;   /* variant that set the limit, or NULL in other rows */
    bool is_engine;     /* true for an engine, false for the limit */
    uint64_t rate;      /* instructions per second */
    uint64_t cycles;    /* cycles per 1,000 instructions, or 0 if unknown */
    uint64_t of_switch; /* percentage of the switch rate, or 0 if unknown */
    uint64_t of_limit;  /* percentage of the limit's rate, or 0 if unknown */
};

/* Returns the role of an engine of engines[]. */
enum bench_role bench_role_of(const struct engine *engine);

/* Starts a benchmark of COUNT entries, which must stay valid until the results
   have been read.  Each slice takes at least MIN_NS nanoseconds. */
void bench_start(struct bench *bench, const struct bench_entry *bench_entries,
                 unsigned count, unsigned rounds, uint32_t min_ns);

/* Runs one slice.  Returns false if the benchmark is complete. */
bool bench_slice(struct bench *bench);

/* Records the duration of the last slice in nanoseconds and processor cycles.
   CYCLES must be 0 if the processor has no cycle counter. */
void bench_add_time(struct bench *bench, uint64_t ns, uint64_t cycles);

/* Gets row N of the report.  Returns false if it is not available yet. */
bool bench_get_row(const struct bench *bench, unsigned n,
                   struct bench_row *row);

/* Column headings of the table written by bench_write(). */
#define BENCH_HEADS                                                            \
    "program  engine               million/s "                                 \
    "cycles each  x switch   x limit"

/* Append a row without a newline, as a table row or as key=value pairs. */
void bench_write(struct strbuf *text, const struct bench_row *row);
void bench_write_plain(struct strbuf *text, const struct bench_row *row);
