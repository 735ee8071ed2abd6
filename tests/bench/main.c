/* SPDX-License-Identifier: MIT */
/* Measures the speed of the engines and baselines on this host, using the
   kernel's own objects.  Prints a table, or one row per result for scripts if
   called with --plain. */
#define _DEFAULT_SOURCE
#include "emu/check/bench.h"
#include "emu/engines.h"
#include "host.h"
#include "emu/check/baseline/baseline.h"
#include <string.h>

#define ROUNDS 15
#define MIN_NS 8000000
#define COLD   15 /* number of cold-start runs */

static uint64_t cycles(void)
{
    return __builtin_ia32_rdtsc();
}

static struct code_area area;
static union engine_state states[BENCH_ENTRIES_MAX];
static struct bench_entry bench_entries[BENCH_ENTRIES_MAX];
static unsigned count;

static void add(const struct engine *engine, unsigned role, uint32_t runs)
{
    bench_entries[count] = (struct bench_entry){
        .engine = engine,
        .role = role,
        .runs = runs,
        .state = &states[count],
        .area = engine == &engine_translator ? &area : NULL,
    };
    count++;
}

static void measure(struct bench *bench)
{
    bench_start(bench, bench_entries, count, ROUNDS, MIN_NS);
    for (;;) {
        uint64_t ns = host_nanoseconds(), ticks = cycles();

        if (!bench_slice(bench))
            return;
        ticks = cycles() - ticks;
        bench_add_time(bench, host_nanoseconds() - ns, ticks);
    }
}

/* Returns the median time of the July program in ns, including translation. */
static double july_from_the_start(void)
{
    static const struct breakpoints none = {0};
    double took[COLD];

    for (unsigned i = 0; i < COLD; i++) {
        struct machine machine = sample_machine(SAMPLE_JULY);
        uint64_t ns = host_nanoseconds();

        engine_translator.start(&states[0], &area);
        if (engine_translator.run(&states[0], &machine, &none, UINT32_MAX)
                .status != RUN_STOP)
            exit(1);
        took[i] = (double)(host_nanoseconds() - ns);
    }
    return host_median(took, COLD);
}

static void print(const struct bench *bench,
                  void write(struct strbuf *, const struct bench_row *))
{
    struct bench_row row;

    for (unsigned i = 0; bench_get_row(bench, i, &row); i++) {
        char line[160];
        struct strbuf text = strbuf_begin(line, sizeof line);

        write(&text, &row);
        puts(line);
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    bool plain = argc > 1 && strcmp(argv[1], "--plain") == 0;
    double whole;

    area = host_area();
    for (unsigned i = 0; engines[i] != NULL; i++)
        add(engines[i], bench_role_of(engines[i]), RUNS_ALL);
    for (unsigned i = 0; i < LIMITS; i++)
        add(limits[i].engine, RUNS_LIMIT, 1u << limits[i].sample);
    measure(&bench);
    whole = july_from_the_start();
    if (plain) {
        print(&bench, bench_write_plain);
        printf("baby: bench july from the start ns=%.0f\n", whole);
        return 0;
    }
    puts(BENCH_HEADS);
    print(&bench, bench_write);
    printf("\nThe July program from start to Stop, translation included: "
           "%.0f us.\n",
           whole / 1000);
    return 0;
}
