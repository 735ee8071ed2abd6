/* SPDX-License-Identifier: MIT */
/* Benchmark entries: all engines, and the baselines they are compared with. */
#pragma once

#include "emu/check/bench.h"
#include "emu/engines.h"
#include "ui/pages/report.h"

extern struct bench_entry bench_entries[BENCH_ENTRIES_MAX];

/* Fills in bench_entries and returns the number of entries.  AREA is used for
   translated code.  The V-states of all engines are packed into STATES; an
   engine whose state does not fit is left out. */
unsigned bench_entries_fill(struct code_area *area,
                            union engine_state states[REPORT_ROOMS]);
