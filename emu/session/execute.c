/* SPDX-License-Identifier: MIT */
/*
 * How the desk's bars are obeyed: by the reference where switches or keys
 * act, by the engine where not, watched or not.
 */
#include "session.h"

/* One bar by the reference, of which the engine is told. */
static struct bar bar(struct desk *desk)
{
    uint32_t a = desk->machine.a;
    struct bar bar = prepulse(&desk->machine, &desk->controls);

    if (!controls_are_normal(&desk->controls))
        desk_changed(desk);
    else if (bar.stored)
        desk_edited(desk, bar.action_line);
    /* KCC has cleared CI at the end of the bar, so the next one fetches. */
    desk->hung = bar.hung && !(desk->controls.strip & KCC);
    desk_forced(desk, &bar);
    if (desk->profile != NULL)
        profile_bar(desk->profile, &bar, desk->controls.manual);
    if (desk_may_stop(desk))
        desk_stop_after(desk, &bar, a);
    return bar;
}

/* What can be said of the bar that comes next before it does. */
static struct last begin_last(const struct desk *desk,
                              const struct machine *machine)
{
    return (struct last){
        .valid = true,
        .manual = desk->controls.manual,
        .a = machine->a,
        .ci = desk->controls.holds_control ? machine->ci
                                           : machine_next_control(machine),
    };
}

/* BAR, of which LAST was known before, was the last. */
static void end_last(struct desk *desk, const struct bar *bar, struct last last)
{
    last.hung = bar->hung;
    last.word = bar->instruction;
    last.operand = bar->operand;
    desk->last = last;
}

/* .. and led to the machine AFTER; it is to be seen. */
static void watch(struct desk *desk, const struct bar *bar, struct last last,
                  const struct machine *after)
{
    end_last(desk, bar, last);
    glow_log(&desk->glow, bar, after);
    desk_count_time(desk, 1);
    if (bar->hung)
        return;
    if (!desk->controls.manual)
        desk->obeyed |= 1u << bar->control_line;
    if (word_function(bar->instruction) < CMP)
        desk->accessed |= 1u << bar->action_line;
}

static struct outcome obey_by_engine(struct desk *desk, uint32_t budget)
{
    return desk->engine->run(&desk->engine_state, &desk->machine,
                             &desk->stopping.stops, budget);
}

/* By one that counts, and knows nothing of the engine; which lockstep is to
   see at work, so that there it counts beside it. */
static struct outcome obey_counting(struct desk *desk, uint32_t budget)
{
    static const struct stops none;
    struct machine beside = desk->machine;
    struct outcome outcome;

    if (desk->lockstep != NULL) {
        outcome = obey_by_engine(desk, budget);
        profile_run(desk->profile, &beside, &none, outcome.instructions);
        return outcome;
    }
    outcome = profile_run(desk->profile, &desk->machine, &desk->stopping.stops,
                          budget);
    desk_changed(desk);
    return outcome;
}

/* By the engine, and compared with the reference where that is wanted. */
static struct outcome obey(struct desk *desk, uint32_t budget)
{
    const struct stops *stops = &desk->stopping.stops;
    struct machine before;

    if (budget > desk_count_room(desk))
        budget = desk_count_room(desk);
    if (desk->lockstep != NULL && !desk->differs)
        before = desk->machine;
    struct outcome outcome = desk->profile != NULL
                                 ? obey_counting(desk, budget)
                                 : obey_by_engine(desk, budget);

    desk->hung = outcome.why == ENDED_HUNG;
    desk_engine_stopped(desk, outcome.why);
    if (desk->lockstep == NULL || desk->differs)
        return outcome;
    if (outcome.why == ENDED_BUDGET)
        budget = outcome.instructions;
    desk->lockstep->engine = desk->engine;
    desk->lockstep->stops = *stops;
    if (!lockstep_compare(desk->lockstep, &before, &desk->machine, outcome,
                          budget)) {
        desk->differs = true;
        desk_set_cs(desk, false);
    }
    return outcome;
}

/* At most BUDGET by the engine; what each bar did is found out beside it.
   Returns how many bars there were. */
static uint32_t obey_watched(struct desk *desk, uint32_t budget)
{
    struct machine beside = desk->machine;
    struct outcome outcome = obey(desk, budget);
    uint32_t bars = outcome.instructions + (outcome.why == ENDED_HUNG);

    for (uint32_t i = 0; i < bars; i++) {
        struct last last = begin_last(desk, &beside);
        struct bar bar = prepulse(&beside, &controls_normal);

        watch(desk, &bar, last, &beside);
    }
    return bars;
}

static bool engine_may(const struct desk *desk)
{
    return controls_are_normal(&desk->controls) && !desk->machine.neon;
}

void desk_see(struct desk *desk)
{
    struct last last = begin_last(desk, &desk->machine);
    struct bar did = bar(desk);

    watch(desk, &did, last, &desk->machine);
}

uint32_t desk_watch(struct desk *desk, uint32_t bars)
{
    if (desk_may_stop(desk) && desk_stop_before(desk))
        return 0;
    if (desk->by_engine && engine_may(desk))
        return obey_watched(desk, bars);
    desk_see(desk);
    return 1;
}

static void note_kc(struct desk *desk, uint64_t prepulse)
{
    if (desk->journal != NULL && !desk_in_past(desk))
        journal_add(desk->journal,
                    (struct record){.prepulse = prepulse, .deed = DEED_KC});
}

/* KC in Man may leave CI alone, and nothing else does: so history is told. */
static void hold_control(struct desk *desk, bool holds)
{
    desk->controls.holds_control = holds;
    desk_observe(desk);
}

void desk_kc(struct desk *desk)
{
    if (desk_runs(desk))
        return;
    if (desk_in_past(desk)) {
        if (desk_repeat(desk, 1) > 0)
            desk_watch(desk, 1);
        desk_observe(desk);
        return;
    }
    note_kc(desk, desk->machine.prepulses);
    hold_control(desk, desk->controls.manual && desk->manual_holds);
    desk_watch(desk, 1);
    desk_observe(desk);
    hold_control(desk, false);
    if (desk->press.open)
        desk_settle(desk);
}

void desk_obey(struct desk *desk, uint32_t budget)
{
    uint64_t before = desk->machine.prepulses;

    if (desk_runs(desk) || !engine_may(desk)) {
        desk_kc(desk);
        return;
    }
    if (desk_in_past(desk))
        budget = desk_repeat(desk, budget);
    desk_observe(desk);
    if (budget > 0)
        obey_watched(desk, budget);
    for (; before < desk->machine.prepulses; before++)
        note_kc(desk, before);
    desk_observe(desk);
}

void desk_guess_last(struct desk *desk)
{
    desk->last = (struct last){
        .valid = true,
        .hung = desk->hung,
        .vague = word_function(desk->machine.pi) != STP,
        .manual = desk->controls.manual,
        .word = desk->machine.pi,
        .a = desk->machine.a,
        .ci = desk->machine.ci,
    };
}

/* Unwatched, so as fast as the engine goes. */
static void run_engine(struct desk *desk, uint32_t budget)
{
    if (obey(desk, budget).why != ENDED_BUDGET || !desk_runs(desk))
        desk_guess_last(desk);
}

/* With a switch up or a key held only the reference will do. */
static void run_reference(struct desk *desk, uint32_t budget)
{
    while (budget > 0 && desk_runs(desk) &&
           !(desk_may_stop(desk) && desk_stop_before(desk))) {
        struct last last = begin_last(desk, &desk->machine);
        struct bar did = bar(desk);

        budget--;
        if (!desk_runs(desk))
            end_last(desk, &did, last);
    }
}

uint32_t desk_run(struct desk *desk, uint32_t budget)
{
    uint64_t before = desk->machine.prepulses;

    if (desk_may_stop(desk) && desk_stop_before(desk))
        return 0;
    if (controls_are_normal(&desk->controls))
        run_engine(desk, budget);
    else
        run_reference(desk, budget);
    uint32_t bars = (uint32_t)(desk->machine.prepulses - before);

    desk_count_time(desk, bars);
    return bars;
}
