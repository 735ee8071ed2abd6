/* SPDX-License-Identifier: MIT */
/* Handles typewriter buttons and strip keys while they are held down. */
#pragma once

#include "session_state.h"

/* Sets the keys held down, as bitmasks defined in struct controls.  Each press
   acts for at least one bar even if released earlier; later presses are queued.
   If WAITING_MAX presses are queued, a new one replaces the last. */
void session_hold_keys(struct session *session, uint32_t typewriter,
                       uint32_t strip);

/* ---- Internal to session/ ---- */

/* Applies held keys to a stopped machine, and processes key releases. */
void session_update_held_keys(struct session *session);
/* Saves the old values of digits forced by held keys in BAR, for undo. */
void session_note_forced(struct session *session, const struct bar *bar);
