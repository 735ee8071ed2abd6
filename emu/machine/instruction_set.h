/* SPDX-License-Identifier: MIT */
/*
 * The specification: one prepulse, with which every engine must agree.  In
 * the lecture's words this is T-next.
 */
#pragma once

#include "controls.h"

/* Record of one bar; the monitor tube shows its accesses. */
struct bar {
    uint8_t control_line; /* line accessed in the Action 1 beat */
    uint8_t action_line;  /* line accessed in the Action 2 beat */
    bool stored;          /* STO wrote the action line */
    bool hung;            /* no fetch, and no instruction obeyed */
    uint32_t instruction; /* contents of the staticisor at Action 2 */
    uint32_t operand;     /* word read from the action line */

    /* Digits of the two lines that held buttons and keys changed. */
    uint32_t control_forced, action_forced;
};

/* Performs the bar of one prepulse, also with the neon lit, as after KC.  Puts
   the neon out unless the instruction is a Stop. */
struct bar prepulse(struct machine *machine, const struct controls *controls);

/*
 * Performs a bar without a prepulse: only held buttons and keys act, on the
 * line that the L switches select, in Man and in Auto alike.  Returns the
 * digits of that line that changed.
 */
uint32_t idle_bar(struct machine *machine, const struct controls *controls);
