/* SPDX-License-Identifier: MIT */
#pragma once

#include "state.h"

/* Translates the block at line ENTRY into the open code area.  Returns false if
   it does not fit or exits run out; the caller must then flush all blocks. */
bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned entry);
