/* SPDX-License-Identifier: MIT */
/*
 * What the fast engines share: they obey the ordinary program, and hand what
 * is rare to the reference, one instruction at a time.  Rare are function
 * digits in CI, the compatibility switches, and whatever else an engine would
 * rather not know.
 */
#ifndef EMU_ENGINE_FALLBACK_H
#define EMU_ENGINE_FALLBACK_H

#include "emu/machine/controls.h"
#include "engine.h"

/*
 * The fast part of an engine.  Obeys at most BUDGET instructions (at least 1;
 * the neon is out) and returns how many, with the T-state exact.  It may
 * return early, and must do so after a Stop, before a prepulse that
 * breakpoints_before() names unless it is the first, and before whatever it
 * leaves to the reference, the first too, which it refuses with a 0.  A word
 * that breakpoints_cover() must be left to the reference, which alone looks
 * whether to stop after it.
 */
typedef uint32_t run_fast(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget);

/* The digits of a control with which the fast part does not go on: those of a
   function, and where STOPS has BREAK_ON_LEAVING all that are not of a line. */
static inline uint32_t fallback_digits(const struct breakpoints *breakpoints)
{
    return breakpoints->when & BREAK_ON_LEAVING ? ~(LINES - 1u)
                                                : FUNCTION_DIGITS;
}

/* An engine's run() by OBEY where that gets on, and by the reference where it
   does not.  ENGINE is told of lines that the reference writes. */
struct outcome fallback_run(const struct engine *engine, run_fast *obey,
                            void *state, struct machine *machine,
                            const struct breakpoints *breakpoints,
                            uint32_t budget);

#endif
