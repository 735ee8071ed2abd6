/* SPDX-License-Identifier: MIT */
/* Storage for the V-state of any engine, for callers that choose one. */
#pragma once

#include "emu/engine/engine.h"
#include "emu/engine/predecoded.h"
#include "emu/engine/threaded.h"
#include "emu/translator/translator.h"

/* ENGINES_MAX is the number of engines, including the translator. */
#define ENGINE_NUMBER(name) ENGINE_##name,
enum { ENGINES(ENGINE_NUMBER) ENGINE_translator, ENGINES_MAX };

union engine_state {
    struct threaded threaded;
    struct predecoded predecoded;
    struct translator translator;
    uint64_t aligned;
};
