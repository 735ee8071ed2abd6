/* SPDX-License-Identifier: MIT */
/* Describes instructions and their effects, e.g. "SUB 27   A = 9 - 4 = 5". */
#pragma once

#include "emu/session/session.h"
#include "emu/text/strbuf.h"

/* Adds the last instruction and its effect, or the reason why there is none. */
void explain_last(struct strbuf *text, const struct session *session);

/* Adds the effect of the last instruction.  One must have been executed. */
void explain_effect(struct strbuf *text, const struct session *session);

/* Adds the breakpoint that stopped the run, if any. */
void explain_break(struct strbuf *text, const struct session *session);

/* Adds advice on what to do next, worded for the panel or the editor page, with
   the caps of KEYMAP. */
void explain_advice(struct strbuf *text, const struct session *session,
                    bool panel, unsigned keymap);

/* Adds the effects of switches not set to normal, in up to 79 characters. */
void explain_switches(struct strbuf *text, const struct session *session);
