/* SPDX-License-Identifier: MIT */
#include "clone.h"
#include "session.h"

void session_restart_engine(struct session *session, struct code_area *area)
{
    const struct engine *engine = session->engine;

    session->engine = NULL;
    session_set_engine(session, &engine_predecoded, NULL);
    session_set_engine(session, engine, area);
}

static void release_keys(struct session *session)
{
    session->press = (struct press){0};
    session->held = (struct held){0};
    session->controls.typewriter = session->controls.strip = 0;
    session->controls.holds_control = false;
}

void session_clone(struct session *copy, struct engine_space *space,
                   union engine_state *state, const struct session *session,
                   struct code_area *area)
{
    *copy = *session;
    copy->space = space;
    copy->killed = false;
    copy->engine_state = state;
    copy->journal = NULL;
    copy->travel = (struct time_travel){.budget = session->travel.budget};
    copy->entered.unsaved_in_present = copy->entered.unsaved;
    copy->profile = NULL;
    copy->observed.lockstep = NULL;
    copy->observed.by_engine = false;
    copy->slice_max = UINT32_MAX;
    release_keys(copy);
    session_restart_engine(copy, area);
}
