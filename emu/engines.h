/* SPDX-License-Identifier: MIT */
/*
 * Storage for the V-state of any engine, for callers that select one.
 */
#pragma once

#include "emu/engine/engine.h"
#include "emu/engine/predecoded.h"
#include "emu/engine/threaded.h"
#include "emu/translator/translator.h"

/* The number of engines, the translator included. */
#define ENGINE_NUMBER(name) ENGINE_##name,
enum { ENGINES(ENGINE_NUMBER) ENGINE_translator, ENGINES_MAX };

/* The V-state of one engine for one machine. */
union engine_state {
    struct threaded threaded;
    struct predecoded predecoded;
    struct translator translator;
    uint64_t aligned;
};
