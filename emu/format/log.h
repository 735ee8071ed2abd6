/* SPDX-License-Identifier: MIT */
/*
 * Finds the last of several programs in a file, such as the log of a serial
 * port to which several were saved.  Internal to this folder.
 *
 * A program starts at a comment `baby: save N`, which precedes each program
 * that the Baby saves as .asm; at a row `baby: state V`; and at the count of a
 * .snp, which has no comments: a number alone, followed by exactly that many
 * entries of a .snp, or by fewer if the file is cut off there.
 */
#pragma once

#include "line_reader.h"

/* State of the search.  Must be initialized to zero. */
struct log {
    unsigned programs; /* number of programs so far */

    /* Properties of the last program so far. */
    bool is_state; /* true if it is a snapshot */
    bool started;  /* true if only its mark has been read */
    bool ended;    /* true after its `baby: end` */
};

/* Adds the next row of the file; NEXT reads the rows after it.  Returns true if
   a program starts there, unless it is the first and has no mark. */
bool log_add_row(struct log *log, const struct text_row *row,
                 const struct line_reader *next);

/* Returns true if COMMENT is `baby: save N`. */
bool log_is_mark(struct span comment);
/* Returns true if DATA is `baby: end`, which may follow a program. */
bool log_is_end(struct span data);
