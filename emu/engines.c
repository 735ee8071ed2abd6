/* SPDX-License-Identifier: MIT */
#include "engines.h"

#define ENGINE_ROW(name) &engine_##name,

#if defined(__i386__)
#define TRANSLATOR ENGINE_ROW(translator)
#else
#define TRANSLATOR
#endif

const struct engine *const engines[] = {ENGINES(ENGINE_ROW) TRANSLATOR NULL};
