/* SPDX-License-Identifier: MIT */
#include "emu/engine/engine.h"
#include "emu/translator/translator.h"

const struct engine *const engines[] = {
    &engine_reference,
    &engine_threaded,
    &engine_predecoded,
#if defined(__i386__)
    &engine_translator,
#endif
    NULL,
};
