/* SPDX-License-Identifier: MIT */
/* Tests the benchmark's baselines against the reference engine.  The machine
   must be identical after every call of a hand-written program, for any budget;
   it may leave at most one iteration of its loop unexecuted.  The lecture's
   loop must leave the same A, CI and store. */
#include "emu/engine/lockstep.h"
#include "emu/check/bench_programs.h"
#include "emu/check/baseline/baseline.h"
#include <stdio.h>
#include <string.h>

#define WHOLE    3000000 /* instruction budget for complete runs */
#define PART     20000
#define TURN     16
#define BUDGET   1000003
#define NO_STOPS ((struct breakpoints){0})

static unsigned failures, runs;

static void fail(const struct lockstep *lockstep, const char *form,
                 const char *what)
{
    static char report[4096];
    struct strbuf text = strbuf_begin(report, sizeof report);

    lockstep_report(lockstep, &text);
    printf("%s, %s:\n%s\n", form, what, report);
    failures++;
}

static void run(const struct bench_entry *entry, const struct machine *from,
                struct breakpoints breakpoints, uint32_t limit, uint32_t seed,
                const char *what)
{
    static struct lockstep lockstep;

    runs++;
    if (!lockstep_start(&lockstep, entry->engine, entry->state, NULL, from,
                        &breakpoints) ||
        !lockstep_run(&lockstep, limit, seed))
        fail(&lockstep, entry->form, what);
}

/* Tests an entry with its sample program and with modified versions of it. */
static void test_entry(const struct bench_entry *entry, unsigned sample)
{
    const char *what = samples[sample].name;
    const struct machine start = sample_machine(sample);
    struct machine machine = start;

    run(entry, &start, NO_STOPS, PART, 0, what);
    for (uint32_t seed = 1; seed < 3; seed++)
        run(entry, &start, NO_STOPS, WHOLE, seed, what);
    for (unsigned line = 0; line < LINES; line++) {
        run(entry, &start, (struct breakpoints){.obeying = 1u << line}, PART, 7,
            what);
        machine = start;
        machine.store[line] ^= 1;
        run(entry, &machine, NO_STOPS, PART, 7, what);
        machine = start;
        machine.a = 0x80000000u;
        machine.test = line % 2;
        machine.ci = line - machine.test;
        run(entry, &machine, NO_STOPS, PART, 7, what);
    }
    machine = start;
    machine.ci5 = true;
    run(entry, &machine, NO_STOPS, PART, 7, what);
    machine = start;
    machine.immediate_test = true;
    run(entry, &machine, NO_STOPS, PART, 7, what);
    machine = start;
    machine.neon = true;
    run(entry, &machine, NO_STOPS, PART, 7, what);
}

/* A hand-written program may leave at most one iteration unexecuted. */
static void test_by_hand(const struct bench_entry *entry, unsigned sample)
{
    static const unsigned heads[SAMPLES] = {[SAMPLE_JULY] = 4,
                                            [SAMPLE_LOOP] = 0,
                                            [SAMPLE_MIX] = 0,
                                            [SAMPLE_REWRITE] = 0};
    struct machine machine = sample_machine(sample);
    const struct breakpoints none = NO_STOPS;
    uint32_t obeyed;

    engine_reference.run(NULL, &machine, &none, heads[sample]);
    obeyed = by_hand_execute(entry->state, &machine, &none, BUDGET);
    runs++;
    if (obeyed > BUDGET || (obeyed < BUDGET - TURN && !machine.neon)) {
        printf("%s %s: %u of %u by hand\n", samples[sample].name, entry->form,
               (unsigned)obeyed, BUDGET);
        failures++;
    }
}

static unsigned sample_of(const struct bench_entry *entry)
{
    unsigned sample = 0;

    while (!(entry->runs >> sample & 1))
        sample++;
    return sample;
}

/* The lecture's loop executes a Test and the skip at once. */
static void test_lecture(unsigned sample, uint32_t budget)
{
    struct machine machine = sample_machine(sample), expected = machine;
    const struct breakpoints none = NO_STOPS;
    struct outcome outcome = engine_lecture.run(NULL, &machine, &none, budget);
    struct outcome wanted =
        engine_reference.run(NULL, &expected, &none, budget);

    runs++;
    if (outcome.status != wanted.status ||
        outcome.instructions != wanted.instructions ||
        machine.instructions != expected.instructions ||
        machine.a != expected.a || machine.pi != expected.pi ||
        machine.ci != expected.ci + expected.test ||
        machine.neon != expected.neon ||
        memcmp(machine.store, expected.store, sizeof machine.store) != 0) {
        printf("lecture, %s, budget %u: another state than the reference's\n",
               samples[sample].name, (unsigned)budget);
        failures++;
    }
}

/* A rate must not write beyond the store. */
static void test_rate(const struct bench_entry *entry)
{
    struct machine machines[3] = {0}, before[3];
    const struct breakpoints none = NO_STOPS;
    struct outcome outcome;

    memset(machines, 0x55, sizeof machines);
    memcpy(before, machines, sizeof before);
    outcome = entry->engine->run(entry->state, &machines[1], &none, 1024);
    memcpy(machines[1].store, before[1].store, sizeof before[1].store);
    runs++;
    if (outcome.status != RUN_BUDGET || outcome.instructions != 1024 ||
        memcmp(machines, before, sizeof machines) != 0) {
        printf("rate %s: wrong\n", entry->form);
        failures++;
    }
}

int main(void)
{
    for (unsigned i = 0; i < BY_HAND; i++) {
        test_entry(&by_hand_entries[i], sample_of(&by_hand_entries[i]));
        test_by_hand(&by_hand_entries[i], sample_of(&by_hand_entries[i]));
    }
    for (unsigned sample = 0; sample < SAMPLES; sample++) {
        for (uint32_t budget = 1; budget < 64; budget++)
            test_lecture(sample, budget);
        test_lecture(sample, WHOLE);
    }
    for (unsigned i = 0; i < RATES; i++)
        test_rate(&rate_entries[i]);
    printf("baselines: %u runs, %s\n", runs, failures ? "FAILED" : "passed");
    return failures != 0;
}
