/* SPDX-License-Identifier: MIT */
/*
 * What every way to emulate offers.  A new engine is one file and one row in
 * engines[].
 *
 * Engines know normal controls only (Auto, all switches down); otherwise the
 * caller uses prepulse().
 */
#ifndef EMU_ENGINE_H
#define EMU_ENGINE_H

#include "machine.h"

enum ending {
    ENDED_BUDGET, /* the budget is used up */
    ENDED_STOP,   /* a Stop was obeyed, or the neon was lit at the call */
    ENDED_HUNG,   /* the last prepulse fetched nothing; it is not counted */
};

struct outcome {
    uint32_t instructions; /* obeyed by this call */
    enum ending why;
};

struct engine {
    const char *name;
    /*
     * Obeys at most BUDGET instructions.  With the neon lit it returns
     * (0, ENDED_STOP) at once.  A Stop that is the last of the budget is
     * ENDED_STOP; a hang that would come after it is ENDED_BUDGET.  On
     * return all of *MACHINE is exact, so that any engine may go on from
     * there.
     */
    struct outcome (*run)(struct machine *machine, uint32_t budget);
};

extern const struct engine engine_reference;

#endif
