/* SPDX-License-Identifier: MIT */
#include "engine.h"
#include "translator.h"

const struct engine *const engines[] = {
    &engine_reference,
    &engine_threaded,
    &engine_predecoded,
#if defined(__i386__)
    &engine_translator,
#endif
    NULL,
};
