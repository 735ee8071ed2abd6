/* SPDX-License-Identifier: MIT */
/*
 * Parses one row of a program file in any format.  Private to the reader.
 */
#pragma once

#include "detect.h"
#include "program_builder.h"

struct line_parser {
    struct builder builder;
    unsigned next; /* line for the next word without a line number */
    const struct mdm_section *section; /* FORMAT_SECTIONS: that of `next` */
};

/* Parses ROW, which has data, in FORMAT.  Returns false after reporting an
   error. */
bool parse_line(struct line_parser *parser, enum format format,
                const struct text_row *row);
