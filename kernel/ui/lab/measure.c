/* SPDX-License-Identifier: MIT */
/*
 * The engines side by side: how fast each obeys the program at hand, how many
 * cycles of the PC an instruction takes it, and how long it would need for
 * the 52 minutes of July 1948.
 *
 * A trial runs in turns in which nothing else is done, so that how long the
 * turn took is how long the engine did.  Between them the console lives on.
 */
#include "measure.h"
#include "emu/check/bench_programs.h"
#include "emu/text/si.h"
#include <string.h>

#define SLICES        8 /* that a trial is made of */
#define LEAST_CALL    64u
#define LEAST_NS      2500000u /* of a slice: a quarter of a tick */
#define NS_A_US       1000u
#define MOST_NS       5000000u /* of a call, were it the reference's */
#define NS_A_SECOND   1000000000ull
#define RATE_COLUMN   27 /* the last of a number */
#define CYCLES_COLUMN 36
#define JULY_COLUMN   47
#define STATE_COLUMN  50 /* of what is going on, in 29 columns */
#define TIMES_COLUMN  55
#define BAR_COLUMN    57
#define BAR_WIDTH     (CELLS_COLUMNS - 1 - BAR_COLUMN)

/* Right-aligned in a field that ends at COLUMN; no number is wider than it. */
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

/* The time of the whole run, from the rate at which some of it went. */
static void draw_july(struct view *view, unsigned row,
                      const struct timing *timing)
{
    uint64_t rate = timing_rate(timing);

    if (rate > 0)
        draw_si(view, row, JULY_COLUMN, SAMPLE_JULY_LENGTH * NS_A_SECOND / rate,
                -3, SI_SECONDS);
}

/* RATE against that of the first engine, which is not 0, and as a bar against
   the BEST, which is not less. */
static void draw_comparison(struct view *view, unsigned row, uint64_t rate,
                            uint64_t first, uint64_t best)
{
    char buffer[1 + SI_PURE_WIDTH + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    unsigned width = (unsigned)(BAR_WIDTH * rate / best);

    strbuf_add(&text, "x");
    strbuf_add_si(&text, 1000 * rate / first, -1, SI_PURE);
    cells_text_right(&view->cells, row, TIMES_COLUMN, ATTR_TEXT, buffer);
    cells_fill(&view->cells, row, BAR_COLUMN, width > 0 ? width : 1, ' ',
               ATTR_BAR);
}

static void draw_figures(struct view *view, unsigned row, unsigned engine,
                         uint64_t best)
{
    const struct timing *now = &lab_of(view)->timing[LAB_CURRENT][engine];
    const struct timing *july = &lab_of(view)->timing[LAB_JULY][engine];
    uint64_t first = timing_rate(&lab_of(view)->timing[LAB_CURRENT][0]);

    if (now->ns > 0) {
        draw_si(view, row, RATE_COLUMN, timing_rate(now), 0, SI_PER_SECOND);
        draw_cycles(view, row, now);
    }
    if (now->ns > 0 && first > 0)
        draw_comparison(view, row, timing_rate(now), first, best);
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
                     "instructions");
    cells_text_right(&view->cells, row, CYCLES_COLUMN, ATTR_LABEL, "cycles");
    cells_text_right(&view->cells, row, JULY_COLUMN, ATTR_LABEL, "52 min in");
    if (lab->measuring)
        page_text(view, row, STATE_COLUMN, ATTR_STRONG, "measuring %s",
                  engines[lab->engine]->name);
    else if (lab->in_lockstep)
        page_text(view, row, STATE_COLUMN, ATTR_STRONG, "in lockstep: %u calls",
                  (unsigned)lab->lockstep.calls);
}

void lab_table_draw(struct view *view, unsigned row)
{
    uint64_t best = best_rate(lab_of(view));

    draw_heading(view, row);
    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++) {
        bool chosen = engines[i] == view->session.engine;

        row++;
        page_text(view, row, 1, ATTR_LABEL, "%u", i + 1);
        page_text(view, row, 3, chosen ? ATTR_SELECTED : ATTR_TEXT, "%-11s",
                  engines[i]->name);
        draw_figures(view, row, i, best);
    }
}

/* ------------------------------------------------------------ trials --- */

/* What is on the desk, from its beginning: as it was loaded or, if it was
   changed since, as it is in the store. */
static struct machine current_machine(const struct session *session)
{
    struct machine machine = session->machine;

    if (!session->edits.unsaved) {
        program_load(&session->loaded.program, &machine);
        return machine;
    }
    machine_clear_control(&machine);
    machine.test = machine.neon = false;
    machine.prepulses = machine.instructions = 0;
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
    memcpy(lab->measured, view->session.loaded.program.store,
           sizeof lab->measured);
    lab->start[LAB_CURRENT] = current_machine(&view->session);
    lab->start[LAB_JULY] = july_machine(&view->session);
    lab->known = true;
    lab->of_edited = view->session.edits.unsaved;
    lab->measuring = true;
    lab->begun = false;
    lab->engine = 0;
    lab->program = LAB_CURRENT;
}

/* The next trial, or none any more. */
static void next_trial(struct view *view)
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

/* An interpreter may be as slow as the reference for a while, which was tried
   first: as many instructions as that obeys in 5 ms. */
static uint32_t most_of(const struct timing *reference)
{
    uint64_t most = reference->ns == 0
                        ? 0
                        : reference->instructions * MOST_NS / reference->ns;

    return most < LEAST_CALL ? LEAST_CALL : (uint32_t)most;
}

/* False: there is nothing to be tried. */
static bool begin(struct view *view)
{
    struct lab *lab = lab_of(view);
    const struct engine *engine = engines[lab->engine];
    bool can;

    /* If July's is the one on the desk, it was tried. */
    if (lab->program == LAB_JULY &&
        lockstep_same(&lab->start[LAB_JULY], &lab->start[LAB_CURRENT])) {
        lab->timing[LAB_JULY][lab->engine] =
            lab->timing[LAB_CURRENT][lab->engine];
        return false;
    }
    can = timed_run_start(&lab->timed_run, engine, &lab->state,
                          view->environment.timed_run_code,
                          &lab->start[lab->program], LEAST_NS);
    translator_set_hot(engine, &lab->state, view->session.hot);
    if (!translator_limit_work(engine, &lab->state) && lab->engine > 0)
        lab->timed_run.call_max = most_of(&lab->timing[lab->program][0]);
    return can;
}

bool lab_slice(struct view *view)
{
    struct lab *lab = lab_of(view);

    if (!lab->measuring || view->base != PAGE_LAB)
        return false;
    if (!lab->begun && !begin(view)) {
        next_trial(view);
        return false;
    }
    lab->begun = true;
    lab->slicing = true;
    timed_run_call(&lab->timed_run);
    return true;
}

bool lab_took(struct view *view, uint64_t us, uint64_t cycles)
{
    struct lab *lab = lab_of(view);

    if (!lab->slicing)
        return false;
    lab->slicing = false;
    timed_run_add(&lab->timed_run, us * NS_A_US, cycles);
    if (lab->timed_run.slices < SLICES && !lab->timed_run.stuck)
        return true;
    lab->timing[lab->program][lab->engine] = lab->timed_run.best;
    next_trial(view);
    return true;
}
