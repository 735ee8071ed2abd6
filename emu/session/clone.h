/* SPDX-License-Identifier: MIT */
/* Copies sessions. */
#pragma once

#include "session_state.h"

/* Makes *COPY a session that goes on from the current state of SESSION: the
   same machine, program, notes, switches and breakpoints, with no key held.  It
   records nothing.  Its engine runs in SPACE, which may be NULL, keeps its
   state in *STATE and starts with AREA; if it cannot, it is predecoded. */
void session_clone(struct session *copy, struct engine_space *space,
                   union engine_state *state, const struct session *session,
                   struct code_area *area);

/* Starts the engine again without reading its state, which may be damaged. */
void session_restart_engine(struct session *session, struct code_area *area);
