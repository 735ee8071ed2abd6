/* SPDX-License-Identifier: MIT */
/*
 * Whether translated code can be shown: all of it is read back, and what is
 * known of each block agrees with its code.
 */
#ifndef TESTS_UNIT32_LISTING_H
#define TESTS_UNIT32_LISTING_H

#include "emu/translator/translator.h"
#include <stdio.h>

/* What was shown, so that a test can tell whether that was enough. */
struct listing {
    unsigned blocks, instructions, lines, exits, named;
    unsigned failures;
};

/* Each live block, instruction by instruction. */
void listing_check(struct listing *listing,
                   const struct translator *translator);

/* All code of the area as objdump shows it, from address FIRST on:
   "ADDRESS: instruction" without blanks where there may be none. */
void listing_write(struct listing *listing, const struct translator *translator,
                   size_t first, FILE *file);

#endif
