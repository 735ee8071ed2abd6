/* SPDX-License-Identifier: MIT */
/*
 * Going back: from a checkpoint, what was obeyed is obeyed once more.
 *
 * Forwards one can only go from a checkpoint, so the last position at which
 * stops fire is found by looking through a stretch before the present one,
 * with the stops set, and keeping in mind the last at which they did.  As that
 * is mostly near, the stretches begin short and grow eightfold, and none goes
 * over a checkpoint.
 */
#include "history.h"

#define NEAR   16384u /* steps; a checkpoint is left so far before the end */
#define WINDOW 4096u  /* .. of the first stretch that is looked through .. */
#define WIDEST (UINT64_C(1) << 40) /* .. and of none more */

/* Obeying once more */

/* A prepulse by the reference.  True: it is one to stop after. */
static bool step(struct moment *moment, const struct stops *stops)
{
    uint32_t before = moment->machine.a;
    struct bar bar = moment_prepulse(moment);

    return !bar.hung && !moment->machine.neon &&
           stops_after(stops, bar.instruction, before, moment->machine.a);
}

/* COUNT prepulses at most, at least one, until STOPS fire as engine->run()
   has it; then true.  The engine must not count more INSTRUCTIONS. */
static bool advance(struct history *history, struct position *position,
                    const struct stops *stops, uint32_t count)
{
    struct moment *moment = &position->moment;
    struct machine *machine = &moment->machine;
    uint64_t before = machine->prepulses;
    bool fired;

    /* Where none goes out by itself, one did by KC. */
    if (controls_are_normal(&moment->controls) && !machine->neon) {
        struct outcome outcome =
            history->engine->run(&history->engine_state, machine, stops, count);

        moment->hung = outcome.why == ENDED_HUNG;
        moment->machine_us += (machine->prepulses - before) * moment->bar_us;
        fired = outcome.why == ENDED_STOPPED_AT;
    } else {
        fired = step(moment, stops);
        history->engine->changed(&history->engine_state);
    }
    return fired;
}

static uint32_t at_most(uint64_t count, uint64_t limit)
{
    return (uint32_t)(count < limit ? count : limit);
}

/* Towards STEP, but BUDGET prepulses at most.  Returns how many they were. */
static uint32_t advance_to(struct history *history, struct position *position,
                           uint64_t step, uint32_t budget)
{
    static const struct stops none;
    uint64_t before = position->moment.machine.prepulses;
    uint32_t done = 0;

    while (position_step(position) < step && done < budget) {
        advance(history, position, &none,
                at_most(step - position_step(position), budget - done));
        done = (uint32_t)(position->moment.machine.prepulses - before);
    }
    return done;
}

/* Where a way to STEP begins: where one stands, if no checkpoint is nearer. */
static void begin_from(struct history *history, struct position *position,
                       uint64_t step)
{
    const struct position *near = &history_before(history, step)->position;
    uint64_t at = position_step(&history->at);

    *position = at <= step && at > position_step(near) ? history->at : *near;
    history->engine->changed(&history->engine_state);
}

/* Searches */

static void begin(struct history *history,
                  bool (*turn)(struct history *history, uint32_t budget))
{
    history->search = (struct searching){
        .turn = turn,
        .result = SEARCH_FOUND,
    };
}

void history_cancel(struct history *history)
{
    history->search.turn = NULL;
}

/* There is FAR to go.  How much of it now, so that a checkpoint can be left
   near the end: what follows is mostly to look around there. */
static uint64_t far_or_near(struct history *history, uint64_t far)
{
    struct searching *search = &history->search;

    if (far > NEAR) {
        search->marked = false;
        return far - NEAR;
    }
    if (!search->marked)
        history_mark(history, &search->at);
    search->marked = true;
    return far;
}

static bool turn_to_step(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (budget > 0 && position_step(&search->at) < search->step) {
        uint64_t far = search->step - position_step(&search->at);

        budget -= advance_to(
            history, &search->at,
            position_step(&search->at) + far_or_near(history, far), budget);
    }
    return position_step(&search->at) < search->step;
}

static uint64_t held_to(uint64_t step, uint64_t first, uint64_t last)
{
    return step < first ? first : step > last ? last : step;
}

void history_search_step(struct history *history, uint64_t step)
{
    struct searching *search = &history->search;

    begin(history, turn_to_step);
    search->step = held_to(step, history_first(history), history_last(history));
    begin_from(history, &search->at, search->step);
    search->marked = search->step - position_step(&search->at) <= NEAR;
}

static uint64_t instructions_of(const struct position *position)
{
    return position->moment.machine.instructions;
}

/* The engine's budget is instructions, so it cannot go too far. */
static bool turn_to_count(struct history *history, uint32_t budget)
{
    static const struct stops none;
    struct searching *search = &history->search;
    uint64_t before = search->at.moment.machine.prepulses;

    while (instructions_of(&search->at) < search->instructions) {
        uint64_t done = search->at.moment.machine.prepulses - before;
        uint64_t far = search->instructions - instructions_of(&search->at);

        if (done >= budget)
            return true;
        far = far_or_near(history, far);
        advance(history, &search->at, &none, at_most(far, budget - done));
    }
    return false;
}

/* The last checkpoint with fewer, or the first of all. */
static const struct position *fewer(const struct history *history,
                                    uint64_t instructions)
{
    uint32_t low = 0, high = history->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (instructions_of(&history->checkpoints[middle].position) <
            instructions)
            low = middle;
        else
            high = middle;
    }
    return &history->checkpoints[low].position;
}

bool history_search_count(struct history *history, uint64_t instructions)
{
    struct searching *search = &history->search;

    if (history->count == 0 ||
        instructions_of(&history->checkpoints[0].position) > instructions ||
        instructions_of(&history->last) < instructions)
        return false;
    begin(history, turn_to_count);
    search->instructions = instructions;
    search->at = *fewer(history, instructions);
    search->marked = instructions - instructions_of(&search->at) <= NEAR;
    history->engine->changed(&history->engine_state);
    return true;
}

/* Looking for stops, backwards */

/* The stretch before search->end. */
static void begin_stretch(struct history *history)
{
    struct searching *search = &history->search;
    const struct position *near =
        &history_before(history, search->end - 1)->position;
    uint64_t from = position_step(near);

    if (search->end - from > search->window)
        from = search->end - search->window;
    search->begin = from;
    search->at = *near;
    search->looking = false;
    history->engine->changed(&history->engine_state);
}

/* Whether stops fire before the prepulse that follows POSITION. */
static bool fires_before(const struct stops *stops, const struct moment *moment)
{
    return !moment->controls.manual &&
           stops_before(stops, machine_next_control(&moment->machine) &
                                   (moment->controls.stat | ~STATICISOR));
}

/* Looks from search->at on to the end of the stretch.  Returns how many
   prepulses of BUDGET are left. */
static uint32_t look(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (budget > 0 && position_step(&search->at) < search->end) {
        uint64_t before = position_step(&search->at);

        if (fires_before(&search->stops, &search->at.moment))
            search->hit = before + 1;
        bool fired = advance(history, &search->at, &search->stops,
                             at_most(search->end - before, budget));
        uint64_t step = position_step(&search->at);

        if (fired && step < search->end)
            search->hit = step + 1;
        budget -= (uint32_t)(step - before);
    }
    return budget;
}

/* The stretch is looked through: the search ends, or goes on before it. */
static void end_stretch(struct history *history)
{
    struct searching *search = &history->search;

    if (search->hit != 0) {
        history_search_step(history, search->hit - 1);
    } else if (search->begin == history_first(history)) {
        history_search_step(history, search->begin);
        history->search.result = SEARCH_NOT_FOUND;
    } else {
        search->end = search->begin;
        if (search->window < WIDEST)
            search->window *= 8;
        begin_stretch(history);
    }
}

static bool turn_to_stop(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    while (search->turn == turn_to_stop && budget > 0) {
        if (!search->looking) {
            budget -= advance_to(history, &search->at, search->begin, budget);
            search->looking = position_step(&search->at) == search->begin;
        }
        if (search->looking)
            budget = look(history, budget);
        if (position_step(&search->at) >= search->end)
            end_stretch(history);
    }
    return true;
}

void history_search_stop(struct history *history, const struct stops *stops)
{
    struct searching *search = &history->search;
    uint64_t at = position_step(&history->at);

    if (at == history_first(history)) {
        history_search_step(history, at);
        history->search.result = SEARCH_NOT_FOUND;
        return;
    }
    begin(history, turn_to_stop);
    search->stops = *stops;
    search->end = at;
    search->window = WINDOW;
    begin_stretch(history);
}

enum search history_turn(struct history *history, uint32_t budget)
{
    struct searching *search = &history->search;

    if (search->turn == NULL)
        return SEARCH_NONE;
    if (search->turn(history, budget))
        return SEARCH_GOES_ON;
    search->turn = NULL;
    history->at = search->at;
    history->at.records = history_records(history, position_step(&history->at));
    return search->result;
}

/* Looking around */

void history_look(struct history *history, uint64_t step,
                  struct position *position)
{
    begin_from(history, position, step);
    while (position_step(position) < step)
        advance_to(history, position, step, UINT32_MAX);
    position->records = history_records(history, step);
}

bool history_next(const struct history *history, struct position *position,
                  struct bar *bar)
{
    uint64_t after = position_step(position) + 1;
    const struct checkpoint *next = history_before(history, after);

    if (next->action && position_step(&next->position) == after) {
        *position = next->position;
        return false;
    }
    *bar = moment_prepulse(&position->moment);
    return true;
}
