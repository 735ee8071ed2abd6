/* SPDX-License-Identifier: MIT */
#include "attach.h"
#include "held_keys.h"
#include "switches.h"
#include "time_travel.h"
#include "undo.h"

void session_attach(struct session *session, struct journal *journal,
                    struct history *history)
{
    struct snapshot now;

    /* HISTORY still has the positions of another session. */
    session_snapshot(session, &now);
    session->journal = journal;
    undo_begin_journal(session);
    session->travel.history = history;
    if (history != NULL)
        history_begin(history, &now, journal != NULL ? journal->end : 0);
}

void session_detach(struct session *session)
{
    if (session_in_past(session)) {
        session_set_cs(session, false);
        session_leave_past(session);
    }
    session_hold_keys(session, 0, 0);
    session->journal = NULL;
    session->travel = (struct time_travel){.budget = session->travel.budget};
    session->profile = NULL;
    session->observed.lockstep = NULL;
    session->observed.by_engine = false;
    session->slice_max = UINT32_MAX;
}
