/* SPDX-License-Identifier: MIT */
/* Changes the code area between writable and executable.  Sealing is delayed
   until execution, so that several writes open it once. */
#pragma once

#include "state.h"

/* Make the code area writable or executable, unless it already is. */
static inline void blocks_open(struct translator *translator)
{
    if (!translator->open)
        translator->area->open(translator->area);
    translator->open = true;
}

static inline void blocks_seal(struct translator *translator)
{
    if (translator->open)
        translator->area->seal(translator->area);
    translator->open = false;
}
