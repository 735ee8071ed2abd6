/* SPDX-License-Identifier: MIT */
/* Parses one row of a program file in any format.  Internal to the reader. */
#pragma once

#include "assembler.h"
#include "detect.h"
#include "memory_image.h"

struct line_parser {
    struct builder builder;
    struct assembler assembler;
    struct memory_image image;
    unsigned next; /* line for the next word that has no line number */
    const struct mdm_section *section; /* section being filled */
};

/* Parses a row of a file in the given format.  The row must have data.  Returns
   false after reporting an error. */
bool parse_line(struct line_parser *parser, enum format format,
                const struct text_row *row);
