/* SPDX-License-Identifier: MIT */
/* Which lines of the store the program has executed, read or written since the
   last load, KCC or KSC. */
#pragma once

#include "session_state.h"

/* Adds the lines recorded by the selected engine. */
void session_collect_lines(struct session *session);

/* Records the lines used by a bar executed by the reference. */
void session_note_bar(struct session *session, const struct bar *bar);

/* Called when the selected engine has executed instructions.  Lines may have
   been missed if it does not record them. */
void session_note_call(struct session *session);
