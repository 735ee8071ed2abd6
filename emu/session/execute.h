/* SPDX-License-Identifier: MIT */
/*
 * Executes the bars of a session: by the reference while switches or keys act,
 * else by the engine.  For the files of session/.
 */
#pragma once

#include "session_state.h"

/* Whether the engine may execute: normal controls, no neon. */
bool session_engine_may(const struct session *session);

/* One bar by the reference, logged for the tube; no breakpoint applies. */
void session_step_logged(struct session *session);

/* These return the number of bars. */
/* At least one bar, at most BARS, logged for the tube; 0: a breakpoint. */
uint32_t session_run_logged(struct session *session, uint32_t bars);
/* At most BUDGET bars by the engine in one call, logged afterwards by running
   the reference beside it. */
uint32_t session_run_engine_logged(struct session *session, uint32_t budget);
/* At most BUDGET bars, not logged. */
uint32_t session_run_fast(struct session *session, uint32_t budget);

/* Sets `last` where only the end of the last instruction is known. */
void session_infer_last(struct session *session);
