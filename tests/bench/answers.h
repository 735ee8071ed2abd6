/* SPDX-License-Identifier: MIT */
/*
 * Measures the time to the answer of whole programs of the library: from the
 * start of the engine, translation included, until the machine stops with the
 * answer.  The programs are those built into the kernel (boot/programs).
 */
#pragma once

#include "emu/check/bench.h"

/* Runs all programs with the engines and outsiders among ENTRIES, in rounds,
   and prints a table, or key=value pairs if PLAIN.  SSEM is the path of SIMH's
   program for the Baby, or NULL.  Exits with 1 at a wrong answer. */
void answers_measure(const struct bench_entry *entries, unsigned count,
                     const char *ssem, bool plain);
