/* SPDX-License-Identifier: MIT */
/* The translator engine and its settings.  See translator.c for an overview. */
#pragma once

#include "state.h"

extern const struct engine engine_translator;

#define TRANSLATOR_HOT 4 /* default number of arrivals before translation */

/* Settings, to be changed after start().  Ignored by other engines. */

/* Sets the number of arrivals after which a line is translated. */
void translator_set_hot(const struct engine *engine, void *state, uint32_t hot);

/* Translates every line at once, with any budget and no rests.  For tests. */
void translator_set_eager(const struct engine *engine, void *state);

/* Makes the budget of run() limit its work, too: interpreting an instruction or
   translating a block counts as many translated instructions.  At the limit a
   call returns RUN_BUDGET after at least one instruction.  Returns false if
   ENGINE is not the translator. */
bool translator_limit_work(const struct engine *engine, void *state);
