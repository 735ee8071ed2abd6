/* SPDX-License-Identifier: MIT */
/*
 * Storage for the V-state of any engine, for callers that select one.
 */
#ifndef EMU_ENGINES_H
#define EMU_ENGINES_H

#include "emu/engine/engine.h"
#include "emu/engine/predecoded.h"
#include "emu/engine/threaded.h"
#include "emu/translator/translator.h"

/* The number of engines, the translator included. */
#define ENGINE_ONE(name) 1 +
#define ENGINES_MAX      (ENGINES(ENGINE_ONE) 1)

/* The V-state of one engine for one machine. */
union engine_state {
    struct threaded threaded;
    struct predecoded predecoded;
    struct translator translator;
    uint64_t aligned;
};

#endif
