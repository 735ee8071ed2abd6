/* SPDX-License-Identifier: MIT */
#include "lines_used.h"
#include "engine_use.h"

void session_collect_lines(struct session *session)
{
    struct lines_used *used = &session->observed.used, added;

    added = engine_use_lines(session);
    used->executed |= added.executed;
    used->accessed |= added.accessed;
}

void session_note_bar(struct session *session, const struct bar *bar)
{
    struct lines_used *used = &session->observed.used;

    if (bar->hung)
        return;
    if (!session->controls.manual)
        used->executed |= 1u << bar->control_line;
    if (word_function(bar->instruction) < CMP)
        used->accessed |= 1u << bar->action_line;
}

void session_note_call(struct session *session)
{
    if (session->engine->lines_used == NULL || session->profile != NULL)
        session->observed.sampled = true;
}
