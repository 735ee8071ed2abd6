/* SPDX-License-Identifier: MIT */
#include "engine.h"

const struct engine *const engines[] = {
    &engine_reference,
    NULL,
};
