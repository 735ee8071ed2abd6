/* SPDX-License-Identifier: MIT */
/*
 * Splits a program file into rows, and each row into data and comment.
 *
 * Private to the reader.  Handles line ends, byte order marks and comment
 * marks; does not interpret the data.
 */
#pragma once

#include "emu/text/span.h"

/* The maximum length of a row in bytes, to bound the time for one.  Any row of
   a program's head fits. */
#define ROW_MAX 1024

struct line_reader {
    const char *at;  /* rest of the text */
    const char *end; /* end of the text */
    unsigned row;    /* number of the last line read, from 1 */
    bool inside;     /* the last row ended within a line */
};

struct text_row {
    unsigned number;     /* number of its line in the file, from 1 */
    struct span data;    /* text before the comment, trimmed */
    struct span comment; /* text after the comment mark, not trimmed */
    bool commented;      /* there is a comment; it may be empty */
    bool too_long;       /* ROW_MAX bytes of data or more */
};

/* Starts to read SIZE bytes at TEXT.  Skips a UTF-8 byte order mark, and Ctrl-Z
   at the end, which DOS editors add. */
struct line_reader line_reader_begin(const char *text, size_t size);

/*
 * Reads the next row; returns false at the end.  A row is a line.  A comment
 * that extends beyond ROW_MAX bytes continues as further rows with the same
 * number, which have only a comment.
 */
bool line_reader_next(struct line_reader *reader, struct text_row *row);

/* Returns false with an error in *WRONG unless ROW is text: printable ASCII in
   the data, no zero byte in the comment, and not too long. */
bool line_reader_check(const struct text_row *row, struct strbuf *wrong);

/*
 * Copies COMMENT as one row of plain ASCII to the SIZE bytes at TO: tabs become
 * blanks, a character outside ASCII becomes one '?', blanks at the end are
 * dropped, and zeros fill the rest.  Returns the length; sets *CUT if the
 * comment does not fit.
 */
size_t line_reader_copy_comment(char *to, size_t size, struct span comment,
                                bool *cut);
