/* SPDX-License-Identifier: MIT */
#include "engine.h"

const struct engine *const engines[] = {
    &engine_reference,
    &engine_threaded,
    &engine_predecoded,
    NULL,
};
