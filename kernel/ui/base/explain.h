/* SPDX-License-Identifier: MIT */
/* Describes the last instruction in words: "SUB 27   A = 9 - 4 = 5". */
#pragma once

#include "emu/session/session.h"
#include "emu/text/strbuf.h"

/* Adds what the last prepulse did, or how to begin if there was none. */
void explain_last(struct strbuf *text, const struct session *session);

/* Adds only its effect; there must have been a prepulse that did not hang. */
void explain_effect(struct strbuf *text, const struct session *session);

/* Adds which breakpoint ended the run; nothing if none did. */
void explain_break(struct strbuf *text, const struct session *session);

/* Adds what you can do now, also after a Stop or a hang; PANEL: on the panel,
   else on the editor's page. */
void explain_advice(struct strbuf *text, const struct session *session,
                    bool panel);

/* Adds the effect of switches that are not normal, in at most 79 characters. */
void explain_switches(struct strbuf *text, const struct session *session);
