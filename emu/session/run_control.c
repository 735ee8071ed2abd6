/* SPDX-License-Identifier: MIT */
#include "run_control.h"
#include "engine_use.h"
#include "switches.h"

void session_breakpoints_changed(struct session *session)
{
    struct run_control *run_control = &session->run_control;

    run_control->any = !breakpoints_are_none(&run_control->breakpoints);
    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++)
        run_control->any |= run_control->counts[i] != 0;
    session_state_changed(session);
}

bool session_toggle_count_breakpoint(struct session *session, uint64_t count)
{
    uint64_t *place = NULL;

    for (unsigned i = COUNT_BREAKPOINTS; i-- > 0;) {
        uint64_t *at = &session->run_control.counts[i];

        if (*at == count) {
            *at = 0;
            session_breakpoints_changed(session);
            return true;
        }
        if (*at == 0)
            place = at;
    }
    if (place == NULL)
        return false;
    *place = count;
    session_breakpoints_changed(session);
    return true;
}

static uint32_t left_before(const struct session *session, uint64_t count)
{
    uint64_t now = session->machine.instructions;

    return count <= now || count - now > UINT32_MAX ? UINT32_MAX
                                                    : (uint32_t)(count - now);
}

uint32_t session_instructions_left(const struct session *session)
{
    uint32_t room = left_before(session, session->run_control.run_to);

    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++) {
        uint32_t other = left_before(session, session->run_control.counts[i]);

        if (other < room)
            room = other;
    }
    return room;
}

/* Returns true if the instruction count has reached a breakpoint. */
static bool is_counted(const struct session *session)
{
    const struct run_control *run_control = &session->run_control;
    uint64_t now = session->machine.instructions;
    bool counted = now == run_control->run_to;

    for (unsigned i = 0; i < COUNT_BREAKPOINTS; i++)
        counted |= now == run_control->counts[i];
    return counted && now > 0;
}

void session_break(struct session *session, enum break_reason cause)
{
    session_set_cs(session, false);
    session->run_control.reason = cause;
}

bool session_break_before(struct session *session)
{
    const struct run_control *run_control = &session->run_control;
    uint32_t control = machine_next_control(&session->machine) &
                       (session->controls.stat | ~(uint32_t)STATICISOR);

    if (!session_runs(session) || session->controls.manual ||
        session->machine.prepulses == run_control->from ||
        !breakpoints_before(&run_control->breakpoints, control))
        return false;
    session_break(session,
                  run_control->breakpoints.obeying >> word_line(control) & 1
                      ? BREAK_LINE
                      : BREAK_LEAVING);
    return true;
}

/* Returns the reason to stop after INSTRUCTION, or BREAK_NONE.  BEFORE is the
   value of A before the instruction. */
static enum break_reason cause_after(const struct session *session,
                                     uint32_t instruction, uint32_t before)
{
    const struct breakpoints *breakpoints = &session->run_control.breakpoints;
    uint32_t a = session->machine.a;
    const struct breakpoints causes[] = {
        [BREAK_READ] = {.reading = breakpoints->reading},
        [BREAK_WRITTEN] = {.writing = breakpoints->writing},
        [BREAK_NEGATIVE] = {.when = breakpoints->when & BREAK_ON_NEGATIVE},
        [BREAK_ZERO] = {.when = breakpoints->when & BREAK_ON_ZERO},
    };

    for (enum break_reason cause = BREAK_READ; cause <= BREAK_ZERO; cause++)
        if (breakpoints_after(&causes[cause], instruction, before, a))
            return cause;
    return BREAK_NONE;
}

void session_break_after(struct session *session, const struct bar *bar,
                         uint32_t before)
{
    enum break_reason cause = cause_after(session, bar->instruction, before);

    if (!session_runs(session))
        return;
    if (cause != BREAK_NONE)
        session_break(session, cause);
    else if (is_counted(session) && !session->controls.manual)
        session_break(session, BREAK_COUNT);
}

/* The engine does not report A before its last instruction.  If a breakpoint on
   A may have fired, assume a value that explains it. */
static enum break_reason cause_of_engine(const struct session *session)
{
    const struct breakpoints *breakpoints = &session->run_control.breakpoints;
    const struct machine *machine = &session->machine;
    enum break_reason cause = cause_after(session, machine->pi, machine->a);
    uint32_t control = machine_next_control(machine);

    if (cause != BREAK_NONE)
        return cause;
    if (breakpoints->obeying >> word_line(control) & 1)
        return BREAK_LINE;
    if (breakpoints_before(breakpoints, control))
        return BREAK_LEAVING;
    return cause_after(session, machine->pi, machine->a == 0);
}

void session_engine_stopped(struct session *session, enum run_status status)
{
    if (status == RUN_BREAKPOINT)
        session_break(session, cause_of_engine(session));
    else if (status == RUN_BUDGET && is_counted(session))
        session_break(session, BREAK_COUNT);
}
