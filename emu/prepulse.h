/* SPDX-License-Identifier: MIT */
/*
 * One prepulse: the reference that every engine is measured against.  In the
 * lecture's words this is T-next.
 */
#ifndef EMU_PREPULSE_H
#define EMU_PREPULSE_H

#include "machine.h"

/* All the digits that the staticisor decodes: the line and the function. */
#define STATICISOR 0xE01Fu

/* The operator's switches. */
struct controls {
    /*
     * The L and F switches, each at the digit it governs (0-4, 13-15): down
     * is 1.  In Auto a switch that is up makes its digit read 0.
     */
    uint32_t stat;
    bool manual; /* Man: the switches are the instruction */
};

/* Auto, all switches down: as a program needs them. */
extern const struct controls controls_normal;

/* What one bar did; the monitor tube shows these accesses. */
struct bar {
    uint8_t control_line; /* line accessed in the Action 1 beat */
    uint8_t action_line;  /* line accessed in the Action 2 beat */
    bool stored;          /* the action line was written */
    bool hung;            /* nothing was fetched and nothing obeyed */
    uint32_t instruction; /* what the staticisor held */
    uint32_t operand;     /* what the action line held before */
};

/*
 * One prepulse, whatever the neon says: it is the prepulse that KC gives.
 * Puts the neon out unless the instruction is a Stop.
 */
struct bar prepulse(struct machine *machine, const struct controls *controls);

#endif
