/* SPDX-License-Identifier: MIT */
/*
 * The last page: an exception that should not have come.
 */
#ifndef KERNEL_FAULT_H
#define KERNEL_FAULT_H

#include "arch/traps.h"

/* Shows vector, error code and registers on the screen and COM1; halts. */
_Noreturn void fault_report(struct trap_frame *frame);

#endif
