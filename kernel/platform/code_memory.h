/* SPDX-License-Identifier: MIT */
/*
 * Memory for translated code, on pages of its own.
 */
#ifndef PLATFORM_CODE_MEMORY_H
#define PLATFORM_CODE_MEMORY_H

#include "emu/engine/engine.h"

/* Sealed to begin with. */
extern struct code_area code_area;      /* of the machine on the desk */
extern struct code_area timed_run_area; /* of trials beside it */
extern struct code_area history_area;   /* of what is obeyed once more */

#endif
