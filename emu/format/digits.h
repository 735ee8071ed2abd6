/* SPDX-License-Identifier: MIT */
/*
 * Reads the digits of a word, as .snp files and listings have them: 32 in one
 * string or in groups, or fewer in one string.  Internal to the file reader.
 *
 * Files of the Baby begin with digit 0, the least significant.  Those made for
 * FPGAs begin with the most significant one.  The order is recognised by words
 * that are instructions without undecoded digits in one order only.  In 76
 * files, those with the least significant digit first had at most one word that
 * was such an instruction in the other order only.  Those with it last had 15
 * or more, and at most one that suggests the usual order.
 */
#pragma once

#include "line_reader.h"
#include "program_builder.h"

/* Numbers of words that are instructions in one order only.  Must be
   initialized to zero. */
struct digit_order {
    unsigned least_first, most_first;
};

/* Counts the word of a row, if it has 32 digits, after a line number or not. */
void digit_order_add(struct digit_order *order, struct span data);
bool digit_order_is_most_first(const struct digit_order *order);

/* Returns true if DATA starts with groups of digits, 32 in all. */
bool digits_are_grouped(struct span data);
/* Returns true if DATA starts with digits that cannot be a decimal number. */
bool digits_are_certain(struct span data);

/* Parses DATA, the rest of ROW, as the digits of LINE.  They may be followed by
   the same word as an instruction or a number, as in listings in lecture notes.
   If the two differ, the text is used, because it is less likely to be
   misprinted.  NAMES are as in instruction_read().  Returns false after
   reporting an error. */
bool digits_read(struct builder *builder, const struct text_row *row,
                 unsigned line, struct span data, const struct names *names);
