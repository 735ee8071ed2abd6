/* SPDX-License-Identifier: MIT */
/*
 * Checks that the disassembler reads back all translated code, and that the
 * records of each block agree with its code.
 */
#pragma once

#include "emu/translator/translator.h"
#include <stdio.h>

/* Counts, so that a test can require a minimum. */
struct listing {
    unsigned blocks, instructions, lines, exits, named;
    unsigned failures;
};

/* Checks each live block, instruction by instruction. */
void listing_check(struct listing *listing,
                   const struct translator *translator);

/* Writes all code of the area in objdump's notation, as "ADDRESS: instruction"
   with single blanks.  FIRST is the address of the first byte. */
void listing_write(struct listing *listing, const struct translator *translator,
                   size_t first, FILE *file);
