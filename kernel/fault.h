/* SPDX-License-Identifier: MIT */
/*
 * The last page: an exception that should not have come.
 */
#ifndef KERNEL_FAULT_H
#define KERNEL_FAULT_H

#include "arch/traps.h"
#include "console/cells.h"

/* CELLS will be what it draws in: all that was in them is over then.  Before
   that only the serial ports are told. */
void fault_use(struct cells *cells);

/* Shows vector, error code and registers on the screen and
   to all serial ports; halts. */
_Noreturn void fault_report(struct trap_frame *frame);

#endif
