/* SPDX-License-Identifier: MIT */
/* Run loop of the fast engines, with a fallback for rare instructions. */
#pragma once

#include "emu/machine/controls.h"
#include "engine.h"

/* Executes at most BUDGET instructions on the fast path of an engine and
   returns their number, which is 0 if the first one is unsupported.  BUDGET
   must be at least 1 and the neon must be out.  Returns early after STP, before
   an unsupported instruction, and before a prepulse for which
   breakpoints_before() is true, unless it is the first.  A word for which
   breakpoints_cover() is true must not be executed: only fallback_run() checks
   for a hit. */
typedef uint32_t run_fast(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);

/* Returns the digits of CI that must be 0 on the fast path: the function
   digits, or with BREAK_ON_LEAVING all digits above the line number. */
static inline uint32_t fallback_digits(const struct breakpoints *breakpoints)
{
    return breakpoints->when & BREAK_ON_LEAVING ? ~(LINES - 1u)
                                                : FUNCTION_DIGITS;
}

/* Implements run() of ENGINE with the fast path EXECUTE.  If EXECUTE returns 0,
   executes one instruction with the reference instead, and calls line_written()
   if it changes a line. */
struct outcome fallback_run(const struct engine *engine, run_fast *execute,
                            void *state, struct machine *machine,
                            const struct breakpoints *breakpoints,
                            uint32_t budget);
