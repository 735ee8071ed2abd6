/* SPDX-License-Identifier: MIT */
/* All calls of the selected engine by a session.  Internal to session/. */
#pragma once

#include "session_state.h"

/* Starts ENGINE, which becomes the selected one.  Returns false if it cannot
   run on this machine or was killed. */
bool engine_use_start(struct session *session, const struct engine *engine,
                      struct code_area *area);

/* Runs the machine.  If the engine is killed, or was killed before, returns no
   instructions, and session->killed is true. */
struct outcome engine_use_run(struct session *session, uint32_t budget);

/* Returns the lines that the engine has recorded. */
struct lines_used engine_use_lines(struct session *session);

/* Notify the engine of a change to one line, or to any other state. */
void session_line_written(struct session *session, unsigned line);
void session_state_changed(struct session *session);

/* Forgets the lines used (lines_used.h), because a program starts anew. */
void session_forget_lines(struct session *session);
/* Restarts the counts, because the program starts again. */
void session_reset_counts(struct session *session);

/* Between these calls, changes are not reported to the engine one by one, but
   together, at its next call or at the end. */
void engine_use_defer(struct session *session);
void engine_use_report(struct session *session);
