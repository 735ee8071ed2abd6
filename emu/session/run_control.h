/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints on lines, A, CI and instruction counts.  They apply only while
 * the machine runs; a hit sets CS to Stop and records the reason.
 */
#pragma once

#include "session_state.h"

/* Must be called after every change to run_control.breakpoints. */
void session_breakpoints_changed(struct session *session);
/* Sets or removes a breakpoint at the given instruction count.  Returns false
   if there are COUNT_BREAKPOINTS already. */
bool session_toggle_count_breakpoint(struct session *session, uint64_t count);

/* ---- Internal to session/ ---- */

/* Returns the number of instructions to run until the next count breakpoint. */
uint32_t session_instructions_left(const struct session *session);

static inline bool session_may_break(const struct session *session)
{
    return session->run_control.any || session->run_control.run_to != 0;
}

void session_break(struct session *session, enum break_reason reason);
/* Stops and returns true if a breakpoint fires before the next prepulse. */
bool session_break_before(struct session *session);
/* Stops the run if a breakpoint fires after BAR.  BEFORE is the value
   of A before BAR. */
void session_break_after(struct session *session, const struct bar *bar,
                         uint32_t before);
/* Stops the run if the engine hit a breakpoint or reached a set count. */
void session_engine_stopped(struct session *session, enum run_status status);
