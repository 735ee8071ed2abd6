/* SPDX-License-Identifier: MIT */
#include "bench.h"

/* Returns whether the current entry can run the current sample. */
static bool runs_sample(struct bench *bench)
{
    const struct bench_entry *bench_entry = &bench->bench_entries[bench->turn];

    return bench_entry->runs >> bench->sample & 1 &&
           bench->timed_runs[bench->turn].engine != NULL;
}

static void start_sample(struct bench *bench)
{
    struct machine machine = sample_machine(bench->sample);

    for (unsigned i = 0; i < bench->count; i++) {
        const struct bench_entry *bench_entry = &bench->bench_entries[i];
        struct timed_run *timed_run = &bench->timed_runs[i];

        if (bench_entry->runs >> bench->sample & 1 &&
            !timed_run_start(timed_run, bench_entry->engine, bench_entry->state,
                             bench_entry->area, &machine, bench->min_ns))
            timed_run->engine = NULL; /* the engine failed to start */
    }
}

enum bench_role bench_role_of(const struct engine *engine)
{
    return engine == &engine_switch ? RUNS_SWITCH : RUNS_ENGINE;
}

void bench_start(struct bench *bench, const struct bench_entry *bench_entries,
                 unsigned count, unsigned rounds, uint32_t min_ns)
{
    *bench = (struct bench){
        .bench_entries = bench_entries,
        .count = count < BENCH_ENTRIES_MAX ? count : BENCH_ENTRIES_MAX,
        .rounds = rounds < BENCH_ROUNDS ? rounds : BENCH_ROUNDS,
        .min_ns = min_ns,
    };
    start_sample(bench);
}

/* Sorts the timings by rate and returns the median. */
static struct timing median(struct timing *times, unsigned count)
{
    for (unsigned i = 1; i < count; i++)
        for (unsigned j = i;
             j > 0 && timing_rate(&times[j - 1]) > timing_rate(&times[j]);
             j--) {
            struct timing swap = times[j];

            times[j] = times[j - 1];
            times[j - 1] = swap;
        }
    return times[count / 2];
}

static void end_sample(struct bench *bench)
{
    for (bench->turn = 0; bench->turn < bench->count; bench->turn++)
        if (runs_sample(bench))
            bench->medians[bench->sample][bench->turn] =
                median(bench->times[bench->turn], bench->rounds);
    bench->turn = bench->round = 0;
    if (++bench->sample < SAMPLES)
        start_sample(bench);
}

/* Advances to the next entry, starting a new round or sample if necessary. */
static void advance(struct bench *bench)
{
    if (++bench->turn < bench->count)
        return;
    bench->turn = 0;
    if (++bench->round == bench->rounds)
        end_sample(bench);
}

bool bench_slice(struct bench *bench)
{
    while (bench->sample < SAMPLES && !runs_sample(bench))
        advance(bench);
    if (bench->sample == SAMPLES)
        return false;
    timed_run_call(&bench->timed_runs[bench->turn]);
    return true;
}

void bench_add_time(struct bench *bench, uint64_t ns, uint64_t cycles)
{
    struct timed_run *timed_run = &bench->timed_runs[bench->turn];

    if (!timed_run_add(timed_run, ns, cycles))
        return; /* the slice is not complete yet */
    bench->times[bench->turn][bench->round] = timed_run->last;
    advance(bench);
}

static uint64_t rate(const struct bench *bench, unsigned sample, unsigned i)
{
    return timing_rate(&bench->medians[sample][i]);
}

/* Returns the fastest entry with the given role, or bench->count if none. */
static unsigned fastest(const struct bench *bench, unsigned sample,
                        unsigned role)
{
    unsigned best = bench->count;

    for (unsigned i = 0; i < bench->count; i++)
        if (bench->bench_entries[i].role == role &&
            rate(bench, sample, i) > 0 &&
            (best == bench->count ||
             rate(bench, sample, i) > rate(bench, sample, best)))
            best = i;
    return best;
}

/* Returns PART as a percentage of the rate of entry I, or 0 if unknown. */
static uint64_t share(const struct bench *bench, unsigned sample, unsigned i,
                      uint64_t part)
{
    uint64_t whole = i == bench->count ? 0 : rate(bench, sample, i);

    return whole == 0 ? 0 : (part * 100 + whole / 2) / whole;
}

static void fill(const struct bench *bench, unsigned sample, unsigned i,
                 struct bench_row *row)
{
    const struct bench_entry *bench_entry = &bench->bench_entries[i];
    bool limit = bench_entry->role == RUNS_LIMIT;
    const char *name = bench_entry->engine->name;

    *row = (struct bench_row){
        .sample = samples[sample].name,
        .name = limit ? "limit" : name,
        .form = limit ? name : NULL,
        .is_engine = !limit,
        .rate = rate(bench, sample, i),
        .cycles = timing_cycles(&bench->medians[sample][i]),
    };
    row->of_switch =
        share(bench, sample, fastest(bench, sample, RUNS_SWITCH), row->rate);
    row->of_limit =
        share(bench, sample, fastest(bench, sample, RUNS_LIMIT), row->rate);
}

bool bench_get_row(const struct bench *bench, unsigned n, struct bench_row *row)
{
    for (unsigned sample = 0; sample < bench->sample; sample++) {
        unsigned limit = fastest(bench, sample, RUNS_LIMIT);

        for (unsigned i = 0; i < bench->count; i++) {
            bool shown =
                bench->bench_entries[i].role != RUNS_LIMIT || i == limit;

            if (!shown || rate(bench, sample, i) == 0 || n-- > 0)
                continue;
            fill(bench, sample, i, row);
            return true;
        }
    }
    return false;
}

/* Adds a space and NUMBER / UNIT, right-aligned in WIDTH columns.  Omits the
   two decimal places if they do not fit, and prints larger values as ">999". */
static void add_places(struct strbuf *text, uint64_t number, unsigned unit,
                       int width)
{
    unsigned one = unit / 100;
    uint64_t hundredths = number / one + (number % one * 2 >= one);
    uint64_t limit = 1; /* set to 10^WIDTH below */

    for (int i = 0; i < width; i++)
        limit *= 10;
    if (number == 0)
        strbuf_add(text, " %*s", width, "-");
    else if (hundredths < limit / 10)
        strbuf_add(text, " %*llu.%02u", width - 3,
                   (unsigned long long)(hundredths / 100),
                   (unsigned)(hundredths % 100));
    else if (hundredths / 100 < limit)
        strbuf_add(text, " %*llu", width, (unsigned long long)hundredths / 100);
    else
        strbuf_add(text, " >%llu", (unsigned long long)(limit / 10 - 1));
}

void bench_write(struct strbuf *text, const struct bench_row *row)
{
    char name[19];
    struct strbuf whole = strbuf_begin(name, sizeof name);

    strbuf_add(&whole, row->form == NULL ? "%s" : "%s: %s", row->name,
               row->form);
    strbuf_add(text, "%-8s %-18s", row->sample, name);
    add_places(text, row->rate, 1000000, 11);
    add_places(text, row->cycles, 1000, 11);
    add_places(text, row->of_switch, 100, 9);
    add_places(text, row->of_limit, 100, 9);
}

void bench_write_plain(struct strbuf *text, const struct bench_row *row)
{
    strbuf_add(text,
               "baby: bench program=%s engine=%s rate=%llu cycles=%llu"
               " switch=%llu.%02u limit=%llu.%02u",
               row->sample, row->name, (unsigned long long)row->rate,
               (unsigned long long)row->cycles,
               (unsigned long long)(row->of_switch / 100),
               (unsigned)(row->of_switch % 100),
               (unsigned long long)(row->of_limit / 100),
               (unsigned)(row->of_limit % 100));
    if (row->form != NULL)
        strbuf_add(text, " form=%s", row->form);
}
