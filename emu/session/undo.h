/* SPDX-License-Identifier: MIT */
/*
 * What hands change on the desk goes through here, so that the journal knows
 * of it.  For the files that the desk is made of.
 */
#ifndef EMU_SESSION_UNDO_H
#define EMU_SESSION_UNDO_H

#include "session.h"

/*
 * Sets DIGITS of what DEED names (with LINE, of a line of the store) to those
 * of VALUE, and records it in the action begun last, if they were others.
 */
void undo_set(struct session *session, enum op op, unsigned line,
              uint32_t digits, uint32_t value);

/* Records that DIGITS of LINE, which were those of BEFORE, have changed. */
void undo_record_line(struct session *session, unsigned line, uint32_t digits,
                      uint32_t before);

/* Records what was changed already, if AFTER is not BEFORE. */
void undo_record(struct session *session, enum op op, uint32_t before,
                 uint32_t after);

/* Sets the note beside LINE, and records it if it was another. */
void undo_set_note(struct session *session, unsigned line,
                   const char note[NOTE_SIZE]);

/* Records a reload; the caller changes what belongs to it. */
void undo_record_reload(struct session *session);

/* Whether there are edits that are not saved. */
void undo_update_edited(struct session *session);

/* Notes, how lines are shown, and what can be undone become what they were
   when the journal had so many RECORDS. */
void undo_seek(struct session *session, uint32_t records);

#endif
