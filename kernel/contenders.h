/* SPDX-License-Identifier: MIT */
/*
 * Who takes part in `bench`: the engines, and what their speed is measured
 * against on this very PC.
 */
#ifndef KERNEL_CONTENDERS_H
#define KERNEL_CONTENDERS_H

#include "emu/bench.h"

extern struct contender contenders[BENCH_CONTENDERS];

/* Fills them in and returns how many there are.  AREA is for translated
   code. */
unsigned contenders_fill(struct code_area *area);

#endif
