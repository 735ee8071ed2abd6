/* SPDX-License-Identifier: MIT */
#include "session_state.h"
#include "emu/machine/count.h"
#include <string.h>

bool session_runs(const struct session *session)
{
    return session->cs && !session->machine.neon && !session->hung;
}

bool session_has_history(const struct session *session)
{
    return session->travel.history != NULL &&
           session->travel.history->count > 0;
}

bool session_in_past(const struct session *session)
{
    return session_has_history(session) &&
           history_in_past(session->travel.history);
}

bool session_is_seeking(const struct session *session)
{
    return session->travel.history != NULL &&
           session->travel.history->seek.advance != NULL;
}

uint64_t session_instructions(const struct session *session)
{
    return session->machine.instructions - session->uncounted;
}

void session_snapshot(const struct session *session, struct snapshot *snapshot)
{
    *snapshot = (struct snapshot){
        .machine = session->machine,
        .controls = session->controls,
        .hung = session->hung,
        .uncounted = session->uncounted,
        .machine_us = session->machine_us,
        .bar_us = session_in_past(session)
                      ? session->travel.history->at.snapshot.bar_us
                      : speeds[session->pace.speed].bar_us,
    };
}

struct line session_line(const struct session *session, unsigned line)
{
    struct line content = {
        .word = session->machine.store[line],
        .entered = session->entered.store[line],
        .number = session->notes.numbers >> line & 1,
    };

    if (session->notes.shown >> line & 1)
        memcpy(content.note, session->notes.text[line], NOTE_SIZE);
    return content;
}

void session_add_time(struct session *session, uint32_t bars)
{
    count_add(&session->machine_us, (uint64_t)bars * session->bar_us);
}

void session_become(struct session *session, const struct snapshot *snapshot)
{
    session->machine = snapshot->machine;
    session->controls = snapshot->controls;
    session->hung = snapshot->hung;
    session->uncounted = snapshot->uncounted;
    session->machine_us = snapshot->machine_us;
}

/* Restarts history when a count saturates, because counts identify positions.
   Prepulse counts that are still awaited are reset as well. */
static void restart_history(struct session *session, const struct snapshot *now,
                            uint32_t records)
{
    session->press.since = 0;
    session->run_control.from = 0;
    if (session_has_history(session))
        history_begin(session->travel.history, now, records);
}

bool session_record_state(struct session *session)
{
    struct snapshot now;
    bool past = session_in_past(session);
    bool saturated = machine_saturate(&session->machine);
    uint32_t records = session->journal != NULL ? session->journal->end : 0;

    session_snapshot(session, &now);
    session->bar_us = now.bar_us;
    if (saturated)
        restart_history(session, &now, records);
    if (saturated || !session_has_history(session))
        return false;
    history_record(session->travel.history, &now, records);
    if (past) {
        session->machine_us = session->travel.history->at.snapshot.machine_us;
        session->bar_us = session->travel.history->at.snapshot.bar_us;
    }
    return past && !session_in_past(session);
}
