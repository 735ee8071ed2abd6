/* SPDX-License-Identifier: MIT */
#include "engine_use.h"
#include <string.h>

/* A call is ended by force after ten slices, but not before half a second, as
   the first calls of an engine may be too large. */
#define LIMIT_SLICES 10
#define LIMIT_MIN_US 500000u

static uint32_t limit_of(const struct session *session)
{
    uint32_t limit = LIMIT_SLICES * pace_slice(&session->pace);

    return limit < LIMIT_MIN_US ? LIMIT_MIN_US : limit;
}

static struct engine_call begin(struct session *session,
                                enum engine_function function)
{
    return (struct engine_call){
        .function = function,
        .engine = session->engine,
        .state = session->engine_state,
        .machine = &session->machine,
        .breakpoints = &session->run_control.breakpoints,
        .written = session->changes.written,
        .changed = session->changes.all,
        .limit_us = limit_of(session),
    };
}

static bool start(struct session *session, const struct engine *engine)
{
    struct engine_call call = begin(session, ENGINE_START);

    call.engine = engine;
    call.area = session->code_area;
    call.hot = session->hot;
    session->killed = !engine_call_in(session->space, &call);
    session->changes.written = 0;
    session->changes.all = false;
    if (session->killed || !call.started)
        return false;
    session->engine = engine;
    return true;
}

/* The killed engine may have damaged its state, which the lab shows. */
static void kill(struct session *session)
{
    char fault[ENGINE_FAULT_SIZE];

    memcpy(fault, session->space->fault, sizeof fault);
    if (!start(session, session->engine))
        start(session, &engine_reference);
    memcpy(session->space->fault, fault, sizeof fault);
    session->killed = true;
}

static bool make(struct session *session, struct engine_call *call)
{
    if (session->killed)
        return false;
    session->changes.written = 0;
    session->changes.all = false;
    if (engine_call_in(session->space, call))
        return true;
    kill(session);
    return false;
}

bool engine_use_start(struct session *session, const struct engine *engine,
                      struct code_area *area)
{
    session->code_area = area;
    return start(session, engine);
}

struct outcome engine_use_run(struct session *session, uint32_t budget)
{
    struct engine_call call = begin(session, ENGINE_RUN);

    call.budget = budget;
    if (!make(session, &call))
        return (struct outcome){0, RUN_BUDGET};
    return call.outcome;
}

struct lines_used engine_use_lines(struct session *session)
{
    struct engine_call call = begin(session, ENGINE_LINES_USED);

    if (session->engine->lines_used != NULL)
        make(session, &call);
    return call.lines_used;
}

static void restart(struct session *session)
{
    struct engine_call call = begin(session, ENGINE_RESTART);

    if (session->engine->restart != NULL)
        make(session, &call);
}

void engine_use_defer(struct session *session)
{
    session->changes.deferred = true;
}

void engine_use_report(struct session *session)
{
    struct engine_call call = begin(session, ENGINE_NOTIFY);

    session->changes.deferred = false;
    if (call.changed || call.written != 0)
        make(session, &call);
}

static void changed(struct session *session)
{
    if (!session->changes.deferred)
        engine_use_report(session);
}

void session_line_written(struct session *session, unsigned line)
{
    session->changes.written |= 1u << line;
    changed(session);
}

void session_state_changed(struct session *session)
{
    session->changes.all = true;
    changed(session);
}

void session_forget_lines(struct session *session)
{
    session->observed.used = (struct lines_used){0};
    session->observed.sampled = false;
    restart(session);
}

void session_reset_counts(struct session *session)
{
    session_forget_lines(session);
    session->uncounted = session->machine.instructions;
    session->machine_us = 0;
    session->last.valid = false;
    session->hung = false;
}
