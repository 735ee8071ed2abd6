/* SPDX-License-Identifier: MIT */
/*
 * A call of an engine as data, so that it can be executed in another address
 * space.
 *
 * On a PC, a hypervisor executes the engine in ring 3, where it reaches nothing
 * but its own memory.  Elsewhere the call is executed directly.
 */
#pragma once

#include "engines.h"

enum engine_function {
    ENGINE_START,  /* starts ENGINE and sets its settings */
    ENGINE_RUN,    /* executes at most BUDGET instructions */
    ENGINE_NOTIFY, /* reports the changes only */
    ENGINE_LINES_USED,
    ENGINE_RESTART,
};

struct engine_call {
    enum engine_function function;
    const struct engine *engine;
    union engine_state *state;
    struct machine *machine;
    const struct breakpoints *breakpoints;

    struct code_area *area; /* for ENGINE_START, may be NULL */
    uint32_t hot;           /* see translator_set_hot(), for ENGINE_START */
    uint32_t budget;        /* for ENGINE_RUN */

    /* Changes since the last call, reported to the engine first. */
    uint32_t written; /* mask of the lines that were written */
    bool changed;     /* true if anything may have changed */

    /* Time in microseconds after which the call may be ended by force. */
    uint32_t limit_us;

    /* Results */
    bool started;                 /* of ENGINE_START */
    struct outcome outcome;       /* of ENGINE_RUN */
    struct lines_used lines_used; /* of ENGINE_LINES_USED, 0 if not recorded */
};

#define ENGINE_FAULT_SIZE 120

/* An address space in which engines run. */
struct engine_space {
    /* Executes CALL there.  Returns false if the engine was killed.  Then the
       machine is as before the call, the engine's state is undefined, and
       `fault` is what the engine did. */
    bool (*enter)(struct engine_space *space, struct engine_call *call);
    /* Makes the state of this space's engine readable at its address, which may
       be the same in every space. */
    void (*show)(struct engine_space *space);
    bool overran; /* true if the engine was killed because it took too long */
    char fault[ENGINE_FAULT_SIZE];
};

/* Executes CALL in this address space. */
void engine_call_execute(struct engine_call *call);

/* Executes CALL in SPACE, or in this address space if SPACE is NULL.  Returns
   false if the engine was killed. */
bool engine_call_in(struct engine_space *space, struct engine_call *call);
