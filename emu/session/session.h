/* SPDX-License-Identifier: MIT */
/* Session API: everything an operator can do with the machine. */
#pragma once

#include "held_keys.h"
#include "loading.h"
#include "run_control.h"
#include "switches.h"
#include "time_travel.h"
#include "undo.h"

/* Initialises *SESSION, whose engine keeps its state in *STATE and runs in
   SPACE, which is NULL if it runs here.  JOURNAL and HISTORY may be NULL. */
void session_start(struct session *session, struct engine_space *space,
                   union engine_state *state, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now);

/* Selects the engine that executes programs.  Returns false and keeps the
   previous one if ENGINE cannot run on this machine. */
bool session_set_engine(struct session *session, const struct engine *engine,
                        struct code_area *area);

/* Presses KC: runs one prepulse, even if the neon is lit.  Does nothing if the
   machine is running.  If CS is at Run, the machine then keeps running. */
void session_kc(struct session *session);
/* Runs at most BUDGET instructions (1 to LINES) in one engine call and logs
   them for the tube.  Acts like session_kc() if the engine cannot be used. */
void session_run_block(struct session *session, uint32_t budget);
/* Returns the line the next prepulse will fetch, given the L switches. */
unsigned session_next_line(const struct session *session);

/* Runs the prepulses due at NOW.  LAST_OF_FRAME must be true if the screen is
   repainted next, so that the last bars are logged for the tube. */
void session_turn(struct session *session, uint64_t now, bool last_of_frame);
/* Makes another engine or seek call in the same slice.  Returns false if no
   work is left.  Call session_record() at the end of the slice. */
bool session_turn_more(struct session *session, uint64_t now);
/* Adjusts the call size.  TOOK is the last call's duration in microseconds. */
void session_account_call(struct session *session, uint64_t took);
/* Returns true if more prepulses are due than one session_turn() can run. */
bool session_is_behind(struct session *session, uint64_t now);
/* Ends a 20 ms frame.  Returns false if the tube needs no more updates. */
bool session_end_frame(struct session *session);
/* Returns the time in microseconds until more work is due, or UINT32_MAX. */
uint32_t session_wait(const struct session *session);
