/* SPDX-License-Identifier: MIT */
#include "execute.h"
#include "engine_use.h"
#include "held_keys.h"
#include "lines_used.h"
#include "run_control.h"
#include "switches.h"

/* Runs one bar on the reference engine and notifies the selected engine. */
static struct bar bar(struct session *session)
{
    uint32_t a = session->machine.a;
    struct bar bar = prepulse(&session->machine, &session->controls);

    if (!controls_are_normal(&session->controls))
        session_state_changed(session);
    else if (bar.stored)
        session_line_written(session, bar.action_line);
    /* KCC clears CI at the end of the bar, so the next bar can fetch again. */
    session->hung = bar.hung && !(session->controls.strip & KCC);
    session_note_forced(session, &bar);
    session_note_bar(session, &bar);
    if (session->profile != NULL)
        profile_bar(session->profile, &bar, session->controls.manual);
    if (session_may_break(session))
        session_break_after(session, &bar, a);
    return bar;
}

/* Fills in the fields of `last` that are known before the bar runs. */
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

static void end_last(struct session *session, const struct bar *bar,
                     struct last last)
{
    last.hung = bar->hung;
    last.word = bar->instruction;
    last.operand = bar->operand;
    session->last = last;
}

/* Logs BAR for the tube.  AFTER is the state of the machine after the bar. */
static void log_bar(struct session *session, const struct bar *bar,
                    struct last last, const struct machine *after)
{
    end_last(session, bar, last);
    phosphor_log(&session->phosphor, bar, after);
    session_add_time(session, 1);
}

/* A killed engine leaves the machine as before the call. */
static struct outcome obey_by_engine(struct session *session, uint32_t budget)
{
    struct outcome outcome = engine_use_run(session, budget);

    if (session->killed)
        session_break(session, BREAK_KILLED);
    return outcome;
}

/* Runs the machine with profiling.  Under lockstep the selected engine must
   still run, so the profile is computed on a copy of the machine. */
static struct outcome obey_counting(struct session *session, uint32_t budget)
{
    static const struct breakpoints none;
    struct machine beside = session->machine;
    struct outcome outcome;

    if (session->observed.lockstep != NULL) {
        outcome = obey_by_engine(session, budget);
        profile_run(session->profile, &beside, &none, outcome.instructions);
        return outcome;
    }
    outcome = profile_run(session->profile, &session->machine,
                          &session->run_control.breakpoints, budget);
    session_state_changed(session);
    return outcome;
}

/* Makes one engine call, and checks its result if lockstep is enabled. */
static struct outcome obey(struct session *session, uint32_t budget)
{
    const struct breakpoints *breakpoints = &session->run_control.breakpoints;
    struct machine before;

    if (budget > session_instructions_left(session))
        budget = session_instructions_left(session);
    if (session->observed.lockstep != NULL && !session->observed.differs)
        before = session->machine;
    struct outcome outcome = session->profile != NULL
                                 ? obey_counting(session, budget)
                                 : obey_by_engine(session, budget);

    if (session->killed)
        return outcome;
    session->hung = outcome.status == RUN_HUNG;
    session_engine_stopped(session, outcome.status);
    if (session->observed.lockstep == NULL || session->observed.differs)
        return outcome;
    if (outcome.status == RUN_BUDGET)
        budget = outcome.instructions;
    session->observed.lockstep->engine = session->engine;
    session->observed.lockstep->breakpoints = *breakpoints;
    if (!lockstep_compare(session->observed.lockstep, &before,
                          &session->machine, outcome, budget)) {
        session->observed.differs = true;
        session_set_cs(session, false);
    }
    return outcome;
}

uint32_t session_run_engine_logged(struct session *session, uint32_t budget)
{
    struct machine beside = session->machine;
    struct outcome outcome = obey(session, budget);
    uint32_t bars = outcome.instructions + (outcome.status == RUN_HUNG);

    for (uint32_t i = 0; i < bars; i++) {
        struct last last = begin_last(session, &beside);
        struct bar bar = prepulse(&beside, &controls_normal);

        session_note_bar(session, &bar);
        log_bar(session, &bar, last, &beside);
    }
    return bars;
}

bool session_engine_may(const struct session *session)
{
    return controls_are_normal(&session->controls) && !session->machine.neon;
}

void session_step_logged(struct session *session)
{
    struct last last = begin_last(session, &session->machine);
    struct bar did = bar(session);

    log_bar(session, &did, last, &session->machine);
}

uint32_t session_run_logged(struct session *session, uint32_t bars)
{
    if (session_may_break(session) && session_break_before(session))
        return 0;
    if (session->observed.by_engine && session_engine_may(session))
        return session_run_engine_logged(session, bars);
    session_step_logged(session);
    return 1;
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

static void run_engine(struct session *session, uint32_t budget)
{
    session_note_call(session);
    if (obey(session, budget).status != RUN_BUDGET || !session_runs(session))
        session_infer_last(session);
}

/* Runs bars on the reference engine, for controls that are not normal. */
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
