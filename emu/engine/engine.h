/* SPDX-License-Identifier: MIT */
/*
 * The interface of an engine: one technique for executing the machine.
 *
 * To add an engine, write a file in this folder that defines `engine_NAME`, and
 * add a row to ENGINES below.  The tests, the lab and the engine= option find
 * it in engines[].  A test fails if an engine's private state does not fit into
 * union engine_state (emu/engines.h).
 *
 * In the lecture's terms, struct machine is the T-state (the state of the
 * target machine).  Everything else that an engine keeps, such as decoded words
 * or translated code, is its V-state, which the caller allocates.  After run()
 * the T-state is exact, so any other engine can continue from it.
 *
 * Engines support normal controls only: Auto, all switches down and no key
 * held.  For anything else the caller uses prepulse().
 */
#pragma once

#include "emu/machine/breakpoints.h"
#include <stddef.h>

enum run_status {
    RUN_BUDGET,     /* the instruction budget is used up */
    RUN_STOP,       /* STP was executed, or the neon was already lit */
    RUN_HUNG,       /* the machine hung; the last prepulse is not counted */
    RUN_BREAKPOINT, /* a breakpoint was hit */
};

struct outcome {
    uint32_t instructions; /* number of instructions executed */
    enum run_status status;
};

/* Memory for translated code, either writable after open() or executable after
   seal(), but never both. */
struct code_area {
    uint8_t *at;
    size_t size; /* size in bytes, which may be 0 */
    void (*open)(struct code_area *area);
    void (*seal)(struct code_area *area);
};

/* Bitmasks of the lines that were executed, and of those that the instructions
   in them read or wrote. */
struct lines_used {
    uint32_t executed, accessed;
};

/* Records that WORD was executed in LINE. */
static inline void lines_used_add(struct lines_used *used, unsigned line,
                                  uint32_t word)
{
    used->executed |= 1u << line;
    if (word_function(word) < CMP)
        used->accessed |= 1u << word_line(word);
}

struct engine {
    const char *name;  /* name used by the engine= option */
    const char *story; /* description for the user, or NULL */
    /* Size of the private state in bytes, aligned as for uint64_t. */
    size_t state_size;

    /* Initializes STATE for a machine with unknown contents.  AREA may be NULL.
       Returns false if the engine cannot run with this AREA. */
    bool (*start)(void *state, struct code_area *area);
    /* Executes at most BUDGET instructions.  If the neon is lit, returns
       RUN_STOP at once.  STP as the last instruction of the budget returns
       RUN_STOP, but a hang or breakpoint just after the budget returns
       RUN_BUDGET.  A breakpoint before the first prepulse of a call is ignored.
       A breakpoint after the last instruction is reported unless it is STP. */
    struct outcome (*run)(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);
    /* Must be called after the caller has changed LINE of the store. */
    void (*line_written)(void *state, const struct machine *machine,
                         unsigned line);
    /* Must be called after the caller has changed the whole store, the options
       or the breakpoints.  A, CI, PI, the flip-flop and the neon may be changed
       without this, as run() reads them from the machine. */
    void (*state_changed)(void *state);

    /* Returns the lines used since start() or restart().  Both functions are
       NULL if the engine does not record lines. */
    struct lines_used (*lines_used)(const void *state);
    /* Discards all information about the program, because it restarts. */
    void (*restart)(void *state);
};

/* Default callbacks for engines that keep no state between calls. */
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

/* The engine of student.c, which only `make ENGINE=student` builds in. */
#ifdef WITH_STUDENT
#define ENGINE_STUDENT(ROW) ROW(student)
#else
#define ENGINE_STUDENT(ROW)
extern const struct engine engine_student;
#endif

/* The reference, which is the specification, and the interpreters from the
   simplest to the fastest.  The translator is not in the list because it exists
   on the i386 only. */
#define ENGINES(ROW)                                                           \
    ROW(reference)                                                             \
    ROW(switch)                                                                \
    ROW(threaded)                                                              \
    ROW(predecoded)                                                            \
    ENGINE_STUDENT(ROW)

#define ENGINE_DECLARE(name) extern const struct engine engine_##name;
ENGINES(ENGINE_DECLARE)

#define ENGINE_NAME(name) #name "|"
#define ENGINE_NAMES      ENGINES(ENGINE_NAME) "translator"

/* NULL-terminated list of all engines in this build. */
extern const struct engine *const engines[];
