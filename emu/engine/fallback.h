/* SPDX-License-Identifier: MIT */
/*
 * Run loop of the fast engines: rare instructions fall back to the reference,
 * one at a time.  Rare are function digits in CI, the compatibility switches,
 * and whatever else an engine leaves out to stay simple.
 */
#pragma once

#include "emu/machine/controls.h"
#include "engine.h"

/*
 * The fast part of an engine.  Executes at most BUDGET instructions (at least
 * 1; the neon is out) and returns their number, with the T-state exact.
 * Returns early: after STP; before a prepulse named by breakpoints_before(),
 * unless it is the first; before an instruction that it does not support
 * (returns 0 if that is the first).  It must not execute a word covered by a
 * breakpoint (breakpoints_cover()): only fallback_run() checks for a hit.
 */
typedef uint32_t run_fast(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);

/* The digits of CI that must be 0 in the fast part: those of a function, or
   with BREAK_ON_LEAVING all but the five of a line. */
static inline uint32_t fallback_digits(const struct breakpoints *breakpoints)
{
    return breakpoints->when & BREAK_ON_LEAVING ? ~(LINES - 1u)
                                                : FUNCTION_DIGITS;
}

/* Implements run() of ENGINE by EXECUTE, and by the reference where EXECUTE
   returns 0.  Calls line_written() for each line that the reference writes. */
struct outcome fallback_run(const struct engine *engine, run_fast *execute,
                            void *state, struct machine *machine,
                            const struct breakpoints *breakpoints,
                            uint32_t budget);
