/* SPDX-License-Identifier: MIT */
/*
 * The last instruction in plain words: "SUB 27   A = 9 - 4 = 5".
 */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "emu/session/session.h"
#include "emu/text/strbuf.h"

/* Adds what the last prepulse did, or how to begin if there was none. */
void words_last(struct text *text, const struct desk *desk);

/* Adds its effect alone; there must have been one, and it not hung. */
void words_effect(struct text *text, const struct desk *desk);

/* Adds what a run stopped at; nothing where it was no stop that was set. */
void words_stop(struct text *text, const struct desk *desk);

/* Adds what an operator can do now: how to go on after a Stop or a hang.
   PANEL: on the panel, else on the editor's page. */
void words_advice(struct text *text, const struct desk *desk, bool panel);

/* Adds what the switches do that are not as a program needs them, in a row of
   79 characters at most; nothing where all is normal. */
void words_switches(struct text *text, const struct desk *desk);

#endif
