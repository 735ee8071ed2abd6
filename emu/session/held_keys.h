/* SPDX-License-Identifier: MIT */
/* Typewriter buttons and keys of the strip while they are held down. */
#pragma once

#include "session_state.h"

/*
 * TYPEWRITER and STRIP are held from now on, as in struct controls.  Each
 * press acts for at least one bar: a key released sooner acts until the bar
 * has passed, and later presses wait their turn.  WAITING_MAX presses may
 * wait; one more replaces the last of them.
 */
void session_hold_keys(struct session *session, uint32_t typewriter,
                       uint32_t strip);

/* ---- for the files of session/ ---- */

/* Lets held keys act on a machine at rest, and ends released ones. */
void session_update_held_keys(struct session *session);
/* Remembers for undo the digits that BAR forced in two lines. */
void session_note_forced(struct session *session, const struct bar *bar);
