/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints of a session: lines, A, CI, and counts of instructions.  They
 * apply while prepulses follow one another; CS then goes to Stop, and
 * run_control.reason says why.
 */
#pragma once

#include "session_state.h"

/* To be called after each change of run_control.breakpoints. */
void session_breakpoints_changed(struct session *session);
/* Sets a breakpoint after COUNT instructions since load, or removes it.
   False: COUNT_BREAKPOINTS are set already. */
bool session_toggle_count_breakpoint(struct session *session, uint64_t count);

/* ---- for the files of session/ ---- */

/* Instructions that may run before a count is reached. */
uint32_t session_instructions_left(const struct session *session);

static inline bool session_may_break(const struct session *session)
{
    return session->run_control.any || session->run_control.run_to != 0;
}

/* CS to Stop, for REASON. */
void session_break(struct session *session, enum break_reason reason);
/* Breaks before the next prepulse if a breakpoint says so; true: it did. */
bool session_break_before(struct session *session);
/* Breaks after BAR, before which A was BEFORE, if a breakpoint says so. */
void session_break_after(struct session *session, const struct bar *bar,
                         uint32_t before);
/* Breaks where the engine did, or where a count is reached. */
void session_engine_stopped(struct session *session, enum run_status status);
