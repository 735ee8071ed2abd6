/* SPDX-License-Identifier: MIT */
/*
 * Measures the speed of the engines and baselines on this host, and the time to
 * the answer of whole programs.  As an i386 program it uses the kernel's own
 * objects.  As an x86-64 program, for systems that execute no others, it has
 * no translator.
 *
 *     main [--plain] [--simh SSEM]
 *
 * prints tables, or one row per result for scripts.  SSEM is SIMH's program for
 * the Baby, which then runs the July program, too.
 */
#define _DEFAULT_SOURCE
#include "answers.h"
#include "emu/check/baseline/baseline.h"
#include "emu/engines.h"
#include "host.h"
#include <string.h>

#define ROUNDS 15
#define MIN_NS 8000000

static uint64_t cycles(void)
{
    return __builtin_ia32_rdtsc();
}

static struct code_area area;
static union engine_state states[BENCH_ENTRIES_MAX];
static struct bench_entry bench_entries[BENCH_ENTRIES_MAX];
static unsigned count;

static void add(const struct bench_entry *entries, unsigned number)
{
    while (number-- > 0)
        bench_entries[count++] = *entries++;
}

static void add_engine(const struct engine *engine, enum bench_role role)
{
    add(&(struct bench_entry){engine, NULL, role, RUNS_ALL, &states[count],
                              &area},
        1);
}

static void measure(struct bench *bench)
{
    bench_start(bench, bench_entries, count, ROUNDS, MIN_NS);
    for (;;) {
        uint64_t ns = host_nanoseconds(), own = host_own_nanoseconds();
        uint64_t ticks = cycles();

        if (!bench_slice(bench))
            return;
        ticks = cycles() - ticks;
        own = host_own_nanoseconds() - own;
        ns = host_nanoseconds() - ns;
        /* The counter also counts while other processes run. */
        bench_add_time(bench, own,
                       (uint64_t)((double)ticks * (double)own / (double)ns));
    }
}

static void print(const struct bench *bench,
                  void write(struct strbuf *, const struct bench_row *))
{
    struct bench_row row;

    for (unsigned i = 0; bench_get_row(bench, i, &row); i++) {
        char line[200];
        struct strbuf text = strbuf_begin(line, sizeof line);

        write(&text, &row);
        puts(line);
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    const char *ssem = NULL;
    bool plain = false;

    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--plain") == 0) {
            plain = true;
        } else if (strcmp(argv[i], "--simh") == 0 && i + 1 < argc) {
            ssem = argv[++i];
        } else {
            fputs("usage: main [--plain] [--simh SSEM]\n", stderr);
            return 2;
        }
    area = host_area();
    for (unsigned i = 0; engines[i] != NULL; i++)
        add_engine(engines[i], bench_role_of(engines[i]));
    add_engine(&engine_lecture, RUNS_OUTSIDER);
    add(by_hand_entries, BY_HAND);
    add(rate_entries, RATES);
    measure(&bench);
    if (!plain)
        puts(BENCH_HEADS);
    print(&bench, plain ? bench_write_plain : bench_write);
    if (!plain)
        puts("");
    answers_measure(bench_entries, count, ssem, plain);
    return 0;
}
