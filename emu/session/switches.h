/* SPDX-License-Identifier: MIT */
/* The operator's switches, and edits to lines.  All but CS can be undone. */
#pragma once

#include "session_state.h"

/* Switches and keys of 1948.  Each change is a separate undo action. */

/* Sets the L or F switch of the given digit (0-4 or 13-15). */
void session_set_switch(struct session *session, unsigned digit, bool down);
void session_set_manual(struct session *session, bool manual);
void session_set_erase(struct session *session, bool erase);
/* Sets CS to Run or Stop.  The machine always stops between instructions. */
void session_set_cs(struct session *session, bool run);
/* Resets the controls to normal.  Returns false if they already were. */
bool session_make_normal(struct session *session);
/* Presses KCC, which clears CI, PI, A and the counts. */
void session_clear_control(struct session *session);
/* Presses KSC, which clears the store, its notes and the head comments. */
void session_clear_store(struct session *session);

/* For the edits below, call session_begin_action() first.  They become part of
   the program as entered. */

/* Sets title (NOTE_TITLE) or author (NOTE_AUTHOR).  In a file only a program
   with a title can have an author or other head comments, so a missing one
   becomes "Untitled". */
void session_set_title(struct session *session, unsigned which,
                       const char *text);
void session_set_line(struct session *session, unsigned line,
                      const struct line *content);
/* Sets the digits of LINE selected by the mask DIGITS to those of WORD. */
void session_set_digits(struct session *session, unsigned line, uint32_t digits,
                        uint32_t word);
