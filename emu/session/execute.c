/* SPDX-License-Identifier: MIT */
/*
 * How the desk's bars are obeyed: by the reference where switches or keys
 * act, by the engine where not, watched or not.
 */
#include "session.h"

/* One bar by the reference, of which the engine is told. */
static struct bar bar(struct session *session)
{
    uint32_t a = session->machine.a;
    struct bar bar = prepulse(&session->machine, &session->controls);

    if (!controls_are_normal(&session->controls))
        session_state_changed(session);
    else if (bar.stored)
        session_line_written(session, bar.action_line);
    /* KCC has cleared CI at the end of the bar, so the next one fetches. */
    session->hung = bar.hung && !(session->controls.strip & KCC);
    session_note_forced(session, &bar);
    if (session->profile != NULL)
        profile_bar(session->profile, &bar, session->controls.manual);
    if (session_may_break(session))
        session_break_after(session, &bar, a);
    return bar;
}

/* What can be said of the bar that comes next before it does. */
static struct last begin_last(const struct session *session,
                              const struct machine *machine)
{
    return (struct last){
        .valid = true,
        .manual = session->controls.manual,
        .a = machine->a,
        .ci = session->controls.holds_control ? machine->ci
                                              : machine_next_control(machine),
    };
}

/* BAR, of which LAST was known before, was the last. */
static void end_last(struct session *session, const struct bar *bar,
                     struct last last)
{
    last.hung = bar->hung;
    last.word = bar->instruction;
    last.operand = bar->operand;
    session->last = last;
}

/* .. and led to the machine AFTER; it is to be seen. */
static void watch(struct session *session, const struct bar *bar,
                  struct last last, const struct machine *after)
{
    end_last(session, bar, last);
    phosphor_log(&session->phosphor, bar, after);
    session_add_time(session, 1);
    if (bar->hung)
        return;
    if (!session->controls.manual)
        session->obeyed |= 1u << bar->control_line;
    if (word_function(bar->instruction) < CMP)
        session->accessed |= 1u << bar->action_line;
}

static struct outcome obey_by_engine(struct session *session, uint32_t budget)
{
    return session->engine->run(&session->engine_state, &session->machine,
                                &session->run_control.breakpoints, budget);
}

/* By one that counts, and knows nothing of the engine; which lockstep is to
   see at work, so that there it counts beside it. */
static struct outcome obey_counting(struct session *session, uint32_t budget)
{
    static const struct breakpoints none;
    struct machine beside = session->machine;
    struct outcome outcome;

    if (session->lockstep != NULL) {
        outcome = obey_by_engine(session, budget);
        profile_run(session->profile, &beside, &none, outcome.instructions);
        return outcome;
    }
    outcome = profile_run(session->profile, &session->machine,
                          &session->run_control.breakpoints, budget);
    session_state_changed(session);
    return outcome;
}

/* By the engine, and compared with the reference where that is wanted. */
static struct outcome obey(struct session *session, uint32_t budget)
{
    const struct breakpoints *breakpoints = &session->run_control.breakpoints;
    struct machine before;

    if (budget > session_instructions_left(session))
        budget = session_instructions_left(session);
    if (session->lockstep != NULL && !session->differs)
        before = session->machine;
    struct outcome outcome = session->profile != NULL
                                 ? obey_counting(session, budget)
                                 : obey_by_engine(session, budget);

    session->hung = outcome.status == RUN_HUNG;
    session_engine_stopped(session, outcome.status);
    if (session->lockstep == NULL || session->differs)
        return outcome;
    if (outcome.status == RUN_BUDGET)
        budget = outcome.instructions;
    session->lockstep->engine = session->engine;
    session->lockstep->breakpoints = *breakpoints;
    if (!lockstep_compare(session->lockstep, &before, &session->machine,
                          outcome, budget)) {
        session->differs = true;
        session_set_cs(session, false);
    }
    return outcome;
}

/* At most BUDGET by the engine; what each bar did is found out beside it.
   Returns how many bars there were. */
static uint32_t obey_watched(struct session *session, uint32_t budget)
{
    struct machine beside = session->machine;
    struct outcome outcome = obey(session, budget);
    uint32_t bars = outcome.instructions + (outcome.status == RUN_HUNG);

    for (uint32_t i = 0; i < bars; i++) {
        struct last last = begin_last(session, &beside);
        struct bar bar = prepulse(&beside, &controls_normal);

        watch(session, &bar, last, &beside);
    }
    return bars;
}

static bool engine_may(const struct session *session)
{
    return controls_are_normal(&session->controls) && !session->machine.neon;
}

void session_step_logged(struct session *session)
{
    struct last last = begin_last(session, &session->machine);
    struct bar did = bar(session);

    watch(session, &did, last, &session->machine);
}

uint32_t session_run_logged(struct session *session, uint32_t bars)
{
    if (session_may_break(session) && session_break_before(session))
        return 0;
    if (session->by_engine && engine_may(session))
        return obey_watched(session, bars);
    session_step_logged(session);
    return 1;
}

static void note_kc(struct session *session, uint64_t prepulse)
{
    if (session->journal != NULL && !session_in_past(session))
        journal_add(session->journal,
                    (struct record){.prepulse = prepulse, .op = OP_KC});
}

/* KC in Man may leave CI alone, and nothing else does: so history is told. */
static void hold_control(struct session *session, bool holds)
{
    session->controls.holds_control = holds;
    session_record(session);
}

void session_kc(struct session *session)
{
    if (session_runs(session))
        return;
    if (session_in_past(session)) {
        if (session_replay(session, 1) > 0)
            session_run_logged(session, 1);
        session_record(session);
        return;
    }
    note_kc(session, session->machine.prepulses);
    hold_control(session, session->controls.manual && session->manual_holds);
    session_run_logged(session, 1);
    session_record(session);
    hold_control(session, false);
    if (session->press.open)
        session_update_held_keys(session);
}

void session_run_block(struct session *session, uint32_t budget)
{
    uint64_t before = session->machine.prepulses;

    if (session_runs(session) || !engine_may(session)) {
        session_kc(session);
        return;
    }
    if (session_in_past(session))
        budget = session_replay(session, budget);
    session_record(session);
    if (budget > 0)
        obey_watched(session, budget);
    for (; before < session->machine.prepulses; before++)
        note_kc(session, before);
    session_record(session);
}

void session_infer_last(struct session *session)
{
    session->last = (struct last){
        .valid = true,
        .hung = session->hung,
        .operand_unknown = word_function(session->machine.pi) != STP,
        .manual = session->controls.manual,
        .word = session->machine.pi,
        .a = session->machine.a,
        .ci = session->machine.ci,
    };
}

/* Unwatched, so as fast as the engine goes. */
static void run_engine(struct session *session, uint32_t budget)
{
    if (obey(session, budget).status != RUN_BUDGET || !session_runs(session))
        session_infer_last(session);
}

/* With a switch up or a key held only the reference will do. */
static void run_reference(struct session *session, uint32_t budget)
{
    while (budget > 0 && session_runs(session) &&
           !(session_may_break(session) && session_break_before(session))) {
        struct last last = begin_last(session, &session->machine);
        struct bar did = bar(session);

        budget--;
        if (!session_runs(session))
            end_last(session, &did, last);
    }
}

uint32_t session_run_fast(struct session *session, uint32_t budget)
{
    uint64_t before = session->machine.prepulses;

    if (session_may_break(session) && session_break_before(session))
        return 0;
    if (controls_are_normal(&session->controls))
        run_engine(session, budget);
    else
        run_reference(session, budget);
    uint32_t bars = (uint32_t)(session->machine.prepulses - before);

    session_add_time(session, bars);
    return bars;
}
