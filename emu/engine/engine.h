/* SPDX-License-Identifier: MIT */
/*
 * What every way to emulate offers.  A new engine is one file and one row in
 * engines[] (engines.c); lockstep, self test, lab and bench take it up from
 * there.
 *
 * In the lecture's words struct machine is the T-state: what the target
 * machine is.  Whatever an engine keeps besides (decoded words, translated
 * code) is its V-state, which the caller gives it room for, one for each
 * machine.  On return from run() the T-state is exact in every field, so any
 * engine may go on from there and nobody can tell.
 *
 * Engines know normal controls only (Auto, all switches down, nothing held);
 * otherwise the caller uses prepulse().
 */
#ifndef EMU_ENGINE_ENGINE_H
#define EMU_ENGINE_ENGINE_H

#include "emu/machine/breakpoints.h"
#include <stddef.h>

enum run_status {
    RUN_BUDGET,     /* the budget is used up */
    RUN_STOP,       /* a Stop was obeyed, or the neon was lit at the call */
    RUN_HUNG,       /* the last prepulse fetched nothing; it is not counted */
    RUN_BREAKPOINT, /* at one of the stops */
};

struct outcome {
    uint32_t instructions; /* obeyed by this call */
    enum run_status status;
};

/*
 * Memory for translated code.  open() makes it writable, seal() makes it
 * executable; it is never both.  Engines that translate nothing want none.
 */
struct code_area {
    uint8_t *at;
    size_t size; /* bytes; 0: there is none */
    void (*open)(struct code_area *area);
    void (*seal)(struct code_area *area);
};

struct engine {
    const char *name;  /* as in engine=NAME */
    size_t state_size; /* bytes of V-state, aligned as for uint64_t */

    /* Makes STATE ready for a machine of which nothing is known.  AREA may be
       NULL; false: this engine cannot do without. */
    bool (*start)(void *state, struct code_area *area);
    /*
     * Obeys at most BUDGET instructions.  With the neon lit it returns
     * (0, RUN_STOP) at once.  A Stop that is the last of the budget is
     * RUN_STOP; a hang that would come after it is RUN_BUDGET.  A stop
     * before a prepulse never fires on the first one of a call, and with the
     * budget used up it is RUN_BUDGET; a stop after an instruction fires
     * with the last of the budget too.  Where the instruction is a Stop, or
     * the machine hangs, that comes first.
     */
    struct outcome (*run)(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);
    /* One line of the store was changed from outside since the last call. */
    void (*line_written)(void *state, const struct machine *machine,
                         unsigned line);
    /* Anything else was: all of the store, options, stops.  A, CI, PI,
       flip-flop and neon need no telling: a run begins from what they are. */
    void (*state_changed)(void *state);
};

/* stateless.c: for engines that keep nothing of a program. */
bool stateless_start(void *state, struct code_area *area);
void stateless_edited(void *state, const struct machine *machine,
                      unsigned line);
void stateless_changed(void *state);

extern const struct engine engine_reference;
extern const struct engine engine_threaded;
extern const struct engine engine_predecoded;

/* All engines, the reference first, ended by NULL. */
extern const struct engine *const engines[];

#endif
