/* SPDX-License-Identifier: MIT */
/*
 * The last instruction in plain words: "SUB 27   A = 9 - 4 = 5".
 */
#ifndef UI_BASE_EXPLAIN_H
#define UI_BASE_EXPLAIN_H

#include "emu/session/session.h"
#include "emu/text/strbuf.h"

/* Adds what the last prepulse did, or how to begin if there was none. */
void words_last(struct strbuf *text, const struct session *session);

/* Adds its effect alone; there must have been one, and it not hung. */
void words_effect(struct strbuf *text, const struct session *session);

/* Adds what a run stopped at; nothing where it was no stop that was set. */
void words_stop(struct strbuf *text, const struct session *session);

/* Adds what an operator can do now: how to go on after a Stop or a hang.
   PANEL: on the panel, else on the editor's page. */
void words_advice(struct strbuf *text, const struct session *session,
                  bool panel);

/* Adds what the switches do that are not as a program needs them, in a row of
   79 characters at most; nothing where all is normal. */
void words_switches(struct strbuf *text, const struct session *session);

#endif
