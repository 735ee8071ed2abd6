/* SPDX-License-Identifier: MIT */
/*
 * Moves a session into the past.  Machine, switches and notes are restored, and
 * recorded actions are replayed until the operator changes something.
 */
#pragma once

#include "emu/history/seek.h"
#include "session_state.h"

/* Records the state in history, or follows history while in the past.  Must be
   called after every operator action. */
void session_record(struct session *session);

/*
 * Start a seek to the given step, to the first position with the given
 * instruction count, or back to the last position where a breakpoint fires.
 * Return false if there is no such position.  CS is set to Stop.  One call is
 * made immediately and the others in later turns; the machine changes only when
 * the seek completes.
 */
bool session_seek_step(struct session *session, uint64_t step);
bool session_seek_count(struct session *session, uint64_t instructions);
bool session_reverse_continue(struct session *session,
                              const struct breakpoints *breakpoints);
/* Like session_seek_count(), but leaves the machine unchanged and stores the
   position in travel.history->seek.at. */
bool session_peek_count(struct session *session, uint64_t instructions);
/* Profiles execution from the position found by session_peek_count() to now. */
void session_profile_range(struct session *session, struct profile *profile);

/* Returns and clears the result of a completed seek, or SEEK_NONE. */
enum seek_status session_seek_result(struct session *session);

/* Runs at full speed until COUNT instructions have been executed since the
   program was loaded. */
void session_run_to(struct session *session, uint64_t count);

/* Returns to the present immediately, with all recorded actions applied. */
void session_leave_past(struct session *session);

/* ---- Internal to session/ ---- */

/* Continues the current seek by one call.  Returns false if there is none. */
bool session_seek_turn(struct session *session);
/* Returns how many of the DUE bars can run before the next recorded action or
   the present.  If an action is next, replays it and returns 0. */
uint32_t session_replay(struct session *session, uint32_t due);
/* Completes `last` from history if its operand is unknown. */
void session_recall_last(struct session *session);
