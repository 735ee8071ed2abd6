/* SPDX-License-Identifier: MIT */
/*
 * Measures the engines: instructions per second and PC cycles per instruction
 * for the current program, compared with those of the engine switch, and the
 * time for the 52-minute run of July 1948.
 *
 * A timed run is divided into slices.  A turn that runs a slice does nothing
 * else, so its duration is that of the slice.  The console stays responsive in
 * the turns between slices.
 */
#include "measure.h"
#include "emu/check/bench_programs.h"
#include "emu/text/si.h"
#include "ui/base/page_draw.h"
#include <string.h>

#define SLICES       8        /* number of slices in a timed run */
#define CALL_MIN     64u      /* minimum number of instructions per call */
#define SLICE_MIN_NS 2500000u /* a quarter of a timer tick */
/* Minimum length of a measured program, in instructions: a restart then takes
   at most a tenth of the time. */
#define LENGTH_MIN    10000u
#define NS_PER_US     1000u
#define CALL_MAX_NS   5000000u /* longest call, at the speed of the reference */
#define NS_PER_SECOND 1000000000ull
#define RATE_COLUMN   25 /* last column of the rate */
#define CYCLES_COLUMN 37
#define JULY_COLUMN   48
#define STATE_COLUMN  51 /* first of 28 columns for the current activity */
#define TIMES_COLUMN  56
#define BAR_COLUMN    61
#define BAR_WIDTH     (PAGE_COLUMNS - 1 - BAR_COLUMN)

/* Draws a number with an SI prefix and a unit, right-aligned at COLUMN. */
static void draw_si(struct view *view, unsigned row, unsigned column,
                    uint64_t number, int power, enum si_unit unit)
{
    char buffer[SI_PER_SECOND_WIDTH + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_si(&text, number, power, unit);
    cells_text_right(&view->cells, row, column, ATTR_TEXT, buffer);
}

static void draw_cycles(struct view *view, unsigned row,
                        const struct timing *timing)
{
    uint64_t cycles = timing_cycles(timing);

    if (cycles == 0)
        cells_text_right(&view->cells, row, CYCLES_COLUMN, ATTR_TEXT, "-");
    else
        draw_si(view, row, CYCLES_COLUMN, cycles, -1, SI_PURE);
}

/* Draws the time of a whole July run, extrapolated from the measured rate. */
static void draw_july(struct view *view, unsigned row,
                      const struct timing *timing)
{
    uint64_t rate = timing_rate(timing);

    if (rate > 0)
        draw_si(view, row, JULY_COLUMN,
                SAMPLE_JULY_LENGTH * NS_PER_SECOND / rate, -3, SI_SECONDS);
}

/* Draws RATE as a multiple of UNIT, which must not be 0, and as a bar relative
   to BEST, which must be at least RATE. */
static void draw_comparison(struct view *view, unsigned row, uint64_t rate,
                            uint64_t unit, uint64_t best)
{
    char buffer[1 + SI_PURE_WIDTH + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    unsigned width = (unsigned)((BAR_WIDTH * rate + best / 2) / best);

    strbuf_add(&text, "x");
    strbuf_add_si(&text, 1000 * rate / unit, -1, SI_PURE);
    cells_text_right(&view->cells, row, TIMES_COLUMN, ATTR_TEXT, buffer);
    cells_fill(&view->cells, row, BAR_COLUMN, width, ' ', ATTR_BAR);
}

static void draw_figures(struct view *view, unsigned row, unsigned engine,
                         uint64_t best)
{
    const struct timing *now = &lab_of(view)->timing[LAB_CURRENT][engine];
    const struct timing *july = &lab_of(view)->timing[LAB_JULY][engine];
    uint64_t unit =
        timing_rate(&lab_of(view)->timing[LAB_CURRENT][ENGINE_switch]);

    if (now->ns > 0) {
        draw_si(view, row, RATE_COLUMN, timing_rate(now), 0, SI_PER_SECOND);
        draw_cycles(view, row, now);
    }
    if (now->ns > 0 && unit > 0)
        draw_comparison(view, row, timing_rate(now), unit, best);
    if (july->ns > 0)
        draw_july(view, row, july);
}

static uint64_t best_rate(const struct lab *lab)
{
    uint64_t best = 0;

    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++) {
        uint64_t rate = timing_rate(&lab->timing[LAB_CURRENT][i]);

        if (rate > best)
            best = rate;
    }
    return best;
}

static void draw_heading(struct view *view, unsigned row)
{
    const struct lab *lab = lab_of(view);

    cells_text(&view->cells, row, 3, ATTR_LABEL, "engine");
    cells_text_right(&view->cells, row, RATE_COLUMN, ATTR_LABEL,
                     "this program");
    cells_text_right(&view->cells, row, CYCLES_COLUMN, ATTR_LABEL, "cycles");
    cells_text_right(&view->cells, row, JULY_COLUMN, ATTR_LABEL, "July run");
    if (lab->measuring)
        page_text(view, row, STATE_COLUMN, ATTR_STRONG, "measuring %s",
                  engines[lab->engine]->name);
    else if (lab->in_lockstep)
        page_text(view, row, STATE_COLUMN, ATTR_STRONG, "%u calls in lockstep",
                  (unsigned)lab->lockstep.calls);
    else
        cells_text(&view->cells, row, STATE_COLUMN, ATTR_LABEL,
                   "x switch  relative speed");
}

void lab_table_draw(struct view *view, unsigned row)
{
    uint64_t best = best_rate(lab_of(view));
    unsigned first = row + 1;

    draw_heading(view, row);
    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++) {
        bool chosen = engines[i] == view->session.engine;

        row++;
        page_text(view, row, 1, ATTR_LABEL, "%u", i + 1);
        page_text(view, row, 3, chosen ? ATTR_SELECTED : ATTR_TEXT, "%-11s",
                  engines[i]->name);
        draw_figures(view, row, i, best);
    }
    if (lab_of(view)->too_short)
        page_text(view, first, STATE_COLUMN, ATTR_STRONG,
                  "too short: %u instruction%s", lab_of(view)->ends_after,
                  lab_of(view)->ends_after == 1 ? "" : "s");
}

/* Returns the machine at the start of the program as entered. */
static struct machine current_machine(const struct session *session)
{
    struct machine machine = session->machine;

    session_entered_machine(session, &machine);
    return machine;
}

static struct machine july_machine(const struct session *session)
{
    struct machine machine = sample_machine(SAMPLE_JULY);

    machine.ci5 = session->machine.ci5;
    machine.immediate_test = session->machine.immediate_test;
    return machine;
}

void lab_measure(struct view *view)
{
    struct lab *lab = lab_of(view);

    memset(lab->timing, 0, sizeof lab->timing);
    memcpy(lab->measured, view->session.entered.store, sizeof lab->measured);
    lab->start[LAB_CURRENT] = current_machine(&view->session);
    lab->start[LAB_JULY] = july_machine(&view->session);
    lab->known = true;
    lab->too_short = false;
    lab->measuring = true;
    lab->begun = false;
    lab->engine = 0;
    lab->program = LAB_CURRENT;
}

static void next_timed_run(struct view *view)
{
    struct lab *lab = lab_of(view);

    lab->begun = false;
    lab->engine++;
    if (engines[lab->engine] == NULL || lab->engine == ENGINES_MAX) {
        lab->engine = 0;
        lab->program++;
    }
    lab->measuring = lab->program < LAB_PROGRAMS;
    view->changed = true;
}

/* Returns the number of instructions that the reference engine, measured first,
   runs in 5 ms.  Other engines may be as slow for a while. */
static uint32_t call_max(const struct timing *reference)
{
    uint64_t max = reference->ns == 0
                       ? 0
                       : reference->instructions * CALL_MAX_NS / reference->ns;

    return max < CALL_MIN ? CALL_MIN : (uint32_t)max;
}

/* Returns false if the run is unnecessary or the engine cannot start. */
static bool start_timed_run(struct view *view)
{
    struct lab *lab = lab_of(view);
    const struct engine *engine = engines[lab->engine];
    bool started;

    /* The July program has already been measured if it is the current one. */
    if (lab->program == LAB_JULY &&
        lockstep_same(&lab->start[LAB_JULY], &lab->start[LAB_CURRENT])) {
        lab->timing[LAB_JULY][lab->engine] =
            lab->timing[LAB_CURRENT][lab->engine];
        return false;
    }
    started = timed_run_start(&lab->timed_run, engine, &lab->state,
                              view->environment.timed_run_code,
                              &lab->start[lab->program], SLICE_MIN_NS);
    translator_set_hot(engine, &lab->state, view->session.hot);
    if (!translator_limit_work(engine, &lab->state) &&
        lab->engine != ENGINE_reference)
        lab->timed_run.call_max =
            call_max(&lab->timing[lab->program][ENGINE_reference]);
    return started;
}

bool lab_slice(struct view *view)
{
    struct lab *lab = lab_of(view);

    if (!lab->measuring || view->base != PAGE_LAB)
        return false;
    if (!lab->begun && !start_timed_run(view)) {
        next_timed_run(view);
        return false;
    }
    lab->begun = true;
    lab->slicing = true;
    timed_run_call(&lab->timed_run);
    return true;
}

/* Returns true if the current program is too short to be measured. */
static bool ends_too_soon(const struct lab *lab)
{
    const struct timed_run *timed_run = &lab->timed_run;
    bool ended = timed_run->stuck || timed_run->length > 0;

    return lab->program == LAB_CURRENT && ended &&
           timed_run->length < LENGTH_MIN;
}

/* Goes on with the July program. */
static void skip_current(struct lab *lab)
{
    memset(lab->timing[LAB_CURRENT], 0, sizeof lab->timing[LAB_CURRENT]);
    lab->too_short = true;
    lab->ends_after = (unsigned)lab->timed_run.length;
    lab->begun = false;
    lab->engine = 0;
    lab->program = LAB_JULY;
}

bool lab_slice_done(struct view *view, uint64_t us, uint64_t cycles)
{
    struct lab *lab = lab_of(view);

    if (!lab->slicing)
        return false;
    lab->slicing = false;
    timed_run_add(&lab->timed_run, us * NS_PER_US, cycles);
    if (ends_too_soon(lab)) {
        skip_current(lab);
        view->changed = true;
        return true;
    }
    if (lab->timed_run.slices < SLICES && !lab->timed_run.stuck)
        return true;
    lab->timing[lab->program][lab->engine] = lab->timed_run.best;
    next_timed_run(view);
    return true;
}
