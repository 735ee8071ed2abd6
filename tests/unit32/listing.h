/* SPDX-License-Identifier: MIT */
/* Checks the disassembly and the records of all translated code. */
#pragma once

#include "emu/translator/translator.h"
#include <stdio.h>

/* Number of blocks, instructions and so on that have been checked. */
struct listing {
    unsigned blocks, instructions, lines, exits, named;
    unsigned failures;
};

/* Checks each live block, instruction by instruction. */
void listing_check(struct listing *listing,
                   const struct translator *translator);

/* Prints the code from offset FIRST in the format of objdump. */
void listing_write(struct listing *listing, const struct translator *translator,
                   size_t first, FILE *file);
