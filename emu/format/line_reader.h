/* SPDX-License-Identifier: MIT */
/*
 * A program file as lines, each split into data and comment.
 *
 * Inside of the reader.  Knows about line ends, byte order marks and comment
 * marks, and nothing about what the data mean.
 */
#ifndef EMU_FORMAT_LINE_READER_H
#define EMU_FORMAT_LINE_READER_H

#include "emu/text/span.h"

/* Bytes of a row, so that what one takes is bounded.  Any row that the head of
   a program can have is written as one. */
#define ROW_MAX 1024

struct source {
    const char *at;  /* what is not yet read */
    const char *end; /* its end */
    unsigned row;    /* lines read so far: the number of the last one */
    bool inside;     /* the last row ended within its line */
};

struct source_row {
    unsigned number;     /* of the line in the file, from 1 */
    struct span data;    /* before the comment, without blanks at the ends */
    struct span comment; /* after the comment mark, as it stands */
    bool commented;      /* there is a comment, though it may be empty */
    bool too_long;       /* there is none in the first ROW_MAX bytes */
};

/*
 * Starts at the beginning of SIZE bytes at TEXT, leaving out a UTF-8 byte
 * order mark and the Ctrl-Z that DOS editors put at the end.
 */
struct source source_begin(const char *text, size_t size);

/*
 * The next row; false at the end.  A row is a line, but where a comment reaches
 * beyond ROW_MAX bytes the rest of it follows as more comments with the same
 * number.
 */
bool source_next(struct source *source, struct source_row *row);

/*
 * Whether ROW is text: plain ASCII in the data, anything but zero bytes in
 * the comment, and data of less than ROW_MAX bytes.  If not, *WRONG says so.
 */
bool source_is_text(const struct source_row *row, struct strbuf *wrong);

/*
 * Copies COMMENT as one row of plain ASCII into TO, which has SIZE bytes:
 * tabs become blanks, a character outside ASCII becomes one '?', what does
 * not fit and blanks at the end are left out, and zeros fill the rest.
 * Returns the length; *CUT is set if something did not fit.
 */
size_t source_copy(char *to, size_t size, struct span comment, bool *cut);

#endif
