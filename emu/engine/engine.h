/* SPDX-License-Identifier: MIT */
/*
 * The interface of an engine, one way to execute the machine.
 *
 * A new engine is one file in this folder, which defines `engine_NAME`, and
 * one row in ENGINES below.  Lockstep, self test, bench, lab and the option
 * engine= find it in engines[].  Its V-state may be private to its file; a
 * test fails if it is larger than union engine_state (emu/engines.h), which
 * then needs a larger member.
 *
 * In the lecture's words struct machine is the T-state, the state of the
 * target machine.  The V-state is the engine's own (decoded words, translated
 * code), one for each machine, in memory of the caller.  run() returns with
 * every field of the T-state exact, so that any engine can continue from it.
 *
 * Engines support normal controls only (Auto, all switches down, nothing
 * held); otherwise the caller uses prepulse().
 */
#pragma once

#include "emu/machine/breakpoints.h"
#include <stddef.h>

enum run_status {
    RUN_BUDGET,     /* the budget is used up */
    RUN_STOP,       /* STP was executed, or the neon was lit at the call */
    RUN_HUNG,       /* the last prepulse fetched nothing; it is not counted */
    RUN_BREAKPOINT, /* a breakpoint was hit */
};

struct outcome {
    uint32_t instructions; /* executed by this call */
    enum run_status status;
};

/*
 * Memory for translated code.  open() makes it writable, seal() makes it
 * executable; it is never both.
 */
struct code_area {
    uint8_t *at;
    size_t size; /* bytes; may be 0 */
    void (*open)(struct code_area *area);
    void (*seal)(struct code_area *area);
};

struct engine {
    const char *name;  /* as in engine=NAME */
    const char *story; /* how it works and in which files; NULL: none */
    size_t state_size; /* bytes of V-state, aligned as for uint64_t */

    /* Initializes STATE for a machine with unknown contents.  AREA may be
       NULL.  Returns false if AREA does not suffice for this engine. */
    bool (*start)(void *state, struct code_area *area);
    /*
     * Executes at most BUDGET instructions.  With the neon lit it returns
     * (0, RUN_STOP) at once.  Where two ends coincide:
     * - STP as the last instruction of the budget is RUN_STOP.  If the
     *   prepulse after the budget would hang or hit a breakpoint, the status
     *   is RUN_BUDGET.
     * - A breakpoint before the first prepulse of a call is ignored.
     * - A breakpoint after an instruction applies to the last of the budget
     *   too, but STP and a hang take precedence.
     */
    struct outcome (*run)(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);
    /* The caller changed LINE of the store since the last run(). */
    void (*line_written)(void *state, const struct machine *machine,
                         unsigned line);
    /* The caller changed anything else: the whole store, options,
       breakpoints.  Not needed for A, CI, PI, flip-flop and neon, which run()
       reads from the machine. */
    void (*state_changed)(void *state);
};

/* For engines without V-state between two calls. */
static inline bool stateless_start(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    return true;
}

static inline void
ignore_line_written(void *state, const struct machine *machine, unsigned line)
{
    (void)state;
    (void)machine;
    (void)line;
}

static inline void ignore_state_changed(void *state)
{
    (void)state;
}

/* The interpreters, the reference first, a row each.  The translator follows
   them in engines[]: it is an engine on an i386 only. */
#define ENGINES(ROW)                                                           \
    ROW(reference)                                                             \
    ROW(threaded)                                                              \
    ROW(predecoded)

#define ENGINE_DECLARE(name) extern const struct engine engine_##name;
ENGINES(ENGINE_DECLARE)

#define ENGINE_NAME(name) #name "|"
#define ENGINE_NAMES      ENGINES(ENGINE_NAME) "translator"

/* All engines of this build, ended by NULL. */
extern const struct engine *const engines[];
