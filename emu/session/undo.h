/* SPDX-License-Identifier: MIT */
/*
 * Applies the operator's changes and journals them for undo.  All changes
 * between two calls of session_begin_action() are undone together.
 */
#pragma once

#include "session_state.h"

void session_begin_action(struct session *session);

/* Return false if there is nothing to undo or redo, or if a key is held. */
bool session_undo(struct session *session);
bool session_redo(struct session *session);

/* Makes the current position the present, discarding everything after it.  Any
   change made in the past does this automatically. */
void session_discard_future(struct session *session);

/* ---- Internal to session/ ---- */

/* Clears the journal, because a program was loaded or a session attached. */
void undo_begin_journal(struct session *session);

/* Sets the bits in mask DIGITS of the word selected by OP, and records any
   change.  LINE is used only for OP_LINE and OP_ENTERED. */
void undo_set(struct session *session, enum op op, unsigned line,
              uint32_t digits, uint32_t value);

/* Sets the given note (a line number, NOTE_TITLE or NOTE_AUTHOR) to TEXT, of
   less than NOTE_SIZE characters, and records any change. */
void undo_set_note(struct session *session, unsigned note, const char *text);

/* Sets a line of the store to WORD, and the same line of the program as entered
   to ENTERED.  Records both changes. */
void undo_set_line(struct session *session, unsigned line, uint32_t word,
                   uint32_t entered);
/* Makes the word of LINE part of the program as entered. */
void undo_enter_line(struct session *session, unsigned line);

/* Record a change already made: to a value, to a line, or by a reload or
   restart, whose individual changes are recorded separately. */
void undo_record(struct session *session, enum op op, uint32_t before,
                 uint32_t after);
void undo_record_line(struct session *session, unsigned line, uint32_t digits,
                      uint32_t before);
void undo_record_reload(struct session *session, bool snapshot);

/* Restores notes, line formats and undo state as of journal record RECORDS. */
void undo_seek(struct session *session, uint32_t records);
