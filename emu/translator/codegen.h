/* SPDX-License-Identifier: MIT */
#pragma once

#include "state.h"

/* Translates the block that begins at line ENTRY into the open area.  False: it
   does not fit, or exits run out; then the caller must flush all blocks. */
bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned entry);
