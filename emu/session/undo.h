/* SPDX-License-Identifier: MIT */
/*
 * What hands change on the desk goes through here, so that the journal knows
 * of it.  For the files that the desk is made of.
 */
#ifndef UI_DEEDS_H
#define UI_DEEDS_H

#include "session.h"

/*
 * Sets DIGITS of what DEED names (with LINE, of a line of the store) to those
 * of VALUE, and records it in the action begun last, if they were others.
 */
void deed_change(struct desk *desk, enum deed deed, unsigned line,
                 uint32_t digits, uint32_t value);

/* Records that DIGITS of LINE, which were those of BEFORE, have changed. */
void deed_line_changed(struct desk *desk, unsigned line, uint32_t digits,
                       uint32_t before);

/* Records what was changed already, if AFTER is not BEFORE. */
void deed_happened(struct desk *desk, enum deed deed, uint32_t before,
                   uint32_t after);

/* Sets the note beside LINE, and records it if it was another. */
void deed_note(struct desk *desk, unsigned line, const char note[NOTE_SIZE]);

/* Records a reload; the caller changes what belongs to it. */
void deed_reload(struct desk *desk);

/* Whether there are edits that are not saved. */
void deeds_find_edited(struct desk *desk);

/* Notes, how lines are shown, and what can be undone become what they were
   when the journal had so many RECORDS. */
void deeds_seek(struct desk *desk, uint32_t records);

#endif
