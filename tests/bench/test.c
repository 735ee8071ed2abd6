/* SPDX-License-Identifier: MIT */
/* Tests the benchmark's baselines against the reference engine.  The machine
   must be identical after every call, for any budget.  A baseline may leave at
   most one iteration of its loop unexecuted. */
#include "emu/engine/lockstep.h"
#include "emu/check/bench_programs.h"
#include "emu/check/baseline/baseline.h"
#include <stdio.h>

#define WHOLE    3000000 /* instruction budget for complete runs */
#define PART     20000
#define TURN     16
#define BY_HAND  1000003
#define NO_STOPS ((struct breakpoints){0})

static unsigned failures, runs;

static void fail(const struct lockstep *lockstep, const char *what)
{
    static char report[4096];
    struct strbuf text = strbuf_begin(report, sizeof report);

    lockstep_report(lockstep, &text);
    printf("%s, %s:\n%s\n", lockstep->engine->name, what, report);
    failures++;
}

static void run(const struct engine *engine, const struct machine *from,
                struct breakpoints breakpoints, uint32_t limit, uint32_t seed,
                const char *what)
{
    static struct lockstep lockstep;

    runs++;
    if (!lockstep_start(&lockstep, engine, NULL, NULL, from, &breakpoints) ||
        !lockstep_run(&lockstep, limit, seed))
        fail(&lockstep, what);
}

/* Tests an engine with a sample program and with modified versions of it. */
static void test_engine(const struct engine *engine, unsigned sample)
{
    const char *what = samples[sample].name;
    const struct machine start = sample_machine(sample);
    struct machine machine = start;

    run(engine, &start, NO_STOPS, PART, 0, what);
    for (uint32_t seed = 1; seed < 3; seed++)
        run(engine, &start, NO_STOPS, WHOLE, seed, what);
    for (unsigned line = 0; line < LINES; line++) {
        run(engine, &start, (struct breakpoints){.obeying = 1u << line}, PART,
            7, what);
        machine = start;
        machine.store[line] ^= 1;
        run(engine, &machine, NO_STOPS, PART, 7, what);
        machine = start;
        machine.a = 0x80000000u;
        machine.test = line % 2;
        machine.ci = line - machine.test;
        run(engine, &machine, NO_STOPS, PART, 7, what);
    }
    machine = start;
    machine.ci5 = true;
    run(engine, &machine, NO_STOPS, PART, 7, what);
    machine = start;
    machine.immediate_test = true;
    run(engine, &machine, NO_STOPS, PART, 7, what);
    machine = start;
    machine.neon = true;
    run(engine, &machine, NO_STOPS, PART, 7, what);
}

/* A baseline may leave at most one iteration of its loop unexecuted. */
static void test_by_hand(const struct limit *limit)
{
    static const unsigned heads[SAMPLES] = {[SAMPLE_JULY] = 4,
                                            [SAMPLE_LOOP] = 0,
                                            [SAMPLE_MIX] = 0,
                                            [SAMPLE_REWRITE] = 0};
    struct machine machine = sample_machine(limit->sample);
    const struct breakpoints none = NO_STOPS;
    uint32_t obeyed;

    engine_reference.run(NULL, &machine, &none, heads[limit->sample]);
    obeyed = limit->execute(NULL, &machine, &none, BY_HAND);
    runs++;
    if (obeyed > BY_HAND || (obeyed < BY_HAND - TURN && !machine.neon)) {
        printf("%s %s: %u of %u by hand\n", samples[limit->sample].name,
               limit->engine->name, (unsigned)obeyed, BY_HAND);
        failures++;
    }
}

int main(void)
{
    for (unsigned i = 0; i < LIMITS; i++) {
        test_engine(limits[i].engine, limits[i].sample);
        test_by_hand(&limits[i]);
    }
    printf("baselines: %u runs, %s\n", runs, failures ? "FAILED" : "passed");
    return failures != 0;
}
