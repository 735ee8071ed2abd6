/* SPDX-License-Identifier: MIT */
/* The translator as an engine, and its settings; translator.c explains it. */
#pragma once

#include "state.h"

extern const struct engine engine_translator;

#define TRANSLATOR_HOT 4 /* default threshold */

/* Settings of STATE, after start(); no effect if ENGINE is another one. */

/* Sets the number of arrivals after which a line is translated. */
void translator_set_hot(const struct engine *engine, void *state, uint32_t hot);

/* Translates every line at once, at any budget, without rests: for tests. */
void translator_set_eager(const struct engine *engine, void *state);

/* Makes the budget of run() limit its work as well: interpreting an instruction
   or translating a block counts as many translated instructions.  A call that
   reaches the limit returns RUN_BUDGET with fewer instructions, at least one.
   Returns false if ENGINE is not the translator. */
bool translator_limit_work(const struct engine *engine, void *state);
