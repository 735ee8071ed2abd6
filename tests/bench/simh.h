/* SPDX-License-Identifier: MIT */
/* Runs SSEM, the Baby of the simulator collection SIMH, as an outsider of the
   benchmark. */
#pragma once

#include <stdint.h>

/* Runs STORE, with A and CI cleared, on the program PATH until it stops and
   returns its processor time in ns.  Returns 0 if LINE does not hold VALUE
   then.

   SIMH takes a second to start and may keep its output until it ends, so this
   is the difference between a script that runs the store once and one that
   runs it SIMH_RUNS times more, divided by SIMH_RUNS. */
uint64_t simh_run(const char *path, const uint32_t *store, unsigned line,
                  uint32_t value);

#define SIMH_RUNS 20
