/* SPDX-License-Identifier: MIT */
/*
 * One prepulse: the reference that every engine is measured against.  In the
 * lecture's words this is T-next.
 */
#ifndef EMU_MACHINE_PREPULSE_H
#define EMU_MACHINE_PREPULSE_H

#include "controls.h"

/* What one bar did; the monitor tube shows these accesses. */
struct bar {
    uint8_t control_line; /* line accessed in the Action 1 beat */
    uint8_t action_line;  /* line accessed in the Action 2 beat */
    bool stored;          /* the action line was written */
    bool hung;            /* nothing was fetched and nothing obeyed */
    uint32_t instruction; /* what the staticisor held */
    uint32_t operand;     /* what was read of the action line */

    /* Digits of the two lines that what is held has changed. */
    uint32_t control_forced, action_forced;
};

/*
 * One prepulse, whatever the neon says: it is the prepulse that KC gives.
 * Puts the neon out unless the instruction is a Stop.
 */
struct bar prepulse(struct machine *machine, const struct controls *controls);

/*
 * One bar in which no prepulse came: only what is held acts, on the line that
 * the L switches select, in Man and in Auto alike.  Returns the digits of
 * that line which it changed.
 */
uint32_t rest(struct machine *machine, const struct controls *controls);

#endif
