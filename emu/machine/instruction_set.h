/* SPDX-License-Identifier: MIT */
/* Reference implementation of a prepulse, which every engine must match. */
#pragma once

#include "controls.h"

/* Record of one bar, used to display its accesses on the monitor tube. */
struct bar {
    uint8_t control_line; /* line accessed in Action 1 */
    uint8_t action_line;  /* line accessed in Action 2 */
    bool stored;          /* true if STO wrote to the action line */
    bool hung;            /* true if the machine hung and executed nothing */
    uint32_t instruction; /* contents of the staticisor at Action 2 */
    uint32_t operand;     /* word read from the action line */

    /* Masks of the digits changed by buttons and keys in each line. */
    uint32_t control_forced, action_forced;
};

/* Performs one prepulse, even if the neon is lit.  Turns the neon off unless
   the instruction is a Stop. */
struct bar prepulse(struct machine *machine, const struct controls *controls);

/* Performs a bar without a prepulse, in which buttons and keys act on the line
   selected by the L switches, in Man and Auto alike.  Returns the digits of
   that line that changed. */
uint32_t idle_bar(struct machine *machine, const struct controls *controls);
