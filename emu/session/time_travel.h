/* SPDX-License-Identifier: MIT */
/*
 * A session in the past: machine, switches and notes are as they were, and
 * recorded actions are replayed until you change something.
 */
#pragma once

#include "emu/history/seek.h"
#include "session_state.h"

/* Records the state in history; to be called after each action of the
   operator.  In the past it follows history. */
void session_record(struct session *session);

/*
 * Begin to seek: the position with this STEP; the first with so many
 * INSTRUCTIONS since load; the last before this at which BREAKPOINTS would have
 * ended a run.  CS goes to Stop.  One call of the seek is made at once, the
 * rest in turns, while the machine stays as it is; then it is at that position,
 * with its notes and undo.  False: there is no such position.
 */
bool session_seek_step(struct session *session, uint64_t step);
bool session_seek_count(struct session *session, uint64_t instructions);
bool session_reverse_continue(struct session *session,
                              const struct breakpoints *breakpoints);
/* The same to look only: ends as SEEK_PREVIEW, with the position in
   travel.history->seek.at. */
bool session_peek_count(struct session *session, uint64_t instructions);
/* Then: counts in PROFILE what was executed from there to here. */
void session_profile_range(struct session *session, struct profile *profile);

/* How a seek ended since the last call; SEEK_NONE: none did. */
enum seek_status session_seek_result(struct session *session);

/* Runs flat out to instruction COUNT since load. */
void session_run_to(struct session *session, uint64_t count);

/* Returns to the present at once, with every action replayed. */
void session_leave_past(struct session *session);

/* ---- for the files of session/ ---- */

/* Continues a seek by one call; true: there was one. */
bool session_seek_turn(struct session *session);
/* In the past: returns how many of the DUE bars may run before the next
   recorded action or the present.  Returns 0 if an action was next; it is
   replayed. */
uint32_t session_replay(struct session *session, uint32_t due);
/* Finds in history what `last` does not know. */
void session_recall_last(struct session *session);
