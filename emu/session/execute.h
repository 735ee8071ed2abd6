/* SPDX-License-Identifier: MIT */
/*
 * Executes bars on the reference engine while switches or keys are active, and
 * on the selected engine otherwise.  Internal to session/.
 */
#pragma once

#include "session_state.h"

/* Returns true if controls are normal and the neon is off. */
bool session_engine_may(const struct session *session);

/* Runs one bar on the reference engine, ignoring breakpoints, and logs it. */
void session_step_logged(struct session *session);

/* Runs up to BARS bars and logs them.  Returns the number of bars run, which is
   0 only if a breakpoint fires first. */
uint32_t session_run_logged(struct session *session, uint32_t bars);
/* Runs up to BUDGET bars in one engine call, and logs them by repeating them on
   the reference engine.  Returns the number of bars run. */
uint32_t session_run_engine_logged(struct session *session, uint32_t budget);
/* Runs up to BUDGET bars without logging.  Returns the number of bars run. */
uint32_t session_run_fast(struct session *session, uint32_t budget);

/* Reconstructs `last` from the machine state, for bars run by an engine. */
void session_infer_last(struct session *session);
