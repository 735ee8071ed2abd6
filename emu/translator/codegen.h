/* SPDX-License-Identifier: MIT */
#pragma once

#include "state.h"

/* Translates the block at line ENTRY into the open code area.  NUMBER is ENTRY,
   or from LINES for a version of that line.  Returns false if it does not fit,
   or exits or predictions run out; the caller must then flush all blocks. */
bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned number, unsigned entry);
