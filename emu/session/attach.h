/* SPDX-License-Identifier: MIT */
/* Lends one of several sessions the undo journal and the history, of which a PC
   has one each, and takes them back. */
#pragma once

#include "session_state.h"

/* Starts JOURNAL and HISTORY, which may be NULL, at the current state. */
void session_attach(struct session *session, struct journal *journal,
                    struct history *history);

/* Returns to the present, releases all keys, and ends recording, the profile
   and lockstep.  The machine keeps running.  The session can then be moved. */
void session_detach(struct session *session);
