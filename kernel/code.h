/* SPDX-License-Identifier: MIT */
/*
 * Memory for translated code, on pages of its own.
 */
#ifndef KERNEL_CODE_H
#define KERNEL_CODE_H

#include "emu/engine.h"

/* Until there is paging all memory can be written and executed alike. */
extern struct code_area code_area;    /* of the machine on the desk */
extern struct code_area trial_area;   /* of trials beside it */
extern struct code_area history_area; /* of what is obeyed once more */

#endif
