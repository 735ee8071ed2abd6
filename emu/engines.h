/* SPDX-License-Identifier: MIT */
/*
 * Room for what any of the engines keeps, for those who let one be chosen.
 */
#ifndef EMU_ENGINES_H
#define EMU_ENGINES_H

#include "emu/engine/engine.h"
#include "emu/engine/predecoded.h"
#include "emu/engine/threaded.h"
#include "emu/translator/translator.h"

/* Not less than engines[] has; a test counts them. */
#define ENGINES_MAX 4

/* For one machine. */
union engine_state {
    struct threaded threaded;
    struct predecoded predecoded;
    struct translator translator;
    uint64_t aligned;
};

#endif
