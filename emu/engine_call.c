/* SPDX-License-Identifier: MIT */
#include "engine_call.h"

static void notify(const struct engine_call *call)
{
    if (call->changed)
        call->engine->state_changed(call->state);
    for (unsigned line = 0; line < LINES; line++)
        if (call->written >> line & 1)
            call->engine->line_written(call->state, call->machine, line);
}

static void start(struct engine_call *call)
{
    call->started = call->engine->start(call->state, call->area);
    if (!call->started)
        return;
    translator_set_hot(call->engine, call->state, call->hot);
    translator_limit_work(call->engine, call->state);
}

void engine_call_execute(struct engine_call *call)
{
    const struct engine *engine = call->engine;

    if (call->function == ENGINE_START) {
        start(call);
        return;
    }
    notify(call);
    if (call->function == ENGINE_RUN)
        call->outcome = engine->run(call->state, call->machine,
                                    call->breakpoints, call->budget);
    if (call->function == ENGINE_LINES_USED && engine->lines_used != NULL)
        call->lines_used = engine->lines_used(call->state);
    if (call->function == ENGINE_RESTART && engine->restart != NULL)
        engine->restart(call->state);
}

bool engine_call_in(struct engine_space *space, struct engine_call *call)
{
    if (space != NULL)
        return space->enter(space, call);
    engine_call_execute(call);
    return true;
}
