/* SPDX-License-Identifier: MIT */
#ifndef EMU_TRANSLATOR_CODEGEN_H
#define EMU_TRANSLATOR_CODEGEN_H

#include "state.h"

/* Translates the block that begins at line ENTRY into the open area.  False: it
   does not fit, or exits run out; then the caller must flush all blocks. */
bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned entry);

#endif
