/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "answers.h"
#include "boot/programs.h"
#include "emu/format/reader.h"
#include "emu/text/si.h"
#include "host.h"
#include "simh.h"
#include <string.h>

#define ROUNDS_MAX 9
#define SHORT      1000000 /* instructions: shorter tasks are repeated */
#define RUNNERS    (BENCH_ENTRIES_MAX + 1) /* the entries, then SIMH */

/* A program of the library, and its answer: the highest factor of 2^18; the
   highest common factor of two numbers; the 300th prime number from 3 on; the
   square root of 1948; and line 1 of the ducks, which have no answer. */
static const struct task {
    const char *name;         /* name in the library */
    uint32_t larger, smaller; /* numbers for lines 30 and 31, or 0 */
    unsigned stops;           /* Stops until the answer, 0 if there is none */
    uint32_t instructions;    /* instructions until the answer */
    unsigned line;            /* line of the answer, and its value */
    uint32_t value;
    unsigned rounds;
    bool simh; /* whether SIMH runs it, too */
} tasks[] = {
    {"july1948", 0, 0, 1, 2097154, 27, 131072, ROUNDS_MAX, true},
    {"hcf", 2147483647, 3, 1, 2147483660, 31, 1, 3, false},
    {"primes", 0, 0, 300, 26941250, 28, 1993, ROUNDS_MAX, false},
    {"squareroot", 0, 0, 1, 666, 21, 44, ROUNDS_MAX, false},
    {"ducks", 0, 0, 0, 10000000, 1, 3489677340, ROUNDS_MAX, false},
};
#define TASKS (sizeof tasks / sizeof *tasks)

static _Noreturn void fail(const struct task *task, const char *engine,
                           const char *what)
{
    fprintf(stderr, "%s on %s: %s\n", task->name, engine, what);
    exit(1);
}

static struct machine load(const struct task *task)
{
    static struct reader reader;
    const struct builtin_program *program = builtin_programs;
    struct machine machine = {0};

    while (program < builtin_programs_end &&
           strcmp(program->name, task->name) != 0)
        program++;
    if (program == builtin_programs_end)
        fail(task, "any engine", "not in the library");
    reader_start(&reader, program->text, (size_t)(program->end - program->text),
                 NULL);
    while (reader_slice(&reader, FILE_MAX))
        continue;
    program_load(&reader.program, &machine);
    if (task->larger != 0) {
        machine.store[30] = task->larger;
        machine.store[31] = task->smaller;
    }
    return machine;
}

/* Executes the task from start() to the answer. */
static void run(const struct task *task, const struct bench_entry *entry,
                struct machine *machine)
{
    static const struct breakpoints none = {0};

    if (!entry->engine->start(entry->state, entry->area))
        fail(task, entry->engine->name, "does not start");
    if (task->stops == 0)
        entry->engine->run(entry->state, machine, &none, task->instructions);
    for (unsigned i = 0; i < task->stops; i++) {
        machine->neon = false;
        if (entry->engine->run(entry->state, machine, &none, UINT32_MAX)
                .status != RUN_STOP)
            fail(task, entry->engine->name, "no Stop");
    }
}

/* Returns the nanoseconds that the task takes.  Repeats a short one. */
static double measure(const struct task *task, const struct bench_entry *entry,
                      const struct machine *start, struct machine *machine)
{
    unsigned repeats = 1 + SHORT / task->instructions;
    uint64_t ns = host_own_nanoseconds();

    for (unsigned i = 0; i < repeats; i++) {
        *machine = *start;
        run(task, entry, machine);
    }
    return (double)(host_own_nanoseconds() - ns) / repeats;
}

/* All engines must leave A and the store as the first of them did. */
static void check(const struct task *task, const char *engine,
                  const struct machine *machine, const struct machine *first)
{
    if (machine->instructions != task->instructions)
        fail(task, engine, "wrong number of instructions");
    if (machine->store[task->line] != task->value)
        fail(task, engine, "wrong answer");
    if (machine->a != first->a ||
        memcmp(machine->store, first->store, sizeof first->store) != 0)
        fail(task, engine, "another state than that of the first engine");
}

/* Returns whether ENTRY executes the task.  The reference would take a minute
   for a long one. */
static bool takes(const struct task *task, const struct bench_entry *entry)
{
    return (entry->role == RUNS_ENGINE || entry->role == RUNS_SWITCH ||
            entry->role == RUNS_OUTSIDER) &&
           (entry->engine != &engine_reference || task->rounds == ROUNDS_MAX);
}

/* The times of one task. */
struct times {
    unsigned rounds;
    double ns[RUNNERS][ROUNDS_MAX]; /* sorted at the end */
};

static void run_all(const struct task *task, const struct machine *start,
                    const struct bench_entry *entries, unsigned count,
                    struct times *times)
{
    struct machine machine, first;
    bool any = false;

    for (unsigned i = 0; i < count; i++) {
        if (!takes(task, &entries[i]))
            continue;
        times->ns[i][times->rounds] =
            measure(task, &entries[i], start, &machine);
        if (!any)
            first = machine;
        any = true;
        check(task, entries[i].engine->name, &machine, &first);
    }
}

static void run_simh(const struct task *task, const struct machine *start,
                     const char *ssem, struct times *times)
{
    uint64_t ns = simh_run(ssem, start->store, task->line, task->value);

    if (ns == 0)
        fail(task, "SIMH", "no answer or a wrong one");
    times->ns[RUNNERS - 1][times->rounds] = (double)ns;
}

static void print(const struct task *task, const char *name, const double *ns,
                  unsigned rounds, double unit, bool plain)
{
    double median = ns[rounds / 2];
    char line[80];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (plain) {
        printf("baby: answer program=%s engine=%s ns=%.0f min=%.0f max=%.0f"
               " switch=%.2f\n",
               task->name, name, median, ns[0], ns[rounds - 1], unit / median);
        return;
    }
    strbuf_add(&text, "%-10s %-12s", task->name, name);
    for (unsigned i = 0; i < 3; i++) {
        unsigned rank[] = {rounds / 2, 0, rounds - 1};
        char time[SI_SECONDS_WIDTH + 1];
        struct strbuf number = strbuf_begin(time, sizeof time);

        strbuf_add_si(&number, (uint64_t)ns[rank[i]], -3, SI_SECONDS);
        strbuf_add(&text, "  %*s", SI_SECONDS_WIDTH, time);
    }
    printf("%s  %8.2f\n", line, unit / median);
}

static void report(const struct task *task, const struct bench_entry *entries,
                   unsigned count, struct times *times, bool plain)
{
    double unit = 0;

    for (unsigned i = 0; i < RUNNERS; i++)
        host_median(times->ns[i], times->rounds);
    for (unsigned i = 0; i < count; i++)
        if (entries[i].role == RUNS_SWITCH)
            unit = times->ns[i][times->rounds / 2];
    for (unsigned i = 0; i < count; i++)
        if (takes(task, &entries[i]))
            print(task, entries[i].engine->name, times->ns[i], times->rounds,
                  unit, plain);
    if (times->ns[RUNNERS - 1][0] > 0)
        print(task, "SIMH", times->ns[RUNNERS - 1], times->rounds, unit, plain);
}

void answers_measure(const struct bench_entry *entries, unsigned count,
                     const char *ssem, bool plain)
{
    if (!plain)
        puts("program    engine          median      min      max  x switch");
    for (unsigned i = 0; i < TASKS; i++) {
        static struct times times;
        struct machine start = load(&tasks[i]);

        memset(&times, 0, sizeof times);
        for (; times.rounds < tasks[i].rounds; times.rounds++) {
            run_all(&tasks[i], &start, entries, count, &times);
            if (ssem != NULL && tasks[i].simh)
                run_simh(&tasks[i], &start, ssem, &times);
        }
        report(&tasks[i], entries, count, &times, plain);
        fflush(stdout);
    }
}
