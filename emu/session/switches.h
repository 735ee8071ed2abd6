/* SPDX-License-Identifier: MIT */
/* The operator's switches, and edits of lines.  All but CS can be undone. */
#pragma once

#include "session_state.h"

/* ---- switches and keys of 1948; each is an action ---- */

/* The L or F switch of DIGIT (0-4, 13-15). */
void session_set_switch(struct session *session, unsigned digit, bool down);
void session_set_manual(struct session *session, bool manual);
void session_set_erase(struct session *session, bool erase);
/* CS to Run or Stop.  At Stop the current instruction is complete. */
void session_set_cs(struct session *session, bool run);
/* Sets the controls to normal.  False: they were. */
bool session_make_normal(struct session *session);
/* KCC: zeroes CI, PI, A and the counts. */
void session_clear_control(struct session *session);
/* KSC: clears the store, its notes and the program's head. */
void session_clear_store(struct session *session);

/* ---- edits; the caller begins the action ---- */

void session_set_line(struct session *session, unsigned line,
                      const struct line *content);
/* DIGITS of the word alone. */
void session_set_digits(struct session *session, unsigned line, uint32_t digits,
                        uint32_t word);
