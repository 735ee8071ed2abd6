/* SPDX-License-Identifier: MIT */
/*
 * What the fast engines share: they obey the ordinary program, and hand what
 * is rare to the reference, one instruction at a time.  Rare are function
 * digits in CI, the compatibility switches, and whatever else an engine would
 * rather not know.
 */
#ifndef EMU_HANDOVER_H
#define EMU_HANDOVER_H

#include "engine.h"

/*
 * The fast part of an engine.  Obeys at most BUDGET instructions (at least 1;
 * the neon is out) and returns how many, with the T-state exact.  It may
 * return early, and must do so after a Stop, and before a line of
 * stops->obeying and before whatever it leaves to the reference, if only with
 * a 0.
 */
typedef uint32_t obey_fast(void *state, struct machine *machine,
                           const struct stops *stops, uint32_t budget);

/* An engine's run() by OBEY where that gets on, and by the reference where it
   does not.  ENGINE is told of lines that the reference writes. */
struct outcome handover_run(const struct engine *engine, obey_fast *obey,
                            void *state, struct machine *machine,
                            const struct stops *stops, uint32_t budget);

#endif
