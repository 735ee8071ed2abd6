/* SPDX-License-Identifier: MIT */
/*
 * Changes by hand: applies them, and records them in the journal for undo.
 *
 * An action is one step of undo; it begins with session_begin_action() and
 * holds the changes made until the next one begins.
 */
#pragma once

#include "session_state.h"

void session_begin_action(struct session *session);

/* False: nothing to undo or redo, or a key is held. */
bool session_undo(struct session *session);
bool session_redo(struct session *session);

/* Makes the past the present: discards everything recorded after it.  Any
   change by hand in the past does so without asking. */
void session_discard_future(struct session *session);

/* ---- for the files of session/ ---- */

/* Sets the digits of OP's word (LINE: of a line of the store) that DIGITS
   masks, and records the change if there is one. */
void undo_set(struct session *session, enum op op, unsigned line,
              uint32_t digits, uint32_t value);

/* Sets the note beside LINE, and records it if it changed. */
void undo_set_note(struct session *session, unsigned line,
                   const char note[NOTE_SIZE]);

/* Record a change already made: of OP, if BEFORE differs from AFTER; of
   DIGITS of LINE, which were those of BEFORE; a reload, whose parts the caller
   records. */
void undo_record(struct session *session, enum op op, uint32_t before,
                 uint32_t after);
void undo_record_line(struct session *session, unsigned line, uint32_t digits,
                      uint32_t before);
void undo_record_reload(struct session *session);

/* Recomputes whether edits are unsaved. */
void undo_update_edited(struct session *session);

/* Sets notes, line formats and undo to those of the moment when the journal
   had RECORDS. */
void undo_seek(struct session *session, uint32_t records);
