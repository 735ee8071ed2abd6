/* SPDX-License-Identifier: MIT */
/*
 * Reads words as tools for FPGAs and logic simulators write them: `.coe` of
 * Xilinx, `v2.0 raw` and `v3.0 hex words` of Logisim, and files for $readmemh
 * of Verilog.  All have the most significant digit first.  Internal to the file
 * reader.
 *
 *   row     = "v2.0 raw" | "v3.0 hex words ..." | key "=" N | {item}
 *   key     = "memory_initialization_radix", N = 2, 10 or 16
 *           | "memory_initialization_vector", followed by items
 *   item    = "@" address | address ":" | [count "*"] word, with blanks, "," or
 *             both between them; the address is hexadecimal
 */
#pragma once

#include "program_builder.h"
#include "line_reader.h"

/* State of the reader.  Must be initialized to zero. */
struct memory_image {
    unsigned next;    /* line for the next word */
    unsigned radix;   /* of words, or 0 for 16 */
    struct span note; /* of the next word */
};

/* Returns true if DATA begins a file of this kind. */
bool memory_image_is_header(struct span data);
/* Returns true if DATA consists of words of eight hexadecimal figures.  Sets
   `*letters` to true if any of them has a letter. */
bool memory_image_is_words(struct span data, bool *letters);

/* Parses a row.  Returns false after reporting an error. */
bool memory_image_row(struct memory_image *image, struct builder *builder,
                      const struct text_row *row);
