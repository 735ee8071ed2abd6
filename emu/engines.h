/* SPDX-License-Identifier: MIT */
/*
 * Room for what any of the engines keeps, for those who let one be chosen.
 */
#ifndef EMU_ENGINES_H
#define EMU_ENGINES_H

#include "engine.h"
#include "predecoded.h"
#include "threaded.h"
#include "translator.h"

/* For one machine. */
union engine_state {
    struct threaded threaded;
    struct predecoded predecoded;
    struct translator translator;
    uint64_t aligned;
};

#endif
