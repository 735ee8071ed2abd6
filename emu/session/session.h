/* SPDX-License-Identifier: MIT */
/*
 * A session: everything an operator can do with the machine.
 *
 * session_state.h    what a session holds
 * loading.h          programs and snapshots
 * switches.h         switches of 1948, edits of lines
 * held_keys.h        typewriter and strip
 * run_control.h      breakpoints
 * undo.h             undo, redo
 * time_travel.h      history
 */
#pragma once

#include "held_keys.h"
#include "loading.h"
#include "run_control.h"
#include "switches.h"
#include "time_travel.h"
#include "undo.h"

/* Initialises *SESSION; JOURNAL and HISTORY may be NULL. */
void session_start(struct session *session, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now);

/* ENGINE executes from now on; the translator uses session->hot.  False: it
   cannot run here, and the one before stays. */
bool session_set_engine(struct session *session, const struct engine *engine,
                        struct code_area *area);

/* ---- execution ---- */

/* KC: one prepulse, in spite of the neon; nothing while the machine runs.
   With CS at Run the machine goes on. */
void session_kc(struct session *session);
/* One call of the engine of at most BUDGET (1 to LINES) instructions, logged
   for the tube; KC where the engine must not execute. */
void session_run_block(struct session *session, uint32_t budget);
/* The line that the next prepulse fetches, through the L switches. */
unsigned session_next_line(const struct session *session);

/* ---- time ---- */

/* Runs what is due at NOW.  LAST_OF_FRAME: a repaint follows, so the last bars
   are logged for the tube. */
void session_turn(struct session *session, uint64_t now, bool last_of_frame);
/* One more call of the engine or of a seek in the same slice; false: nothing
   left for it.  session_record() is due after the last. */
bool session_turn_more(struct session *session, uint64_t now);
/* That call took so many microseconds. */
void session_account_call(struct session *session, uint64_t took);
/* Whether more prepulses are due at NOW than one session_turn() runs. */
bool session_is_behind(struct session *session, uint64_t now);
/* Ends a frame of 20 ms; false: the tube will not change by itself. */
bool session_end_frame(struct session *session);
/* Microseconds until something is due; UINT32_MAX: nothing. */
uint32_t session_wait(const struct session *session);
