/* SPDX-License-Identifier: MIT */
/* Checks the disassembly and the records of all translated code. */
#pragma once

#include "emu/translator/translator.h"
#include <stdio.h>

/* Counters that allow a test to require a minimum. */
struct listing {
    unsigned blocks, instructions, lines, exits, named;
    unsigned failures;
};

/* Checks each live block, instruction by instruction. */
void listing_check(struct listing *listing,
                   const struct translator *translator);

/* Writes the code as objdump does.  FIRST is the address of its first byte. */
void listing_write(struct listing *listing, const struct translator *translator,
                   size_t first, FILE *file);
