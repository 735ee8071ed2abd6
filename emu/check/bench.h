/* SPDX-License-Identifier: MIT */
/*
 * Benchmark that measures every engine on every sample program.
 *
 * The engines are compared with one of them, the switch interpreter, and with
 * two baselines: the fastest variant of hand-written machine code, and the
 * floor (floor.h), which is computed from measured rates of stores, loads and
 * jumps.  All entries run each sample in turn, one slice at a time, for several
 * rounds, so that a disturbance affects them equally.  The median of the rounds
 * is reported, and the slowest and fastest round.  The caller measures the time
 * of each slice:
 *
 *     bench_start(...);
 *     while (bench_slice(&bench))
 *         bench_add_time(&bench, duration of the slice);
 */
#pragma once

#include "bench_programs.h"
#include "emu/text/strbuf.h"
#include "floor.h"
#include "timed_run.h"

#define BENCH_ENTRIES_MAX 32 /* maximum number of entries */
#define BENCH_ROUNDS      25 /* maximum number of rounds */
#define BENCH_COLUMNS     78 /* width of the table in columns */

struct bench_entry {
    const struct engine *engine;
    const char *form; /* variant of the engine, or NULL */
    enum bench_role {
        /* The rates, in the order of enum operation. */
        RUNS_STORES,
        RUNS_LOADS,
        RUNS_JUMPS,
        RUNS_ENGINE,
        RUNS_SWITCH,
        RUNS_OUTSIDER,
        RUNS_BY_HAND,
    } role;
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

    /* Results, all zero where an entry does not run the sample. */
    struct spread {
        struct timing median;
        uint64_t lowest, highest; /* rates of the slowest and fastest round */
    } results[SAMPLES][BENCH_ENTRIES_MAX];
};

struct bench_row {
    const char *sample;
    const char *name; /* name of the engine or baseline */
    const char *form; /* variant, or what decides a floor; may be NULL */
    bool is_engine;   /* false for outsiders and baselines */
    uint64_t rate;    /* median rate in instructions per second */
    uint64_t lowest;  /* rate of the slowest round */
    uint64_t highest; /* rate of the fastest round */
    uint64_t cycles;  /* cycles per 1,000 instructions, or 0 if unknown */
    /* Percentages of three other rates, or 0 if unknown. */
    uint64_t of_switch; /* rate of the engine switch */
    uint64_t of_hand;   /* rate of the fastest hand-written variant */
    uint64_t of_floor;  /* rate that the floor permits to every engine */
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
    "program engine          million/s    min    max cycles "                  \
    "x switch x hand x floor"

/* Append a row without a newline, as a table row or as key=value pairs. */
void bench_write(struct strbuf *text, const struct bench_row *row);
void bench_write_plain(struct strbuf *text, const struct bench_row *row);
