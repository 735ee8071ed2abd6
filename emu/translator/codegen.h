/* SPDX-License-Identifier: MIT */
#ifndef EMU_TRANSLATOR_CODEGEN_H
#define EMU_TRANSLATOR_CODEGEN_H

#include "state.h"

/*
 * Translates the block that begins at line ENTRY into the free part of the
 * area, which is open.  Returns false if the area or the exits do not suffice:
 * the caller must then flush all blocks.
 */
bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned entry);

#endif
