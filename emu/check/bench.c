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

/* Sorts the timings by rate. */
static void sort(struct timing *times, unsigned count)
{
    for (unsigned i = 1; i < count; i++)
        for (unsigned j = i;
             j > 0 && timing_rate(&times[j - 1]) > timing_rate(&times[j]);
             j--) {
            struct timing swap = times[j];

            times[j] = times[j - 1];
            times[j - 1] = swap;
        }
}

static struct spread spread(struct timing *times, unsigned count)
{
    sort(times, count);
    return (struct spread){times[count / 2], timing_rate(&times[0]),
                           timing_rate(&times[count - 1])};
}

static void end_sample(struct bench *bench)
{
    for (bench->turn = 0; bench->turn < bench->count; bench->turn++)
        if (runs_sample(bench))
            bench->results[bench->sample][bench->turn] =
                spread(bench->times[bench->turn], bench->rounds);
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
    return timing_rate(&bench->results[sample][i].median);
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

/* Returns the results of the fastest entry with the given role, or zeros. */
static struct spread best(const struct bench *bench, unsigned sample,
                          unsigned role)
{
    unsigned i = fastest(bench, sample, role);

    return i == bench->count ? (struct spread){0} : bench->results[sample][i];
}

static uint64_t percentage(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (part * 100 + whole / 2) / whole;
}

/* Sets the rates of ROW to those of a floor. */
static void fill_floor(const struct bench *bench, unsigned sample,
                       unsigned floor, struct bench_row *row)
{
    const struct floor_needs *needs = &floor_needs[floor][sample];
    uint64_t rates[OPERATIONS], lowest[OPERATIONS], highest[OPERATIONS];
    unsigned decides = 0;

    for (unsigned i = 0; i < OPERATIONS; i++) {
        struct spread spread = best(bench, sample, RUNS_STORES + i);

        rates[i] = timing_rate(&spread.median);
        lowest[i] = spread.lowest;
        highest[i] = spread.highest;
    }
    row->lowest = floor_rate(needs, lowest, &decides);
    row->highest = floor_rate(needs, highest, &decides);
    row->rate = floor_rate(needs, rates, &decides);
    row->name = floor_names[floor];
    row->form = operation_names[decides];
}

static void fill_entry(const struct bench *bench, unsigned sample, unsigned i,
                       struct bench_row *row)
{
    const struct bench_entry *bench_entry = &bench->bench_entries[i];
    const struct spread *spread = &bench->results[sample][i];

    row->name = bench_entry->engine->name;
    row->form = bench_entry->form;
    row->is_engine =
        bench_entry->role == RUNS_ENGINE || bench_entry->role == RUNS_SWITCH;
    row->rate = timing_rate(&spread->median);
    row->lowest = spread->lowest;
    row->highest = spread->highest;
    row->cycles = timing_cycles(&spread->median);
}

static void compare(const struct bench *bench, unsigned sample,
                    struct bench_row *row)
{
    struct spread by_switch = best(bench, sample, RUNS_SWITCH);
    struct spread by_hand = best(bench, sample, RUNS_BY_HAND);
    struct bench_row floor;

    fill_floor(bench, sample, FLOOR_STORES, &floor);
    row->of_switch = percentage(row->rate, timing_rate(&by_switch.median));
    row->of_hand = percentage(row->rate, timing_rate(&by_hand.median));
    row->of_floor = percentage(row->rate, floor.rate);
}

/* Fills in row I of a sample: one for each entry, then the floors.  Returns
   false if it has no result or is not reported. */
static bool fill(const struct bench *bench, unsigned sample, unsigned i,
                 struct bench_row *row)
{
    *row = (struct bench_row){.sample = samples[sample].name};
    if (i >= bench->count)
        fill_floor(bench, sample, i - bench->count, row);
    else if (bench->bench_entries[i].role >= RUNS_ENGINE &&
             (bench->bench_entries[i].role != RUNS_BY_HAND ||
              i == fastest(bench, sample, RUNS_BY_HAND)))
        fill_entry(bench, sample, i, row);
    if (row->rate == 0)
        return false;
    compare(bench, sample, row);
    return true;
}

bool bench_get_row(const struct bench *bench, unsigned n, struct bench_row *row)
{
    for (unsigned sample = 0; sample < bench->sample; sample++)
        for (unsigned i = 0; i < bench->count + FLOORS; i++)
            if (fill(bench, sample, i, row) && n-- == 0)
                return true;
    return false;
}

/* Adds a space and NUMBER / UNIT, right-aligned in WIDTH columns.  Omits the
   two decimal places if they do not fit, and prints larger values as ">999". */
static void add_places(struct strbuf *text, uint64_t number, unsigned unit,
                       int width)
{
    unsigned one = unit / 100;
    uint64_t hundredths = number / one + (number % one * 2 >= one);
    uint64_t end = 1; /* set to 10^WIDTH below */

    for (int i = 0; i < width; i++)
        end *= 10;
    if (number == 0)
        strbuf_add(text, " %*s", width, "-");
    else if (hundredths < end / 10)
        strbuf_add(text, " %*llu.%02u", width - 3,
                   (unsigned long long)(hundredths / 100),
                   (unsigned)(hundredths % 100));
    else if (hundredths / 100 < end)
        strbuf_add(text, " %*llu", width, (unsigned long long)hundredths / 100);
    else
        strbuf_add(text, " >%llu", (unsigned long long)(end / 10 - 1));
}

void bench_write(struct strbuf *text, const struct bench_row *row)
{
    char name[16];
    struct strbuf whole = strbuf_begin(name, sizeof name);

    strbuf_add(&whole, row->form == NULL ? "%s" : "%s: %s", row->name,
               row->form);
    strbuf_add(text, "%-7s %-15s", row->sample, name);
    add_places(text, row->rate, 1000000, 9);
    add_places(text, row->lowest, 1000000, 6);
    add_places(text, row->highest, 1000000, 6);
    add_places(text, row->cycles, 1000, 6);
    add_places(text, row->of_switch, 100, 8);
    add_places(text, row->of_hand, 100, 6);
    add_places(text, row->of_floor, 100, 7);
}

static void add_field(struct strbuf *text, const char *name, uint64_t number)
{
    strbuf_add(text, " %s=%llu", name, (unsigned long long)number);
}

static void add_ratio(struct strbuf *text, const char *name, uint64_t percent)
{
    add_field(text, name, percent / 100);
    strbuf_add(text, ".%02u", (unsigned)(percent % 100));
}

void bench_write_plain(struct strbuf *text, const struct bench_row *row)
{
    strbuf_add(text, "baby: bench program=%s engine=%s", row->sample,
               row->name);
    add_field(text, "rate", row->rate);
    add_field(text, "min", row->lowest);
    add_field(text, "max", row->highest);
    add_field(text, "cycles", row->cycles);
    add_ratio(text, "switch", row->of_switch);
    add_ratio(text, "hand", row->of_hand);
    add_ratio(text, "floor", row->of_floor);
    if (row->form != NULL)
        strbuf_add(text, " form=%s", row->form);
}
